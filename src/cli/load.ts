import { isManifestName, isSkippedFolder } from '../source/collect.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/file.ts'
import { printable } from '../source/printable.ts'
import type { Io } from './io.ts'

/** The files of `-f`: as they are named, and out of folders those that can hold manifests, in lexical order. */
export interface Loaded {
  readonly files: readonly SourceFile[]
  readonly diagnostics: readonly Diagnostic[]
}

export function loadFiles(io: Io, paths: readonly string[], recursive: boolean): Loaded {
  const files: SourceFile[] = []
  const diagnostics: Diagnostic[] = []
  const seen = new Set<string>()
  const attempt = (path: string, action: () => void): void => {
    try {
      action()
    } catch (error) {
      diagnostics.push(unreadable(path, error))
    }
  }
  const add = (path: string, bytes: Uint8Array): void =>
    void files.push({ path: printable(path), text: decode(bytes) })

  const visit = (path: string, depth: number): void =>
    attempt(path, () => {
      const { kind, real } = io.look(path)
      // The same file by two ways (a link, two -f) is one file; so a loop of links ends.
      if (seen.has(real)) return
      if (kind === 'folder') {
        if (depth > 0 && (!recursive || isSkippedFolder(baseName(path)))) return
        seen.add(real)
        for (const entry of io.list(path)) visit(entry, depth + 1)
      } else if (depth === 0 || (kind === 'file' && isManifestName(baseName(path)))) {
        seen.add(real)
        add(path, io.read(path))
      }
    })

  for (const path of paths) {
    if (path === '-') attempt(path, () => add('-', io.stdin()))
    else visit(path, 0)
  }
  return { files, diagnostics }
}

const baseName = (path: string): string => path.split(/[\\/]/).findLast(part => part !== '') ?? path

/** Throws for what is no UTF-8; takes a byte order mark away. */
const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes)

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many links that lead to one another',
  ENOTDIR: 'a part of the path is no folder',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'the text is not UTF-8',
  ERR_FS_FILE_TOO_LARGE: 'the file is larger than 2 GiB',
  ERR_STRING_TOO_LONG: 'the file is larger than 512 MiB',
}

function unreadable(path: string, error: unknown): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error))
  return { severity: 'error', code: 'CANNOT_READ', message: `cannot read \`${path}\`: ${reason}` }
}
