import type { Node, Service } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { isApiServer } from '../network/api-server.ts'
import { addressesOf, type Endpoint, isSame, nodeOf } from '../network/endpoint.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import type { Backend } from '../network/service-backends.ts'
import {
  type Addresses,
  contains,
  FAMILIES,
  type Family,
  familyOf,
  intersect,
  isEmpty,
  overlaps,
  unionOf,
} from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import { type Divided, divide, isKnownOutside } from './admission.ts'
import type { DeadEnd } from './path.ts'

/*
 * The clients of a Service: which of them it admits, and which address its backends see.
 */

/** A Service as it is dialed. */
export interface ServiceCall {
  readonly service: Service
  /**
   * By its name or ClusterIP, by the address of its load balancer or one of its `externalIPs`, by its port of a node; or not at all, by
   * a proxy that dials the backends itself.
   */
  readonly dialed: 'inside' | 'outside' | 'external IP' | Node | 'endpoints'
  readonly asked: PortQuestion
  /** Of the address by which it is dialed. */
  readonly family?: Family
  /** Those of its backends that are asked, where not all of them are. */
  readonly backends?: readonly Backend[]
}

/**
 * Which clients the load balancer of a Service admits; it refuses the others before any policy. Ports of nodes and
 * `externalIPs` are beside it: neither kube-proxy (pkg/proxy/iptables: `KUBE-FW`) nor Cilium (`bpf.lbSourceRangeAllTypes`) holds their clients
 * to its ranges. A client outside that uses the name of the Service may take these.
 */
export function admittedTo(
  clients: EndpointsTarget,
  call: ServiceCall,
): { readonly admitted: readonly Endpoint[]; readonly refusals: readonly DeadEnd[] } {
  const { service } = call
  const isBalanced = isByBalancer(call)
  const sourceRanges = isBalanced ? sourceRangesOf(service) : undefined
  const isInternal = service.internalBy !== undefined && isBalanced
  const network = isInternal ? divide(clients, 'private networks') : undefined
  const near = { ...clients, endpoints: network?.admitted ?? clients.endpoints }
  const ranges = sourceRanges === undefined ? undefined : divide(near, sourceRanges)
  const refusedBy = (by: Divided | undefined, kind: 'not-exposed' | 'outside-source-ranges') =>
    by === undefined || by.refused.length === 0 ? [] : [{ kind, service }]
  return {
    admitted: ranges?.admitted ?? near.endpoints,
    refusals: [...refusedBy(network, 'not-exposed'), ...refusedBy(ranges, 'outside-source-ranges')],
  }
}

/** Whether clients outside dial the load balancer, and nothing beside it. */
function isByBalancer({ service: { ports, externalIPs }, dialed, asked }: ServiceCall): boolean {
  const isByNode = ports.some(
    ({ port, nodePort }) => nodePort !== undefined && nodePort === asked.port && port !== asked.port,
  )
  const isBesides = isByNode || !isEmpty(externalIPs)
  return dialed === 'outside' || (dialed === 'inside' && !isBesides)
}

/** Whether the load balancer may refuse a client outside by what is not read. */
export const isPerhapsLimited = (client: Endpoint, call: ServiceCall): boolean =>
  call.service.limitedBy.length > 0 && isKnownOutside(client) && isByBalancer(call)

const sourceRangesOf = ({ type, sourceRanges }: Service): Addresses | undefined =>
  type === 'LoadBalancer' ? sourceRanges : undefined

/**
 * Whether a client in the cluster that dials the load balancer's address may be refused. kube-proxy drops what is outside the ranges
 * (pkg/proxy/iptables, `KUBE-FW`), and Cilium does not look at what is translated at the socket.
 */
export function isPerhapsRefused(
  { cluster }: World,
  client: Endpoint,
  { service, dialed }: Pick<ServiceCall, 'service' | 'dialed'>,
): boolean {
  const ranges = dialed === 'outside' ? sourceRangesOf(service) : undefined
  if (ranges === undefined || isKnownOutside(client)) return false
  const own = addressesOf(cluster, client)
  return own.length === 0 || !own.every(address => contains(ranges, address))
}

/**
 * The clients of a Service, those outside with addresses of one IP family each where nodes have both: which address takes the place of
 * theirs is another one for each (S-035).
 */
