import fc from 'fast-check'
import { expect, it } from 'vitest'
import { classifier } from '../../src/engine/classes.ts'
import { evaluate } from '../../src/engine/evaluate.ts'
import type { Identity } from '../../src/engine/evidence.ts'
import { type Labels, UNKNOWABLE } from '../../src/model/labels.ts'
import { parseAddress } from '../../src/sets/addresses.ts'
import { groupBy } from '../../src/sets/group-by.ts'
import { loadedWorlds } from '../oracle/unsure-worlds.ts'

/*
 * Identities with the same key have the same verdicts, with what is unknown of them as well.
 */

const NAMESPACE_LABELS: ReadonlyMap<string, Labels> = new Map([
  ['one', new Map([['env', 'prod']])],
  ['two', new Map()],
  ['elsewhere', new Map()],
])

const labels: fc.Arbitrary<Labels> = fc
  .array(
    fc.tuple(
      fc.constantFrom('app', 'pod-template-hash'),
      fc.constantFrom('a', '5', 'unlisted', 'unlisted too', UNKNOWABLE),
    ),
    { maxLength: 2 },
  )
  .map(entries => new Map(entries))

const address = fc.constantFrom(undefined, ...['10.0.0.1', '10.0.0.9', '203.0.113.9'].map(parseAddress))

const identity: fc.Arbitrary<Identity> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...NAMESPACE_LABELS.keys()),
        labels,
        fc.constantFrom([], [{ name: 'web', protocol: 'TCP', number: 80, sidecar: false } as const]),
        address,
      )
      .map(
        ([namespace, own, ports, one]): Identity => ({
          kind: 'pod',
          namespace,
          namespaceLabels: NAMESPACE_LABELS.get(namespace) ?? new Map(),
          labels: own,
          ports,
          address: one,
        }),
      ),
  },
  { weight: 1, arbitrary: address.map((addresses): Identity => ({ kind: 'address', addresses })) },
)

it('identities of one class have the same verdicts', { timeout: 60_000 }, () => {
  let alike = 0
  fc.assert(
    fc.property(
      loadedWorlds,
      fc.array(identity, { minLength: 10, maxLength: 20 }),
      ({ policies }, identities) => {
        const verdicts = (one: Identity) =>
          identities
            .flatMap(other => [evaluate(policies, one, other), evaluate(policies, other, one)])
            .map(({ allowed, undetermined }) => `${allowed} | ${undetermined}`)
        for (const [first, ...more] of groupBy(identities, classifier(policies.all)).values())
          for (const one of more) {
            alike++
            expect(verdicts(one)).toEqual(verdicts(first))
          }
      },
    ),
    { numRuns: 300 },
  )
  expect(alike).toBeGreaterThan(0)
})
