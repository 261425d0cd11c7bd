import type { Endpoint } from '../network/endpoint.ts'
import { endpointRef, workloadRef } from '../network/endpoint-ids.ts'
import type { EndpointRef } from '../report/common.ts'
import { type Addresses, EVERY_ADDRESS, equal, toCidrs, union as withAddresses } from '../sets/addresses.ts'
import { type Connections, isEmpty, union } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import type { Change, EndpointGroup } from './change.ts'
import type { EndpointSides } from './endpoint-sides.ts'

/** Connections between two workloads, Pods without a workload, or addresses outside. */
export interface WorkloadConnections {
  readonly from: WorkloadEnd
  readonly to: WorkloadEnd
  readonly connections: Connections
}

export type WorkloadEnd =
  | { readonly kind: 'object'; readonly ref: EndpointRef }
  | { readonly kind: 'outside'; readonly addresses: Addresses }

/**
 * Some of the connections of each change, by workload; addresses outside with the same connections are joined. Names are
 * those of the earlier world if it has the endpoint.
 */
export function byWorkload(
  before: World,
  after: World,
  changes: Iterable<Change>,
  connectionsOf: (change: Change) => Connections,
): readonly WorkloadConnections[] {
  const workloadsIn = memoized((group: EndpointGroup) => workloadsOf(group, before, after))
  const pairs = new Map<string, WorkloadConnections>()
  for (const change of changes) {
    const connections = connectionsOf(change)
    if (isEmpty(connections)) continue
    const destinations = workloadsIn(change.to)
    for (const [from, source] of workloadsIn(change.from))
      for (const [to, destination] of destinations) {
        // A single endpoint of the group is no pair with itself.
        if (change.from === change.to && from === to && source.count === 1) continue
        const key = `${from} ${to}`
        const known = pairs.get(key)?.connections
        pairs.set(key, {
          from: source.end,
          to: destination.end,
          connections: known === undefined ? connections : union(known, connections),
        })
      }
  }
  return withJoinedAddresses([...pairs.values()])
}

/** The workloads of a group under keys of their own, and how many of its endpoints each has. */
function workloadsOf(group: EndpointGroup, before: World, after: World) {
  const out = new Map<string, { readonly end: WorkloadEnd; readonly count: number }>()
  for (const sides of group) {
    const end = workloadEndOf(sides, before, after)
    if (end === undefined) continue
    const key = JSON.stringify(end.kind === 'object' ? [end.ref.kind, end.ref.id] : end.addresses.map(String))
    out.set(key, { end, count: (out.get(key)?.count ?? 0) + 1 })
  }
  return out
}

/** An endpoint of two worlds as its workload, if it has one. */
export function workloadEndOf(
  { before: was, after: is }: EndpointSides,
  before: World,
  after: World,
): WorkloadEnd | undefined {
  return was === undefined ? is && workloadEnd(after, is) : workloadEnd(before, was)
}

export function workloadEnd(world: World, endpoint: Endpoint): WorkloadEnd {
  if (endpoint.kind === 'external' && endpoint.addresses !== undefined)
    return { kind: 'outside', addresses: endpoint.addresses }
  const workload = endpoint.kind === 'pod' ? endpoint.pod.workload : undefined
  const ref = workload === undefined ? endpointRef(world, endpoint) : workloadRef(world, workload, 1)
  return { kind: 'object', ref }
}

/** As a report has it; addresses are named by all their blocks. */
export function workloadEndRef(end: WorkloadEnd): EndpointRef {
  if (end.kind === 'object') return end.ref
  const cidrs = toCidrs(end.addresses)
  return { id: equal(end.addresses, EVERY_ADDRESS) ? 'internet' : cidrs.join(', '), kind: 'External', cidrs }
}

function withJoinedAddresses(all: readonly WorkloadConnections[]): readonly WorkloadConnections[] {
  const keyOfAll = ({ from, to, connections }: WorkloadConnections): string =>
    JSON.stringify([workloadEndKey(from), workloadEndKey(to), connections])
  return [...groupBy(all, keyOfAll).values()].map(group =>
    group.reduce((joined, one) => ({
      ...one,
      from: join(joined.from, one.from),
      to: join(joined.to, one.to),
    })),
  )
}

const workloadEndKey = (end: WorkloadEnd): readonly string[] =>
  end.kind === 'outside' ? [] : [end.ref.kind, end.ref.id]

const join = (one: WorkloadEnd, other: WorkloadEnd): WorkloadEnd =>
  one.kind === 'outside' && other.kind === 'outside'
    ? { kind: 'outside', addresses: withAddresses(one.addresses, other.addresses) }
    : other
