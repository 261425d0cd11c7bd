import { hasNamespace } from '../../model/cluster.ts'
import type { Service } from '../../model/objects.ts'
import { isUnbackedApiServer } from '../../network/api-server.ts'
import { addressesOf, type Endpoint } from '../../network/endpoint.ts'
import { type Backend, backendsOf } from '../../network/service-backends.ts'
import { type Addresses, parseAddress, toCidrs } from '../../sets/addresses.ts'
import type { World } from '../../world/world.ts'

/** What a name of the cluster resolves to. */
export type ZoneRecord =
  | { readonly kind: 'service'; readonly service: Service }
  /** Single endpoints of a Service, which have names below the Service's. */
  | { readonly kind: 'endpoints'; readonly service: Service; readonly endpoints: readonly Endpoint[] }
  | { readonly kind: 'address'; readonly address: Addresses; readonly namespace: string }
  | { readonly kind: 'alias'; readonly service: Service; readonly to: string }
  /** The Service of the API server, which every cluster has without a manifest. */
  | { readonly kind: 'api-server' }

/** What the cluster's DNS server answers for `labels`, which precede the cluster's domain (S-222 to S-230). */
export function recordOf(world: World, labels: readonly string[]): ZoneRecord | undefined {
  const [first = '', second = '', third = '', fourth = ''] = labels
  if (labels.length === 3 && third === 'svc') return serviceRecord(world, first, second)
  if (labels.length === 4 && fourth === 'svc') return endpointRecord(world, first, second, third)
  if (labels.length === 3 && third === 'pod') return podRecord(world, first, second)
  return undefined
}

export const findService = ({ cluster }: World, name: string, namespace: string): Service | undefined =>
  cluster.services.find(service => service.name === name && service.namespace === namespace)

function serviceRecord(world: World, name: string, namespace: string): ZoneRecord | undefined {
  const service = findService(world, name, namespace)
  if (service === undefined)
    return name === 'kubernetes' && namespace === 'default' ? { kind: 'api-server' } : undefined
  if (isUnbackedApiServer(world, service)) return { kind: 'api-server' }
  if (service.externalName === undefined) return { kind: 'service', service }
  // S-229: for a value that is an address there is no answer.
  return parseAddress(service.externalName) === undefined
    ? { kind: 'alias', service, to: service.externalName }
    : undefined
}

/** S-226, S-227: an endpoint's own name, or its address with dashes where it has none. */
function endpointRecord(
  world: World,
  label: string,
  name: string,
  namespace: string,
): ZoneRecord | undefined {
  const service = findService(world, name, namespace)
  if (service === undefined) return undefined
  const endpoints = backendsOf(world, service)
    .filter(endpoint => namesOfBackend(world, endpoint).includes(label))
    .map(({ endpoint }) => endpoint)
  return endpoints.length === 0 ? undefined : { kind: 'endpoints', service, endpoints }
}

function namesOfBackend({ cluster }: World, { hostname, endpoint }: Backend): readonly string[] {
  if (hostname !== undefined) return [hostname]
  return addressesOf(cluster, endpoint).flatMap(address => toCidrs(address).map(dashed))
}

const dashed = (cidr: string): string => cidr.replace(/\/\d+$/, '').replaceAll(/[.:]/g, '-')

/** S-228: the answer is the address in the name, whether a Pod has it or not, if the namespace exists. */
function podRecord({ cluster }: World, label: string, namespace: string): ZoneRecord | undefined {
  const address = parseAddress(label.replaceAll('-', '.')) ?? parseAddress(label.replaceAll('-', ':'))
  return address === undefined || !hasNamespace(cluster, namespace)
    ? undefined
    : { kind: 'address', address, namespace }
}
