import type { EndpointRef, Open, OpenPorts } from '../report/common.ts'
import type { Connection, Matrix, RoutedConnection } from '../report/report.ts'
import type { CollapsedMatrix, EqualEndpoints } from '../report/views.ts'
import { distinctBy, groupBy } from '../sets/group-by.ts'
import { isEveryPort, rangeTexts } from '../words/ports.ts'

/** What a cell of the matrix shows. */
export interface Cell {
  readonly kind: 'open' | 'closed' | 'itself' | 'not asked' | 'unknown'
  /** `all`, `5432`, `53/udp`; followed by `*` if it is partial. */
  readonly text: string
  /** It is not open for all Pods or addresses. */
  readonly partial?: boolean
  /** It is open through an Ingress or a route alone, or some of it is. */
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
  for (const [ends, cell] of filledCells(report)) cells.set(pairKey(ends), cell)
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
      return (
        cells.get(pairKey({ from: from.id, to: to.id })) ??
        (isAsked(from, to) ? emptyCell(from, to) : NOT_ASKED)
      )
    },
  }
}

/** The cells of pairs that are not closed. Of several for one pair the last counts: it has all that is surely open. */
export function* filledCells({
  connections,
  undetermined = [],
  routed = [],
}: Pick<Matrix, 'connections' | 'undetermined' | 'routed'>): Iterable<readonly [Ends, Cell]> {
  const ways = groupBy(routed, pairKey)
  // Most matrices have no routes, and many pairs.
  const byRoutes = (one: Ends): Open => (ways.size === 0 ? [] : surelyOpen(ways.get(pairKey(one)) ?? []))
  for (const one of undetermined) yield [one, UNKNOWN_CELL]
  for (const [first, ...others] of ways.values()) {
    const open = surelyOpen([first, ...others])
    yield [first, isOpen(open) ? routedCell(open) : UNKNOWN_CELL]
  }
  for (const one of connections) {
    const cell = openCell(one.open, one.partial ?? false)
    const more = openBeside(one.open, byRoutes(one))
    yield [
      one,
      isOpen(more) ? { ...cell, text: `${cell.text} ${routedCell(more).text}`, routed: true } : cell,
    ]
  }
}

type Ends = Pick<Connection, 'from' | 'to'>

const pairKey = ({ from, to }: Ends): string => `${from} ${to}`

/** What some routes surely lead to, together. */
function surelyOpen(routed: readonly RoutedConnection[]): Open {
  const sure = routed.filter(({ via }) => via.verdict !== 'undetermined').map(({ open }) => open)
  if (sure.includes('all')) return 'all'
  const byProtocol = groupBy(sure.flatMap(portsOf), ({ protocol }) => protocol)
  return Array.from(byProtocol, ([protocol, some]) => ({
    protocol,
    ports: distinctBy(
      some.flatMap(({ ports }) => ports),
      String,
    ).toSorted(([a], [b]) => a - b),
  }))
}

/** What of the one is not within the other. */
function openBeside(within: Open, open: Open): Open {
  if (within === 'all' || open === 'all') return within === 'all' ? [] : open
  return open.flatMap(({ protocol, ports }) => {
    const own = within.filter(one => one.protocol === protocol)
    const has = ([first, last]: Range): boolean =>
      own.some(one => one.ports.some(([from, to]) => from <= first && last <= to))
    const more = ports.filter(range => !has(range))
    return more.length > 0 || (ports.length === 0 && own.length === 0) ? [{ protocol, ports: more }] : []
  })
}

type Range = OpenPorts['ports'][number]

const portsOf = (open: Open): readonly OpenPorts[] => (open === 'all' ? [] : open)

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
