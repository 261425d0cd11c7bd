import type { Overview, Shares } from '../../report/overview.ts'
import { NONE_ID } from '../../sets/identifiers.ts'
import { type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import { isOutside, type Layout } from './rows-and-columns.ts'

/** What is counted in a matrix: block by block of groups that stand alike, and not pair by pair. */
export interface Counts {
  readonly pairs: Overview['pairs']
  readonly shares: Shares
  /** By the id of a destination inside the cluster, how many other ends reach it, or could. */
  readonly reached: ReadonlyMap<string, Reach>
  /** By the id of a source inside the cluster, how many other ends it reaches, or could. */
  readonly reaching: ReadonlyMap<string, Reach>
}

export interface Reach {
  readonly inside: number
  readonly outside: number
  readonly undetermined: number
}

export function countsOf(layout: Layout): Counts {
  const { grid } = layout
  const [rows, columns] = [blocksOf(layout.sources, grid), blocksOf(layout.destinations, grid)]
  const destinationOf = new Map(layout.destinations.map(group => [group.ref.id, group]))
  const blockOf = new Map(columns.blocks.flatMap(block => block.groups.map(group => [group, block] as const)))
  const sum = sums(rows, columns, grid)
  for (const from of rows.blocks) {
    const row = grid.row(from.kind)
    for (const to of columns.blocks) {
      const cell = from.outside && to.outside ? NO_CELL : (row[to.kind] ?? NO_CELL)
      if (cell === NO_CELL) continue
      sum.add(from, to, cell, from.groups.length * to.groups.length)
      sum.reach(from.reach, to.outside, cell, to.groups.length)
      sum.reach(to.reach, from.outside, cell, from.groups.length)
    }
    // A group and itself were taken for two of their kinds.
    for (const source of from.outside ? [] : from.groups) {
      const destination = destinationOf.get(source.ref.id)
      const to = destination && blockOf.get(destination)
      if (destination === undefined || to === undefined) continue
      const cell = row[to.kind] ?? NO_CELL
      sum.add(from, to, cell, -1)
      if (isPair(source, destination)) sum.add(from, to, grid.overlapping(source, destination), 1)
      else sum.leaveOut(from, to)
      sum.reach(from.itself(source), false, cell, -1)
      sum.reach(to.itself(destination), false, cell, -1)
    }
  }
  return { ...sum.result, reaching: reachOf(rows.blocks), reached: reachOf(columns.blocks) }
}

function sums(rows: Blocks, columns: Blocks, grid: Grid) {
  const pairs = { open: 0, of: 0, partial: 0, undetermined: 0 }
  const cells = rows.spaces.map(row =>
    columns.spaces.map(column => ({
      open: 0,
      of: row.name === OUTSIDE && column.name === OUTSIDE ? 0 : row.size * column.size,
    })),
  )
  for (const { of } of cells.flat()) pairs.of += of
  const shareOf = (from: Block, to: Block) => cells[from.space]?.[to.space] ?? { open: 0, of: 0 }
  return {
    result: {
      pairs,
      shares: { rows: rows.spaces.map(nameOf), columns: columns.spaces.map(nameOf), cells },
    },
    add: (from: Block, to: Block, cell: CellId, times: number): void => {
      const { open, undetermined, partial } = grid.cellAt(cell)
      if (open === NONE_ID && undetermined !== NONE_ID) pairs.undetermined += times
      if (open === NONE_ID) return
      shareOf(from, to).open += times
      pairs.open += times
      if (partial) pairs.partial += times
    },
    leaveOut: (from: Block, to: Block): void => {
      shareOf(from, to).of--
      pairs.of--
    },
    reach: (tally: Tally, outside: boolean, cell: CellId, times: number): void => {
      const { open } = grid.cellAt(cell)
      if (cell !== NO_CELL) tally[open === NONE_ID ? 'undetermined' : outside ? 'outside' : 'inside'] += times
    },
  }
}

/** Groups of one kind that are in one namespace: they stand alike, but each to itself. */
interface Block {
  readonly kind: number
  readonly space: number
  readonly outside: boolean
  readonly groups: Group[]
  readonly reach: Tally
  /** What has to be taken off for one group. */
  readonly itself: (group: Group) => Tally
}

interface Blocks {
  readonly blocks: readonly Block[]
  readonly spaces: readonly { readonly name: string; size: number }[]
}

interface Tally {
  inside: number
  outside: number
  undetermined: number
}

/** No namespace can be called so. */
const OUTSIDE = '(outside)'

const nameOf = ({ name }: { readonly name: string }): string => name

function blocksOf(groups: readonly Group[], { kindOf }: Grid): Blocks {
  const spaces = new Map<string, { readonly name: string; readonly index: number; size: number }>()
  const blocks = new Map<string, Block>()
  for (const group of groups) {
    const outside = isOutside(group)
    const name = outside ? OUTSIDE : (group.ref.namespace ?? group.ref.id)
    const space = spaces.get(name) ?? { name, index: spaces.size, size: 0 }
    spaces.set(name, space)
    space.size++
    const key = `${kindOf(group)} ${space.index}`
    const block = blocks.get(key) ?? newBlock(kindOf(group), space.index, outside)
    blocks.set(key, block)
    block.groups.push(group)
  }
  return { blocks: [...blocks.values()], spaces: [...spaces.values()] }
}

const noReach = (): Tally => ({ inside: 0, outside: 0, undetermined: 0 })

function newBlock(kind: number, space: number, outside: boolean): Block {
  const own = new Map<Group, Tally>()
  const itself = (group: Group): Tally => {
    const tally = own.get(group) ?? noReach()
    own.set(group, tally)
    return tally
  }
  return { kind, space, outside, groups: [], reach: noReach(), itself }
}

/** Whether there are two different endpoints, one behind each. */
const isPair = (from: Group, to: Group): boolean =>
  from.endpoints.length > 1 || to.endpoints.length > 1 || from.endpoints[0] !== to.endpoints[0]

function reachOf(blocks: readonly Block[]): ReadonlyMap<string, Reach> {
  return new Map(
    blocks
      .filter(({ outside }) => !outside)
      .flatMap(({ groups, reach, itself }) =>
        groups.map(group => {
          const off = itself(group)
          return [
            group.ref.id,
            {
              inside: reach.inside + off.inside,
              outside: reach.outside + off.outside,
              undetermined: reach.undetermined + off.undetermined,
            },
          ] as const
        }),
      ),
  )
}
