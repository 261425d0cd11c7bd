import { allPairs } from '../../network/all-pairs.ts'
import type { Party } from '../../network/endpoint.ts'
import { partyEndpoint, podEndpoint, workloadEndpoint } from '../../network/endpoint-ids.ts'
import { outsideParties } from '../../network/external-blocks.ts'
import { askOf, type PortQuestion } from '../../network/port.ts'
import type { Endpoint } from '../../report/common.ts'
import type { Matrix } from '../../report/report.ts'
import type { ConnectionTable } from '../../sets/connection-table.ts'
import { type Connections, NONE } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { type Grid, type Group, gridOf } from './grid.ts'

export interface MatrixQuestion {
  readonly by: Matrix['by']
  readonly asked: PortQuestion
  /** Which Pods and which addresses are wanted as sources and as destinations. */
  readonly isSource: (party: Party) => boolean
  readonly isDestination: (party: Party) => boolean
}

/** The rows and columns of a question, and what is between them. */
export interface Layout {
  readonly parties: readonly Party[]
  readonly sources: readonly Group[]
  readonly destinations: readonly Group[]
  readonly grid: Grid
  readonly table: ConnectionTable
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
}

export function layOut(world: World, { by, asked, isSource, isDestination }: MatrixQuestion): Layout {
  const parties = everyParty(world)
  const groupsOf = groupsAmong(world, parties, by)
  const sources = groupsOf(parties.filter(isSource))
  const destinations = groupsOf(parties.filter(isDestination))
  const pairs = allPairs(world, parties, to => askOfParty(asked, to))
  const { table, isKnown } = pairs
  return {
    parties,
    sources,
    destinations,
    grid: gridOf(pairs, [...sources, ...destinations]),
    table,
    isKnown,
  }
}

export const isOutside = ({ endpoint }: Group): boolean => endpoint.kind === 'External'

/** Every Pod that has a network, and the addresses outside in the parts that the policies tell apart. */
export function everyParty(world: World): readonly Party[] {
  const pods = world.cluster.pods.filter(pod => !pod.finished).map((pod): Party => ({ kind: 'pod', pod }))
  return [...pods, ...outsideParties(world)]
}

/** How some of all parties stand together: by Pod, by workload or by namespace. */
export function groupsAmong(
  world: World,
  parties: readonly Party[],
  by: Matrix['by'],
): (some: readonly Party[]) => readonly Group[] {
  const outside = new Set(parties.flatMap(party => (party.kind === 'external' ? [party.name] : [])))
  return some => groupsOf(some, party => endpointFor(world, party, by, outside))
}

function groupsOf(parties: readonly Party[], endpointOf: (party: Party) => Endpoint): readonly Group[] {
  const groups = new Map<string, { readonly endpoint: Endpoint; readonly parties: Party[] }>()
  for (const party of parties) {
    const endpoint = endpointOf(party)
    // A namespace may be called `node`.
    const key = `${endpoint.kind} ${endpoint.id}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { endpoint, parties: [party] })
    else group.parties.push(party)
  }
  return [...groups.values()].map(withCount).sort(inOrder)
}

/** By id; the addresses outside stay last, in their own order. */
export function inOrder({ endpoint: a }: Group, { endpoint: b }: Group): number {
  const [outsideA, outsideB] = [a.kind === 'External', b.kind === 'External']
  if (outsideA || outsideB) return Number(outsideA) - Number(outsideB)
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

/** Addresses outside have their ids first: a namespace of such a name says what it is. */
function endpointFor(world: World, party: Party, by: Matrix['by'], outside: ReadonlySet<string>): Endpoint {
  if (party.kind !== 'pod') return partyEndpoint(world, party)
  const { pod } = party
  switch (by) {
    case 'pod':
      return podEndpoint(world, pod)
    case 'workload':
      return pod.workload === undefined ? podEndpoint(world, pod) : workloadEndpoint(world, pod.workload, 0)
    case 'namespace':
      return {
        id: outside.has(pod.namespace) ? `namespace/${pod.namespace}` : pod.namespace,
        kind: 'Namespace',
        name: pod.namespace,
        pods: 0,
      }
  }
}

function withCount({ endpoint, parties }: Group): Group {
  return endpoint.pods === undefined
    ? { endpoint, parties }
    : { endpoint: { ...endpoint, pods: parties.length }, parties }
}

const askOfParty = (asked: PortQuestion, party: Party): Connections =>
  askOf(asked, party.kind === 'pod' ? party.pod : undefined)?.ask ?? NONE
