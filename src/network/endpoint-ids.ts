import type { Pod, Service, Workload } from '../model/objects.ts'
import type { Ingress } from '../model/routes.ts'
import type { EndpointRef } from '../report/common.ts'
import { toCidrs } from '../sets/addresses.ts'
import { firstFew } from '../words/lists.ts'
import type { World } from '../world/world.ts'
import type { Endpoint, ExternalName } from './endpoint.ts'

/*
 * Endpoints as a report shows them. The id of a Pod or a workload is NAMESPACE/NAME, and NAMESPACE/KIND/NAME where several
 * have this name.
 */

export function endpointRef(world: World, endpoint: Endpoint): EndpointRef {
  switch (endpoint.kind) {
    case 'pod':
      return podRef(world, endpoint.pod)
    case 'node':
      return { id: `node/${endpoint.node.name}`, kind: 'Node', name: endpoint.node.name }
    case 'external':
      return {
        id: externalId(endpoint.name),
        kind: 'External',
        cidrs: endpoint.addresses === undefined || endpoint.isOneOf ? [] : toCidrs(endpoint.addresses),
      }
  }
}

/** The id alone, which needs no CIDRs. */
export const endpointId = (world: World, endpoint: Endpoint): string =>
  endpoint.kind === 'external' ? externalId(endpoint.name) : endpointRef(world, endpoint).id

export function externalId(name: ExternalName): string {
  if (typeof name === 'string') return name
  switch (name.kind) {
    case 'part':
      return firstFew(toCidrs(name.addresses), 1)
    case 'rest':
      return `the rest of ${name.of}`
    case 'api-server':
      return 'API server'
    case 'node-dns':
      return "the node's DNS servers"
    case 'unknown-controller':
      return '(unknown Pods)'
  }
}

export function podRef(world: World, pod: Pod): EndpointRef {
  const { namespace, name, workload } = pod
  return {
    id: isShared(world, namespace, name) ? `${namespace}/pod/${name}` : `${namespace}/${name}`,
    kind: 'Pod',
    namespace,
    name,
    workload: workload === undefined ? null : { kind: workload.kind, name: workload.name },
  }
}

export function workloadRef(world: World, { kind, namespace, name }: Workload, pods: number): EndpointRef {
  const id = isShared(world, namespace, name)
    ? `${namespace}/${kind.toLowerCase()}/${name}`
    : `${namespace}/${name}`
  return { id, kind, namespace, name, pods }
}

export function serviceRef({ namespace, name }: Service): EndpointRef {
  return { id: `${namespace}/${name}`, kind: 'Service', namespace, name }
}

/** A Service often has the same name. */
export function ingressRef({ namespace, name }: Ingress): EndpointRef {
  return { id: `${namespace}/ingress/${name}`, kind: 'Ingress', namespace, name }
}

function isShared(world: World, namespace: string, name: string): boolean {
  return world.sharedNames.has(`${namespace}/${name}`)
}
