import { concludeAll, explainPaths } from '../../explain/explain-path.ts'
import { asPort } from '../../naming/port.ts'
import { pathsToTarget } from '../../path/to-target.ts'
import type { Tree } from '../../report/tree.ts'
import { NONE } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { type Group, NO_CELL } from '../matrix/grid.ts'
import { isOutside, type Layout, type MatrixQuestion } from '../matrix/rows-and-columns.ts'
import { type TreeItem, type TreeReason, treeGets, treeReason } from './item.ts'
import { type TreeDetail, treeOf } from './tree.ts'

/** The row of one source in the matrix, as a tree: whom it reaches. */
export function reachTree(
  world: World,
  { by, asked }: MatrixQuestion,
  layout: Layout,
  source: Group,
  detail: TreeDetail,
): Tree {
  const { ref: end } = source
  const head = {
    direction: 'from',
    end,
    port: asPort(asked),
    by,
    forwards: undefined,
    denied: () => [],
  } as const
  const { grid, table } = layout
  const row = grid.row(grid.kindOf(source))
  const reasons = new Map<number, TreeReason>()
  /** In the words of `reach`, for the first destination of each kind. */
  const reasonOf = (destination: Group): TreeReason => {
    const kind = grid.kindOf(destination)
    const known = destination.ref.id === end.id ? undefined : reasons.get(kind)
    if (known !== undefined) return known
    const [from, to] = [
      { kind: 'endpoints', ...source } as const,
      { kind: 'endpoints', ...destination } as const,
    ]
    const paths = pathsToTarget(world, from, to, asked)
    const { why } = concludeAll(explainPaths(world, paths))
    const reason = treeReason(world, destination, why)
    reasons.set(kind, reason)
    return reason
  }
  const itemOf = (destination: Group): TreeItem => {
    const isItself = destination.ref.id === end.id
    const cell = isItself ? grid.overlapping(source, destination) : (row[grid.kindOf(destination)] ?? NO_CELL)
    const of = destination.endpoints.length
    if (cell === NO_CELL) return { end: destination, of, gets: undefined }
    const { open, undetermined, partial } = grid.cellAt(cell)
    const shares = {
      open: table.at(open),
      inPart: partial ? table.at(open) : NONE,
      undetermined: table.at(undetermined),
    }
    return { end: destination, of, gets: treeGets(shares, () => [reasonOf(destination)]) }
  }
  const isAsked = (destination: Group): boolean =>
    !(isOutside(source) && isOutside(destination)) &&
    !(destination.ref.id === end.id && destination.endpoints.length === 1)
  return treeOf(head, layout.destinations.filter(isAsked).map(itemOf), detail)
}
