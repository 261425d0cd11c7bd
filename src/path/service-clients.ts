import type { Cluster } from '../model/cluster.ts'
import type { Node, Service } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { addressesOf, type Endpoint, isSame, nodeOf } from '../network/endpoint.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import type { Backend } from '../network/service-backends.ts'
import {
  type Addresses,
  FAMILIES,
  familyOf,
  intersect,
  isEmpty,
  NO_ADDRESS,
  overlaps,
  subtract,
  unionOf,
} from '../sets/addresses.ts'
import type { World } from '../world/world.ts'

/*
 * The clients of a Service: which of them it admits, and which address its backends see.
 */

/** A Service as it is dialed. */
export interface ServiceCall {
  readonly service: Service
  /**
   * By its name or ClusterIP, by an address that it has for clients outside, by its port of a node; or not at all, by a
   * proxy that dials the backends itself.
   */
  readonly dialed: 'inside' | 'outside' | Node | 'endpoints'
  readonly asked: PortQuestion
  /** Those of its backends that are asked, where not all of them are. */
  readonly backends?: readonly Backend[]
}

/** `loadBalancerSourceRanges` keep clients outside from the load balancer; the rest is refused before any policy. */
export function admittedTo(
  { endpoints }: EndpointsTarget,
  { service: { sourceRanges, type } }: ServiceCall,
): { readonly admitted: readonly Endpoint[]; readonly areSomeRefused: boolean } {
  const isKnown = endpoints.every(
    endpoint =>
      endpoint.kind === 'external' && endpoint.addresses !== undefined && endpoint.isNode === undefined,
  )
  if (sourceRanges === undefined || type !== 'LoadBalancer' || !isKnown)
    return { admitted: endpoints, areSomeRefused: false }
  const refused = endpoints.flatMap(endpoint => narrowed(endpoint, one => subtract(one, sourceRanges)))
  return {
    admitted: endpoints.flatMap(endpoint => narrowed(endpoint, one => intersect(one, sourceRanges))),
    areSomeRefused: refused.length > 0,
  }
}

/** Whether a client outside can dial the Service: an address that it has for such clients, where the manifests say it (S-035). */
export function canDial({ cluster }: World, client: Endpoint, { service, dialed }: ServiceCall): boolean {
  if (client.kind !== 'external' || client.addresses === undefined || client.isNode) return true
  if (typeof dialed === 'object' || dialed === 'endpoints') return true
  const family = familyOf(client.addresses)
  const { type, externalAddresses } = service
  const own = type === 'NodePort' ? unionOf([externalAddresses, ofAllNodes(cluster)]) : externalAddresses
  return family === undefined || isEmpty(own) || overlaps(FAMILIES[family], own)
}

/** None where those of some node are not known. */
const ofAllNodes = ({ nodes }: Cluster): Addresses =>
  nodes.every(({ addresses }) => addresses.length > 0)
    ? unionOf(nodes.flatMap(({ addresses }) => addresses))
    : NO_ADDRESS

/** A client outside, with a part of its addresses; none where nothing is left or known of them. */
export function narrowed(endpoint: Endpoint, part: (addresses: Addresses) => Addresses): readonly Endpoint[] {
  if (endpoint.kind !== 'external' || endpoint.addresses === undefined) return []
  const addresses = part(endpoint.addresses)
  return isEmpty(addresses) ? [] : [{ ...endpoint, addresses }]
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
  // The API server is a client inside, though not a Pod.
  const isOutside = source.kind === 'external' && source.isNode === undefined
  const isRewritten = isOutside ? externalTrafficPolicy === 'Cluster' : dialed !== 'inside'
  const keeps = dialed === 'endpoints' || !isRewritten
  return keeps ? source : rewritten(world, source)
}

/** A client whose address a node has replaced by its own: where the input has the nodes, by one of theirs. */
export function rewritten(world: World, source: Endpoint): Endpoint {
  const name = endpointRef(world, source).id
  const ofNodes = world.cluster.nodes.flatMap(node => node.addresses)
  // One family is used at a time (S-035): that of the client, as far as it is known.
  const [own] = addressesOf(world.cluster, source)
  const family = (own && familyOf(own)) ?? familyOf(ofNodes[0] ?? NO_ADDRESS)
  const addresses = unionOf(ofNodes.filter(address => familyOf(address) === family))
  const common = { kind: 'external', name, isRewritten: true, client: source } as const
  return isEmpty(addresses) ? { ...common, addresses: undefined } : { ...common, addresses, isOneOf: true }
}