export function clientsByFamily(world: World, clients: EndpointsTarget): EndpointsTarget {
  if (new Set(familiesAmong(addressesOfNodes(world))).size < 2) return clients
  const endpoints = clients.endpoints.flatMap((client): readonly Endpoint[] => {
    if (!isKnownOutside(client) || familyOf(client.addresses) !== undefined) return [client]
    return Object.values(FAMILIES).map(family => {
      const addresses = intersect(client.addresses, family)
      return { ...client, name: { kind: 'part', addresses }, addresses }
    })
  })
  return { ...clients, endpoints }
}

/** Whether a client outside can dial the Service: an address that it has for such clients, where the manifests say it (S-035). */
export function canDial(world: World, client: Endpoint, { service, dialed }: ServiceCall): boolean {
  if (!isKnownOutside(client)) return true
  if (typeof dialed === 'object' || dialed === 'endpoints') return true
  const family = familyOf(client.addresses)
  const { type, externalAddresses } = service
  const own =
    type === 'NodePort' ? unionOf([externalAddresses, ...addressesOfNodes(world)]) : externalAddresses
  return family === undefined || isEmpty(own) || overlaps(FAMILIES[family], own)
}

/** S-205: with a `Local` traffic policy, backends on other nodes get nothing; unknown where the input does not show the nodes. */
export function isServedBy(
  { internalTrafficPolicy, externalTrafficPolicy }: Service,
  dialed: ServiceCall['dialed'],
  from: Endpoint,
  to: Endpoint,
): 'yes' | 'no' | 'unknown' {
  // From outside, a load balancer knows which nodes have an endpoint.
  if (dialed === 'endpoints' || (dialed !== 'inside' && typeof dialed !== 'object')) return 'yes'
  if (dialed === 'inside' && from.kind === 'external') return 'yes'
  if ((dialed === 'inside' ? internalTrafficPolicy : externalTrafficPolicy) === 'Cluster') return 'yes'
  const here = typeof dialed === 'object' ? dialed.name : nodeOf(from)
  const there = nodeOf(to)
  if (here === undefined || there === undefined) return isSame(from, to) ? 'yes' : 'unknown'
  return here === there ? 'yes' : 'no'
}

/**
 * Whether a client in the cluster that dials a port of a node may get to backends on other nodes, whatever the traffic policy is: kube-proxy
 * takes what comes from Pods, or from the node itself, to any of them (pkg/proxy/iptables, `KUBE-EXT`), but not in all of its modes.
 */
export function isPerhapsServedElsewhere(from: Endpoint, node: Node): boolean {
  if (from.kind === 'external') return false
  const isOnPodNetwork = from.kind === 'pod' && !from.pod.hostNetwork
  return isOnPodNetwork || (nodeOf(from) ?? node.name) === node.name
}

/**
 * The client as the backends of a Service see it. One outside keeps its address with `externalTrafficPolicy: Local` (S-066);
 * otherwise a node replaces it by its own (source NAT, S-064), as it does for a Pod that connects through a node port
 * (S-067), and which node that is is not known.
 */
export function seenAs(
  world: World,
  source: Endpoint,
  { externalTrafficPolicy }: Service,
  dialed: ServiceCall['dialed'],
): Endpoint {
  const isOutside = source.kind === 'external' && !isApiServer(source)
  const isRewritten = isOutside ? externalTrafficPolicy === 'Cluster' : dialed !== 'inside'
  const keeps = dialed === 'endpoints' || !isRewritten
  return keeps ? source : rewritten(world, source)
}

/**
 * A client whose address a node has replaced by its own: where the input has all nodes, by one of theirs. One family is used at a
 * time (S-035): that of the client, where it is known and nodes have it, else that of the nodes.
 */
export function rewritten(world: World, source: Endpoint): Endpoint {
  const name = endpointRef(world, source).id
  const common = { kind: 'external', name, isRewritten: true, client: source } as const
  const all = addressesOfNodes(world)
  const [own] = addressesOf(world.cluster, source)
  const [family] = familiesAmong(own === undefined ? all : [own, ...all])
  const some = all.filter(address => familyOf(address) === family)
  const addresses = unionOf(some.length === 0 ? all : some)
  return isEmpty(addresses) ? { ...common, addresses: undefined } : { ...common, addresses, isOneOf: true }
}

const familiesAmong = (addresses: readonly Addresses[]): readonly Family[] =>
  addresses.flatMap(one => familyOf(one) ?? [])

/** None where those of some node are not known, or where the nodes themselves are known by their Pods alone. */
const addressesOfNodes = ({ cluster: { nodes } }: World): readonly Addresses[] =>
  nodes.every(({ addresses, labels }) => addresses.length > 0 && labels !== undefined)
    ? nodes.flatMap(({ addresses }) => addresses)
    : []
