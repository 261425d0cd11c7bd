import { portText } from '../../report/open.ts'
import type { Endpoint, Matrix } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { type Cells, cellsOf } from './matrix-cells.ts'
import { type Drawing, grid, list, namedTable } from './matrix-layouts.ts'
import { wrapText } from './wrap.ts'

/** The matrix in the layout that fits: columns under their names, else under their numbers, else source by source. */
export function* matrixText(report: Matrix, paper: Paper): Iterable<string> {
  const cells = cellsOf(report)
  if ([...cells.rows, ...cells.columns].every(({ kind }) => kind === 'External')) {
    yield 'Nothing to show: there are no Pods.'
    return
  }
  const { lines, legend } = draw(cells, paper)
  if (!paper.headers) {
    yield* lines
    return
  }
  for (const line of wrapText(`Rows: from. Columns: to. ${portsAsked(report)}`, paper.width))
    yield paper.style.heading(line)
  yield ''
  yield* lines
  const outside = report.endpoints.filter(({ kind, id }) => kind === 'External' && id !== 'internet')
  if (legend.length > 0 || outside.length > 0) yield ''
  yield* inColumns(legend, paper.width)
  for (const endpoint of outside) yield blocksText(endpoint, paper)
}

function draw(cells: Cells, { wide, width, style }: Paper): Drawing {
  const named = wide || cells.columns.length <= width / 4 ? namedTable(cells) : undefined
  if (named !== undefined && (wide || named.lines.every(line => line.length <= width))) return named
  return grid(cells, width, style) ?? list(cells, width)
}

function portsAsked({ port }: Matrix): string {
  return port === null ? 'Ports are TCP unless they say otherwise.' : `Asked for ${portText(port)} alone.`
}

/** As many entries of the legend to a line as fit. */
function* inColumns(legend: Drawing['legend'], width: number): Iterable<string> {
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

/** `external-2  10.0.0.0/8, 192.168.0.0/16 and 3 more blocks`, as many as a line holds. */
function blocksText({ id, cidrs = [] }: Endpoint, { width, wide }: Paper): string {
  const all = `${id}  ${cidrs.join(', ')}`
  if (wide || all.length <= width) return all
  const more = (count: number): string => ` and ${cidrs.length - count} more blocks`
  let count = cidrs.length - 1
  while (count > 1 && `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`.length > width) count--
  return `${id}  ${cidrs.slice(0, count).join(', ')}${more(count)}`
}
