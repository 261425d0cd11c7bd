import type { Endpoint } from '../../report/report.ts'
import type { Cell, Cells } from './matrix-cells.ts'
import type { Style } from './style.ts'
import { table } from './table.ts'
import { wrap } from './wrap.ts'

/** What one layout draws: its lines, and what its signs mean. */
export interface Drawing {
  readonly lines: readonly string[]
  readonly legend: readonly (readonly [sign: string, meaning: string])[]
}

const LEGEND: Readonly<Record<Exclude<Cell['kind'], 'open'>, string>> = {
  closed: 'nothing is open',
  itself: 'one Pod alone: it reaches itself',
  outside: '',
  unknown: 'cannot be told from the input',
}

/** Every column under its name, every cell in words. */
export function namedTable(cells: Cells): Drawing {
  const head = ['', ...cells.columns.map(({ id }) => id)]
  const body = cells.rows.map(row => [row.id, ...cells.columns.map(column => cells.at(row, column).text)])
  const kinds = kindsIn(cells)
  const legend = (['closed', 'itself', 'unknown'] as const)
    .filter(kind => kinds.has(kind))
    .map(kind => [{ closed: '-', itself: '=', unknown: '?' }[kind], LEGEND[kind]] as const)
  return { lines: [...table([head, ...body])], legend: [...legend, ...starred(cells)] }
}

function kindsIn(cells: Cells): ReadonlySet<Cell['kind']> {
  return new Set(cells.rows.flatMap(row => cells.columns.map(column => cells.at(row, column).kind)))
}

function starred(cells: Cells): Drawing['legend'] {
  const some = cells.rows.some(row => cells.columns.some(column => cells.at(row, column).text.endsWith('*')))
  return some ? [['*', 'not between all Pods of the two']] : []
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'
const REST = '+'

/** One sign a cell, the columns under their numbers; undefined where even that is too wide. */
export function grid(cells: Cells, width: number, style: Style): Drawing | undefined {
  const digits = String(Math.max(cells.columns.length, cells.rows.length)).length
  const longest = Math.max(...cells.rows.map(({ id }) => id.length), 4)
  const room = width - digits - 3 - cells.columns.length
  if (room < 12) return undefined
  const gaps = Math.floor((cells.columns.length - 1) / 5)
  const spaced = room - gaps >= Math.min(longest, 30)
  const label = Math.min(longest, spaced ? room - gaps : room)
  const apart = (signs: readonly string[]): string =>
    signs.map((sign, index) => (spaced && index > 0 && index % 5 === 0 ? ` ${sign}` : sign)).join('')
  const signs = signsOf(cells)
  const head = Array.from({ length: digits }, (_, place) => {
    const numbers = cells.columns.map((_column, index) => numbered(index, digits).charAt(place))
    return `${' '.repeat(digits + label + 3)}${apart(numbers)}`
  })
  const body = cells.rows.map((row, index) => {
    const line = cells.columns.map(column => coloured(signs.of(cells.at(row, column)), style))
    return `${numbered(index, digits)} ${shortened(row.id, label).padEnd(label)}  ${apart(line)}`
  })
  return { lines: [...head, ...body], legend: signs.legend }
}

const numbered = (index: number, digits: number): string => String(index + 1).padStart(digits)

/** `shop/a-very-long-name` in the middle: both ends of a name tell most. */
function shortened(id: string, room: number): string {
  if (id.length <= room) return id
  const tail = Math.ceil((room - 2) / 2)
  return `${id.slice(0, room - 2 - tail)}..${id.slice(id.length - tail)}`
}

function coloured(sign: string, style: Style): string {
  if (sign === '.' || sign === ' ') return style.faint(sign)
  return sign === '?' ? style.verdict('undetermined', sign) : sign === '=' ? sign : style.verdict('yes', sign)
}

/** A sign for each text that stands in a cell: `#` for all ports, letters for the rest, the most frequent first. */
function signsOf(cells: Cells): { readonly of: (cell: Cell) => string; readonly legend: Drawing['legend'] } {
  const times = new Map<string, number>()
  let hasAll = false
  for (const row of cells.rows)
    for (const column of cells.columns) {
      const { kind, text } = cells.at(row, column)
      hasAll ||= text === 'all'
      if (kind === 'open' && text !== 'all') times.set(text, (times.get(text) ?? 0) + 1)
    }
  const texts = [...times.keys()].sort(
    (a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0) || (a < b ? -1 : 1),
  )
  const letters = new Map(texts.map((text, index) => [text, LETTERS[index] ?? REST]))
  const fixed = { closed: '.', itself: '=', outside: ' ', unknown: '?' } as const
  const of = ({ kind, text }: Cell): string =>
    kind === 'open' ? (text === 'all' ? '#' : (letters.get(text) ?? REST)) : fixed[kind]
  const kinds = kindsIn(cells)
  return {
    of,
    legend: [
      ...(hasAll ? [['#', 'all ports'] as const] : []),
      ...texts.slice(0, LETTERS.length).map(text => [letters.get(text) ?? REST, text] as const),
      ...(texts.length > LETTERS.length ? [[REST, 'something else: -o wide shows what'] as const] : []),
      ...(['closed', 'itself', 'unknown'] as const)
        .filter(kind => kinds.has(kind))
        .map(kind => [fixed[kind], LEGEND[kind]] as const),
      ...starred(cells),
    ],
  }
}

/** Source by source: each set of ports with those whom it opens. Reads best where most is closed, and fits any width. */
export function list(cells: Cells, width: number): Drawing {
  const lines: string[] = []
  let silent = 0
  for (const row of cells.rows) {
    const byText = new Map<string, string[]>()
    for (const column of cells.columns) {
      const { kind, text } = cells.at(row, column)
      if (kind === 'open' || kind === 'unknown') byText.set(text, [...(byText.get(text) ?? []), column.id])
    }
    if (byText.size === 0) silent++
    else lines.push(...paragraph(row, byText, width))
  }
  if (silent > 0) lines.push(`${silent} ${silent === 1 ? 'source reaches' : 'sources reach'} nothing.`)
  return { lines, legend: starred(cells) }
}

function paragraph(
  row: Endpoint,
  byText: ReadonlyMap<string, readonly string[]>,
  width: number,
): readonly string[] {
  const listed = (ids: readonly string[]): readonly string[] =>
    ids.map((id, index) => (index < ids.length - 1 ? `${id},` : id))
  return [
    row.id,
    ...[...byText].flatMap(([text, ids]) => wrap(`  ${text}: `, listed(ids), { width, indent: 4 })),
  ]
}
