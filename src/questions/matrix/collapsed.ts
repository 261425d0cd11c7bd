import { openOf } from '../../network/open.ts'
import type { CollapsedCell, CollapsedMatrix, EqualEndpoints } from '../../report/overview.ts'
import { groupBy, type NonEmpty } from '../../sets/group-by.ts'
import type { ConnectionTable } from '../../sets/identifiers.ts'
import { type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import { areSame, inOrder, isOutside, type Layout } from './rows-and-columns.ts'

/** Between two endpoints outside: different from an empty cell, so that these are not collapsed with others. */
const NO_PAIR = -1

/** More different rows or columns than these are not worth a table. */
const MOST = 40

/** Equal groups; `cells` are those of their row, `place` is that of one of their columns, among all kinds of columns. */
interface Equal {
  readonly groups: NonEmpty<Group>
  readonly cells: readonly CellId[]
  readonly place: number
}

/**
 * The matrix with equal rows and equal columns collapsed; undefined where too many of them differ. Where the sources are the
 * destinations, those are collapsed that are equal as both, so that rows and columns are the same.
 */
export function collapsedMatrix({ sources, destinations, grid, table }: Layout): CollapsedMatrix | undefined {
  const columnKinds = [...groupBy(destinations, grid.kindOf).values()]
  const cellsFrom = ([from]: NonEmpty<Group>): readonly CellId[] => rowOf(from, columnKinds, grid)
  const rows = collapsed(groupBy(sources, grid.kindOf).values(), kind => cellsFrom(kind).join())
  if (rows === undefined) return undefined
  const down = rows.map(groups => ({ groups, cells: cellsFrom(groups), place: 0 }))
  const placeOf = new Map(columnKinds.map(([{ ref }], place) => [ref.id, place]))
  const placeOfKind = ([{ ref }]: NonEmpty<Group>): number => placeOf.get(ref.id) ?? 0
  const columns = collapsed(columnKinds, kind => down.map(({ cells }) => cells[placeOfKind(kind)]).join())
  if (columns === undefined) return undefined
  const across = columns.map(groups => ({ groups, cells: [], place: placeOfKind(groups) }))
  const both = areSame(sources, destinations) ? equalAsBoth(down, across) : undefined
  const cellOf = collapsedCells(grid, table)
  return {
    rows: (both ?? down).map(idsOf),
    columns: (both ?? across).map(idsOf),
    cells: (both ?? down).map(({ cells }) =>
      (both ?? across).map(({ place }) => (cells[place] === NO_PAIR ? null : cellOf(cells[place]))),
    ),
    itself: new Map(selfCells(sources, destinations, grid).map(([id, cell]) => [id, cellOf(cell)])),
  }
}

/** Kinds of groups with equal keys together; undefined where too many differ. */
function collapsed(
  kinds: Iterable<NonEmpty<Group>>,
  keyOf: (kind: NonEmpty<Group>) => string,
): readonly NonEmpty<Group>[] | undefined {
  const equal = new Map<string, readonly [Group, ...Group[]]>()
  for (const kind of kinds) {
    const key = `${isOutside(kind[0])} ${keyOf(kind)}`
    const known = equal.get(key)
    equal.set(key, known === undefined ? kind : [...known, ...kind])
    if (equal.size > MOST) return undefined
  }
  return [...equal.values()]
}

/** Undefined where too many differ. */
function equalAsBoth(rows: readonly Equal[], columns: readonly Equal[]): readonly Equal[] | undefined {
  const columnOf = new Map(columns.flatMap(one => one.groups.map(({ ref }) => [ref.id, one] as const)))
  const all = rows.flatMap(({ cells, groups }) => {
    const byColumn = groupBy(groups, ({ ref }) => columnOf.get(ref.id)?.place ?? 0)
    return [...byColumn].map(([place, equal]) => ({ cells, place, groups: equal }))
  })
  return all.length > MOST ? undefined : all.sort((a, b) => inOrder(a.groups[0], b.groups[0]))
}

function rowOf(from: Group, columnKinds: readonly NonEmpty<Group>[], grid: Grid): readonly CellId[] {
  const row = grid.row(grid.kindOf(from))
  return columnKinds.map(([to]) =>
    isOutside(from) && isOutside(to) ? NO_PAIR : (row[grid.kindOf(to)] ?? NO_CELL),
  )
}

/** The cells of groups with themselves, by their ids. */
function selfCells(
  sources: readonly Group[],
  destinations: readonly Group[],
  grid: Grid,
): readonly (readonly [string, CellId])[] {
  const destinationOf = new Map(destinations.map(group => [group.ref.id, group]))
  return sources.flatMap(from => {
    const to = destinationOf.get(from.ref.id)
    return to === undefined || isOutside(from) ? [] : [[from.ref.id, grid.overlapping(from, to)]]
  })
}

const collapsedCells =
  ({ cellAt }: Grid, { at }: ConnectionTable) =>
  (id: CellId = NO_CELL): CollapsedCell => {
    const { open, undetermined, partial } = cellAt(id)
    return { open: openOf(at(open)), undetermined: openOf(at(undetermined)), partial }
  }

function idsOf({ groups }: Equal): EqualEndpoints {
  const [first = '', ...more] = [...groups].sort(inOrder).map(({ ref }) => ref.id)
  return [first, ...more]
}
