import type { EndpointRef, Port } from '../../report/common.ts'
import { portText } from '../../report/open.ts'
import type { Connection, Matrix } from '../../report/report.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { Paper } from '../paper.ts'
import { type Cells, cellsOf, destinationsOf, openCell, sourcesOf } from './matrix-cells.ts'
import { type Drawing, grid, list, namedTable, type Reaching, reachingIn, STAR } from './matrix-layouts.ts'
import { wrapText } from './wrap.ts'

/** A larger table is unreadable, and takes much memory. */
const MOST_CELLS = 10_000

/** The matrix in the layout that fits: columns under their names, else under their numbers, else source by source. */
export function* matrixText(report: Matrix, paper: Paper): Iterable<string> {
  const [rows, columns] = [sourcesOf(report), destinationsOf(report)]
  if ([...rows, ...columns].every(({ kind }) => kind === 'External')) {
    yield 'Nothing to show: there are no Pods.'
    return
  }
  if (paper.headers) {
    for (const line of wrapText(`Rows: from. Columns: to. ${portsAsked(report)}`, paper.width))
      yield paper.style.heading(line)
    yield ''
  }
  const legend: Drawing['legend'][number][] = []
  if (rows.length * columns.length > MOST_CELLS) {
    yield* list(reachingOf(report), paper.width)
    legend.push(STAR)
  } else {
    const drawing = draw(cellsOf(report), paper)
    yield* drawing.lines
    legend.push(...drawing.legend)
  }
  if (!paper.headers) return
  const outside = report.endpoints.filter(({ kind, id }) => kind === 'External' && id !== 'internet')
  if (legend.length > 0 || outside.length > 0) yield ''
  yield* inColumns(legend, paper.width)
  for (const endpoint of outside) yield blocksText(endpoint, paper)
}

/** A table that fits: columns under their names, else under their numbers; undefined where none does. */
export function drawTable(cells: Cells, { wide, width, style }: Paper): Drawing | undefined {
  const named = wide || cells.columns.length <= width / 4 ? namedTable(cells) : undefined
  if (named !== undefined && (wide || named.lines.every(line => line.length <= width))) return named
  return grid(cells, width, style)
}

function draw(cells: Cells, paper: Paper): Drawing {
  const { width } = paper
  const reaching = [...reachingIn(cells)]
  const isStarred = reaching.some(({ byText }) => [...byText.keys()].some(text => text.endsWith('*')))
  return drawTable(cells, paper) ?? { lines: [...list(reaching, width)], legend: isStarred ? [STAR] : [] }
}

/** Source by source, while iterating: both lists of connections are in the order of the sources. */
function* reachingOf(report: Matrix): Iterable<Reaching> {
  const open = inTurn(report.connections)
  const undetermined = inTurn(report.undetermined ?? [])
  for (const { id } of sourcesOf(report)) {
    const texts = new Map<string, string>()
    for (const { to } of undetermined(id)) texts.set(to, '?')
    for (const { to, open: ports, partial } of open(id)) texts.set(to, openCell(ports, partial ?? false).text)
    const byText = groupBy(texts.keys(), to => texts.get(to) ?? '')
    yield { source: id, byText }
  }
}

/** The connections of one source after the other. */
function inTurn(connections: Iterable<Connection>): (source: string) => readonly Connection[] {
  const all = connections[Symbol.iterator]()
  let next = all.next()
  return source => {
    const own: Connection[] = []
    for (; !next.done && next.value.from === source; next = all.next()) own.push(next.value)
    return own
  }
}

/** A named port has the protocol that each Pod declares it with. */
export const askedText = (port: Port): string => port.name ?? portText(port)

export const portsAsked = ({ port }: Pick<Matrix, 'port'>): string =>
  port === null ? 'Ports are TCP unless they say otherwise.' : `Asked for ${askedText(port)} alone.`

/** The legend, with as many entries per line as fit. */
export function* inColumns(legend: Drawing['legend'], width: number): Iterable<string> {
  const entries = legend.map(([sign, meaning]) => `${sign}  ${meaning}`)
  const column = Math.min(width, Math.max(...entries.map(entry => entry.length), 0) + 4)
  const perLine = Math.max(1, Math.floor((width + 4) / Math.max(1, column)))
  for (let index = 0; index < entries.length; index += perLine)
    yield entries
      .slice(index, index + perLine)
      .map(entry => entry.padEnd(column))
      .join('')
      .trimEnd()
}

/** `external-2  10.0.0.0/8, 192.168.0.0/16 and 3 more blocks`: as many blocks as fit on a line. */
export function blocksText({ id, cidrs = [] }: EndpointRef, { width, wide }: Paper): string {
  const all = `${id}  ${cidrs.join(', ')}`
  if (wide || all.length <= width) return all
  const more = (count: number): string => {
    const rest = cidrs.length - count
    return ` and ${rest} more ${rest === 1 ? 'block' : 'blocks'}`
  }
  let count = cidrs.length - 1
  while (count > 1 && `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`.length > width) count--
  return `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`
}
