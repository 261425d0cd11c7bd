import {
  CannotAnswer,
  cannotAnswer,
  countPlaced,
  documents,
  type Edit,
  edit,
  hasNoPolicies,
  isEmpty,
  isForeign,
  isKustomization,
  leftOut,
  load,
  missingObjects,
  networkPlugins,
  notApplied,
  printable,
  unrenderedCharts,
  type World,
  whatAliasMeans,
} from '../index.ts'
import type { Io } from './io.ts'
import { loadFiles, type Skipped } from './load-files.ts'
import { printDiagnostics } from './output.ts'
import { renderedFiles } from './rendered-files.ts'
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
  const read = loadFiles(io, paths, reading.recursive)
  const { problems, missing, bytes } = read
  const skipped = [...read.skipped]
  if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
  const rendered = await renderedFiles(reading, io)
  const files = [...read.files, ...rendered.filter(({ text }) => text.trim() !== '')]
  const named = [...paths, ...rendered.map(({ path }) => path)]
    .map(path => `\`${printable(path)}\``)
    .join(', ')
  if (files.length === 0 && problems.length === 0)
    cannotAnswer('NO_MANIFESTS', `no manifests in ${named}`, 'name a file or a folder with `-f`')
  const edits = loadEdits(reading, bytes, skipped, io)
  const { onObject, end } = progressOn(io, io.color.err && io.env['TERM'] !== 'dumb' && !quiet)
  const base = load(files, { problems, onObject, cni, namespace, validate, skipInvalid: true })
  end()
  refuseKustomizations(base, paths)
  refuseInvalid(base, reading, io)
  refuseEmptyInput(base, paths)
  if (!isRefused(base) && isForeign(base))
    cannotAnswer(
      'NO_MANIFESTS',
      `nothing in ${named} is a Kubernetes object`,
      unrenderedCharts(base).folders.length === 0
        ? 'each has an `apiVersion` and a `kind`; templates have to be rendered first'
        : `render the chart: \`--helm ${printable(unrenderedCharts(base).folders[0] ?? '.')}\``,
    )
  const world = edits.reduce((before, one) => {
    const after = edit(before, [one], { namespace, skipInvalid: true })
    refuseInvalid(after, reading, io)
    return after
  }, base)
  if (!quiet) {
    printSkipped(skipped, reading, io)
    await printNotes(world, reading, io)
  }
  return world
}

/** A pipe that brings nothing is no empty cluster: what should have filled it has failed. */
function refuseEmptyInput(world: World, paths: readonly string[]): void {
  if (paths.includes('-') && isEmpty(world))
    cannotAnswer(
      'NO_MANIFESTS',
      'standard input holds no objects',
      'run the command before the pipe by itself until it prints manifests',
    )
}

