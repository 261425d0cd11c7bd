import { eastAsianWidth } from 'get-east-asian-width'
import type { Diagnostic } from './diagnostic.ts'
import type { Location, Position, SourceFile } from './file.ts'
import { lineOf, position } from './position.ts'
import { printable } from './printable.ts'

/** How the parts of a message are colored, where the terminal has colors. */
export interface Paint {
  readonly error: (text: string) => string
  readonly warning: (text: string) => string
  readonly quiet: (text: string) => string
}

const UNCOLORED: Paint = { error: text => text, warning: text => text, quiet: text => text }

/** A marked part of a line, and its label. */
interface Mark {
  readonly place: Position
  readonly sign: '^' | '-'
  readonly label: string
}

/** A label, and how it is wrapped. */
interface Label {
  readonly text: string
  /** Columns of the whole excerpt. */
  readonly width: number
  readonly wrap: (text: string, width: number) => readonly string[]
}

/** The line of a place with a mark below it, and a label beside the mark or, where there is no room, below it. */
export function markedPlace(
  file: SourceFile,
  place: Position,
  label: Label | undefined,
  paint: Paint = UNCOLORED,
): readonly string[] {
  const gutter = ' '.repeat(String(place.line).length)
  const [row = '', marks = ''] = excerpt(file, [{ place, sign: '^', label: '' }], gutter, paint).slice(1)
  const said = label === undefined ? [] : labeled(label, gutter.length + 3, marksIn(file, place))
  const [beside = '', ...below] = said
  const margin = `${gutter} ${paint.quiet('|')} `
  return [
    placeLine(file, place, gutter, paint),
    margin.trimEnd(),
    row,
    marks + paint.error(beside),
    ...below.map(line => margin + paint.error(line)),
  ]
}

/** A label is beside the marks if it has this many columns there and needs at most so many further lines. */
const LEAST_ROOM = 30
const MOST_LINES_BELOW = 2

/** The lines of a label: the first one follows the marks, and is empty if there is no room. */
function labeled(
  { text, width: columns, wrap }: Label,
  margin: number,
  { start, end }: { readonly start: number; readonly end: number },
): readonly string[] {
  const room = columns - margin
  const words = printable(text)
  const [first = '', ...more] = wrap(words, Math.max(1, room - end - 1))
  if (room - end - 1 >= Math.min(LEAST_ROOM, words.length) && more.length <= MOST_LINES_BELOW)
    return [` ${first}`, ...more.map(line => ' '.repeat(end + 1) + line)]
  const indent = Math.max(0, Math.min(start, room - words.length, room - 2 * LEAST_ROOM))
  return ['', ...wrap(words, room - indent).map(line => ' '.repeat(indent) + line)]
}

/** A diagnostic as compilers print it: the message, the source lines with the places marked, and the help. */
export function frame(diagnostic: Diagnostic, paint: Paint = UNCOLORED): readonly string[] {
  const { severity, code, message, brief = message, at, help, example } = diagnostic
  const head = `${paint[severity](`${severity}[${code}]:`)} ${printable(brief)}`
  const tail = [
    ...(example === undefined ? [] : [`note: ${example}`]),
    ...(help === undefined ? [] : [`help: ${printable(help)}`]),
  ]
  if (at === undefined) return [head, ...tail.map(text => `  ${paint.quiet('=')} ${text}`)]
  const place = position(at)
  const related = (diagnostic.related ?? []).filter(other => other.at.file === at.file).map(relatedMark)
  const marks: readonly Mark[] = [{ place, sign: '^', label: '' }, ...related]
  const lastLine = marks.reduce((last, mark) => Math.max(last, mark.place.line), 0)
  const gutter = ' '.repeat(String(lastLine).length)
  const object = diagnostic.object === undefined ? '' : ` in ${printable(diagnostic.object)}`
  return [
    head,
    placeLine(at.file, place, gutter, paint) + object,
    ...excerpt(at.file, marks, gutter, { ...paint, error: paint[severity] }),
    ...tail.map(text => `${gutter} ${paint.quiet('=')} ${text}`),
  ]
}

