import type { Endpoint, Matrix, Open } from '../../report/report.ts'

/** What a cell of the matrix shows; the same of every cell with the same text. */
export interface Cell {
  readonly kind: 'open' | 'closed' | 'itself' | 'outside' | 'unknown'
  /** `all`, `5432`, `53/udp`; a `*` behind it where not all Pods of the two have it. */
  readonly text: string
}

export interface Cells {
  readonly rows: readonly Endpoint[]
  readonly columns: readonly Endpoint[]
  readonly at: (row: Endpoint, column: Endpoint) => Cell
}

const CLOSED: Cell = { kind: 'closed', text: '-' }
const ITSELF: Cell = { kind: 'itself', text: '=' }
const OUTSIDE: Cell = { kind: 'outside', text: '' }
const UNKNOWN: Cell = { kind: 'unknown', text: '?' }

/** The cells of a matrix: every pair of a row and a column has one. */
export function cellsOf(report: Matrix): Cells {
  const cells = new Map<string, Cell>()
  const key = (from: string, to: string): string => `${from} ${to}`
  for (const { from, to } of report.undetermined ?? []) cells.set(key(from, to), UNKNOWN)
  for (const { from, to, open, partial } of report.connections)
    cells.set(key(from, to), { kind: 'open', text: `${shortText(open)}${partial ? '*' : ''}` })
  const only = (ids: readonly string[] | undefined): readonly Endpoint[] =>
    ids === undefined ? report.endpoints : report.endpoints.filter(({ id }) => ids.includes(id))
  return {
    rows: only(report.sources),
    columns: only(report.destinations),
    at: (row, column) => cells.get(key(row.id, column.id)) ?? empty(row, column),
  }
}

function empty(row: Endpoint, column: Endpoint): Cell {
  if (row.kind === 'External' && column.kind === 'External') return OUTSIDE
  const alone = row.id === column.id && (row.pods === undefined || row.pods === 1)
  return alone ? ITSELF : CLOSED
}

/** `all`, `80,8080-8090`, `53/udp`: TCP goes without saying. */
export function shortText(open: Open): string {
  if (open === 'all') return 'all'
  return open
    .map(({ protocol, ports }) => {
      const suffix = protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`
      if (protocol === 'OTHER') return 'no-ports'
      if (ports.length === 1 && ports[0]?.[0] === 1 && ports[0][1] === 65535)
        return `any/${protocol.toLowerCase()}`
      return (
        ports.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',') + suffix
      )
    })
    .join(' ')
}
