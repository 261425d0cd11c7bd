import type { Pod, Service, Workload } from '../model/objects.ts'
import type { Ingress } from '../model/routes.ts'
import type { Endpoint } from '../report/common.ts'
import { toCidrs } from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import type { Party } from './endpoint.ts'

/*
 * The ends of a question as a report shows them. The id of a Pod or a workload is NAMESPACE/NAME, and
 * NAMESPACE/KIND/NAME where two of them would have the same.
 */

export function partyEndpoint(world: World, party: Party): Endpoint {
  switch (party.kind) {
    case 'pod':
      return podEndpoint(world, party.pod)
    case 'node':
      return { id: `node/${party.node.name}`, kind: 'Node', name: party.node.name }
    case 'external':
      return {
        id: party.name,
        kind: 'External',
        cidrs: party.addresses === undefined || party.isOneOf ? [] : toCidrs(party.addresses),
      }
  }
}

export function podEndpoint(world: World, pod: Pod): Endpoint {
  const { namespace, name, workload } = pod
  return {
    id: isShared(world, namespace, name) ? `${namespace}/pod/${name}` : `${namespace}/${name}`,
    kind: 'Pod',
    namespace,
    name,
    workload: workload === undefined ? null : { kind: workload.kind, name: workload.name },
  }
}

export function workloadEndpoint(world: World, { kind, namespace, name }: Workload, pods: number): Endpoint {
  const id = isShared(world, namespace, name)
    ? `${namespace}/${kind.toLowerCase()}/${name}`
    : `${namespace}/${name}`
  return { id, kind, namespace, name, pods }
}

export function serviceEndpoint({ namespace, name }: Service): Endpoint {
  return { id: `${namespace}/${name}`, kind: 'Service', namespace, name }
}

/** Never that of a Service, which often has the same name. */
export function ingressEndpoint({ namespace, name }: Ingress): Endpoint {
  return { id: `${namespace}/ingress/${name}`, kind: 'Ingress', namespace, name }
}

/** Whether more than one Pod or workload has this name. */
function isShared(world: World, namespace: string, name: string): boolean {
  return world.timesUsed(namespace, name) > 1
}
