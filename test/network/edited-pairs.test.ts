import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type PolicyEdit, policyIndex } from '../../src/engine/policy-index.ts'
import { type AllPairs, allPairs } from '../../src/network/all-pairs.ts'
import { changedPairs } from '../../src/network/changed-pairs.ts'
import type { Endpoint } from '../../src/network/endpoint.ts'
import type { Policy } from '../../src/policy/policy.ts'
import { everyEndpoint } from '../../src/questions/matrix/rows-and-columns.ts'
import { overlaps } from '../../src/sets/addresses.ts'
import { ALL, type Connections, NONE } from '../../src/sets/connections.ts'
import { groupBy } from '../../src/sets/group-by.ts'
import { idAt, type SetVector } from '../../src/sets/vector.ts'
import type { World } from '../../src/world/world.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'

/** A world with some of its policies only. */
const withPolicies = (world: World, policies: readonly Policy[]): World => ({
  ...world,
  policies: policyIndex(policies),
})

const pairsOf = (world: World): AllPairs => allPairs(world, everyEndpoint(world), () => ALL)

/** A policy of a world is removed, and another one is added. */
function edited({ world, kept, edit }: Edited) {
  const before = withPolicies(world, [...kept, ...edit.removed])
  const after = withPolicies(world, [...kept, ...edit.added])
  const old = pairsOf(before)
  return { before, after, edit, old, now: old.edited(edit) }
}

interface Edited {
  readonly world: World
  readonly kept: readonly Policy[]
  readonly edit: PolicyEdit
}

/**
 * The first two policies, or the last two, which have tiers if any have; or one beside no others, so that what was one class
 * is split.
 */
const edits = fc.tuple(loadedWorlds, fc.boolean(), fc.boolean()).map(([world, isFirst, isAlone]): Edited => {
  const policies = [...groupBy(world.policies.all, ({ namespace, name }) => `${namespace}/${name}`).values()]
  const [removed = [], added = [], ...kept] = isFirst ? policies : policies.toReversed()
  return isAlone
    ? { world, kept: [], edit: { removed: [], added } }
    : { world, kept: kept.flat(), edit: { removed, added } }
})

/** Whether the endpoints are one Pod, or addresses that overlap. */
function isSameEndpoint(a: Endpoint, b: Endpoint): boolean {
  if (a.kind === 'external' && b.kind === 'external')
    return a.addresses !== undefined && b.addresses !== undefined && overlaps(a.addresses, b.addresses)
  return a.kind === 'pod' && b.kind === 'pod' && a.pod === b.pod
}

/** The classes that members of a class are in when they are put together anew: more than one have the same answers. */
const placesOf = ({ classes }: AllPairs, members: readonly Endpoint[]): readonly number[] =>
  classes.flatMap((others, place) =>
    others.some(other => members.some(member => isSameEndpoint(member, other))) ? [place] : [],
  )

const at = ({ table }: AllPairs, vector: SetVector, index: number): Connections =>
  table.at(idAt(vector, index))

describe('an edit of one policy', { timeout: 240_000 }, () => {
  it('comes to what the edited world comes to when it is evaluated anew', () => {
    fc.assert(
      fc.property(edits, edit => {
        const { after, now } = edited(edit)
        const fresh = pairsOf(after)
        const places = now.pairs.classes.map(members => placesOf(fresh, members))
        for (const [index, own] of places.entries())
          for (const place of own) {
            const vectors = [
              [now.pairs.from(index), fresh.from(place)],
              [now.pairs.to(index), fresh.to(place)],
            ] as const
            for (const [ours, theirs] of vectors)
              for (const [other, others] of places.entries())
                for (const otherPlace of others) {
                  const undetermined = at(now.pairs, ours.undetermined, other)
                  if (now.pairs.isKnown) expect(undetermined).toEqual(NONE)
                  expect(undetermined).toEqual(at(fresh, theirs.undetermined, otherPlace))
                  expect(at(now.pairs, ours.open, other)).toEqual(at(fresh, theirs.open, otherPlace))
                }
          }
      }),
      { numRuns: 400 },
    )
  })

  it('changes just the pairs that differ', () => {
    fc.assert(
      fc.property(edits, edit => {
        const { before, edit: policies, old, now } = edited(edit)
        const changes = changedPairs(before, old, now, policies)
        const found = changes.map(
          ({ from, to, after }) => `${from} ${to} ${after.open} ${after.undetermined}`,
        )
        const size = old.classes.length
        const was = (index: number): number => (index < size ? index : (now.splitFrom[index - size] ?? 0))
        const expected = [...now.pairs.classes.keys()].flatMap(from => {
          const [oldRow, row] = [old.from(was(from)), now.pairs.from(from)]
          return [...now.pairs.classes.keys()].flatMap(to => {
            const open = idAt(row.open, to)
            const undetermined = idAt(row.undetermined, to)
            const isSame =
              open === idAt(oldRow.open, was(to)) && undetermined === idAt(oldRow.undetermined, was(to))
            return isSame ? [] : [`${from} ${to} ${open} ${undetermined}`]
          })
        })
        expect([...found].sort()).toEqual([...expected].sort())
      }),
      { numRuns: 500 },
    )
  })
})