/** A diagnostic without the source lines: the place and the message, and the help below. */
export function inBrief(
  { severity, code, message, brief = message, at, help }: Diagnostic,
  paint: Paint = UNCOLORED,
): readonly string[] {
  const place = at && position(at)
  const where = at && place ? `${at.file.path}:${place.line}:${place.column}: ` : ''
  return [
    `${paint[severity](`${severity}[${code}]:`)} ${printable(where + brief)}`,
    ...(help === undefined ? [] : [`  ${paint.quiet('=')} help: ${printable(help)}`]),
  ]
}

const placeLine = (file: SourceFile, { line, column }: Position, gutter: string, paint: Paint): string =>
  `${gutter}${paint.quiet('-->')} ${printable(file.path)}:${line}:${column}`

const relatedMark = ({ at, message }: { readonly at: Location; readonly message: string }): Mark => ({
  place: position(at),
  sign: '-',
  label: printable(message),
})

function excerpt(file: SourceFile, marks: readonly Mark[], gutter: string, paint: Paint): readonly string[] {
  const lines = [...new Set(marks.map(({ place }) => place.line))].sort((a, b) => a - b)
  const out = [`${gutter} ${paint.quiet('|')}`]
  for (const [index, line] of lines.entries()) {
    if (index > 0 && line > (lines[index - 1] ?? 0) + 1) out.push(paint.quiet('...'))
    for (const mark of marks.filter(({ place }) => place.line === line)) {
      const [text, below] = drawMark(file, mark, paint)
      const number = String(line).padStart(gutter.length)
      const row = `${paint.quiet(`${number} |`)} ${text}`
      if (out.at(-2) !== row && !out.includes(row)) out.push(row.trimEnd())
      out.push(`${gutter} ${paint.quiet('|')} ${below}`)
    }
  }
  return out
}

/** How much of a long line is shown around the marked place. */
const SHOWN_LINE = 100

function drawMark(file: SourceFile, { place, sign, label }: Mark, paint: Paint): readonly [string, string] {
  const { before, marked, after } = shownLine(file, place)
  const { start, end } = marksIn(file, place)
  const below = `${sign.repeat(end - start)}${label && ` ${label}`}`
  return [
    `${before}${marked}${after}`,
    ' '.repeat(start) + (sign === '^' ? paint.error(below) : paint.quiet(below)),
  ]
}

/** The columns of the marks below a place. */
function marksIn(file: SourceFile, place: Position): { readonly start: number; readonly end: number } {
  const { before, marked } = shownLine(file, place)
  const start = textWidth(before)
  return { start, end: start + Math.max(1, textWidth(marked)) }
}

/**
 * Tabs and escaped characters count as the columns that are shown for them, so that the marks are below their place; a
 * marked tab is made visible.
 */
function shownLine(file: SourceFile, place: Position): ReturnType<typeof cut> {
  const { before, marked, after } = cut(lineOf(file, place.line), place)
  const shown = (text: string, tab: string): string => printable(text.replaceAll('\t', tab))
  return { before: shown(before, ' '), marked: shown(marked, '→'), after: shown(after, ' ') }
}

/** The columns that a text takes on a terminal. */
export function textWidth(text: string): number {
  let columns = 0
  for (const character of text)
    if (!/\p{Mn}/u.test(character)) columns += eastAsianWidth(character.codePointAt(0) ?? 0)
  return columns
}

function cut(line: string, { column, length }: Position): { before: string; marked: string; after: string } {
  const start = column - 1
  const before = line.slice(0, start)
  const marked = line.slice(start, start + Math.min(length, SHOWN_LINE))
  const after = line.slice(start + marked.length)
  const room = Math.max(20, SHOWN_LINE - marked.length)
  return {
    before: before.length > room ? `…${before.slice(-room / 2)}` : before,
    marked,
    after: after.length > room ? `${after.slice(0, room / 2)}…` : after,
  }
}
