import { concludeAll, explainPaths } from '../explain/explain-path.ts'
import { asPort } from '../naming/port.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import { openOf } from '../network/flow.ts'
import { pathsToTarget } from '../path/to-target.ts'
import type { Conclusion } from '../report/facts/paths.ts'
import { keyWithout } from '../report/reason.ts'
import type { Tree, TreeItem, TreeReach, TreeReason } from '../report/views.ts'
import { type Connections, isAll, isEmpty, NONE, subtract, union, unionOf } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { type Group, NO_CELL } from './matrix/grid.ts'
import { type RoutedSet, routedSets } from './matrix/routed-connections.ts'
import {
  cellsByDestination,
  isOutside,
  type MatrixLayout,
  type RestrictedMatrix,
} from './matrix/rows-and-columns.ts'

/** A reason that is about one group of endpoints. */
export const treeReason = (world: World, { endpoints }: Group, why: Conclusion): TreeReason => ({
  why,
  key: keyWithout(
    endpoints.map(endpoint => endpointRef(world, endpoint).id),
    why,
  ),
})

type Shares = Readonly<Record<'open' | 'inPart' | 'undetermined', Connections>>

export function treeReach(
  { open, inPart, undetermined }: Shares,
  why: TreeReach['why'],
  { via, isOnlyVia }: Pick<TreeReach, 'via' | 'isOnlyVia'> = { via: [], isOnlyVia: false },
): TreeReach {
  const unsure = subtract(undetermined, open)
  const isRest = !isEmpty(open) && !isEmpty(unsure) && isAll(union(open, unsure))
  return {
    key: [open, inPart, unsure, JSON.stringify(via.map(({ id, sends }) => [id, sends]))].join('|'),
    open: openOf(subtract(open, inPart)),
    inPart: openOf(inPart),
    undetermined: isRest ? 'rest' : openOf(unsure),
    via,
    isOnlyVia,
    why,
  }
}

/** The row of one source in the matrix, as a tree: which destinations it reaches. */
export function reachTree(
  world: World,
  question: RestrictedMatrix,
  { destinations, grid, table }: MatrixLayout,
  source: Group,
): Tree {
  const { by, asked } = question
  const routed = groupBy(routedSets(world, [source], destinations, question), ({ to }) => to)
  const reasonOf = (destination: Group): TreeReason => {
    const [from, to] = [targetOf(source), targetOf(destination)]
    const explained = explainPaths(world, pathsToTarget(world, from, to, asked))
    return treeReason(world, destination, concludeAll(explained).why)
  }
  const reasonOfKind = memoizedBy(grid.kindOf, reasonOf)
  const cells = cellsByDestination(destinations, grid)(source)
  const itemOf = (destination: Group, place: number): readonly TreeItem[] => {
    const isItself = destination.ref.id === source.ref.id
    const pods = destination.endpoints.length
    if (isItself ? pods === 1 : isOutside(source) && isOutside(destination)) return []
    const cell = cells[place] ?? NO_CELL
    const { open, undetermined, partial } = grid.cellAt(cell)
    const shares = {
      open: table.at(open),
      inPart: partial ? table.at(open) : NONE,
      undetermined: table.at(undetermined),
    }
    const why = () => [isItself ? reasonOf(destination) : reasonOfKind(destination)]
    const own = routed.get(destination.ref.id) ?? []
    const reach =
      cell === NO_CELL && own.length === 0
        ? undefined
        : treeReach(withRouted(shares, own), why, {
            via: own.map(({ via }) => via),
            isOnlyVia: cell === NO_CELL,
          })
    return [{ ref: destination.ref, pods, of: pods, reach }]
  }
  return {
    direction: 'from',
    endpoint: source.ref,
    port: asPort(asked),
    by,
    forwards: undefined,
    items: destinations.flatMap(itemOf),
    denied: [],
  }
}

/** With what is reached through routes. */
function withRouted(shares: Shares, routed: readonly RoutedSet[]): Shares {
  const of = (isSure: boolean) =>
    unionOf(
      routed
        .filter(({ via }) => (via.verdict === 'undetermined') !== isSure)
        .map(({ connections }) => connections),
    )
  return {
    open: union(shares.open, of(true)),
    inPart: shares.inPart,
    undetermined: union(shares.undetermined, of(false)),
  }
}

const targetOf = (group: Group): EndpointsTarget => ({ kind: 'endpoints', ...group })
