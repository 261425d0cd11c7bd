import { openOf } from '../../explain/phrases.ts'
import type { Folded, FoldedCell, FoldedEnds } from '../../report/overview.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { ConnectionTable } from '../../sets/identifiers.ts'
import { type Cell, type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import { inOrder, isOutside, type Layout } from './rows-and-columns.ts'

/** Between two ends outside: not the same as a cell with nothing in it, so that these fold with no others. */
const NOT_ASKED = -1

/** More rows or columns of which none is like another are not looked at one by one. */
const MOST = 40

/** Groups that are alike as sources; a cell for each kind of destination. */
interface Row {
  readonly cells: readonly CellId[]
  readonly groups: Group[]
}

/** Groups that are alike as destinations, and the place of one of their kinds. */
interface Column {
  readonly place: number
  readonly groups: Group[]
}

/**
 * The matrix with equal rows and equal columns laid together; undefined where too many of them differ. Where everyone is
 * both a row and a column, those are laid together that are alike in both, so that rows and columns are the same.
 */
export function foldedBy({ sources, destinations, grid, table }: Layout): Folded | undefined {
  const kinds = kindsOf(destinations, grid)
  const rows = differentRows(kindsOf(sources, grid), kinds, grid)
  const columns = rows && differentColumns(rows, kinds)
  if (rows === undefined || columns === undefined) return undefined
  const both = alikeInBoth(rows, columns)
  const isSame = sources.length === destinations.length && sources.every(inThem(destinations))
  const [down, across] = isSame && both.length <= MOST ? [both, both] : [rows, columns]
  const destinationOf = new Map(destinations.map(group => [group.ref.id, group]))
  const written = (cell: CellId | undefined): FoldedCell => cellOf(grid.cellAt(cell ?? NO_CELL), table)
  return {
    rows: down.map(endsOf),
    columns: across.map(endsOf),
    cells: down.map(from =>
      across.map(to => (areOutside(from) && areOutside(to) ? null : written(from.cells[to.place]))),
    ),
    itself: new Map(
      sources.flatMap(from => {
        const to = destinationOf.get(from.ref.id)
        return to === undefined || isOutside(from) ? [] : [[from.ref.id, written(grid.overlapping(from, to))]]
      }),
    ),
  }
}

const areOutside = ({ groups }: { readonly groups: readonly Group[] }): boolean => groups.every(isOutside)

function inThem(groups: readonly Group[]): (group: Group) => boolean {
  const ids = new Set(groups.map(({ ref }) => ref.id))
  return ({ ref }) => ids.has(ref.id)
}

function differentRows(
  kinds: readonly (readonly Group[])[],
  columns: readonly (readonly Group[])[],
  grid: Grid,
): readonly Row[] | undefined {
  const rows: Row[] = []
  for (const groups of kinds) {
    const cells = rowOf(groups, columns, grid)
    const same = rows.find(
      known =>
        areOutside(known) === areOutside({ groups }) &&
        known.cells.every((cell, index) => cell === cells[index]),
    )
    if (same !== undefined) same.groups.push(...groups)
    else if (rows.push({ cells, groups: [...groups] }) > MOST) return undefined
  }
  return rows
}

function differentColumns(
  rows: readonly Row[],
  kinds: readonly (readonly Group[])[],
): readonly Column[] | undefined {
  const columns = new Map<string, Column>()
  for (const [place, groups] of kinds.entries()) {
    const key = [areOutside({ groups }), ...rows.map(({ cells }) => cells[place])].join()
    const same = columns.get(key)
    if (same !== undefined) same.groups.push(...groups)
    else if (columns.set(key, { place, groups: [...groups] }).size > MOST) return undefined
  }
  return [...columns.values()]
}

function alikeInBoth(rows: readonly Row[], columns: readonly Column[]): readonly (Row & Column)[] {
  return rows
    .flatMap(({ cells, groups }) =>
      columns.map(({ place, groups: own }) => ({ cells, place, groups: groups.filter(inThem(own)) })),
    )
    .flatMap(({ groups: [first, ...more], ...alike }) =>
      first === undefined ? [] : [{ ...alike, first, groups: [first, ...more] }],
    )
    .sort((a, b) => inOrder(a.first, b.first))
}

function kindsOf(groups: readonly Group[], { kindOf }: Grid): readonly (readonly Group[])[] {
  return [...groupBy(groups, kindOf).values()]
}

function rowOf(
  [from]: readonly Group[],
  columns: readonly (readonly Group[])[],
  grid: Grid,
): readonly CellId[] {
  const row = from === undefined ? undefined : grid.row(grid.kindOf(from))
  return columns.map(([to]) =>
    from === undefined || to === undefined || (isOutside(from) && isOutside(to))
      ? NOT_ASKED
      : (row?.[grid.kindOf(to)] ?? NO_CELL),
  )
}

const cellOf = ({ open, undetermined, partial }: Cell, { at }: ConnectionTable): FoldedCell => ({
  open: openOf(at(open)),
  undetermined: openOf(at(undetermined)),
  partial,
})

function endsOf({ groups }: { readonly groups: readonly Group[] }): FoldedEnds {
  const [first = '', ...more] = [...groups].sort(inOrder).map(({ ref }) => ref.id)
  return [first, ...more]
}
