import type { EndpointRef } from '../../report/common.ts'
import { groupBy } from '../../sets/group-by.ts'
import { UNKNOWN_SYMPTOM } from '../../words/answer.ts'
import { IN_PART, ONLY_ROUTED, WITHOUT_PORTS } from '../../words/matrix.ts'
import { type Cell, type Cells, PORTLESS } from '../matrix-cells.ts'
import type { Paper } from '../paper.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { widthOf, withCommasBetween, wrap } from './wrap.ts'

/** The lines of a layout, and the meaning of its signs. */
export interface Drawing {
  readonly lines: readonly string[]
  readonly legend: readonly (readonly [sign: string, meaning: string])[]
}

const MEANINGS = {
  closed: 'nothing is open',
  itself: 'one Pod alone: it reaches itself',
  unknown: UNKNOWN_SYMPTOM,
} as const

/** The meaning of the signs of the kinds that occur. */
function meaningsOf(
  cells: readonly Cell[],
  signs: Readonly<Record<keyof typeof MEANINGS, string>>,
): Drawing['legend'] {
  const kinds = new Set(cells.map(({ kind }) => kind))
  const occurring = (['closed', 'itself', 'unknown'] as const).filter(kind => kinds.has(kind))
  return [
    ...occurring.map(kind => [signs[kind], MEANINGS[kind]] as const),
    ...(cells.some(({ partial }) => partial) ? [['*', IN_PART] as const] : []),
    ...(cells.some(({ routed }) => routed) ? [['^', ONLY_ROUTED] as const] : []),
    ...(cells.some(({ text }) => text.includes(PORTLESS)) ? [[PORTLESS, WITHOUT_PORTS] as const] : []),
  ]
}

/** Where a cell has its text, and not one sign alone. */
const SIGNS_AS_TEXT = { closed: '-', itself: '=', unknown: '?' } as const

/** A table with named columns and the ports in its cells. */
function namedTable(cells: Cells): Drawing {
  const { rows, columns, at } = cells
  const body = rows.map((row, index) => [row, ...columns.map((_, column) => at(index, column).text)])
  const legend = meaningsOf(cellsIn(cells), SIGNS_AS_TEXT)
  return { lines: [...table([['', ...columns], ...body])], legend }
}

export const cellsIn = ({ rows, columns, at }: Cells): readonly Cell[] =>
  rows.flatMap((_, row) => columns.map((__, column) => at(row, column)))

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const REST = '+'

/** One sign per cell, with numbered columns; undefined where even that is too wide. */
export function numberedTable(
  cells: Cells,
  width: number,
  style: Style,
  signs: Signs = signsOf(cellsIn(cells)),
): Drawing | undefined {
  const { rows, columns, at } = cells
  const digits = String(Math.max(columns.length, rows.length)).length
  const longest = Math.max(widthOf(rows), 4)
  const room = width - digits - 3 - columns.length
  if (room < 12) return undefined
  const gaps = Math.floor((columns.length - 1) / 5)
  const spaced = room - gaps >= Math.min(longest, 30)
  const label = Math.min(longest, spaced ? room - gaps : room)
  const apart = (signs: readonly string[]): string =>
    signs.map((sign, index) => (spaced && index > 0 && index % 5 === 0 ? ` ${sign}` : sign)).join('')
  const head = Array.from({ length: digits }, (_, place) => {
    const numbers = columns.map((_column, index) => numbered(index, digits).charAt(place))
    return `${' '.repeat(digits + label + 3)}${apart(numbers)}`
  })
  const body = rows.map((row, index) => {
    const line = columns.map((_, column) => colored(signs.of(at(index, column)), style))
    return `${numbered(index, digits)} ${shortened(row, label).padEnd(label)}  ${apart(line)}`.trimEnd()
  })
  // Where the columns are not the rows, their names need a legend.
  const isSame = rows.length === columns.length && rows.every((row, index) => row === columns[index])
  const names = isSame ? [] : columns.map((column, index) => [String(index + 1), column] as const)
  return { lines: [...head, ...body], legend: [...signs.legend, ...names] }
}

const numbered = (index: number, digits: number): string => String(index + 1).padStart(digits)

/** Shortens a name in the middle: its beginning and its end say most. */
function shortened(id: string, room: number): string {
  if (id.length <= room) return id
  const tail = Math.ceil((room - 2) / 2)
  return `${id.slice(0, room - 2 - tail)}..${id.slice(id.length - tail)}`
}

