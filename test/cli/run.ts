import type { Entry, Io } from '../../src/cli/io.ts'
import { main } from '../../src/cli/main.ts'

export interface Run {
  readonly exit: number
  readonly out: string
  readonly err: string
}

/** Runs a command line in this process over files that exist only here: path to text. */
export async function run(
  files: Readonly<Record<string, string>>,
  commandLine: string,
  settings: {
    readonly env?: Io['env']
    readonly stdin?: string
    readonly terminal?: number
    readonly name?: string
    readonly now?: () => number
  } = {},
): Promise<Run> {
  const out: string[] = []
  const err: string[] = []
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  const io: Io = {
    out: text => void out.push(text),
    err: text => void err.push(text),
    stdin: () => encode(settings.stdin ?? ''),
    read: path => encode(files[path] ?? ''),
    look: path => lookIn(files, path),
    list: folder => listIn(files, folder),
    now: settings.now ?? (() => 0),
    memory: () => 4096 * 1024 * 1024,
    width: settings.terminal,
    env: settings.env ?? {},
    colour: { out: settings.terminal !== undefined, err: settings.terminal !== undefined },
  }
  const argv = commandLine.split(' ').filter(word => word !== '')
  const exit = await main(argv, io, settings.name ?? 'netpol')
  return { exit, out: out.join(''), err: err.join('') }
}

function lookIn(files: Readonly<Record<string, string>>, path: string): Entry {
  if (Object.hasOwn(files, path)) return { kind: 'file', real: path }
  if (listIn(files, path).length > 0) return { kind: 'folder', real: path }
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
}

function listIn(files: Readonly<Record<string, string>>, folder: string): readonly string[] {
  const prefix = folder === '.' ? '' : `${folder}/`
  const below = Object.keys(files).filter(path => path.startsWith(prefix))
  return [...new Set(below.map(path => prefix + path.slice(prefix.length).split('/')[0]))].sort()
}
