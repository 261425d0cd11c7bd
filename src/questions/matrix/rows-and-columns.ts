import { podsWithNetwork } from '../../model/cluster.ts'
import { askOf } from '../../naming/port.ts'
import { allPairs } from '../../network/all-pairs.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { endpointRef, externalId, podRef, workloadRef } from '../../network/endpoint-ids.ts'
import { outsideEndpoints } from '../../network/external-blocks.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { outsideOfPods } from '../../network/ip-families.ts'
import type { EndpointRef } from '../../report/common.ts'
import type { Matrix } from '../../report/report.ts'
import { type Connections, NONE } from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { ConnectionTable } from '../../sets/identifiers.ts'
import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import { type Grid, type Group, gridOf, NO_CELL } from './grid.ts'

export interface RestrictedMatrix {
  readonly by: Matrix['by']
  readonly asked: PortQuestion
  /** Which Pods and addresses are sources, and which are destinations. */
  readonly isSource: (endpoint: Endpoint) => boolean
  readonly isDestination: (endpoint: Endpoint) => boolean
  /** A pair counts if the one or the other is selected; without this, all are. */
  readonly isSelected?: ((endpoint: Endpoint) => boolean) | undefined
}

/** The rows and columns of a question, and the cells between them. */
export interface MatrixLayout {
  readonly endpoints: readonly Endpoint[]
  readonly sources: readonly Group[]
  readonly destinations: readonly Group[]
  /** Whether an endpoint of the group is selected. */
  readonly isSelected: (group: Group) => boolean
  readonly grid: Grid
  readonly table: ConnectionTable
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
}

export function layOut(
  world: World,
  { by, asked, isSource, isDestination, isSelected = () => true }: RestrictedMatrix,
): MatrixLayout {
  const endpoints = everyEndpoint(world)
  const groupsOf = groupsAmong(world, endpoints, by)
  const [from, to] = [endpoints.filter(isSource), endpoints.filter(isDestination)]
  const sources = groupsOf(to.some(isSelected) ? from : from.filter(isSelected))
  const destinations = groupsOf(from.some(isSelected) ? to : to.filter(isSelected))
  const pairs = allPairs(world, endpoints, to => askOfEndpoint(asked, to))
  const { table, isKnown } = pairs
  return {
    endpoints,
    sources,
    destinations,
    isSelected: memoized(group => group.endpoints.some(isSelected)),
    grid: gridOf(pairs, [...sources, ...destinations], isSelected),
    table,
    isKnown,
  }
}

/** Whether the destinations are the sources, by their ids. */
export function areSame(sources: readonly Group[], destinations: readonly Group[]): boolean {
  const ids = new Set(destinations.map(({ ref }) => ref.id))
  return sources.length === destinations.length && sources.every(({ ref }) => ids.has(ref.id))
}

export const isOutside = ({ ref }: Group): boolean => ref.kind === 'External'

/** Whether two groups can have a cell: at least one is selected, and at least one is inside the cluster. */
export const isAsked = ({ isSelected }: Pick<MatrixLayout, 'isSelected'>, from: Group, to: Group): boolean =>
  !(isOutside(from) && isOutside(to)) && (isSelected(from) || isSelected(to))

/** The cells from a source to each destination, in their order. Two endpoints outside have none. */
export function cellsByDestination(
  destinations: readonly Group[],
  grid: Grid,
): (source: Group) => Int32Array {
  const kinds = Int32Array.from(destinations, grid.kindOf)
  const places = new Map(destinations.map(({ ref }, place) => [ref.id, place]))
  const outside = destinations.flatMap((group, place) => (isOutside(group) ? [place] : []))
  return source => {
    const row = grid.row(grid.kindOf(source))
    const cells = kinds.map(kind => row[kind] ?? NO_CELL)
    const own = places.get(source.ref.id)
    const itself = own === undefined ? undefined : destinations[own]
    if (own !== undefined && itself !== undefined) cells[own] = grid.overlapping(source, itself)
    if (isOutside(source)) for (const place of outside) cells[place] = NO_CELL
    return cells
  }
}

/** Every Pod that has a network, and the addresses outside, divided into the parts that policies distinguish. */
export function everyEndpoint(world: World): readonly Endpoint[] {
  const pods = podsWithNetwork(world.cluster).map((pod): Endpoint => ({ kind: 'pod', pod }))
  return [...pods, ...outsideEndpoints(world.policies.all, outsideOfPods(world.cluster))]
}

/** Groups some of all endpoints: by Pod, by workload or by namespace. */
export function groupsAmong(
  world: World,
  endpoints: readonly Endpoint[],
  by: Matrix['by'],
): (some: readonly Endpoint[]) => readonly Group[] {
  const outside = new Set(
    endpoints.flatMap(endpoint => (endpoint.kind === 'external' ? [externalId(endpoint.name)] : [])),
  )
  return some => groupsOf(some, endpoint => refFor(world, endpoint, by, outside))
}

function groupsOf(
  endpoints: readonly Endpoint[],
  refOf: (endpoint: Endpoint) => EndpointRef,
): readonly Group[] {
  const withRefs = endpoints.map(endpoint => ({ endpoint, ref: refOf(endpoint) }))
  // A namespace may be called `node`.
  const groups = groupBy(withRefs, ({ ref }) => `${ref.kind} ${ref.id}`)
  return [...groups.values()]
    .map(group => withCount({ ref: group[0].ref, endpoints: group.map(({ endpoint }) => endpoint) }))
    .sort(inOrder)
}

/** By id; addresses outside come last, in their own order. */
export function inOrder({ ref: a }: Group, { ref: b }: Group): number {
  const [outsideA, outsideB] = [a.kind === 'External', b.kind === 'External']
  if (outsideA || outsideB) return Number(outsideA) - Number(outsideB)
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

/** The ids of addresses outside take precedence: a namespace with such a name gets a longer id. */
function refFor(
  world: World,
  endpoint: Endpoint,
  by: Matrix['by'],
  outside: ReadonlySet<string>,
): EndpointRef {
  if (endpoint.kind !== 'pod') return endpointRef(world, endpoint)
  const { pod } = endpoint
  switch (by) {
    case 'pod':
      return podRef(world, pod)
    case 'workload':
      return pod.workload === undefined ? podRef(world, pod) : workloadRef(world, pod.workload, 0)
    case 'namespace':
      return {
        id: outside.has(pod.namespace) ? `namespace/${pod.namespace}` : pod.namespace,
        kind: 'Namespace',
        name: pod.namespace,
        pods: 0,
      }
  }
}

function withCount({ ref, endpoints }: Group): Group {
  return ref.pods === undefined ? { ref, endpoints } : { ref: { ...ref, pods: endpoints.length }, endpoints }
}

const askOfEndpoint = (asked: PortQuestion, endpoint: Endpoint): Connections =>
  askOf(asked, endpoint.kind === 'pod' ? endpoint.pod : undefined)?.ask ?? NONE
