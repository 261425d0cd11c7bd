import { DEFAULT_NAMESPACE } from '../model/decode/metadata.ts'
import { pluginCalled, whatAliasMeans } from '../questions/plugins.ts'
import type { Style } from '../render/text/style.ts'
import { CannotAnswer, cannotAnswer } from '../source/cannot-answer.ts'
import type { Location } from '../source/file.ts'
import { apart } from '../source/frame.ts'
import { HELM, NO_OBJECT } from '../source/manifest.ts'
import { position } from '../source/position.ts'
import { printable } from '../source/printable.ts'
import { editWorld } from '../world/edit/edit.ts'
import { leftOut } from '../world/invalid.ts'
import { buildWorld, type World } from '../world/world.ts'
import type { Flags } from './command.ts'
import type { Io } from './io.ts'
import { loadFiles } from './load.ts'
import { loadEdits } from './load-edits.ts'
import { printDiagnostics } from './output.ts'
import { progressOn } from './progress.ts'

/**
 * The world out of `-f`; throws CannotAnswer for what cannot be read or what a cluster would refuse, unless that is to
 * be left out (`--skip-invalid`).
 */
export function loadWorld(flags: Flags, style: Style, io: Io): World {
  const named = flags.filename.map(path => `\`${printable(path)}\``).join(', ')
  const profile = flags.cni === undefined ? undefined : pluginCalled(flags.cni)
  const { files, problems, missing, bytes } = loadFiles(io, flags.filename, flags.recursive)
  if (missing.length > 0) throw new CannotAnswer([...missing, ...problems])
  if (files.length === 0 && problems.length === 0)
    cannotAnswer('NO_MANIFESTS', `no manifests in ${named}`, 'name a file or a folder with `-f`')
  const edits = loadEdits(flags, flags.namespace ?? DEFAULT_NAMESPACE, bytes, io)
  const progress = progressOn(io, io.color.err && io.env['TERM'] !== 'dumb' && !flags.quiet)
  const base = buildWorld(files, { problems, onObject: progress.onObject, profile })
  progress.end()
  const refuse = (world: World): void => {
    if (flags.skipInvalid || !isRefused(world)) return
    if (flags.verbose) printDocuments(world, flags, io)
    throw new CannotAnswer(world.diagnostics)
  }
  refuse(base)
  if (!isRefused(base) && isForeign(base))
    cannotAnswer(
      'NO_MANIFESTS',
      `nothing in ${named} is a Kubernetes object`,
      'each has an `apiVersion` and a `kind`; Helm charts have to be rendered first',
    )
  const world = edits.reduce((before, edit) => {
    const after = editWorld(before, [edit(before)])
    refuse(after)
    return after
  }, base)
  if (!flags.quiet) {
    const meant = flags.cni === undefined ? undefined : whatAliasMeans(flags.cni)
    if (meant !== undefined) io.err(`note: ${meant}\n`)
    printNotes(world, flags, style, io)
  }
  return world
}

const isRefused = ({ diagnostics }: World): boolean =>
  diagnostics.some(({ severity }) => severity === 'error')

/** Whether all that was found is somebody else's; an empty file or an empty List is no mistake. */
function isForeign({ used, unmodelled, passedOver }: World): boolean {
  const isEmpty = used.length === 0 && notPassedOver(unmodelled, passedOver).length === 0
  return isEmpty && passedOver.length > 0 && passedOver.every(({ why }) => why === NO_OBJECT || why === HELM)
}

/** A template that may be a policy is among both. */
function notPassedOver(
  unmodelled: World['unmodelled'],
  passedOver: World['passedOver'],
): World['unmodelled'] {
  const places = new Set(passedOver.map(({ at }) => at))
  return unmodelled.filter(({ at }) => !places.has(at))
}

/** What stands beside an answer: warnings, what was left out, what was not used. */
function printNotes(world: World, flags: Flags, style: Style, io: Io): void {
  const errors = world.diagnostics.filter(({ severity }) => severity === 'error')
  const shown = flags.verbose ? world.diagnostics : world.diagnostics.filter(one => !errors.includes(one))
  printDiagnostics(shown, style, io)
  for (const { what, at, errors: all } of leftOut(errors)) {
    const { message } = apart(all[0]?.message ?? '')
    const more = all.length > 1 ? `, and ${all.length - 1} more` : ''
    const place = at === undefined ? '' : `${at.file}:${at.line}: `
    io.err(`left out: ${printable(`${place}${what}: ${message}${more}`)}\n`)
  }
  printDocuments(world, flags, io)
}

function printDocuments(world: World, { verbose }: Flags, io: Io): void {
  for (const note of documentNotes(world, verbose)) io.err(`${printable(note)}\n`)
}

/** With `-v` what became of each document; else how many of those that were not used could matter. */
function documentNotes({ used, passedOver, unmodelled }: World, verbose: boolean): readonly string[] {
  if (verbose)
    return [
      ...used.map(({ at, name, by }) => noteOf(by === undefined ? 'used' : BY[by], at, name)),
      ...passedOver.map(({ at, why }) => noteOf('not used', at, why)),
      ...notPassedOver(unmodelled, passedOver).map(({ at, kind }) =>
        noteOf('not used', at, `${kind} is not evaluated`),
      ),
    ]
      .sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
      .map(({ note }) => note)
  const reasons = passedOver.filter(({ matters }) => matters)
  if (reasons.length === 0) return []
  const [first] = reasons
  const more = reasons.length > 1 ? `, and ${reasons.length - 1} more` : ''
  return [`note: not used, and could matter: ${first?.at.file.path}: ${first?.why}${more} (-v lists them)`]
}

const BY = { apply: 'applied', label: 'labelled' } as const

interface DocumentNote {
  readonly file: string
  readonly line: number
  readonly note: string
}

function noteOf(what: string, at: Location, text: string): DocumentNote {
  const file = at.file.path
  const { line } = position(at)
  return { file, line, note: `${what}: ${file}:${line}: ${text}` }
}
