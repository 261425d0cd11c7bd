import type { Endpoint } from '../network/endpoint.ts'
import { endpointId } from '../network/endpoint-ids.ts'
import { selecting, wouldSelect } from '../network/selected-pods.ts'
import type { PolicyObject } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { IneffectivePolicies } from '../report/facts/policies.ts'
import type { Direction } from '../report/facts/rules.ts'
import type { World } from '../world/world.ts'
import { policyRef } from './policy-facts.ts'

/*
 * Policies that select the labels of an endpoint and have no effect on it.
 */

/** Those that the network plugin does not enforce (S-070); undefined where there is none. */
export function unenforcedPolicies(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
): IneffectivePolicies | undefined {
  if (enforces(world.profile) || endpoint.kind !== 'pod') return undefined
  const policies = selecting(world, endpoint.pod).map(({ policy }) => policy)
  return ineffective(world, direction, endpoint, policies)
}

/** Those that would select the Pod if it were not on the network of its node (S-043); undefined where there is none. */
export function policiesOfHost(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
): IneffectivePolicies | undefined {
  if (endpoint.kind !== 'pod' || !endpoint.pod.hostNetwork) return undefined
  const policies = world.policyObjects.filter(policy => wouldSelect(world, policy, endpoint.pod))
  return ineffective(world, direction, endpoint, policies)
}

function ineffective(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
  policies: readonly PolicyObject[],
): IneffectivePolicies | undefined {
  const [first, ...more] = policies.filter(({ directions }) =>
    directions.some(one => one.direction === direction),
  )
  return (
    first && {
      about: 'endpoint',
      object: endpointId(world, endpoint),
      direction,
      policy: policyRef(first),
      others: more.length,
    }
  )
}
