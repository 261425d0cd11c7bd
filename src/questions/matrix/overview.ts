import { asPort } from '../../naming/port.ts'
import type { RoutedConnection } from '../../report/report.ts'
import type { Counted, Overview, Reached, Share } from '../../report/views.ts'
import { distinctBy, groupBy, type NonEmpty } from '../../sets/group-by.ts'
import { NONE_ID } from '../../sets/identifiers.ts'
import type { World } from '../../world/world.ts'
import { collapsedMatrix } from './collapsed.ts'
import { type CellId, type Grid, type Group, NO_CELL } from './grid.ts'
import {
  areSame,
  isAsked,
  isOutside,
  layOut,
  type MatrixLayout,
  type RestrictedMatrix,
} from './rows-and-columns.ts'

/** The matrix in figures, and collapsed where that makes it small. */
export function overview(
  world: World,
  question: RestrictedMatrix,
  layout = layOut(world, question),
  routed: readonly RoutedConnection[] = [],
): Overview {
  const { endpoints, sources, destinations } = layout
  const ofSelected = [...sources, ...destinations].filter(layout.isSelected)
  const { pairs, shares, reached, reaching } = countsOf(layout)
  const isNone = ([, { inside, outside, undetermined }]: readonly [string, ReachCounts]): boolean =>
    inside + outside + undetermined === 0
  const idsOfNone = (reach: ReadonlyMap<string, ReachCounts>): readonly string[] =>
    [...reach].filter(isNone).map(([id]) => id)
  return {
    by: question.by,
    port: asPort(question.asked),
    sources: countedOf(sources),
    destinations: countedOf(destinations),
    isSame: areSame(sources, destinations),
    isEverybody: [sources, destinations].every(groups => endpointsIn(groups) === endpoints.length),
    selected: question.isSelected && new Set(ofSelected.map(({ ref }) => ref.id)).size,
    pairs,
    collapsed: collapsedMatrix(layout),
    outside: distinctBy([...sources, ...destinations].filter(isOutside), ({ ref }) => ref.id).map(
      ({ ref }) => ref,
    ),
    shares,
    exposed: ranked(reached),
    unreached: idsOfNone(reached),
    silent: idsOfNone(reaching),
    routed,
  }
}

function countedOf(groups: readonly Group[]): Counted {
  const inside = groups.filter(group => !isOutside(group))
  return {
    inside: inside.length,
    pods: endpointsIn(inside),
    outside: groups.length - inside.length,
  }
}

const endpointsIn = (groups: readonly Group[]): number =>
  groups.reduce((count, { endpoints }) => count + endpoints.length, 0)

