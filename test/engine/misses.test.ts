import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { PodIdentity } from '../../src/engine/evidence.ts'
import { missesOf } from '../../src/engine/misses.ts'
import { predicatesOf, subjectOf } from '../../src/engine/predicates.ts'
import { identityOf } from '../../src/network/endpoint.ts'
import { load, unsureWorlds } from '../oracle/unsure-worlds.ts'

/*
 * A near miss is told of a policy that surely does not select a Pod, and surely would if the one thing were otherwise.
 */

/** Half of the time with rules of policies that policyTypes leave without effect. */
const worlds = fc
  .tuple(unsureWorlds, fc.constantFrom(undefined, undefined, ['Ingress'], ['Egress']))
  .map(([objects, policyTypes]) =>
    objects.map(object =>
      policyTypes === undefined || object.kind !== 'NetworkPolicy'
        ? object
        : { ...object, spec: { ...Object(object['spec']), policyTypes } },
    ),
  )

it('a policy that misses a Pod is one that surely would select it but for one thing', {
  timeout: 60_000,
}, () => {
  const found = new Set<string>()
  fc.assert(
    fc.property(worlds, objects => {
      const world = load(objects)
      const subjects = world.cluster.pods.flatMap((pod): readonly PodIdentity[] => {
        const identity = identityOf(world, { kind: 'pod', pod }, undefined)
        return identity.kind === 'pod' ? [identity] : []
      })
      for (const subject of subjects)
        for (const direction of ['egress', 'ingress'] as const) {
          const selects = predicatesOf(subject)
          const inForce = world.policies
            .candidates(subject.namespace, direction)
            .filter(policy => subjectOf(policy, selects) !== 'no')
          for (const { policy, why } of missesOf(world.policyObjects, {
            direction,
            subject,
          })) {
            found.add(why.kind)
            expect(policy.direction).toBe(direction)
            expect(inForce).not.toContain(policy)
            switch (why.kind) {
              case 'namespace':
                expect(policy.namespace).not.toBe(subject.namespace)
                expect(subjectOf({ ...policy, namespace: subject.namespace }, selects)).toBe('yes')
                break
              case 'labels':
                expect(policy.namespace).toBe(subject.namespace)
                expect(subjectOf(policy, selects)).toBe('no')
                expect(why.failures.map(({ matches }) => matches)).not.toContain('unknown')
                break
              case 'direction':
                expect(subjectOf(policy, selects)).toBe('yes')
                break
            }
          }
        }
    }),
    { numRuns: 500 },
  )
  expect([...found].sort()).toEqual(['direction', 'labels', 'namespace'])
})
