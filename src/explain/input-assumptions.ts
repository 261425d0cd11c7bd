import type { Assumption } from '../report/common.ts'
import { assumptionsOfLeftOut } from '../world/invalid.ts'
import type { World } from '../world/world.ts'
import { policiesInVain } from './enforcement.ts'

/** What every answer takes for granted of the input that it is made from: what was changed, and what is left out. */
export const assumptionsOfInput = (world: World): readonly Assumption[] => [
  ...policiesInVain(world),
  ...world.input.whatIf,
  ...assumptionsOfLeftOut(world.diagnostics),
]
