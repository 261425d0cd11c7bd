import { formatsFor, hasColors, linesOf, type OutputKind, refusalOf } from '../render/format.ts'
import { type Layout, type Paper, PLAIN } from '../render/paper.ts'
import { help } from '../render/text/reachability.ts'
import type { Style } from '../render/text/style.ts'
import { wrapText } from '../render/text/wrap.ts'
import type { Assumption } from '../report/assumption.ts'
import { isUndetermined, isUsual } from '../report/code-families.ts'
import { type Output, VIEWS } from '../report/views.ts'
import { groupBy } from '../sets/group-by.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/file.ts'
import { markedPlace } from '../source/frame.ts'
import { filesBehind } from '../source/source-of.ts'
import { moreNotes, moreOfTheKind } from '../words/assumptions.ts'
import { atMost } from '../words/lists.ts'
import { forReaders } from '../world/problems.ts'
import { withReplacedTogether } from '../world/replaced-objects.ts'
import { diagnosticLines } from './diagnostic-lines.ts'
import { rowsOf } from './rows.ts'
import type { World } from './world.ts'

/** How an answer is laid out. */
export interface ShowOptions extends Layout {
  /** The world that was asked: its files are quoted where a line of theirs is what matters. */
  readonly world?: World | undefined
  /** Columns; 80 unless it is given. */
  readonly width?: number | undefined
  /** Whether tables have headings and legends; they have them unless it is false. */
  readonly headers?: boolean | undefined
  /** Whether everything is shown, and not only what decides. */
  readonly verbose?: boolean | undefined
  /** Whether the text has the escape sequences of colors. */
  readonly color?: boolean | undefined
}

/**
 * An answer in one of the formats of `-o`: `text`, `wide`, `json`, `yaml`, `markdown`, and `csv` for a matrix. The lines are
 * made while they are looked through, each time again, and have no line ends.
 *
 * @throws {@link CannotAnswer} for a format that there is not, or not for such an answer.
 */
export async function show(
  output: Output,
  format: string = 'text',
  options: ShowOptions = {},
): Promise<Iterable<string>> {
  const { world, width = 80, headers = true, verbose = false, color = false, ...layout } = options
  const style = await loadStyle(color && hasColors(format))
  const paper: Paper = { width, wide: false, headers, verbose, style, excerpt: excerptsOf(world, style) }
  return (await linesOf(format, output, paper, layout)) ?? noFormat(format, output.kind)
}

function noFormat(format: string, kind: OutputKind): never {
  const message = refusalOf(format) ?? `\`${format}\` is no form of output`
  cannotAnswer('BAD_OUTPUT', message, `the forms are: ${formatsFor(kind).join(', ')}`)
}

/** chalk takes a while to load, and is seldom needed. */
async function loadStyle(color: boolean): Promise<Style> {
  return color ? (await import('../render/text/style.ts')).styleFor(true) : PLAIN
}

/** Draws places in the texts that a world was read from, which reports do not carry. */
function excerptsOf(world: World | undefined, { faint: quiet, error, warning }: Style): Paper['excerpt'] {
  let files: ReadonlyMap<string, SourceFile> | undefined
  return (source, label) => {
    files ??= filesOf(world)
    const file = files.get(source.file)
    if (file === undefined) return []
    return markedPlace(file, source, label && { ...label, wrap: wrapText }, { error, warning, quiet })
  }
}

function filesOf(world: World | undefined): ReadonlyMap<string, SourceFile> {
  const inForce = world?.inside.input.inForce.values() ?? []
  return new Map(
    Array.from(inForce, ({ at }) => filesBehind(at)).flatMap(files => files.map(file => [file.path, file])),
  )
}

/**
 * What is wrong, as compilers draw it: the message, the lines that it is about with the places marked, and what to do.
 * Sorted by place, errors at the end; of very many, the first and the number of the others. Unless `verbose`, it fits on a
 * screen of `width` columns: what there is no room for has no lines of its file, or is counted, and objects that are there
 * twice are one warning.
 */
