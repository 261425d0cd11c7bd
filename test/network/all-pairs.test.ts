import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyIndex } from '../../src/engine/policy-index.ts'
import { allPairs } from '../../src/network/all-pairs.ts'
import { type Endpoint, isSame } from '../../src/network/endpoint.ts'
import { evaluatePair } from '../../src/network/pair.ts'
import { everyEndpoint } from '../../src/questions/matrix/rows-and-columns.ts'
import { hasBit } from '../../src/sets/bits.ts'
import { ALL, NONE, unionOf } from '../../src/sets/connections.ts'
import { idAt } from '../../src/sets/vector.ts'
import type { World } from '../../src/world/world.ts'
import { block } from '../engine/identities.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'
import { load, policy } from '../semantics/ask.ts'

/*
 * A class of endpoints has the answers of each of its members: also where labels and addresses are unknown, and where an
 * endpoint has an address of both IP families.
 */

const STATES = [
  {},
  { ready: false },
  { terminating: true },
  { pending: true },
  // Without a network.
  { finished: true },
] as const

/** Worlds with Pods in any state, also those that no matrix shows. */
const worlds = fc
  .tuple(loadedWorlds, fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 8 }))
  .map(([world, states]): World => {
    const pods = world.cluster.pods.map((pod, index) => ({ ...pod, ...states[index % states.length] }))
    return { ...world, cluster: { ...world.cluster, pods } }
  })

const endpointsOf = (world: World): readonly Endpoint[] => [
  ...everyEndpoint(world),
  ...world.cluster.pods.filter(({ finished }) => finished).map((pod): Endpoint => ({ kind: 'pod', pod })),
  ...world.cluster.nodes.map((node): Endpoint => ({ kind: 'node', node })),
]

/** The same worlds, but some Pods have one IPv6 address alone, and policies know addresses behind a NAT64. */
const translating = fc
  .tuple(
    worlds,
    fc.subarray(['64:ff9b::/96', '64:ff9b::cb00:7100/120', '64:ff9b::a00:0/104'], { minLength: 1 }),
  )
  .map(([world, cidrs]): World => {
    const known = load(
      ...cidrs.map((cidr, index) =>
        policy('a/a', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }] }] }, `nat${index}`),
      ),
      policy('b/b', {
        podSelector: {},
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr: '::/0' } }] }],
      }),
    )
    const pods = world.cluster.pods.map((pod, index) =>
      index % 2 === 0 ? { ...pod, addresses: [block(`fd00::${index + 1}/128`)] } : pod,
    )
    const policies = policyIndex([...world.policies.all, ...known.policies.all])
    return { ...world, policies, cluster: { ...world.cluster, pods } }
  })

describe('all pairs by classes', { timeout: 120_000 }, () => {
  it.each([
    ['any world', worlds, 300],
    ['with NAT64', translating, 100],
  ])('are what each pair of members is alone: %s', (_, drawn, numRuns) => {
    fc.assert(
      fc.property(drawn, world => {
        const { classes, table, from, to, isKnown } = allPairs(world, endpointsOf(world), () => ALL)
        for (const [index, sources] of classes.entries()) {
          const row = from(index)
          for (const [other, destinations] of classes.entries()) {
            const column = to(other)
            for (const source of sources)
              for (const destination of destinations) {
                if (isSame(source, destination)) continue
                const verdicts = evaluatePair(world, source, destination)
                const open = unionOf(verdicts.map(({ allowed }) => allowed))
                const undetermined = unionOf(verdicts.map(verdict => verdict.undetermined))
                const isMixed = new Set(verdicts.map(({ allowed }) => allowed.join())).size > 1
                if (isKnown) expect(undetermined).toEqual(NONE)
                expect([hasBit(row.mixed, other), hasBit(column.mixed, index)]).toEqual([isMixed, isMixed])
                expect(table.at(idAt(row.open, other))).toEqual(open)
                expect(table.at(idAt(row.undetermined, other))).toEqual(undetermined)
                expect(table.at(idAt(column.open, index))).toEqual(open)
                expect(table.at(idAt(column.undetermined, index))).toEqual(undetermined)
              }
          }
        }
      }),
      { numRuns },
    )
  })
})
