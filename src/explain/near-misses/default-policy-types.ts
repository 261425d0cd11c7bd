import type { DirectionVerdict } from '../../engine/evidence.ts'
import { below } from '../../source/file.ts'
import { type Difference, SLIP } from './difference.ts'
import { changing } from './fix.ts'
import type { NearMiss } from './near-miss.ts'
import type { Side } from './side.ts'

/**
 * The one policy that isolates a side, where it does so only because it does not say which directions it is about: a
 * policy of nothing but egress rules lets nobody in (S-009).
 */
export function isolatingByDefault(
  { selecting, direction }: DirectionVerdict,
  side: Side,
): readonly NearMiss[] {
  const [only, ...more] = selecting
  if (direction !== 'ingress' || only === undefined || more.length > 0 || only.rules.length > 0) return []
  const { policy } = only
  const whole = side.world.networkPolicies.find(({ directions }) => directions.includes(policy))
  if (whole === undefined || whole.typesWritten || whole.directions.length < 2) return []
  const difference: Difference = {
    reason: 'POLICY_TYPES_LEFT_OUT',
    message: `it has no policyTypes, and so is about ingress too: with egress rules alone it lets nobody in`,
    at: policy.at,
    fix: changing('write policyTypes: [Egress]', {
      kind: 'write',
      at: below(policy.at, 'spec', 'policyTypes'),
      value: ['Egress'],
    }),
    cost: SLIP,
  }
  return [{ policy, rule: undefined, differences: [difference], cost: difference.cost }]
}