export async function showDiagnostics(
  diagnostics: readonly Diagnostic[],
  { color = false, verbose = false, width = 80 }: Pick<ShowOptions, 'color' | 'verbose' | 'width'> = {},
): Promise<readonly string[]> {
  const { error, warning, faint: quiet } = await loadStyle(color)
  const all = verbose ? diagnostics : withReplacedTogether(diagnostics)
  const warnings = forReaders(all, 'warning', verbose)
  const errors = forReaders(all, 'error', verbose)
  return diagnosticLines(warnings, errors, verbose, { paint: { error, warning, quiet }, width })
}

/** How the remarks beside an answer are written. */
export interface RemarkOptions {
  /** What the program is called in them; `netpol` unless it is given. */
  readonly program?: string | undefined
  /** Whether all notes are written, and not only the first ones. */
  readonly verbose?: boolean | undefined
  /** Columns; 80 unless it is given. */
  readonly width?: number | undefined
  /** The rows of a screen that there is room for; 20 unless it is given. */
  readonly rows?: number | undefined
}

/**
 * What is printed beside a brief answer: warnings, assumptions that are not part of nearly every answer, and for a
 * `Reachability` what to do. Unless `verbose`, assumptions leave room for the rest of a screen: those that could change the
 * answer are first, and what there is no room for is counted.
 */
export function remarks(
  output: Output,
  { program = 'netpol', verbose = false, width = 80, rows = 20 }: RemarkOptions = {},
): readonly string[] {
  const warnings = output.kind === 'Reachability' ? output.warnings : []
  const assumptions = 'assumptions' in output ? output.assumptions : []
  const unusual = assumptions.filter(({ code }) => !isUsual(code))
  const firstMatters = unusual.toSorted(
    (a, b) => Number(isUndetermined(b.code)) - Number(isUndetermined(a.code)),
  )
  const byCode = [...groupBy(firstMatters, ({ code }) => code).values()]
  const above = warnings.map(({ code, message }) => `warning: ${message} [${code}]`)
  const below = output.kind === 'Reachability' ? help(output, program) : []
  const room = rows - rowsOf([...above, ...below], width)
  return [...above, ...(verbose ? byCode.flat().map(noteLine) : fewNotes(byCode, room, width)), ...below]
}

const noteLine = ({ code, message }: Assumption): string => `note: ${message} [${code}]`

/** How many notes of one code are written: there may be one for each Gateway. */
const MOST_NOTES = 3

type OfOneCode = readonly [Assumption, ...Assumption[]]

/** The first notes of each code, as far as there is room, and how many more there are. */
function fewNotes(byCode: readonly OfOneCode[], rows: number, width: number): readonly string[] {
  const notes = byCode.flatMap(own => {
    const shown = atMost(own, MOST_NOTES).map(note => ({ line: noteLine(note), count: 1 }))
    const left = own.length - shown.length
    const more = left > 0 ? [{ line: `note: ${moreOfTheKind(left)} [${own[0].code}]`, count: left }] : []
    return [...shown, ...more]
  })
  const all = notes.map(({ line }) => line)
  // One row is for the number of the others.
  const fit =
    rowsOf(all, width) <= rows ? all : all.filter((_, index) => rowsOf(all.slice(0, index + 1), width) < rows)
  const left = notes.slice(fit.length).reduce((sum, { count }) => sum + count, 0)
  return [...fit, ...(left > 0 ? [`note: ${moreNotes(left)}`] : [])]
}

/** Whether something that is not modeled, or not known, could change the answer: `--strict` exits with 3 for it. */
export function isUnsure(output: Output): boolean {
  if ('assumptions' in output && output.assumptions.some(({ code }) => isUndetermined(code))) return true
  switch (output.kind) {
    case 'Reachability':
      return output.verdict === 'undetermined'
    case 'Matrix':
      return output.undetermined !== undefined
    case 'WhoCanReach':
      return output[VIEWS].isUndetermined
    case 'Listing':
    case 'Description':
    case 'NetworkPlugins':
    case 'Codes':
    case 'CodeList':
    case 'Completion':
    case 'Diagnostics':
      return false
  }
}
