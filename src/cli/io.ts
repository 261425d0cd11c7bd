import {
  closeSync,
  constants,
  copyFileSync,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** Everything outside that a command can see and do: the only file that uses the file system and the process. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** All of standard input; throws TOO_LARGE for more than `most` bytes, without reading to the end. */
  readonly stdin: (most: ByteLimit) => Uint8Array
  /** Throws what Node throws: a missing file, a missing permission; and TOO_LARGE for more than `most` bytes. */
  readonly read: (path: string, most: ByteLimit) => Uint8Array
  readonly look: (path: string) => FileEntry
  /** Makes a file, whole or not at all; throws what Node throws, also where there is one already. */
  readonly create: (path: string, text: string) => void
  /** Runs another program, without a shell and with nothing on its standard input; it may print `most` bytes. */
  readonly run: (program: string, args: readonly string[], most: number) => Promise<Ran | 'not-installed'>
  /** The entries of a folder in lexical order. */
  readonly list: (folder: string) => readonly string[]
  /** Milliseconds since some moment. */
  readonly now: () => number
  /** How many bytes of memory the program may use. */
  readonly memory: () => number
  /** The columns of the terminals that standard output and standard error are; undefined for what is none. */
  readonly width: { readonly out: number | undefined; readonly err: number | undefined }
  readonly env: Readonly<Record<string, string | undefined>>
  readonly color: { readonly out: boolean; readonly err: boolean }
}

/** How many bytes may be read; called only if it matters, because it is slow. */
export type ByteLimit = () => number

export interface FileEntry {
  readonly kind: 'file' | 'folder' | 'other'
  /** The path with all links followed. */
  readonly real: string
  /** Whether the path itself is a link. */
  readonly isLink: boolean
}

/** The path of a file below a folder, with `..` resolved. */
export const joinPaths = (folder: string, path: string): string => join(folder, path)

/** The folder that a path is in; that of `.` and of `/` is the same. */
export const folderAbove = (path: string): string => dirname(path)

export const withoutColors = (text: string): string => stripVTControlCharacters(text)

/** What came out of another program. */
export interface Ran {
  readonly status: number
  readonly stdout: Uint8Array
  readonly stderr: string
}

/** The process's own. */
export function processIo(): Io {
  const { env } = process
  // Node's streams cost a tenth of a start, so they are asked only where there may be a terminal.
  const terminal = {
    out: mayBeTerminal(1) && process.stdout.isTTY,
    err: mayBeTerminal(2) && process.stderr.isTTY,
  }
  return {
    out: text => write(1, text),
    err: text => write(2, text),
    stdin: most => readAll(0, most),
    read,
    look,
    create,
    run,
    list: folder =>
      readdirSync(folder)
        .sort()
        .map(name => join(folder, name)),
    // The more exact clocks of Node's are slow to load.
    now: () => process.uptime() * 1000,
    memory: heapLimit,
    width: {
      out: terminal.out ? process.stdout.columns : undefined,
      err: terminal.err ? process.stderr.columns : undefined,
    },
    env,
    color: terminal,
  }
}

async function run(program: string, args: readonly string[], most: number): Promise<Ran | 'not-installed'> {
  // Loaded when it is needed: it takes a while.
  const { spawnSync } = await import('node:child_process')
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: most,
  })
  if (codeOf(error) === 'ENOENT') return 'not-installed'
  if (error !== undefined) {
    const why: Readonly<Record<string, string>> = {
      EACCES: 'permission denied: it is not executable',
      ENOBUFS: `it prints more than ${Math.floor(most / 2 ** 20)} MiB`,
    }
    return { status: 2, stdout: new Uint8Array(), stderr: why[codeOf(error)] ?? error.message }
  }
  const ended = signal === null ? '' : `\nerror: ended by ${signal}\n`
  return { status: status ?? 2, stdout, stderr: `${stderr}${ended}` }
}

/** Node's own limit; before 20.16 it cannot be asked for without loading it at every start. */
function heapLimit(): number {
  const v8 = process.getBuiltinModule?.('node:v8')
  return v8?.getHeapStatistics().heap_size_limit ?? 2 ** 31
}

function read(path: string, most: ByteLimit): Uint8Array {
  const descriptor = openSync(path, 'r')
  try {
    return readAll(descriptor, most)
  } finally {
    closeSync(descriptor)
  }
}

/** A full disk would leave a part of the file: so it is written beside its place, and put there when it is whole. */
function create(path: string, text: string): void {
  const beside = join(dirname(path), `.netpol-${process.pid}`)
  try {
    writeFileSync(beside, text, { flag: 'wx' })
    putInPlace(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
}

/** Not over a file that is there, as renaming would. Some file systems have no links. */
function putInPlace(beside: string, path: string): void {
  try {
    linkSync(beside, path)
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error
    copyFileSync(beside, path, constants.COPYFILE_EXCL)
  }
}

const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK'])

/** The code of an error of Node's; empty for any other error. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Pipes and devices have no size, and some have no end: so bytes are counted while they are read. */
function readAll(descriptor: number, most: ByteLimit): Uint8Array {
  const { size } = fstatSync(descriptor)
  if (size > ALWAYS_FITS && size > most()) throw tooLargeError()
  let bytes = Buffer.allocUnsafe(size + READ_CHUNK)
  for (let length = 0; ; ) {
    if (length > ALWAYS_FITS && length > most()) throw tooLargeError()
    const read = readChunk(descriptor, bytes, length)
    if (read === 0) return bytes.subarray(0, length)
    length += read
    if (length === bytes.length) bytes = Buffer.concat([bytes], length * 2)
  }
}

const READ_CHUNK = 64 * 1024

/** There is always memory for so many bytes. */
export const ALWAYS_FITS = 16 * 1024 * 1024

const tooLargeError = (): Error => Object.assign(new Error(), { code: 'TOO_LARGE' })

/** Zero at the end. A terminal or a pipe that has nothing yet is read again. */
function readChunk(descriptor: number, bytes: Buffer, length: number): number {
  for (;;)
    try {
      return readSync(descriptor, bytes, length, bytes.length - length, null)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      pause()
    }
}

/** A few milliseconds. */
function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
}

/** Whether it may be a terminal, which the null device is not. */
function mayBeTerminal(descriptor: number): boolean {
  try {
    const status = fstatSync(descriptor)
    return (
      status.isCharacterDevice() && status.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
    )
  } catch {
    return false
  }
}

function look(path: string): FileEntry {
  const status = statSync(path)
  const kind = status.isDirectory() ? 'folder' : status.isFile() ? 'file' : 'other'
  // A pipe of the shell's (`<(command)`, /dev/stdin) is a link to what has no path.
  const isLink = lstatSync(path).isSymbolicLink()
  return { kind, real: kind === 'other' ? path : realpathSync.native(path), isLink }
}

/** The exit code of a program that SIGPIPE ended: an answer that nobody has read is not a yes, which is 0. */
const READER_GONE = 128 + 13

/**
 * Writes synchronously: a slow reader blocks the program instead of filling its memory, and one that closes the pipe
 * (`| head`) ends it silently.
 */
function write(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written)
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EPIPE') process.exit(READER_GONE)
      if (code !== 'EAGAIN') throw error
      pause()
    }
  }
}
