import type { Endpoint } from '../network/endpoint.ts'
import { selecting } from '../network/selected-pods.ts'
import { enforces } from '../policy/profile.ts'
import type { Step } from '../report/report.ts'
import type { World } from '../world/world.ts'
import { placeText } from './phrases.ts'

/*
 * Network plugins that do not enforce policies: everything is open, and who wrote policies has to hear why (S-070).
 */

/** `with --cni none NetworkPolicies are not enforced`; undefined where they are. */
export const notEnforced = ({ profile }: World): string | undefined =>
  enforces(profile) ? undefined : `with --cni ${profile?.name} NetworkPolicies are not enforced`

/** A side of a connection that is open only because nothing enforces the policies that select its end. */
export function inVain(world: World, step: Step, endpoint: Endpoint): Step {
  if (notEnforced(world) === undefined || endpoint.kind !== 'pod') return step
  const [first, ...more] = selecting(world, endpoint.pod).flatMap(({ policy }) =>
    policy.directions.some(({ direction }) => direction === step.step) ? [policy] : [],
  )
  if (first === undefined) return step
  const [others, are] = more.length === 0 ? ['', 'is'] : [` and ${more.length} more`, 'are']
  const message = `${first.name} (${placeText(first.at)})${others} would isolate ${step.object} for ${step.step}, but ${are} not enforced`
  return { ...step, reason: 'POLICY_NOT_ENFORCED', message }
}
