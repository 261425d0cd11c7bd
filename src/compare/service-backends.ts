import type { Service } from '../model/objects.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { serviceRef } from '../network/endpoint-ids.ts'
import { chooses } from '../network/service-backends.ts'
import type { World } from '../world/world.ts'
import type { ChangedEnd } from './words.ts'

/** The Services that choose some Pods in one world and not in the other (S-200): `Service shop/web gets shop/batch as an endpoint`. */
export function changedEndpoints(
  before: World,
  after: World,
  changed: readonly ChangedEnd[],
): readonly string[] {
  const said = new Set<string>()
  for (const end of changed) {
    const [was, is] = [servicesOf(before, end.before), servicesOf(after, end.after)]
    for (const id of is) if (!was.has(id)) said.add(`Service ${id} gets ${end.id} as an endpoint`)
    for (const id of was) if (!is.has(id)) said.add(`Service ${id} loses ${end.id} as an endpoint`)
  }
  return [...said].sort()
}

function servicesOf({ cluster }: World, endpoint: Endpoint | undefined): ReadonlySet<string> {
  if (endpoint?.kind !== 'pod') return new Set()
  const { pod } = endpoint
  const choosing = cluster.services.filter((service: Service) => chooses(service, pod))
  return new Set(choosing.map(service => serviceRef(service).id))
}
