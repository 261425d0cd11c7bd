import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editedIndex, type PolicyIndex, policyIndex } from '../../src/engine/policy-index.ts'
import { NETWORK_POLICY_TIER, type Policy } from '../../src/policy/policy.ts'
import type { Location } from '../../src/source/file.ts'

const AT: Location = { file: { path: 'drawn.yaml', text: '' }, document: 0, path: [] }
const ANY = { at: AT, requirements: [] }
const NAMESPACES = ['one', 'two']

/** Policies of a namespace, and such as may select Pods of any. */
const policies = fc
  .array(
    fc.record({
      namespace: fc.constantFrom(...NAMESPACES),
      direction: fc.constantFrom('egress', 'ingress'),
      namespaces: fc.constantFrom('own' as const, ANY),
    }),
    { maxLength: 6 },
  )
  .map(all =>
    all.map(
      ({ namespace, direction, namespaces }, index): Policy => ({
        kind: 'NetworkPolicy',
        namespace,
        name: `p${index}`,
        at: AT,
        direction,
        tier: NETWORK_POLICY_TIER,
        priority: 0,
        scope: { namespaces, pods: ANY },
        isolates: true,
        rules: [],
      }),
    ),
  )

const namesOf = (found: readonly Policy[]): readonly string[] => found.map(({ name }) => name).sort()

function expectIndexOf(index: PolicyIndex, all: readonly Policy[]): void {
  expect(namesOf(index.all)).toEqual(namesOf(all))
  for (const namespace of [...NAMESPACES, 'other'])
    for (const direction of ['egress', 'ingress'] as const) {
      const expected = all.filter(
        policy =>
          policy.direction === direction &&
          (policy.scope.namespaces !== 'own' || policy.namespace === namespace),
      )
      expect(namesOf(index.candidates(namespace, direction))).toEqual(namesOf(expected))
    }
}

it('an index finds the policies that could select Pods of a namespace, each once, after an edit as well', () => {
  fc.assert(
    fc.property(
      policies.chain(all => fc.tuple(fc.constant(all), fc.subarray(all), fc.subarray(all))),
      ([all, removed, added]) => {
        expectIndexOf(policyIndex(all), all)
        const before = all.filter(policy => !added.includes(policy))
        const edit = { removed: removed.filter(policy => before.includes(policy)), added }
        expectIndexOf(
          editedIndex(policyIndex(before), edit),
          all.filter(policy => !edit.removed.includes(policy)),
        )
      },
    ),
    { numRuns: 100 },
  )
})
