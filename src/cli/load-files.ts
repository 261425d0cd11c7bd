import { CannotAnswer, type Diagnostic, decodeFile, printable, type SourceFile } from '../index.ts'
import { ALWAYS_FITS, codeOf, type FileEntry, type Io } from './io.ts'

/** The files of `-f`: those that are named, and of folders those that can hold manifests, in lexical order. */
interface LoadedFiles {
  readonly files: readonly SourceFile[]
  /** Files of folders that cannot be read. */
  readonly problems: readonly Diagnostic[]
  /** What was named and does not exist or cannot be read: without it there is no answer. */
  readonly missing: readonly Diagnostic[]
  /** What of folders was not read, though its name is that of a manifest or it is a folder. */
  readonly skipped: readonly Skipped[]
  /** How many bytes were read, those before included. */
  readonly bytes: number
}

export interface Skipped {
  readonly path: string
  readonly why: string
  /** Whether kubectl would read it. */
  readonly matters: boolean
}

/** Whether kubectl reads a file of a folder, by its name. */
const isManifestName = (name: string): boolean => /\.(?:ya?ml|json)$/.test(name)

/** kustomize reads it by this name as well; it says which files are no objects. */
const KUSTOMIZATION = 'Kustomization'

/** The packages of other people hold very many files, and git's own folder holds none of the user's. */
const PACKAGES = 'node_modules'
const GIT = '.git'

/** No string of JavaScript can be longer. */
const MOST_BYTES = 512 * 1024 * 1024

/** The limit for all files together: what is decoded from a dump takes about nine times its size in memory. */
export const mostBytes = (io: Io): number => Math.min(MOST_BYTES, Math.floor(io.memory() / 12))

/** The limit of nested folders: deeper ones are a trap or a broken file system. */
const DEEPEST = 100

/** `before` is how many bytes were read before, which count too; `chart` is rendered, and not read. */
export function loadFiles(
  io: Io,
  paths: readonly string[],
  recursive: boolean,
  { before = 0, chart }: { readonly before?: number; readonly chart?: string | undefined } = {},
): LoadedFiles {
  const files: SourceFile[] = []
  const problems: Diagnostic[] = []
  const missing: Diagnostic[] = []
  const skipped: Skipped[] = []
  const rendered = chart === undefined ? undefined : realPath(chart, io)
  const seen = new Set<string>()
  let used = before
  const room = (): number => mostBytes(io) - used
  const attempt = (path: string, depth: number, action: () => void): void => {
    try {
      action()
    } catch (error) {
      const all =
        error instanceof CannotAnswer ? error.diagnostics : [unreadableFile(path, error, () => mostBytes(io))]
      for (const one of all) {
        if (depth === 0) missing.push(one)
        else problems.push({ ...one, object: `the file ${printable(path)}` })
      }
    }
  }
  const add = (path: string, bytes: Uint8Array, isNamed: boolean): void => {
    used += bytes.length
    if (used > ALWAYS_FITS && room() < 0) throw Object.assign(new Error(), { code: 'TOO_LARGE' })
    files.push({ ...decodeFile(path, bytes), isNamed })
  }
  const skip = (path: string, why: string, matters: boolean): void =>
    void skipped.push({ path, why, matters })
  const visit = (path: string, depth: number): void =>
    attempt(path, depth, () => {
      const entry = depth === 0 ? io.look(path) : lookInside(io, path)
      if (entry === undefined) return
      // The same file by two ways (a link, two -f) is one file; so a loop of links ends.
      if (seen.has(entry.real)) return
      const name = baseName(path)
      if (isOfChart(entry.real, rendered)) skip(path, 'helm renders it', false)
      else if (entry.kind === 'folder') visitFolder(path, name, entry, depth)
      else if (depth > 0 && entry.kind === 'other' && isManifestName(name))
        skip(path, 'it is neither a file nor a folder', true)
      else if (depth === 0 || (entry.kind === 'file' && (isManifestName(name) || name === KUSTOMIZATION))) {
        seen.add(entry.real)
        add(path, io.read(path, room), depth === 0)
      } else if (isManifestName(name.toLowerCase()))
        skip(path, 'kubectl reads .yaml, .yml and .json, written in small letters', false)
    })
  const visitFolder = (path: string, name: string, { real, isLink }: FileEntry, depth: number): void => {
    if (depth > 0 && (!recursive || name === GIT)) return
    if (depth > 0 && isLink) {
      skip(path, 'it is a link to a folder, which kubectl does not follow', false)
      return
    }
    if (depth > 0 && name === PACKAGES) {
      const count = countManifests(io, path)
      if (count > 0)
        skip(path, `${count} ${count === 1 ? 'file' : 'files'} below it could be a manifest`, true)
      return
    }
    if (depth > DEEPEST) throw Object.assign(new Error(), { code: 'TOO_DEEP' })
    seen.add(real)
    for (const entry of io.list(path)) visit(entry, depth + 1)
  }

  for (const path of paths) {
    if (path === '-') attempt(path, 0, () => add('-', io.stdin(room), true))
    else visit(path, 0)
  }
  return { files, problems, missing, skipped, bytes: used }
}

