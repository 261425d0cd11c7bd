import { CannotAnswer, cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { Edit } from '../world/edit/edit.ts'
import type { TypedEdit } from '../world/edit/typed.ts'
import type { Flags } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'

/** Its files are read; which object is meant, is told by the world that it is to change. */
export type LoadedEdit = Extract<Edit, { kind: 'apply' }> | Exclude<TypedEdit, { kind: 'apply' }>

/** The edits that were typed, with their files; `used` is how many bytes have been read before. Throws CannotAnswer. */
export function loadEdits(flags: Flags, used: number, io: Io): readonly LoadedEdit[] {
  const stdin = [...flags.filename, ...flags.edits.flatMap(one => (one.kind === 'apply' ? one.path : []))]
  if (flags.edits.length > 0 && stdin.filter(path => path === '-').length > 1)
    cannotAnswer('CANNOT_READ', 'standard input can be read only once', 'name a file instead of one `-`')
  let bytes = used
  return flags.edits.map((edit): LoadedEdit => {
    if (edit.kind !== 'apply') return edit
    const loaded = loadFiles(io, [edit.path], flags.recursive, bytes)
    const { files, problems, missing } = loaded
    if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
    if (files.length === 0 && problems.length === 0)
      cannotAnswer(
        'NO_MANIFESTS',
        `no manifests in \`${printable(edit.path)}\``,
        'name a file or a folder with `--apply`',
      )
    bytes = loaded.bytes
    return { kind: 'apply', files, problems }
  })
}
