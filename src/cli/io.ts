import { readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a command can see and do of the world outside: the only file that touches the file system and the process. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Everything on standard input. */
  readonly stdin: () => Uint8Array
  /** Throws what Node throws: a missing file, a missing permission. */
  readonly read: (path: string) => Uint8Array
  readonly look: (path: string) => Entry
  /** The entries of a folder in lexical order. */
  readonly list: (folder: string) => readonly string[]
  /** The columns of the terminal; undefined where standard output is none. */
  readonly width: number | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly colour: { readonly out: boolean; readonly err: boolean }
}

export interface Entry {
  readonly kind: 'file' | 'folder' | 'other'
  /** Where it really is, links followed: the same for two ways to one folder. */
  readonly real: string
}

/** The process's own. */
export function processIo(): Io {
  // A reader that has seen enough closes the pipe: `| head` is no error.
  process.stdout.on('error', quietOnBrokenPipe)
  process.stderr.on('error', quietOnBrokenPipe)
  const { env } = process
  return {
    out: text => void process.stdout.write(text),
    err: text => void process.stderr.write(text),
    stdin: () => readFileSync(0),
    read: path => readFileSync(path),
    look,
    list: folder =>
      readdirSync(folder)
        .sort()
        .map(name => join(folder, name)),
    width: process.stdout.isTTY ? process.stdout.columns : undefined,
    env,
    colour: { out: process.stdout.isTTY, err: process.stderr.isTTY },
  }
}

function look(path: string): Entry {
  const status = statSync(path)
  const kind = status.isDirectory() ? 'folder' : status.isFile() || status.isFIFO() ? 'file' : 'other'
  return { kind, real: realpathSync(path) }
}

function quietOnBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error
  process.exit(process.exitCode ?? 0)
}
