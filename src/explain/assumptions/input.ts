import { enforces } from '../../policy/profile.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import { leftOutObjects } from '../../world/problems.ts'
import type { World } from '../../world/world.ts'
import { remarkOf } from './plugin.ts'

/** What every answer assumes of the input: the what-if edits, and that invalid objects change nothing. */
export const assumptionsOfInput = (world: World): readonly AssumptionReason[] => [
  ...policiesNotEnforced(world),
  ...world.input.whatIf,
  ...assumptionsOfLeftOut(world),
]

/** S-070. */
export function policiesNotEnforced({ profile, policyObjects }: World): readonly AssumptionReason[] {
  const policies = policyObjects.length
  if (profile === undefined || enforces(profile) || policies === 0) return []
  const plugin = remarkOf(profile, 'enforces')
  return [{ code: 'POLICY_NOT_ENFORCED', facts: { about: 'all policies', plugin, policies } }]
}

function assumptionsOfLeftOut({ diagnostics }: World): readonly AssumptionReason[] {
  const all = leftOutObjects(diagnostics).map(({ what, source }) => ({
    object: what,
    ...(source !== undefined && { source }),
  }))
  return all.length === 0 ? [] : [{ code: 'UNDETERMINED_INVALID_INPUT', facts: { leftOut: all } }]
}
