import { CannotAnswer, cannotAnswer, type Edit, printable } from '../index.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'
import type { Reading } from './shared-options.ts'

/** The edits that were typed, with their files; `used` is how many bytes have been read before. Throws CannotAnswer. */
export function loadEdits({ filename, edits, recursive }: Reading, used: number, io: Io): readonly Edit[] {
  const stdin = [...filename, ...edits.flatMap(one => (one.kind === 'apply' ? one.path : []))]
  if (edits.length > 0 && stdin.filter(path => path === '-').length > 1)
    cannotAnswer('CANNOT_READ', 'standard input can be read only once', 'name a file instead of one `-`')
  let bytes = used
  return edits.map((edit): Edit => {
    if (edit.kind !== 'apply') return edit
    const loaded = loadFiles(io, [edit.path], recursive, bytes)
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
