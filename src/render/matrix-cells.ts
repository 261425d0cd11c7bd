import type { EndpointRef, Open } from '../report/common.ts'
import type { Connection, Matrix } from '../report/report.ts'
import type { CollapsedMatrix, EqualEndpoints } from '../report/views.ts'
import { isEveryPort, rangeTexts } from '../words/ports.ts'

/** What a cell of the matrix shows. */
export interface Cell {
  readonly kind: 'open' | 'closed' | 'itself' | 'not asked' | 'unknown'
  /** `all`, `5432`, `53/udp`; followed by `*` if it is partial. */
  readonly text: string
  /** It is not open for all Pods or addresses. */
  readonly partial?: boolean
  /** It is open through an Ingress or a route alone. */
  readonly routed?: boolean
}

export interface Cells {
  /** The labels of the rows and columns. */
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly at: (row: number, column: number) => Cell
}

const CLOSED: Cell = { kind: 'closed', text: '-' }
const ITSELF: Cell = { kind: 'itself', text: '=' }
const NOT_ASKED: Cell = { kind: 'not asked', text: '' }
const UNKNOWN_CELL: Cell = { kind: 'unknown', text: '?' }

/** The cells of a matrix: every pair of a row and a column has one. */
export function cellsOf(report: Matrix): Cells {
  const cells = new Map<string, Cell>()
  const key = (from: string, to: string): string => `${from} ${to}`
  for (const [{ from, to }, cell] of filledCells(report)) cells.set(key(from, to), cell)
  const [rows, columns] = [sourcesOf(report), destinationsOf(report)]
  const selected = report.selected && new Set(report.selected)
  const isAsked = (...ends: readonly EndpointRef[]): boolean =>
    ends.some(({ kind }) => kind !== 'External') &&
    (selected === undefined || ends.some(({ id }) => selected.has(id)))
  return {
    rows: rows.map(({ id }) => id),
    columns: columns.map(({ id }) => id),
    at: (row, column) => {
      const [from, to] = [rows[row], columns[column]]
      if (from === undefined || to === undefined) return CLOSED
      return cells.get(key(from.id, to.id)) ?? (isAsked(from, to) ? emptyCell(from, to) : NOT_ASKED)
    },
  }
}

/** The cells of pairs that are not closed. Of several for one pair the last counts. */
export function* filledCells({
  connections,
  undetermined = [],
  routed = [],
}: Pick<Matrix, 'connections' | 'undetermined' | 'routed'>): Iterable<readonly [Connection, Cell]> {
  for (const one of routed)
    yield [one, one.via.verdict === 'undetermined' ? UNKNOWN_CELL : routedCell(one.open)]
  for (const one of undetermined) yield [one, UNKNOWN_CELL]
  for (const one of connections) yield [one, openCell(one.open, one.partial ?? false)]
}

/** The cells of a collapsed matrix. */
export function collapsedCells({ rows, columns, cells, itself }: CollapsedMatrix): Cells {
  const label = ([first, ...more]: EqualEndpoints): string =>
    more.length === 0 ? first : `${first} +${more.length}`
  return {
    rows: rows.map(label),
    columns: columns.map(label),
    at: (row, column) => {
      const [[from = '', ...others], [to = '', ...alike]] = [rows[row] ?? [], columns[column] ?? []]
      const isOne = from === to && others.length + alike.length === 0
      const cell = isOne ? (itself.get(from) ?? null) : cells[row]?.[column]
      if (cell === undefined || cell === null) return NOT_ASKED
      if (isOpen(cell.open)) return openCell(cell.open, cell.partial)
      return isOpen(cell.undetermined) ? UNKNOWN_CELL : isOne ? ITSELF : CLOSED
    },
  }
}

const isOpen = (open: Open): boolean => open === 'all' || open.length > 0

const openCell = (open: Open, partial: boolean): Cell => ({
  kind: 'open',
  text: `${shortText(open)}${partial ? '*' : ''}`,
  partial,
})

const routedCell = (open: Open): Cell => ({ kind: 'open', text: `${shortText(open)}^`, routed: true })

/** The endpoints that were asked for as sources, and as destinations. */
export const sourcesOf = ({ endpoints, sources }: Matrix): readonly EndpointRef[] => only(endpoints, sources)
export const destinationsOf = ({ endpoints, destinations }: Matrix): readonly EndpointRef[] =>
  only(endpoints, destinations)

function only(endpoints: readonly EndpointRef[], ids: readonly string[] | undefined): readonly EndpointRef[] {
  if (ids === undefined) return endpoints
  const asked = new Set(ids)
  return endpoints.filter(({ id }) => asked.has(id))
}

function emptyCell(row: EndpointRef, column: EndpointRef): Cell {
  const alone = row.id === column.id && (row.pods === undefined || row.pods === 1)
  return alone ? ITSELF : CLOSED
}

/** ICMP and the like, in a cell. */
export const PORTLESS = 'no-ports'

/** `all`, `80,8080-8090`, `53/udp`: TCP is the default. */
function shortText(open: Open): string {
  if (open === 'all') return 'all'
  return open
    .map(({ protocol, ports }) => {
      const suffix = protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`
      if (protocol === 'OTHER') return PORTLESS
      if (isEveryPort(ports)) return `any/${protocol.toLowerCase()}`
      return rangeTexts(ports).join(',') + suffix
    })
    .join(' ')
}
