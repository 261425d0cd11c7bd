import {
  documents,
  hasNoPolicies,
  leftOut,
  missingObjects,
  notApplied,
  notRendered,
  placedObjects,
  printable,
  type World,
  whatAliasMeans,
} from '../index.ts'
import type { Io } from './io.ts'
import type { Skipped } from './load-files.ts'
import { printDiagnostics } from './output.ts'
import type { RenderedFile } from './rendered-files.ts'
import { mayMatter } from './renderer-words.ts'
import type { Reading } from './shared-options.ts'

/** What is printed beside an answer: warnings, what was left out, what was not used. */
export async function printNotes(world: World, reading: Reading, io: Io): Promise<void> {
  const { cni, verbose, namespace } = reading
  const meant = cni === undefined ? undefined : whatAliasMeans(cni)
  if (meant !== undefined) io.err(`note: ${meant}\n`)
  const placed = placedObjects(world, namespace ?? '')
  if (placed !== undefined) io.err(`note: ${printable(placed)}\n`)
  const left = leftOut(world)
  if (hasNoPolicies(world))
    io.err(
      left.length > 0
        ? 'note: without what is left out, the input holds no NetworkPolicy\n'
        : 'note: the input holds no NetworkPolicy; `kubectl get networkpolicy -A -o yaml` prints those of a cluster\n',
    )
  const shown = world.diagnostics.filter(({ severity }) => verbose || severity !== 'error')
  await printDiagnostics(shown, reading, io)
  const most = verbose ? MOST_LEFT_OUT : FEW_LEFT_OUT
  for (const { what, source, message, errors } of left.slice(0, most)) {
    const more = errors > 1 ? `, and ${errors - 1} more` : ''
    const place = source === undefined ? '' : `${source.file}:${source.line}: `
    io.err(`left out: ${printable(`${place}${what}: ${message}${more}`)}\n`)
  }
  if (left.length > most)
    io.err(`left out: ${left.length - most} more objects${verbose ? '' : ' (-v lists more)'}\n`)
  printUnused('not applied', notApplied(world), io)
  printUnused('not rendered', notRendered(world), io)
  printDocuments(world, verbose, io)
}

/** The answers that it could change are marked. */
function printUnused(why: string, what: string | undefined, io: Io): void {
  if (what !== undefined) io.err(`note: ${why}: ${printable(what)} (-v lists what is not used)\n`)
}

/** How many objects that are left out are named: as of errors with `-v`, else as leaves room for the other notes. */
const MOST_LEFT_OUT = 100
const FEW_LEFT_OUT = 5

/** With `-v` all that a renderer has said; else the first of what may change the answer: a value that helm has ignored. */
export function printWarnings({ program, warnings }: RenderedFile, { verbose }: Reading, io: Io): void {
  if (verbose) for (const text of warnings) io.err(`${program}: ${printable(text)}\n`)
  const [first, ...others] = warnings.filter(mayMatter)
  if (verbose || first === undefined) return
  const more = others.length > 0 ? `, and ${others.length} more (-v lists them)` : ''
  io.err(`note: ${program} says: ${printable(first)}${more}\n`)
}

/** With `-v` all files and folders that were not read; else how many of those kubectl would read. */
export function printSkipped(skipped: readonly Skipped[], { verbose }: Reading, io: Io): void {
  if (verbose) for (const { path, why } of skipped) io.err(`not read: ${printable(`${path}: ${why}`)}\n`)
  const [first, ...others] = skipped.filter(({ matters }) => matters)
  if (verbose || first === undefined) return
  const more = others.length > 0 ? `, and ${others.length} more (-v lists them)` : ''
  const named = printable(`${first.path} (${first.why})`)
  io.err(`note: not read, though kubectl would: ${named}${more}; \`-f\` and its name reads it\n`)
}

export function printDocuments(world: World, verbose: boolean, io: Io): void {
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