/** Read with `-f`, a kustomization would be another cluster than the one that it makes. */
function refuseKustomizations(world: World, paths: readonly string[]): void {
  const folder = paths.find(path => path !== '-' && isKustomization(world, path))
  if (folder === undefined) return
  const named = printable(folder)
  cannotAnswer(
    'IS_KUSTOMIZATION',
    `\`${named}\` is a kustomization, and \`-f\` reads its files as if nobody applied it`,
    `ask with \`-k ${named}\` in the place of \`-f ${named}\``,
  )
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
    skipped.push(...loaded.skipped)
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

/** What is printed beside an answer: warnings, what was left out, what was not used. */
async function printNotes(world: World, reading: Reading, io: Io): Promise<void> {
  const { cni, verbose, namespace } = reading
  const meant = cni === undefined ? undefined : whatAliasMeans(cni)
  if (meant !== undefined) io.err(`note: ${meant}\n`)
  const placed = countPlaced(world)
  if (placed > 0) {
    const objects =
      placed === 1 ? '1 object that names no namespace is' : `${placed} objects that name no namespace are`
    io.err(`note: ${objects} in ${printable(namespace ?? '')}, as -n says\n`)
  }
  if (hasNoPolicies(world))
    io.err(
      'note: the input holds no NetworkPolicy; `kubectl get networkpolicy -A -o yaml` prints those of a cluster\n',
    )
  const shown = world.diagnostics.filter(({ severity }) => verbose || severity !== 'error')
  await printDiagnostics(shown, reading, io)
  const left = leftOut(world)
  for (const { what, source, message, errors } of left.slice(0, MOST_LEFT_OUT)) {
    const more = errors > 1 ? `, and ${errors - 1} more` : ''
    const place = source === undefined ? '' : `${source.file}:${source.line}: `
    io.err(`left out: ${printable(`${place}${what}: ${message}${more}`)}\n`)
  }
  if (left.length > MOST_LEFT_OUT) io.err(`left out: ${left.length - MOST_LEFT_OUT} more objects\n`)
  printNotApplied(world, io)
  printUnrendered(world, io)
  printDocuments(world, verbose, io)
}

/** How much is not applied; the answers that it could change are marked. */
function printNotApplied(world: World, io: Io): void {
  const { folders, parts } = notApplied(world)
  const [first, ...others] = folders
  if (first === undefined && parts === 0) return
  const named = first === undefined ? [] : [`kustomization ${printable(first)}`]
  const more = others.length === 0 ? [] : [`${others.length} more kustomizations`]
  const patches = parts === 0 ? [] : [`${parts} ${parts === 1 ? 'file' : 'files'} of patches and the like`]
  io.err(`note: not applied: ${[...named, ...more, ...patches].join(', ')} (-v lists what is not used)\n`)
}

/** How many objects that are left out are named, as of errors. */
const MOST_LEFT_OUT = 100

/** How many templates of charts are not rendered; the answers that they could change are marked. */
function printUnrendered(world: World, io: Io): void {
  const { folders, templates } = unrenderedCharts(world)
  const [first, ...others] = folders
  if (first === undefined) return
  const charts =
    others.length === 0 ? `Helm chart ${first}` : `${folders.length} Helm charts, such as ${first}`
  const count = `${templates} ${templates === 1 ? 'template' : 'templates'} of ${charts}`
  io.err(
    `note: not rendered: ${printable(`${count}; --helm ${first}`)} renders it (-v lists what is not used)\n`,
  )
}

/** With `-v` all files and folders that were not read; else how many of those kubectl would read. */
function printSkipped(skipped: readonly Skipped[], { verbose }: Reading, io: Io): void {
  if (verbose) for (const { path, why } of skipped) io.err(`not read: ${printable(`${path}: ${why}`)}\n`)
  const [first, ...others] = skipped.filter(({ matters }) => matters)
  if (verbose || first === undefined) return
  const more = others.length > 0 ? `, and ${others.length} more (-v lists them)` : ''
  const named = printable(`${first.path} (${first.why})`)
  io.err(`note: not read, though kubectl would: ${named}${more}; \`-f\` and its name reads it\n`)
}

function printDocuments(world: World, verbose: boolean, io: Io): void {
  for (const note of documentNotes(world, verbose)) io.err(`${printable(note)}\n`)
}

/** With `-v` what became of each document; else how many of those that were not used could matter. */
function documentNotes(world: World, verbose: boolean): readonly string[] {
  const all = documents(world)
  if (verbose)
    return all
      .map(({ file, line, state, text }) => ({ file, line: line(), state, text }))
      .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
      .map(({ file, line, state, text }) => `${state}: ${file}:${line}: ${text}`)
  const missing = missingObjects(world)
  const notes =
    missing === undefined ? [] : [`note: not in the manifests, but may matter: ${missing} (-v lists them)`]
  const [first, ...others] = all.filter(({ matters }) => matters)
  if (first === undefined) return notes
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  return [`note: not used, and could matter: ${first.file}: ${first.text}${more} (-v lists them)`, ...notes]
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
