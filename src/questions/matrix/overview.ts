import { asPort } from '../../naming/port.ts'
import type { Counted, Overview, Reached, Share, Shares } from '../../report/overview.ts'
import { groupBy, type NonEmpty } from '../../sets/group-by.ts'
import { NONE_ID } from '../../sets/identifiers.ts'
import type { World } from '../../world/world.ts'
import { collapsedMatrix } from './collapsed.ts'
import { type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import { areSame, isOutside, type Layout, layOut, type MatrixQuestion } from './rows-and-columns.ts'

/** The matrix in figures, and collapsed where that makes it small. */
export function overview(world: World, question: MatrixQuestion, layout = layOut(world, question)): Overview {
  const { pairs, shares, reached, reaching } = countsOf(layout)
  const isNone = ([, { inside, outside, undetermined }]: readonly [string, Reach]): boolean =>
    inside + outside + undetermined === 0
  const idsOfNone = (reach: ReadonlyMap<string, Reach>): readonly string[] =>
    [...reach].filter(isNone).map(([id]) => id)
  return {
    by: question.by,
    port: asPort(question.asked),
    sources: countedOf(layout.sources),
    destinations: countedOf(layout.destinations),
    isSame: areSame(layout.sources, layout.destinations),
    isEverybody: [layout.sources, layout.destinations].every(
      groups =>
        groups.reduce((count, { endpoints }) => count + endpoints.length, 0) === layout.endpoints.length,
    ),
    pairs,
    collapsed: collapsedMatrix(layout),
    outside: [
      ...new Map(
        [...layout.sources, ...layout.destinations].filter(isOutside).map(({ ref }) => [ref.id, ref]),
      ).values(),
    ],
    shares,
    exposed: ranked(reached),
    unreached: idsOfNone(reached),
    silent: idsOfNone(reaching),
  }
}

function countedOf(groups: readonly Group[]): Counted {
  const inside = groups.filter(group => !isOutside(group))
  return {
    inside: inside.length,
    pods: inside.reduce((count, { endpoints }) => count + endpoints.length, 0),
    outside: groups.length - inside.length,
  }
}

/** First those that are reached from outside, then those that most other endpoints reach. */
function ranked(reached: ReadonlyMap<string, Reach>): readonly Reached[] {
  const exposed = [...reached].filter(([, { inside, outside }]) => inside + outside > 0)
  const ranks = groupBy(exposed, ([, { inside, outside }]) => `${outside > 0} ${inside}`)
  return [...ranks.values()]
    .map(rank => ({
      ids: rank.map(([id]) => id),
      sources: rank[0][1].inside,
      outside: rank[0][1].outside > 0,
    }))
    .sort((a, b) => Number(b.outside) - Number(a.outside) || b.sources - a.sources)
}

/** The figures of a matrix, counted block by block of equal groups and not pair by pair. */
export interface Counts {
  readonly pairs: Overview['pairs']
  readonly shares: Shares
  /** By the id of a destination inside the cluster, how many other endpoints reach it, or could. */
  readonly reached: ReadonlyMap<string, Reach>
  /** By the id of a source inside the cluster, how many other endpoints it reaches, or could. */
  readonly reaching: ReadonlyMap<string, Reach>
}

export interface Reach {
  readonly inside: number
  readonly outside: number
  readonly undetermined: number
}

export function countsOf({ sources, destinations, grid }: Layout): Counts {
  const [rows, columns] = [blocksOf(sources, grid), blocksOf(destinations, grid)]
  const selfPairs = selfPairsOf(rows.blocks, columns.blocks)
  const pairs = { open: 0, of: 0, partial: 0, undetermined: 0 }
  const cells = rows.spaces.map(() => columns.spaces.map(() => ({ open: 0, of: 0 })))
  const count = (share: Mutable<Share>, cell: CellId, times: number): void => {
    const { open, undetermined, partial } = grid.cellAt(cell)
    pairs.of += times
    share.of += times
    if (open === NONE_ID && undetermined !== NONE_ID) pairs.undetermined += times
    if (open === NONE_ID) return
    pairs.open += times
    share.open += times
    if (partial) pairs.partial += times
  }
  for (const from of rows.blocks) {
    const row = grid.row(from.kind)
    const selfPairsFrom = selfPairs.get(from)
    for (const to of columns.blocks) {
      // Two endpoints outside are no pair.
      if (from.isOutside && to.isOutside) continue
      const cell = row[to.kind] ?? NO_CELL
      const share = cells[from.space]?.[to.space] ?? { open: 0, of: 0 }
      const itself = selfPairsFrom?.get(to) ?? []
      count(share, cell, from.groups.length * to.groups.length - itself.length)
      for (const { source, destination } of itself)
        if (isPair(source, destination)) count(share, grid.overlapping(source, destination), 1)
      if (cell === NO_CELL) continue
      const isOpen = grid.cellAt(cell).open !== NONE_ID
      reach(from, isOpen ? (to.isOutside ? 'outside' : 'inside') : 'undetermined', to, itself)
      reach(to, isOpen ? (from.isOutside ? 'outside' : 'inside') : 'undetermined', from, itself)
    }
  }
  return {
    pairs,
    shares: { rows: rows.spaces, columns: columns.spaces, cells },
    reaching: reachOf(rows.blocks),
    reached: reachOf(columns.blocks),
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Groups of one kind in one namespace: they differ only in what each is to itself. */
interface Block {
  readonly kind: number
  /** The place of its namespace among the spaces. */
  readonly space: number
  readonly isOutside: boolean
  readonly groups: NonEmpty<Group>
  /** What each of them reaches, if it were not one of those that are counted. */
  readonly reach: Mutable<Reach>
  /** By the id of a group that is both a source and a destination, where it counts itself. */
  readonly countsItself: Map<string, keyof Reach>
}

interface Blocks {
  readonly blocks: readonly Block[]
  readonly spaces: Shares['rows']
}

function blocksOf(groups: readonly Group[], { kindOf }: Grid): Blocks {
  const spaces = [...new Set(groups.map(spaceOf))]
  const placeOf = new Map(spaces.map((space, place) => [space, place]))
  const byKindAndSpace = groupBy(groups, group => `${kindOf(group)} ${placeOf.get(spaceOf(group))}`)
  const blocks = [...byKindAndSpace.values()].map(
    (own): Block => ({
      kind: kindOf(own[0]),
      space: placeOf.get(spaceOf(own[0])) ?? 0,
      isOutside: isOutside(own[0]),
      groups: own,
      reach: { inside: 0, outside: 0, undetermined: 0 },
      countsItself: new Map(),
    }),
  )
  return { blocks, spaces }
}

/** Its namespace; null for addresses outside the cluster. */
const spaceOf = (group: Group): string | null =>
  isOutside(group) ? null : (group.ref.namespace ?? group.ref.id)

/** A source and a destination that are the same group. */
interface SelfPair {
  readonly source: Group
  readonly destination: Group
  readonly to: Block
}

function selfPairsOf(
  rows: readonly Block[],
  columns: readonly Block[],
): ReadonlyMap<Block, ReadonlyMap<Block, readonly SelfPair[]>> {
  const destinations = new Map(
    columns.flatMap(to => to.groups.map(destination => [destination.ref.id, { destination, to }] as const)),
  )
  const pairsFrom = ({ groups }: Block): readonly SelfPair[] =>
    groups.flatMap(source => {
      const own = destinations.get(source.ref.id)
      return own === undefined ? [] : [{ source, ...own }]
    })
  const inside = rows.filter(block => !block.isOutside)
  return new Map(inside.map(from => [from, groupBy(pairsFrom(from), ({ to }) => to)]))
}

/** Whether there are two different endpoints, one in each. */
const isPair = (from: Group, to: Group): boolean =>
  from.endpoints.length > 1 || to.endpoints.length > 1 || from.endpoints[0] !== to.endpoints[0]

/** The groups of `block` have something open, or undetermined, with all of `others`. */
function reach(
  { reach: tally, countsItself }: Block,
  how: keyof Reach,
  others: Block,
  itself: readonly SelfPair[],
): void {
  tally[how] += others.groups.length
  for (const { source } of itself) countsItself.set(source.ref.id, how)
}

function reachOf(blocks: readonly Block[]): ReadonlyMap<string, Reach> {
  return new Map(
    blocks
      .filter(block => !block.isOutside)
      .flatMap(({ groups, reach: tally, countsItself }) =>
        groups.map(({ ref: { id } }) => {
          const how = countsItself.get(id)
          return [id, how === undefined ? tally : { ...tally, [how]: tally[how] - 1 }] as const
        }),
      ),
  )
}
