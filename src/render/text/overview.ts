import type { Overview, Share, Shares } from '../../report/views.ts'
import { withCommas } from '../../words/lists.ts'
import {
  countOf,
  figures,
  headline,
  NO_PODS,
  NO_PODS_SELECTED,
  NOUNS,
  portsAskedText,
} from '../../words/matrix.ts'
import { type Cell, type Cells, collapsedCells } from '../matrix-cells.ts'
import type { Paper } from '../paper.ts'
import {
  blocksOnLine,
  cellsIn,
  type Drawing,
  drawTable,
  inColumns,
  numberedTable,
  type Signs,
} from './matrix-layouts.ts'
import { routedLines } from './routed.ts'
import { heading, withCommasBetween, wrap, wrapText } from './wrap.ts'

/** A summary of a large matrix: its figures, the rows and columns that differ, and the most exposed destinations. */
export function* overviewText(overview: Overview, paper: Paper): Iterable<string> {
  if (overview.sources.inside + overview.destinations.inside === 0) {
    yield overview.selected === undefined ? NO_PODS : NO_PODS_SELECTED
    return
  }
  const table = overview.collapsed && drawTable(collapsedCells(overview.collapsed), paper)
  yield* heading(headline(overview), paper)
  yield* wrapText(figures(overview), paper.width)
  yield ''
  yield* extremes(overview, paper)
  yield ''
  yield* table === undefined ? sharesText(overview.shares, paper) : collapsedText(table, overview, paper)
  yield* routedLines(overview.routed, paper)
  yield ''
  yield* wrap('More: ', MORE, { width: paper.width, indent: 6 })
}

const MORE: readonly string[] = [
  '-n NAMESPACE,',
  '-l LABELS,',
  '--from NAME',
  'and',
  '--to NAME',
  'narrow it,',
  '--by namespace',
  'shortens it;',
  '-o wide,',
  '-o csv',
  'and',
  '-o json',
  'give every pair.',
]

function* collapsedText(
  drawing: Drawing,
  { collapsed, port, outside }: Overview,
  paper: Paper,
): Iterable<string> {
  const collapsedTo = 'Those that stand alike are one row, or one column: NAME +2 is NAME and 2 more.'
  if (paper.headers) {
    yield* wrapText(`Rows: from. Columns: to. ${portsAskedText(port)} ${collapsedTo}`, paper.width)
    yield ''
  }
  yield* drawing.lines
  if (!paper.headers) return
  yield ''
  yield* inColumns(drawing.legend, paper.width)
  const heads = new Set([...(collapsed?.rows ?? []), ...(collapsed?.columns ?? [])].map(([first]) => first))
  for (const endpoint of outside)
    if (heads.has(endpoint.id) && endpoint.id !== 'internet')
      yield* wrapText(blocksOnLine(endpoint, paper), paper.width)
}

/** Signs for shares of pairs. */
const SHARES: Signs = {
  of: ({ kind, text }) => (kind === 'closed' ? '.' : kind === 'not asked' ? ' ' : text),
  legend: [
    ['#', 'every pair has something open'],
    ['1-9', 'so many of ten pairs'],
    ['+', 'fewer than one of ten'],
    ['.', 'none'],
  ],
}

/** Parentheses cannot be part of the name of a namespace. */
const spaceName = (space: string | null): string => space ?? '(outside)'

/** How many namespaces are shown at most. */
const MOST_SPACES = 24

/** One sign for each pair of namespaces; where there are too many, those with the most open. */
function* sharesText(shares: Shares, paper: Paper): Iterable<string> {
  const all = new Set([...shares.rows, ...shares.columns].filter(space => space !== null))
  const shown = withMostOpen(shares, Math.min(MOST_SPACES, Math.max(8, Math.floor((paper.width - 24) / 1.2))))
  const shownOf = (spaces: Shares['rows']) => [...spaces.entries()].filter(([, space]) => shown.has(space))
  const [rows, columns] = [shownOf(shares.rows), shownOf(shares.columns)]
  const at = (row: number, column: number): Cell =>
    shareCell(shares.cells[rows[row]?.[0] ?? 0]?.[columns[column]?.[0] ?? 0])
  if (paper.headers) {
    const few = [...shown].filter(space => space !== null).length
    const some = few < all.size ? `, the ${few} of ${withCommas(all.size)} with the most open` : ''
    yield* wrapText(`Rows: from namespace. Columns: to namespace${some}.`, paper.width)
    yield ''
  }
  const namesOf = (some: typeof rows): readonly string[] => some.map(([, space]) => spaceName(space))
  const cells = { rows: namesOf(rows), columns: namesOf(columns), at }
  const drawing = numberedTable(cells, paper.width, paper.style, usedOf(cells))
  yield* drawing?.lines ?? []
  if (!paper.headers) return
  yield ''
  yield* inColumns(drawing?.legend ?? [], paper.width)
}

