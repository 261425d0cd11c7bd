import type { Example, ExampleReport } from '../index.ts'
import type { FileEntry, Io } from './io.ts'

/** The whole program. */
export interface Program {
  /** `netpol`, or `kubectl netpol`. */
  readonly calledAs: string
  /** Answers a command line, and returns its exit code. */
  readonly answer: (argv: readonly string[], io: Io) => Promise<number>
}

/** The files of an example. */
const FILE = 'manifests.yaml'
const OVERLAY = 'prod/kustomization.yaml'

/** The width of a page on a terminal of 80 columns, without its margin. */
const WIDTH = 78

/** Answers the command line of an example, on a file that exists only for it. */
export async function runExample(example: Example, program: Program): Promise<ExampleReport> {
  const { manifests, overlay, command } = example
  let output = ''
  const print = (part: string): void => {
    output += part
  }
  const exit = await program.answer(command.split(' '), {
    ...ioOver(filesOf(example)),
    out: print,
    err: print,
    width: { out: WIDTH, err: WIDTH },
  })
  return {
    manifests,
    ...(overlay !== undefined && { overlay }),
    command: `${program.calledAs} ${command}`,
    output,
    exit,
  }
}

/** The files of an example, as path to text. */
export const filesOf = ({ manifests, overlay, fill = 0 }: Example): Readonly<Record<string, string>> => ({
  ...(manifests !== '' && { [FILE]: manifests.replaceAll('…', 'x'.repeat(fill) || '…') }),
  ...(overlay !== undefined && { [OVERLAY]: overlay }),
})

/** An Io with only these files, as path to text. Output is discarded. */
export function ioOver(files: Readonly<Record<string, string>>): Io {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
  return {
    out: () => undefined,
    err: () => undefined,
    stdin: () => encode(''),
    read: path => encode(files[path] ?? missing(path)),
    look: path => lookIn(files, path),
    list: folder => listIn(files, folder),
    run: async () => 'not-installed',
    create: path => {
      if (Object.hasOwn(files, path)) throw Object.assign(new Error(`EEXIST: ${path}`), { code: 'EEXIST' })
    },
    now: () => 0,
    memory: () => 2 ** 32,
    width: { out: undefined, err: undefined },
    env: {},
    color: { out: false, err: false },
  }
}

function lookIn(files: Readonly<Record<string, string>>, path: string): FileEntry {
  if (Object.hasOwn(files, path)) return { kind: 'file', real: path, isLink: false }
  if (listIn(files, path).length > 0) return { kind: 'folder', real: path, isLink: false }
  return missing(path)
}

function missing(path: string): never {
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
}

function listIn(files: Readonly<Record<string, string>>, folder: string): readonly string[] {
  const prefix = folder === '.' ? '' : `${folder}/`
  const below = Object.keys(files).filter(path => path.startsWith(prefix))
  return [...new Set(below.map(path => prefix + path.slice(prefix.length).split('/')[0]))].sort()
}
