import type { Endpoint } from '../network/endpoint.ts'
import { selecting } from '../network/selected-pods.ts'
import type { Direction } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { PoliciesBeside } from '../report/facts/policies.ts'
import type { World } from '../world/world.ts'
import { policiesBeside } from './policy-facts.ts'

/*
 * Network plugins that do not enforce policies: everything is open, and whoever wrote policies has to be told why (S-070).
 */

/** `with --cni none NetworkPolicies are not enforced`; undefined where they are. */
export const notEnforced = ({ profile }: World): string | undefined =>
  enforces(profile) ? undefined : `with --cni ${profile?.name} NetworkPolicies are not enforced`

/** The policies that would isolate an endpoint if they were enforced; undefined where they are, or where there is none. */
export function unenforcedPolicies(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
): PoliciesBeside | undefined {
  if (enforces(world.profile) || endpoint.kind !== 'pod') return undefined
  const policies = selecting(world, endpoint.pod).map(({ policy }) => policy)
  return policiesBeside(world, direction, endpoint, policies)
}
