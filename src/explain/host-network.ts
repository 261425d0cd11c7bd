import type { Endpoint } from '../network/endpoint.ts'
import { isChosenOnHost } from '../network/selected-pods.ts'
import type { Direction } from '../policy/policy.ts'
import type { PoliciesBeside } from '../report/facts/policies.ts'
import type { World } from '../world/world.ts'
import { policiesBeside } from './policy-facts.ts'

/**
 * The policies that cannot isolate an endpoint because it is a Pod on its node's network, where they would isolate any
 * other Pod with its labels (S-043); undefined where there is none.
 */
export function policiesOfHost(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
): PoliciesBeside | undefined {
  if (endpoint.kind !== 'pod' || !endpoint.pod.hostNetwork) return undefined
  const policies = world.networkPolicies.filter(policy => isChosenOnHost(world, policy, endpoint.pod))
  return policiesBeside(world, direction, endpoint, policies)
}
