import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Matches } from '../../src/engine/all/bounds.ts'
import { identityIndex } from '../../src/engine/all/identity-index.ts'
import { opened } from '../../src/engine/match.ts'
import { predicatesOf } from '../../src/engine/predicates.ts'
import type { Match, Requirement, Selector } from '../../src/model/selector.ts'
import { hasBit } from '../../src/sets/bits.ts'
import { NONE, unionOf } from '../../src/sets/connections.ts'
import type { Location } from '../../src/source/file.ts'
import { block, identityWith, singleAddress } from './identities.ts'

/*
 * What is worked out of many ends at once is what each of them answers alone.
 */

const AT: Location = { file: { path: 'drawn.yaml', text: '' }, document: 0, path: [] }

const selectorOver = (...keys: readonly string[]): fc.Arbitrary<Selector> =>
  fc
    .array(
      fc.record({
        key: fc.constantFrom(...keys),
        operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
        values: fc.subarray(['a', '5', 'prod', 'test']),
        at: fc.constant(AT),
      }),
      { maxLength: 2 },
    )
    .map((requirements: readonly Requirement[]) => ({ at: AT, requirements }))

const questions = fc.record({
  namespace: fc.constantFrom('one', 'two', 'nowhere'),
  labels: selectorOver('app', 'pod-template-hash', 'nobody has this'),
  namespaceLabels: selectorOver('env'),
  addresses: fc.constantFrom(
    ...['0.0.0.0/0', '::/0', '10.0.0.0/8', '10.0.0.1/32', '127.0.0.0/8', 'fd00::/16'].map(block),
  ),
  port: fc.record({
    kind: fc.constant('name'),
    name: fc.constantFrom('web', 'dns'),
    protocol: fc.constantFrom('TCP', 'UDP'),
    at: fc.constant(AT),
  }),
})

const matchOf = ({ yes, maybe }: Matches, index: number): Match => {
  if (hasBit(yes, index)) return hasBit(maybe, index) ? 'yes' : 'no'
  return hasBit(maybe, index) ? 'unknown' : 'no'
}

it('an index answers of each end as the end alone does', () => {
  fc.assert(
    fc.property(
      fc.array(identityWith(singleAddress), { minLength: 1, maxLength: 40 }),
      fc.array(questions, { minLength: 1, maxLength: 4 }),
      (identities, asked) => {
        const all = identityIndex(identities)
        for (const { namespace, labels, namespaceLabels, addresses, port } of asked) {
          const named = all.named(port)
          for (const [index, identity] of identities.entries()) {
            const alone = predicatesOf(identity)
            const both = [all.labeled(labels), all.within(addresses)] as const
            expect({
              all: matchOf(all.all, index),
              inNamespace: matchOf(all.inNamespace(namespace), index),
              inNamespaces: matchOf(all.inNamespaces(namespaceLabels), index),
              labeled: matchOf(all.labeled(labels), index),
              within: matchOf(all.within(addresses), index),
              every: matchOf(all.every(both), index),
              some: matchOf(all.some(both), index),
              named: unionOf(named.filter(({ on }) => hasBit(on, index)).map(({ opens }) => opens)),
            }).toEqual({
              all: alone.all,
              inNamespace: alone.inNamespace(namespace),
              inNamespaces: alone.inNamespaces(namespaceLabels),
              labeled: alone.labeled(labels),
              within: alone.within(addresses),
              every: alone.every([alone.labeled(labels), alone.within(addresses)]),
              some: alone.some([alone.labeled(labels), alone.within(addresses)]),
              named: identity.kind === 'pod' ? opened(port, identity) : NONE,
            })
          }
        }
      },
    ),
    { numRuns: 100 },
  )
})
