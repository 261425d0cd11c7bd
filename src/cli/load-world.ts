import {
  CannotAnswer,
  cannotAnswer,
  type Edit,
  edit,
  isEmpty,
  isForeign,
  isKustomization,
  load,
  networkPlugins,
  printable,
  unrenderedChart,
  type World,
} from '../index.ts'
import type { Io } from './io.ts'
import { loadFiles, type Skipped } from './load-files.ts'
import { printDocuments, printNotes, printSkipped, printWarnings } from './notes.ts'
import { kustomizationFolder, renderedFiles } from './rendered-files.ts'
import type { Reading } from './shared-options.ts'

/** By what kubectl has for it. */
const VALIDATION = {
  strict: 'strict',
  true: 'strict',
  warn: 'warn',
  ignore: 'ignore',
  false: 'ignore',
} as const

/**
 * The world of `-f` and of the edits. Throws CannotAnswer for what cannot be read, and for what a cluster would refuse unless
 * it is to be left out (`--skip-invalid`).
 */
export async function loadWorld(reading: Reading, io: Io): Promise<World> {
  const { cni, namespace, quiet } = reading
  const validate = VALIDATION[reading.validate ?? 'strict']
  // An unknown plugin is reported before much is read.
  if (cni !== undefined) networkPlugins({ cni })
  const paths = pathsOf(reading)
  const read = loadFiles(io, paths, reading.recursive, { chart: reading.helm })
  const { problems, missing, bytes } = read
  const skipped = [...read.skipped]
  if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
  const rendered = await renderedFiles(reading, io)
  const made = rendered.map(({ file }) => file)
  const files = [...read.files, ...made.filter(({ text }) => text.trim() !== '')]
  const named = [...paths, ...made.map(({ path }) => path)].map(path => `\`${printable(path)}\``).join(', ')
  if (files.length === 0 && problems.length === 0)
    cannotAnswer('NO_MANIFESTS', `no manifests in ${named}`, whatToName(reading))
  const edits = loadEdits(reading, bytes, skipped, io)
  const { onObject, end } = progressOn(io, io.color.err && io.env['TERM'] !== 'dumb' && !quiet)
  const base = load(files, { problems, onObject, cni, namespace, validate, skipInvalid: true })
  end()
  refuseKustomizations(base, paths, reading)
  refuseInvalid(base, reading, io)
  if (!edits.some(({ kind }) => kind === 'apply')) refuseEmptyInput(base, paths, named)
  if (!isRefused(base) && isForeign(base)) {
    const chart = unrenderedChart(base)
    cannotAnswer(
      'NO_MANIFESTS',
      `nothing in ${named} is a Kubernetes object`,
      chart === undefined
        ? 'each has an `apiVersion` and a `kind`; templates have to be rendered first'
        : `render the chart: \`--helm ${printable(chart)}\``,
    )
  }
  const world = edits.reduce((before, one) => {
    const after = edit(before, [one], { namespace, skipInvalid: true })
    refuseInvalid(after, reading, io)
    return after
  }, base)
  if (!quiet) {
    for (const one of rendered) printWarnings(one, reading, io)
    printSkipped(skipped, reading, io)
    await printNotes(world, reading, io)
  }
  return world
}

/** What helps where nothing was found. */
const whatToName = ({ helm, kustomize }: Reading): string =>
  helm !== undefined
    ? 'a chart may print nothing without its values: give them with `--values` or `--set`'
    : kustomize.length > 0
      ? 'a kustomization prints what its `resources` name'
      : 'name a file or a folder with `-f`'

/** A pipe or a file that brings nothing is no empty cluster: what should have filled it has failed. */
function refuseEmptyInput(world: World, paths: readonly string[], named: string): void {
  if (!isEmpty(world)) return
  const isPiped = paths.includes('-')
  cannotAnswer(
    'NO_MANIFESTS',
    isPiped ? 'standard input holds no objects' : `no objects in ${named}`,
    `run the command ${isPiped ? 'before the pipe' : 'that wrote it'} by itself until it prints manifests`,
  )
}

/** Read with `-f`, a kustomization would be another cluster than the one that it makes. */
function refuseKustomizations(world: World, paths: readonly string[], { filename }: Reading): void {
  for (const path of paths) {
    const folder = kustomizationFolder(path) ?? path
    if (path === '-' || !isKustomization(world, folder)) continue
    const inPlace = filename.length === 0 ? '' : ` in the place of \`-f ${printable(path)}\``
    cannotAnswer(
      'IS_KUSTOMIZATION',
      `\`${printable(path)}\` is a kustomization, and \`-f\` reads its files as if nobody applied it`,
      `ask with \`-k ${printable(folder)}\`${inPlace}`,
    )
  }
}

/** The files and folders that are read: without any, this folder. */
const pathsOf = ({ filename, kustomize, helm }: Reading): readonly string[] =>
  filename.length === 0 && kustomize.length === 0 && helm === undefined ? ['.'] : filename

/**
 * The edits that were typed, with their files; `used` is how many bytes have been read before, and `skipped` gets what of their
 * folders is not read. Throws CannotAnswer.
 */
function loadEdits(
  { filename, edits, recursive }: Reading,
  used: number,
  skipped: Skipped[],
  io: Io,
): readonly Edit[] {
  const stdin = [...filename, ...edits.flatMap(one => (one.kind === 'apply' ? one.path : []))]
  if (edits.length > 0 && stdin.filter(path => path === '-').length > 1)
    cannotAnswer('CANNOT_READ', 'standard input can be read only once', 'name a file instead of one `-`')
  let bytes = used
  return edits.map((edit): Edit => {
    if (edit.kind !== 'apply') return edit
    const loaded = loadFiles(io, [edit.path], recursive, { before: bytes })
    const { files, problems, missing } = loaded
    if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
    if (files.length === 0 && problems.length === 0)
      cannotAnswer(
        'NO_MANIFESTS',
        `no manifests in \`${printable(edit.path)}\``,
        'name a file or a folder with `--apply`',
      )
    bytes = loaded.bytes
    for (const one of loaded.skipped) skipped.push(one)
    return { kind: 'apply', files, problems }
  })
}

const isRefused = ({ diagnostics }: World): boolean =>
  diagnostics.some(({ severity }) => severity === 'error')

function refuseInvalid(world: World, { skipInvalid, verbose }: Reading, io: Io): void {
  if (skipInvalid || !isRefused(world)) return
  if (verbose) printDocuments(world, verbose, io)
  throw new CannotAnswer(world.diagnostics)
}

/** The number of objects read so far, shown on a terminal after a second. */
interface Progress {
  readonly onObject: () => void
  /** Removes the line. */
  readonly end: () => void
}

const SHOWN_AFTER = 1000
const UPDATED_EVERY = 200

function progressOn(io: Io, isWanted: boolean): Progress {
  if (!isWanted) return { onObject: () => undefined, end: () => undefined }
  let objects = 0
  let next = io.now() + SHOWN_AFTER
  let isShown = false
  return {
    onObject: () => {
      objects++
      // Asking for the time takes longer than reading a small object.
      if (objects % 64 !== 0 || io.now() < next) return
      io.err(`\rreading: ${objects.toLocaleString('en')} objects`)
      isShown = true
      next = io.now() + UPDATED_EVERY
    },
    end: () => {
      if (isShown) io.err('\r\u001b[K')
      isShown = false
    },
  }
}
