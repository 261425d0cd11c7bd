import { assumedNat64, assumptionsOfEndpoints } from '../../explain/assumptions/endpoints.ts'
import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumedController } from '../../explain/assumptions/path.ts'
import { assumptionsOfPolicies } from '../../explain/assumptions/plugin.ts'
import { asPort } from '../../naming/port.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { openOf } from '../../network/flow.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { Open } from '../../report/common.ts'
import { distinct } from '../../report/reason.ts'
import type { Connection, Matrix } from '../../report/report.ts'
import { type ConnectionsId, NONE_ID } from '../../sets/identifiers.ts'
import { memoized } from '../../sets/memoized.ts'
import { withMessage } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import { lazyList } from '../lazy-list.ts'
import { type Group, NO_CELL } from './grid.ts'
import { type RoutedSet, routedConnections, routedSets } from './routed-connections.ts'
import {
  cellsByDestination,
  inOrder,
  isOutside,
  layOut,
  type MatrixLayout,
  type RestrictedMatrix,
} from './rows-and-columns.ts'

/** What is open between all sources and all destinations. The pairs are computed while they are iterated over. */
export function matrixReport(
  world: World,
  question: RestrictedMatrix,
  layout = layOut(world, question),
): Matrix {
  const { by, asked, isSelected } = question
  const { endpoints, grid, table, isKnown } = layout
  const { sources, destinations } = isSelected === undefined ? layout : withSomething(layout)
  const groups = [...sources, ...destinations].sort(inOrder)
  const refs = new Map(groups.map(({ ref }) => [ref.id, ref]))
  /** Equal sets are the same object, so that renderers can memoize their texts. */
  const opens: Open[] = []
  const openAs = (id: ConnectionsId): Open => {
    opens[id] ??= openOf(table.at(id))
    return opens[id]
  }
  const ids = destinations.map(({ ref }) => ref.id)
  const cellsFrom = cellsByDestination(destinations, grid)
  const pairs = (what: 'open' | 'undetermined'): Iterable<Connection> =>
    lazyList(function* () {
      for (const source of sources) {
        const from = source.ref.id
        const cells = cellsFrom(source)
        for (let index = 0; index < cells.length; index++) {
          const cell = cells[index] ?? NO_CELL
          if (cell === NO_CELL) continue
          const { [what]: connections, partial } = grid.cellAt(cell)
          if (connections === NONE_ID) continue
          const connection = { from, to: ids[index] ?? '', open: openAs(connections) }
          yield what === 'open' && partial ? { ...connection, partial } : connection
        }
      }
    })
  const undetermined = pairs('undetermined')
  const routed = routedSets(world, sources, destinations, question)
  return {
    kind: 'Matrix',
    by,
    port: asPort(asked),
    endpoints: [...refs.values()],
    ...(sources.length < refs.size && { sources: idsOf(sources) }),
    ...(destinations.length < refs.size && { destinations: idsOf(destinations) }),
    ...(isSelected !== undefined && { selected: [...new Set(idsOf(groups.filter(layout.isSelected)))] }),
    connections: pairs('open'),
    ...(!isKnown && !undetermined[Symbol.iterator]().next().done && { undetermined }),
    ...(routed.length > 0 && { routed: routedConnections(routed, openIn(layout)) }),
    assumptions: [
      ...assumptionsOfMatrix(world, endpoints),
      ...assumedNat64(
        world,
        endpointsOf(sources).filter(isSelected ?? (() => true)),
        endpointsOf(destinations),
      ),
      ...controllersOf(routed),
    ].map(withMessage),
  }
}

/** The rows and columns without those that are not selected and have nothing with one that is; outside ones stay. */
function withSomething(layout: MatrixLayout): Pick<MatrixLayout, 'sources' | 'destinations'> {
  const { sources, destinations, isSelected, grid } = layout
  const kindsTo = new Set(destinations.map(grid.kindOf))
  const [reaching, reached] = [new Set<number>(), new Set<number>()]
  for (const from of new Set(sources.map(grid.kindOf))) {
    const cells = grid.row(from)
    for (const to of kindsTo) {
      if (cells[to] === NO_CELL) continue
      reaching.add(from)
      reached.add(to)
    }
  }
  const shown = (groups: readonly Group[], kinds: ReadonlySet<number>): readonly Group[] =>
    groups.filter(group => isSelected(group) || isOutside(group) || kinds.has(grid.kindOf(group)))
  return { sources: shown(sources, reaching), destinations: shown(destinations, reached) }
}

/** Whether something is open between a source and a destination, by their ids. */
function openIn({ sources, destinations, grid }: MatrixLayout): (from: string, to: string) => boolean {
  const places = new Map(destinations.map(({ ref }, place) => [ref.id, place]))
  const sourceOf = new Map(sources.map(source => [source.ref.id, source]))
  const cellsFrom = memoized(cellsByDestination(destinations, grid))
  return (from, to) => {
    const source = sourceOf.get(from)
    const cell = source && cellsFrom(source)[places.get(to) ?? -1]
    return cell !== undefined && cell !== NO_CELL && grid.cellAt(cell).open !== NONE_ID
  }
}

const endpointsOf = (groups: readonly Group[]): readonly Endpoint[] =>
  groups.flatMap(({ endpoints }) => endpoints)

const idsOf = (groups: readonly Group[]): readonly string[] => groups.map(({ ref }) => ref.id)

function assumptionsOfMatrix(world: World, endpoints: readonly Endpoint[]): readonly AssumptionReason[] {
  return [
    ...assumptionsOfInput(world),
    ...assumptionsOfEndpoints(world, endpoints),
    ...assumptionsOfPolicies(world, world.policyObjects, endpoints),
  ]
}

/** Where the Pods that serve routes are assumed to be. */
const controllersOf = (routed: readonly RoutedSet[]): readonly AssumptionReason[] =>
  distinct(
    routed.flatMap(({ paths }) =>
      paths.flatMap(({ hops }) =>
        hops.flatMap(hop => (hop.kind === 'route' ? assumedController(hop.entryPoint.controller) : [])),
      ),
    ),
  )