/** First the destinations that are reached from outside, then those that most other endpoints reach. */
function ranked(reached: ReadonlyMap<string, ReachCounts>): readonly Reached[] {
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

/** How many other endpoints reach one, or it reaches; `undetermined` are those of which nothing is known to be open. */
type ReachCounts = Readonly<Record<'inside' | 'outside' | 'undetermined', number>>

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Counts block by block, because there may be very many pairs. */
function countsOf(layout: MatrixLayout) {
  const { sources, destinations, isSelected, grid } = layout
  const [rows, columns] = [spacesOf(sources), spacesOf(destinations)]
  const columnOf = new Map(columns.map((space, column) => [space, column]))
  const cells = rows.map(() => columns.map(() => ({ open: 0, of: 0 })))
  const pairs = { open: 0, of: 0, partial: 0, undetermined: 0 }
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
  const blocks = overviewBlocks(sources, destinations, grid)
  const inside = blocks.filter(block => !block.isOutside)
  for (const from of blocks) {
    const [{ source }] = from.members
    if (source === undefined) continue
    const row = grid.row(grid.kindOf(source))
    const shares = cells[rows.indexOf(from.space)]
    // Two endpoints outside are no pair, and there may be very many.
    for (const to of from.isOutside ? inside : blocks) {
      const [{ destination }] = to.members
      if (destination === undefined || !isAsked(layout, source, destination)) continue
      const cell = row[grid.kindOf(destination)] ?? NO_CELL
      const share = shares?.[columnOf.get(to.space) ?? 0] ?? { open: 0, of: 0 }
      const itself = from === to ? 1 : 0
      count(share, cell, from.members.length * (to.members.length - itself))
      if (from === to)
        for (const { source, destination } of from.members)
          if (source !== undefined && destination !== undefined && isPair(source, destination))
            count(share, grid.overlapping(source, destination), 1)
      if (cell === NO_CELL) continue
      const isOpen = grid.cellAt(cell).open !== NONE_ID
      from.reaching[isOpen ? placeInOverview(to) : 'undetermined'] += to.members.length - itself
      to.reached[isOpen ? placeInOverview(from) : 'undetermined'] += from.members.length - itself
    }
  }
  const blockOf = new Map(blocks.flatMap(block => block.members.map(({ id }) => [id, block] as const)))
  /** By the id of a group inside the cluster; of others than the selected ones not every pair is counted. */
  const reachOf = (
    groups: readonly Group[],
    how: 'reached' | 'reaching',
  ): ReadonlyMap<string, ReachCounts> => {
    const inside = groups.filter(group => !isOutside(group) && isSelected(group))
    const byKind = groupBy(inside, group => `${grid.kindOf(group)} ${spaceOf(group)}`)
    const ids = [...byKind.values()].flat().map(({ ref }) => ref.id)
    return new Map(ids.map(id => [id, blockOf.get(id)?.[how] ?? nobody()]))
  }
  return {
    pairs,
    shares: { rows, columns, cells },
    reached: reachOf(destinations, 'reached'),
    reaching: reachOf(sources, 'reaching'),
  }
}

const nobody = (): Mutable<ReachCounts> => ({ inside: 0, outside: 0, undetermined: 0 })

const placeInOverview = (block: OverviewBlock): 'inside' | 'outside' =>
  block.isOutside ? 'outside' : 'inside'

/**
 * Groups of one namespace that are of the same kind as sources, and of the same kind as destinations: what holds for one of
 * them holds for each.
 */
interface OverviewBlock {
  readonly space: string | null
  readonly isOutside: boolean
  readonly members: NonEmpty<Member>
  readonly reaching: Mutable<ReachCounts>
  readonly reached: Mutable<ReachCounts>
}

/** A group that is a source, a destination, or both. */
interface Member {
  readonly id: string
  readonly source: Group | undefined
  readonly destination: Group | undefined
}

function overviewBlocks(
  sources: readonly Group[],
  destinations: readonly Group[],
  { kindOf }: Grid,
): readonly OverviewBlock[] {
  const sourceOf = new Map(sources.map(group => [group.ref.id, group]))
  const destinationOf = new Map(destinations.map(group => [group.ref.id, group]))
  const members = Array.from(new Map([...sourceOf, ...destinationOf]), ([id, group]) => {
    const [source, destination] = [sourceOf.get(id), destinationOf.get(id)]
    const where = { space: spaceOf(group), isOutside: isOutside(group) }
    const kinds = [source && kindOf(source), destination && kindOf(destination)]
    return { where, kinds, member: { id, source, destination } }
  })
  return Array.from(
    groupBy(members, ({ where, kinds }) => JSON.stringify([where, kinds])).values(),
    ([first, ...others]) => ({
      ...first.where,
      members: [first.member, ...others.map(({ member }) => member)] as const,
      reaching: nobody(),
      reached: nobody(),
    }),
  )
}

/** The namespace of a group; null outside the cluster. */
const spaceOf = (group: Group): string | null =>
  isOutside(group) ? null : (group.ref.namespace ?? group.ref.id)

const spacesOf = (groups: readonly Group[]): readonly (string | null)[] => [...new Set(groups.map(spaceOf))]

/** Whether there are two different endpoints, one in each. */
const isPair = (from: Group, to: Group): boolean =>
  from.endpoints.length > 1 || to.endpoints.length > 1 || from.endpoints[0] !== to.endpoints[0]