/** Whether a path is a chart, or what is rendered with it: its templates and those of the charts within it. */
const isOfChart = (real: string, chart: string | undefined): boolean =>
  chart !== undefined &&
  real.startsWith(chart) &&
  /^(?:$|[\\/](?:templates|charts)(?:$|[\\/]))/.test(real.slice(chart.length))

/** Undefined for what is no file or folder: a chart may be one of a repository. */
function realPath(path: string, io: Io): string | undefined {
  try {
    return io.look(path).real
  } catch {
    return undefined
  }
}

/** How many files of a folder of packages are called like manifests; JSON is not counted, which most packages have. */
function countManifests(io: Io, folder: string, depth = 0): number {
  let count = 0
  for (const path of depth > DEEPEST ? [] : io.list(folder)) {
    const entry = lookInside(io, path)
    if (entry?.kind === 'folder' && !entry.isLink) count += countManifests(io, path, depth + 1)
    else if (entry?.kind === 'file' && /\.ya?ml$/.test(path)) count++
  }
  return count
}

/** Undefined for a dangling link that is harmless: its name is not a manifest's, or it is the lock file of an editor. */
function lookInside(io: Io, path: string): FileEntry | undefined {
  try {
    return io.look(path)
  } catch (error) {
    const name = baseName(path)
    const isHarmless = !isManifestName(name) || name.startsWith('.#')
    if (isHarmless && ['ENOENT', 'ELOOP'].includes(codeOf(error))) return undefined
    throw error
  }
}

const baseName = (path: string): string => path.split(/[\\/]/).findLast(part => part !== '') ?? path

/** By the code of the error. */
const REASONS: Readonly<Record<string, readonly [why: string, help: string]>> = {
  ENOENT: ['no such file or folder', 'look for a slip in the name'],
  EACCES: ['permission denied', 'make it readable, or leave it out'],
  EPERM: ['permission denied', 'make it readable, or leave it out'],
  ELOOP: ['too many links that lead to one another', 'remove the link that leads back'],
  ENOTDIR: ['a part of the path is no folder', 'look for a slip in the name'],
  ENAMETOOLONG: ['the name is too long', 'shorten it'],
  TOO_DEEP: [`more than ${DEEPEST} folders are in one another`, 'name the folder that holds the manifests'],
}

const tooLargeReason = (most: number): readonly [why: string, help: string] => [
  `the input is larger than ${Math.floor(most / 1024 / 1024)} MiB`,
  'name only what holds manifests, or give Node more memory: NODE_OPTIONS=--max-old-space-size=8192',
]

function unreadableFile(path: string, error: unknown, most: () => number): Diagnostic {
  const [why, help] = (codeOf(error) === 'TOO_LARGE' ? tooLargeReason(most()) : REASONS[codeOf(error)]) ?? [
    error instanceof Error ? error.message : String(error),
    undefined,
  ]
  const message = `cannot read \`${path}\`: ${why}`
  return { severity: 'error', code: 'CANNOT_READ', message, ...(help !== undefined && { help }) }
}
