import type { CommandSpec } from '../command.ts'
import { canReach } from './can-reach.ts'
import { explain } from './explain.ts'
import { matrix } from './matrix.ts'

/** The subcommands, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [canReach, explain, matrix]
