import { openOf } from '../../network/flow.ts'
import type { CollapsedCell, CollapsedMatrix, EqualEndpoints } from '../../report/views.ts'
import { groupBy, type NonEmpty } from '../../sets/group-by.ts'
import { type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import { areSame, inOrder, isAsked, isOutside, type MatrixLayout } from './rows-and-columns.ts'

/** Of a pair that is not asked for: different from an empty cell, so that these are not collapsed with others. */
const NO_PAIR = -1

/** Above this number of different rows or columns a table is not worth it. */
const MOST = 40

/**
 * The matrix with equal rows and equal columns collapsed; undefined where too many of them differ. Where the sources are the
 * destinations, those are collapsed that are equal as both, so that rows and columns are the same.
 */
export function collapsedMatrix(layout: MatrixLayout): CollapsedMatrix | undefined {
  const { sources, destinations, grid, table } = layout
  const columnKinds = [...groupBy(destinations, grid.kindOf).values()]
  const rows = collapsed(sources, grid, from => {
    const cellTo = cellsFrom(from, layout)
    return columnKinds.map(([to]) => cellTo(to)).join()
  })
  if (rows === undefined) return undefined
  const fromRows = rows.map(([from]) => cellsFrom(from, layout))
  const columns = collapsed(destinations, grid, to => fromRows.map(cellTo => cellTo(to)).join())
  if (columns === undefined) return undefined
  const both = areSame(sources, destinations) ? equalAsBoth(rows, columns) : undefined
  const destinationOf = new Map(destinations.map(group => [group.ref.id, group]))
  const cellOf = (id: CellId): CollapsedCell => {
    const { open, undetermined, partial } = grid.cellAt(id)
    return { open: openOf(table.at(open)), undetermined: openOf(table.at(undetermined)), partial }
  }
  return {
    rows: (both ?? rows).map(idsOf),
    columns: (both ?? columns).map(idsOf),
    cells: (both ?? rows).map(([from]) => {
      const cellTo = cellsFrom(from, layout)
      return (both ?? columns).map(([to]) => {
        const cell = cellTo(destinationOf.get(to.ref.id) ?? to)
        return cell === NO_PAIR ? null : cellOf(cell)
      })
    }),
    itself: new Map(
      sources.flatMap(from => {
        const to = destinationOf.get(from.ref.id)
        return to === undefined || !isAsked(layout, from, to)
          ? []
          : [[to.ref.id, cellOf(grid.overlapping(from, to))]]
      }),
    ),
  }
}

/** The cells from a group to other groups. */
function cellsFrom(from: Group, layout: MatrixLayout): (to: Group) => CellId {
  const { row, kindOf } = layout.grid
  const cells = row(kindOf(from))
  return to => (isAsked(layout, from, to) ? (cells[kindOf(to)] ?? NO_CELL) : NO_PAIR)
}

/** Groups with equal keys together, those outside apart; groups of one kind have one key. Undefined where too many differ. */
function collapsed(
  groups: readonly Group[],
  { kindOf }: Grid,
  keyOf: (group: Group) => string,
): readonly NonEmpty<Group>[] | undefined {
  const equal = new Map<string, readonly [Group, ...Group[]]>()
  for (const kind of groupBy(groups, kindOf).values()) {
    const key = `${isOutside(kind[0])} ${keyOf(kind[0])}`
    const known = equal.get(key)
    equal.set(key, known === undefined ? kind : [...known, ...kind])
    if (equal.size > MOST) return undefined
  }
  return [...equal.values()]
}

/** Groups with equal rows and equal columns; undefined where too many differ. */
function equalAsBoth(
  rows: readonly NonEmpty<Group>[],
  columns: readonly NonEmpty<Group>[],
): readonly NonEmpty<Group>[] | undefined {
  const columnOf = new Map(columns.flatMap((column, place) => column.map(({ ref }) => [ref.id, place])))
  const all = rows.flatMap(row => [...groupBy(row, ({ ref }) => columnOf.get(ref.id)).values()])
  return all.length > MOST ? undefined : all.sort(([a], [b]) => inOrder(a, b))
}

function idsOf(groups: NonEmpty<Group>): EqualEndpoints {
  const [first = '', ...more] = [...groups].sort(inOrder).map(({ ref }) => ref.id)
  return [first, ...more]
}
