import type { Policy } from '../../policy/policy.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { changing } from '../fixes.ts'
import { type Difference, TYPO } from './difference.ts'

/**
 * Of a policy that isolates Pods for ingress without any ingress rule, only because it has no policyTypes: one with egress
 * rules alone blocks all ingress (S-009).
 */
export function isolatesByDefault(world: World, policy: Policy): Difference | undefined {
  if (policy.direction !== 'ingress' || policy.rules.length > 0) return undefined
  const whole = world.networkPolicies.find(({ directions }) => directions.includes(policy))
  if (whole === undefined || whole.typesWritten || whole.directions.length < 2) return undefined
  return {
    code: 'POLICY_TYPES_LEFT_OUT',
    facts: { direction: 'ingress', isIsolated: true },
    at: policy.at,
    fix: changing(
      { kind: 'write', fields: [{ field: 'policyTypes', value: ['Egress'] }] },
      { kind: 'write', at: below(policy.at, 'spec', 'policyTypes'), value: ['Egress'] },
    ),
    cost: TYPO,
  }
}
