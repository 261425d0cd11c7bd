import { CannotAnswer, cannotAnswer } from '../analysis/cannot-answer.ts'
import type { Edit } from '../analysis/what-if/edit.ts'
import { editTyped, type TypedEdit } from '../analysis/what-if/typed.ts'
import type { World } from '../analysis/world.ts'
import { printable } from '../source/printable.ts'
import type { Flags } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'

/** An edit of the world that was typed, with its files. Throws CannotAnswer where it is none. */
export function readEdit(world: World, typed: TypedEdit, flags: Flags, io: Io): Edit {
  if (typed.kind !== 'apply') return editTyped(world, typed, flags.namespace ?? 'default')
  const { path } = typed
  const ofStdin = [...flags.filename, ...flags.edits.flatMap(one => (one.kind === 'apply' ? [one.path] : []))]
  if (path === '-' && ofStdin.filter(one => one === '-').length > 1)
    cannotAnswer('CANNOT_READ', 'standard input can be read only once', 'name a file instead of one `-`')
  const { files, problems, missing } = loadFiles(io, [path], flags.recursive)
  if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
  if (files.length === 0 && problems.length === 0)
    cannotAnswer(
      'NO_MANIFESTS',
      `no manifests in \`${printable(path)}\``,
      'name a file or a folder with `--apply`',
    )
  return { kind: 'apply', files, problems }
}
