import type { Connection, Matrix } from '../../report/report.ts'
import { type MatrixAnswer, VIEWS } from '../../report/views.ts'
import { groupBy } from '../../sets/group-by.ts'
import { NO_PODS, NO_PODS_SELECTED, OTHERS_WITH_SELECTED, portsAskedText } from '../../words/matrix.ts'
import { type Cell, cellsOf, destinationsOf, filledCells, sourcesOf } from '../matrix-cells.ts'
import type { Paper } from '../paper.ts'
import { blocksOnLine, drawTable, inColumns, listLayout, type Reaching } from './matrix-layouts.ts'
import { overviewText } from './overview.ts'
import { routedLines } from './routed.ts'
import { treeText } from './tree.ts'
import { heading, wrapText } from './wrap.ts'

/** Above this number of endpoints a matrix is shown as an overview. */
const MOST_ENDPOINTS = 40

/** A matrix of one source is a tree and a large one an overview; otherwise, and with `-o wide`, it is a table. */
export function matrixView(matrix: MatrixAnswer, paper: Paper): Iterable<string> {
  const { overview, tree } = matrix[VIEWS]
  if (paper.wide) return matrixText(matrix, paper)
  if (tree !== undefined) return treeText(tree(), paper)
  return matrix.endpoints.length > MOST_ENDPOINTS
    ? overviewText(overview(), paper)
    : matrixText(matrix, paper)
}

/** Above this number of cells a matrix is a list: a table would be unreadable, and take much memory. */
const MOST_CELLS = 10_000

/** The matrix in the layout that fits: columns under their names, else under their numbers, else source by source. */
export function* matrixText(report: Matrix, paper: Paper): Iterable<string> {
  const [rows, columns] = [sourcesOf(report), destinationsOf(report)]
  if ([...rows, ...columns].every(({ kind }) => kind === 'External')) {
    yield report.selected === undefined ? NO_PODS : NO_PODS_SELECTED
    return
  }
  if (paper.headers) {
    yield* heading(`Rows: from. Columns: to. ${portsAskedText(report.port)}`, paper)
    if (report.selected !== undefined) yield* wrapText(OTHERS_WITH_SELECTED, paper.width)
    yield ''
  }
  const isTable = rows.length * columns.length <= MOST_CELLS
  const drawing = isTable ? drawTable(cellsOf(report), paper) : undefined
  yield* drawing?.lines ?? []
  const legend = drawing?.legend ?? (yield* listLayout(reachingOf(report), paper.width))
  if (paper.headers) {
    const outside = report.endpoints.filter(({ kind, id }) => kind === 'External' && id !== 'internet')
    if (legend.length > 0 || outside.length > 0) yield ''
    yield* inColumns(legend, paper.width)
    for (const endpoint of outside) yield blocksOnLine(endpoint, paper)
  }
  yield* routedLines(report.routed, paper)
}

/** Source by source, while iterating: the lists of connections but those through routes are in the order of the sources. */
function* reachingOf(report: Matrix): Iterable<Reaching> {
  const open = inTurn(report.connections)
  const undetermined = inTurn(report.undetermined ?? [])
  const routed = groupBy(report.routed ?? [], ({ from }) => from)
  const places = new Map(destinationsOf(report).map(({ id }, place) => [id, place]))
  const placeOf = (id: string): number => places.get(id) ?? 0
  for (const { id } of sourcesOf(report)) {
    const lists = { connections: open(id), undetermined: undetermined(id), routed: routed.get(id) ?? [] }
    const cells = new Map<string, Cell>()
    for (const [{ to }, cell] of filledCells(lists)) cells.set(to, cell)
    yield { source: id, cells: [...cells].sort(([a], [b]) => placeOf(a) - placeOf(b)) }
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
