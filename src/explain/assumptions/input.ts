import type { Assumption } from '../../report/common.ts'
import { assumptionsOfLeftOut } from '../../world/invalid.ts'
import type { World } from '../../world/world.ts'
import { notEnforced } from '../enforcement.ts'

/** What every answer takes for granted of the input that it is made from: what was changed, and what is left out. */
export const assumptionsOfInput = (world: World): readonly Assumption[] => [
  ...policiesInVain(world),
  ...world.input.whatIf,
  ...assumptionsOfLeftOut(world.diagnostics),
]

/** Said beside an answer; with what else such a plugin would enforce policies after all. */
export function policiesInVain(world: World): readonly Assumption[] {
  const why = notEnforced(world)
  const { length } = world.networkPolicies
  if (why === undefined || length === 0) return []
  const which = length === 1 ? 'the one in the input has' : `the ${length} in the input have`
  const cell = world.profile?.cells.enforces
  const note = cell?.is === 'known' && cell.note !== undefined ? `; ${cell.note}` : ''
  return [{ code: 'POLICY_NOT_ENFORCED', message: `${why}: ${which} no effect${note}` }]
}
