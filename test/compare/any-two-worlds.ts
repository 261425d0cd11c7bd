import fc from 'fast-check'
import type { Change } from '../../src/compare/change.ts'
import type { EndpointSides } from '../../src/compare/endpoint-sides.ts'
import type { Endpoint } from '../../src/network/endpoint.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { type Addresses, contains, NO_ADDRESS, parseAddress } from '../../src/sets/addresses.ts'
import { type Connections, NONE, unionOf } from '../../src/sets/connections.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import type { Manifest } from '../oracle/oracle.ts'
import { unsureWorlds } from '../oracle/unsure-worlds.ts'

/*
 * Two worlds at random that have something in common, and what a comparison of them says, pair by pair.
 */

const isPolicy = ({ kind }: Manifest): boolean => kind === 'NetworkPolicy'

/** The objects of one, of which some are gone, some are as another one has them, and some are new. */
function mixed(
  objects: readonly Manifest[],
  others: readonly Manifest[],
  picks: readonly number[],
): readonly Manifest[] {
  const keyOf = ({ kind, metadata }: Manifest): string => JSON.stringify([kind, metadata['name']])
  const left = new Map(others.map(object => [keyOf(object), object]))
  const kept = objects.flatMap((object, index) => {
    const pick = picks[index % picks.length] ?? 0
    const other = left.get(keyOf(object))
    left.delete(keyOf(object))
    return pick === 0 ? [] : [pick === 1 && other !== undefined ? other : object]
  })
  return [...kept, ...[...left.values()].filter((_, index) => picks[index % picks.length] === 1)]
}

/** The manifests of two worlds: with other policies, or with others of everything. */
export const twoWorlds: fc.Arbitrary<readonly [readonly Manifest[], readonly Manifest[]]> = fc
  .tuple(
    unsureWorlds,
    unsureWorlds,
    fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 12 }),
    fc.constantFrom('policies', 'everything'),
  )
  .map(([one, other, picks, what]) => {
    if (what === 'everything') return [one, mixed(one, other, picks)]
    const policies = mixed(one.filter(isPolicy), other.filter(isPolicy), picks)
    return [one, [...one.filter(object => !isPolicy(object)), ...policies]]
  })

/** Each as a folder of its own: with other file names, another layout, and as it is without it the objects in another order. */
export const asFolder = (objects: readonly Manifest[], path: string): World =>
  buildWorld(
    objects.map((object, index) => ({
      path: `${path}/${index}.json`,
      text: JSON.stringify(object, null, path.length % 3),
    })),
  )

const OUTSIDE = ['203.0.113.7', '10.0.0.1', '10.0.0.2', '10.9.9.9', 'fd00::1', 'fd77::1', '2001:db8::1']
const addressesOf = (text: string): Addresses => parseAddress(text) ?? NO_ADDRESS

/** What of a pair is open, and what is undetermined. */
export interface Answer {
  readonly open: Connections
  readonly undetermined: Connections
}

export const NOTHING: Answer = { open: NONE, undetermined: NONE }

/** What evaluatePair says of each two endpoints of a world, by their names. */
export function everyPair(world: World): ReadonlyMap<string, Answer> {
  const endpoints = new Map<string, Endpoint>()
  for (const pod of world.cluster.pods)
    if (!pod.finished) endpoints.set(`${pod.namespace}/${pod.name}`, { kind: 'pod', pod })
  for (const text of OUTSIDE)
    endpoints.set(text, { kind: 'external', name: text, addresses: addressesOf(text) })
  const out = new Map<string, Answer>()
  for (const [from, source] of endpoints)
    for (const [to, destination] of endpoints)
      if (from !== to && !(source.kind === 'external' && destination.kind === 'external'))
        out.set(`${from} ${to}`, answerOf(world, source, destination))
  return out
}

export function answerOf(world: World, from: Endpoint, to: Endpoint): Answer {
  const verdicts = evaluatePair(world, from, to)
  return {
    open: unionOf(verdicts.map(({ allowed }) => allowed)),
    undetermined: unionOf(verdicts.map(({ undetermined }) => undetermined)),
  }
}

/** The pairs of names that a change is about. */
export function pairsOf({ from, to }: Pick<Change, 'from' | 'to'>): readonly string[] {
  return from.flatMap(source =>
    to
      .filter(destination => destination !== source)
      .flatMap(destination =>
        namesOf(source).flatMap(one =>
          namesOf(destination)
            .filter(other => one.includes('/') || other.includes('/'))
            .map(other => `${one} ${other}`),
        ),
      ),
  )
}

function namesOf({ before, after }: EndpointSides): readonly string[] {
  const endpoint = after ?? before
  if (endpoint?.kind === 'pod') return [`${endpoint.pod.namespace}/${endpoint.pod.name}`]
  const { addresses } = endpoint?.kind === 'external' ? endpoint : { addresses: NO_ADDRESS }
  return OUTSIDE.filter(text => contains(addresses ?? NO_ADDRESS, addressesOf(text)))
}
