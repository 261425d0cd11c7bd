import {
  byWorkload,
  type WorkloadConnections,
  workloadEndOf,
  workloadEndRef,
} from '../compare/by-workload.ts'
import { serviceChanges } from '../compare/service-changes.ts'
import type { Comparison } from '../compare/worlds.ts'
import { serviceRef } from '../network/endpoint-ids.ts'
import type { ServiceEffect } from '../report/suggestion.ts'
import type { Addresses } from '../sets/addresses.ts'
import { type Connections, subtract } from '../sets/connections.ts'
import { distinctBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'

/** What a suggestion changes, beside the answer. */
export interface Effect {
  /** What is surely open after it, and was not surely open before. */
  readonly opened: readonly WorkloadConnections[]
  readonly closed: readonly WorkloadConnections[]
  readonly services: readonly ServiceEffect[]
}

export const NO_EFFECT: Effect = { opened: [], closed: [], services: [] }

export function effectOf(before: World, after: World, { changes, altered }: Comparison): Effect {
  const services = serviceChanges(before, after, altered).flatMap(({ service, change, endpoint }) => {
    const end = workloadEndOf(endpoint, before, after)
    return end === undefined
      ? []
      : [{ service: serviceRef(service).id, change, endpoint: workloadEndRef(end).id }]
  })
  return {
    opened: byWorkload(before, after, changes, change => subtract(change.after.open, change.before.open)),
    closed: byWorkload(before, after, changes, ({ closed }) => closed),
    services: distinctBy(services, serviceKey).toSorted(inOrderOf(serviceKey)),
  }
}

const serviceKey = ({ service, change, endpoint }: ServiceEffect): string =>
  `${service} ${change} ${endpoint}`

/** Sorts by a text of each item. */
export const inOrderOf =
  <T>(textOf: (item: T) => string) =>
  (a: T, b: T): number =>
    textOf(a) < textOf(b) ? -1 : Number(textOf(a) > textOf(b))

/** How much is opened: pairs of endpoints, with more weight for more addresses, and ports. */
export function breadthOf({ opened }: Effect): readonly [pairs: number, ports: number] {
  return [
    opened.reduce((sum, { from, to }) => sum + 1 + addressBits(from) + addressBits(to), 0),
    opened.reduce((sum, { connections }) => sum + Number(sizeOf(connections)), 0),
  ]
}

const addressBits = (end: WorkloadConnections['from']): number =>
  end.kind === 'object' ? 0 : sizeOf(end.addresses).toString(2).length - 1

/** How many points a set has. */
const sizeOf = (set: Addresses | Connections): bigint =>
  set.reduce<bigint>((sum, point, index) => sum + (index % 2 === 0 ? -BigInt(point) : BigInt(point)), 0n)
