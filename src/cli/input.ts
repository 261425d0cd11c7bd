import { CannotAnswer, cannotAnswer } from '../analysis/cannot-answer.ts'
import { buildWorld, type World } from '../analysis/world.ts'
import { position } from '../source/position.ts'
import type { Flags } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'
import { printDiagnostics } from './output.ts'

/** The world out of `-f`; throws CannotAnswer for what cannot be read or what a cluster would refuse. */
export function loadWorld(flags: Flags, io: Io): World {
  const { files, diagnostics } = loadFiles(io, flags.filename, flags.recursive)
  if (files.length === 0 && diagnostics.length === 0)
    cannotAnswer(
      'NO_MANIFESTS',
      `no manifests in ${flags.filename.map(path => `\`${path}\``).join(', ')}`,
      'name a file or a folder with `-f`',
    )
  const world = buildWorld(files)
  const all = [...diagnostics, ...world.diagnostics]
  if (all.some(({ severity }) => severity === 'error')) throw new CannotAnswer(all)
  if (flags.quiet) return world
  printDiagnostics(all, flags, io)
  for (const note of passedOverNotes(world, flags.verbose)) io.err(`${note}\n`)
  return world
}

/** Each document that was not used with `-v`; else how many of them could matter. */
function passedOverNotes({ passedOver, unmodelled }: World, verbose: boolean): readonly string[] {
  if (verbose)
    return [
      ...passedOver.map(({ at, why }) => `not used: ${at.file.path}:${position(at).line}: ${why}`),
      ...unmodelled.map(
        ({ at, kind }) => `not used: ${at.file.path}:${position(at).line}: ${kind} is not evaluated`,
      ),
    ]
  const reasons = passedOver.filter(({ matters }) => matters)
  if (reasons.length === 0) return []
  const [first] = reasons
  const more = reasons.length > 1 ? `, and ${reasons.length - 1} more` : ''
  return [`note: not used, and could matter: ${first?.at.file.path}: ${first?.why}${more} (-v lists them)`]
}
