import { CannotAnswer, cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { Edit } from '../world/edit/edit.ts'
import { objectCalled } from '../world/edit/find.ts'
import { newLabels } from '../world/edit/label.ts'
import type { World } from '../world/world.ts'
import type { Flags } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'

/** An edit with its files read. Which object is meant depends on the world that it changes. */
export type LoadedEdit = (before: World) => Edit

/**
 * The edits that were typed, with their files; `used` is how many bytes have been read before, `namespace` that of names
 * without one. Throws CannotAnswer, and so do the edits for names that are not there.
 */
export function loadEdits(flags: Flags, namespace: string, used: number, io: Io): readonly LoadedEdit[] {
  const stdin = [...flags.filename, ...flags.edits.flatMap(one => (one.kind === 'apply' ? one.path : []))]
  if (flags.edits.length > 0 && stdin.filter(path => path === '-').length > 1)
    cannotAnswer('CANNOT_READ', 'standard input can be read only once', 'name a file instead of one `-`')
  let bytes = used
  return flags.edits.map((edit): LoadedEdit => {
    if (edit.kind === 'delete')
      return before => ({ kind: 'delete', object: objectCalled(before, edit.object, namespace) })
    if (edit.kind === 'label')
      return before => ({
        kind: 'label',
        object: objectCalled(before, edit.object, namespace),
        labels: newLabels(edit.changes),
      })
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
    return () => ({ kind: 'apply', files, problems })
  })
}