function colored(sign: string, style: Style): string {
  if (sign === ' ') return sign
  if (sign === '.') return style.faint(sign)
  return sign === '?' ? style.verdict('undetermined', sign) : sign === '=' ? sign : style.verdict('yes', sign)
}

/** One sign per cell, and the meaning of the signs. */
export interface Signs {
  readonly of: (cell: Cell) => string
  readonly legend: Drawing['legend']
}

/** A sign for each text of a cell: `#` for all ports, letters for the rest, the most frequent first. */
function signsOf(cells: readonly Cell[]): Signs {
  const open = cells.filter(({ kind, text }) => kind === 'open' && text !== 'all')
  const hasAll = cells.some(({ text }) => text === 'all')
  const texts = [...groupBy(open, ({ text }) => text)]
    .sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1))
    .map(([text]) => text)
  const letters = new Map(texts.map((text, index) => [text, LETTERS[index] ?? REST]))
  const fixed = { closed: '.', itself: '=', 'not asked': ' ', unknown: '?' } as const
  const of = ({ kind, text }: Cell): string =>
    kind === 'open' ? (text === 'all' ? '#' : (letters.get(text) ?? REST)) : fixed[kind]
  return {
    of,
    legend: [
      ...(hasAll ? [['#', 'all ports'] as const] : []),
      ...texts.slice(0, LETTERS.length).map(text => [letters.get(text) ?? REST, text] as const),
      ...(texts.length > LETTERS.length ? [[REST, 'something else: -o wide shows what'] as const] : []),
      ...meaningsOf(cells, fixed),
    ],
  }
}

/** What one source reaches: the ids of destinations, and their cells. */
export interface Reaching {
  readonly source: string
  readonly cells: Iterable<readonly [id: string, cell: Cell]>
}

/** Source by source, each set of ports with its destinations, and the legend. Best where most is closed; fits any width. */
export function* listLayout(
  sources: Iterable<Reaching>,
  width: number,
): Generator<string, Drawing['legend']> {
  const shown = new Map<string, Cell>()
  let silent = 0
  for (const { source, cells } of sources) {
    const byText = groupBy(cells, ([, { text }]) => text)
    for (const [text, [[, cell]]] of byText) shown.set(text, cell)
    if (byText.size === 0) silent++
    else {
      yield source
      for (const [text, some] of byText)
        yield* wrap(`  ${text}: `, withCommasBetween(some.map(([id]) => id)), { width, indent: 4 })
    }
  }
  if (silent > 0) yield `${silent} ${silent === 1 ? 'source reaches' : 'sources reach'} nothing.`
  return meaningsOf([...shown.values()], SIGNS_AS_TEXT)
}

/** A table that fits: columns under their names, else under their numbers; undefined where none does. */
export function drawTable(cells: Cells, { wide, width, style }: Paper): Drawing | undefined {
  const named = wide || cells.columns.length <= width / 4 ? namedTable(cells) : undefined
  if (named !== undefined && (wide || named.lines.every(line => line.length <= width))) return named
  return numberedTable(cells, width, style)
}

/** The legend, with as many entries per line as fit. */
export function* inColumns(legend: Drawing['legend'], width: number): Iterable<string> {
  const entries = legend.map(([sign, meaning]) => `${sign}  ${meaning}`)
  const column = Math.min(width, widthOf(entries) + 4)
  const perLine = Math.max(1, Math.floor((width + 4) / Math.max(1, column)))
  for (let index = 0; index < entries.length; index += perLine)
    yield entries
      .slice(index, index + perLine)
      .map(entry => entry.padEnd(column))
      .join('')
      .trimEnd()
}

/** `external-2  10.0.0.0/8, 192.168.0.0/16 and 3 more blocks`: as many blocks as fit on a line. */
export function blocksOnLine({ id, cidrs = [] }: EndpointRef, { width, wide }: Paper): string {
  const all = `${id}  ${cidrs.join(', ')}`
  if (wide || all.length <= width) return all
  const more = (count: number): string => {
    const rest = cidrs.length - count
    return ` and ${rest} more ${rest === 1 ? 'block' : 'blocks'}`
  }
  // No more of them than columns.
  let count = Math.min(cidrs.length - 1, width)
  while (count > 1 && `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`.length > width) count--
  return `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`
}