/** The signs that occur in some cells; the numbers are one entry of the legend. */
function usedOf(cells: Cells): Signs {
  const signs = cellsIn(cells).map(SHARES.of)
  const used = new Set(signs.map(sign => (sign >= '1' && sign <= '9' ? '1-9' : sign)))
  return { of: SHARES.of, legend: SHARES.legend.filter(([sign]) => used.has(sign)) }
}

/** The namespaces with the most open, at most so many. */
function withMostOpen({ rows, columns, cells }: Shares, room: number): ReadonlySet<string | null> {
  const amounts = new Map<string | null, number>()
  for (const [row, from] of rows.entries())
    for (const [column, to] of columns.entries())
      for (const space of new Set([from, to]))
        amounts.set(space, (amounts.get(space) ?? 0) + (cells[row]?.[column]?.open ?? 0))
  const most = [...amounts].sort(([, a], [, b]) => b - a).slice(0, room)
  // What is outside the cluster matters most.
  return new Set([...most.map(([space]) => space), ...(amounts.has(null) ? [null] : [])])
}

function shareCell(share: Share | undefined): Cell {
  if (share === undefined || share.of === 0) return { kind: 'not asked', text: '' }
  if (share.open === 0) return { kind: 'closed', text: '-' }
  const tenths = Math.floor((share.open / share.of) * 10)
  return { kind: 'open', text: share.open === share.of ? '#' : tenths === 0 ? '+' : String(tenths) }
}

/** How many ranks of the most exposed are shown. */
const RANKS = 5

/** What to look at first: the destinations that most sources reach, and those that none reaches. */
function* extremes(overview: Overview, paper: Paper): Iterable<string> {
  const { exposed, unreached, silent } = overview
  const noun = NOUNS[overview.by]
  const none = overview.isEverybody ? `no other ${noun}` : 'none of these'
  if (exposed.length > 0) yield paper.style.heading('Most exposed')
  for (const { ids, sources, outside } of exposed.slice(0, RANKS)) {
    const others = sources === 0 ? [] : [`${countOf(sources, `other ${noun}`)}`]
    const from = [...(outside ? ['outside'] : []), ...others].join(' and ')
    yield* named(`  from ${from}: `, ids, noun, paper)
  }
  const rest = exposed.slice(RANKS).reduce((sum, { ids }) => sum + ids.length, 0)
  if (rest > 0) yield `  from fewer: ${countOf(rest, noun)}`
  if (unreached.length + silent.length === 0) return
  yield paper.style.heading('Isolated')
  if (unreached.length > 0)
    yield* named(
      `  reached by ${none}${overview.isEverybody ? ', nor from outside' : ''}: `,
      unreached,
      noun,
      paper,
    )
  if (silent.length > 0) yield* named(`  reach ${none}: `, silent, noun, paper)
}

/** `34 workloads (shop/a, shop/b and 32 more)`. */
function named(
  heading: string,
  ids: readonly string[],
  noun: string,
  { width, wide }: Paper,
): readonly string[] {
  const shown = ids.slice(0, wide ? ids.length : 3)
  const rest = ids.length > shown.length ? [`and ${withCommas(ids.length - shown.length)} more`] : []
  const words = [...withCommasBetween(shown), ...rest]
  const listed = ids.length === 1 ? words : [`${countOf(ids.length, noun)}:`, ...words]
  return wrap('  ', [...heading.trim().split(' '), ...listed], { width, indent: 4 })
}
