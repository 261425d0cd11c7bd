import type { CommandSpec } from '../command.ts'
import { canReach } from './can-reach.ts'
import { codes } from './codes.ts'
import { completion } from './completion.ts'
import { describe } from './describe.ts'
import { explain } from './explain.ts'
import { get } from './get.ts'
import { matrix } from './matrix.ts'
import { whoCanReach } from './who-can-reach.ts'

/** The subcommands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  canReach,
  explain,
  whoCanReach,
  matrix,
  get,
  describe,
  codes,
  completion,
]
