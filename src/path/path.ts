import type { Creator } from '../model/kinds/custom/creators.ts'
import type { HostPort, Node, Pod, Service, ServicePort } from '../model/objects.ts'
import type { Target } from '../naming/resolve.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { Flow, PortQuestion } from '../network/flow.ts'
import { evaluateIcmp, evaluatePair, evaluateThroughService, type PairVerdict } from '../network/pair.ts'
import type { Arrival } from '../network/service-backends.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import { type Family, familyOf, NO_ADDRESS } from '../sets/addresses.ts'
import { type Connections, equal, PORTLESS } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import type { Lookup } from './dns/lookup.ts'
import type { DnsServers } from './dns/servers.ts'
import type { ClientLimit } from './http/client-limits.ts'
import type { EntryPoint } from './http/entry-points.ts'
import type { RouteBackend } from './http/request.ts'

/*
 * What was found out about a connection, hop by hop, as data: verdict.ts folds a path into its verdict, and explain/ reads
 * why it is so.
 */

/** What is asked of a path. */
export interface PathEnds {
  readonly from: EndpointRef
  readonly to: EndpointRef
  /** What is asked of the destination; null for every protocol and port. */
  readonly port: Port | null
}

/** One path from a source to a destination; a question has several where it names several endpoints or IP families. */
export interface Path extends PathEnds {
  /** Where the families that both ends have differ (S-035): the one that this path is for. */
  readonly ipFamily?: Family
  /** What the client dials, where a Service or a controller translates the port. */
  readonly dialed?: Connections
  /** In the order in which a connection takes them. */
  readonly hops: readonly Hop[]
}

/** One part of a path. */
export type Hop =
  | NameHop
  /**
   * A Pod's name that is made of an address (S-228) which no Pod of the manifests is known to have: where policies isolate
   * Pods of its namespace, it may be one of theirs.
   */
  | { readonly kind: 'unverified-name'; readonly typed: string; readonly namespace: string }
  | RouteHop
  | AuthorizationHop
  | ServiceHop
  | SourceHop
  | ConnectionHop
  | HostPortHop
  | EitherHop
  /** The path ends here, before any policy is evaluated. */
  | { readonly kind: 'dead-end'; readonly why: DeadEnd }
  /** What the path assumes, because the manifests do not say it, and what belongs to no other hop. */
  | { readonly kind: 'assumed'; readonly what: Assumed }

/** A name is looked up (S-220 to S-246): the query to the DNS servers is a connection of its own. */
export interface NameHop {
  readonly kind: 'name'
  /** As it was typed. */
  readonly typed: string
  readonly client: Endpoint
  readonly lookup: Lookup
  /** What the name resolves to: several where /etc/hosts has several addresses, none where it does not resolve. */
  readonly targets: readonly Target[]
  /** The cluster's domain. */
  readonly domain: string
  /** Undefined where the client's own /etc/hosts has the name: no server is asked (S-233). */
  readonly query: DnsQuery | undefined
}

/** A client's query to its DNS servers (S-241), over each protocol: a path for each server. */
export interface DnsQuery {
  readonly servers: DnsServers
  readonly udp: readonly Path[]
  readonly tcp: readonly Path[]
}

/** A controller routes a request (S-350): the client's connection to it, and what its routes make of the request. */
export interface RouteHop {
  readonly kind: 'route'
  readonly entryPoint: EntryPoint
  /** None where client and controller are both outside the cluster. */
  readonly entry: readonly Path[]
}

/** A controller asks a server whether it may admit a client before it forwards the request: a connection of its own. */
export interface AuthorizationHop {
  readonly kind: 'authorization'
  /** The id of the controller. */
  readonly controller: string
  /** What is routed. */
  readonly object: string
  /** The annotation or the setting that says so, and the URL that it asks. */
  readonly by: string
  readonly url: string
  /** The setting may be another controller's. */
  readonly isPerhaps?: true
  readonly paths: readonly Path[]
}

/** A Service forwards to its backends (S-060). */
export interface ServiceHop {
  readonly kind: 'service'
  readonly service: Service
  readonly arrivals: readonly Arrival[]
}

/**
 * The source's own policies, where a node rewrites the source's address on the way (S-060, S-067): they see the Pod behind
 * the Service, whose policies see the node.
 */
export interface SourceHop {
  readonly kind: 'source'
  readonly flow: Flow
  readonly pair: PairVerdict
}

/** The connection itself, as nodes and policies decide it. */
export interface ConnectionHop {
  readonly kind: 'connection'
  readonly flow: Flow
  readonly pair: PairVerdict
}

/** A port of a node leads to a Pod on it (`hostPort`). */
export interface HostPortHop {
  readonly kind: 'host-port'
  readonly node: Node
  readonly pod: Pod
  readonly hostPort: HostPort
}

/**
 * The connection takes one of several ways to its end, and the manifests do not say which: where all of them have the same verdict,
 * it is that one.
 */
export interface EitherHop {
  readonly kind: 'either'
  readonly depends: Dependence | DnsDependence
  /** The paths of each way; the first is the one that is shown where all agree. */
  readonly ways: readonly (readonly Path[])[]
  /** What is asked of the destination. */
  readonly ask: Connections
}

/** Which DNS servers are asked: a cache on the node or others, or those of one platform or another. */
export interface DnsDependence {
  readonly on: 'cache' | 'platform'
  /** The servers of each way. */
  readonly servers: readonly string[]
}

/** What decides which way is taken to a port of a node. */
export interface Dependence {
  /** Whether the Pod runs on the node; or where the client does, and whether its own node replaces its address. */
  readonly on: 'placement' | 'client'
  readonly pod: Pod
  readonly node: Node
  readonly hostPort: HostPort
  readonly from: Endpoint
}

export type Assumed =
  /** A single word, which a Pod would look up as a name, is read as the name of an object (S-222). */
  | { readonly kind: 'object'; readonly typed: string; readonly object: EndpointRef }
  /** A backend of the Service is on the node that receives the connection (S-205). */
  | { readonly kind: 'local-endpoint'; readonly service: Service }
  /** S-035: an IPv4 address is dialed by that which NAT64 has for it. */
  | { readonly kind: 'nat64'; readonly to: Endpoint }
  /** S-069: the port on which the API server listens. */
  | { readonly kind: 'api-server'; readonly port: number }

export type DeadEnd =
  /** S-302: a workload without Pods, at one end. */
  | { readonly kind: 'no-pods'; readonly of: EndpointRef; readonly isSource: boolean }
  /** S-050: all Pods of the source have finished. */
  | { readonly kind: 'source-finished' }
  | {
      readonly kind: 'port-not-declared'
      readonly on: EndpointRef
      readonly port: Port | null
      readonly endpoints: readonly Endpoint[]
    }
  /** The Service is reached from inside the cluster only. */
  | { readonly kind: 'not-exposed'; readonly service: Service }
  | { readonly kind: 'port-unknown'; readonly service: Service; readonly asked: PortQuestion }
  /** With the IP family of the address that was dialed. */
  | { readonly kind: 'no-backends'; readonly service: Service; readonly family?: Family }
  /** What the path needs is not in the input, and these objects may create it. */
  | { readonly kind: 'not-in-input'; readonly what: NotInInput; readonly by: readonly Creator[] }
  /**
   * S-205: with a `Local` traffic policy, and no backend on the node, whose name is there if it was dialed. `perhaps`: a client in the
   * cluster, which may get to backends on other nodes.
   */
  | {
      readonly kind: 'no-backend-on-node'
      readonly service: Service
      readonly node: string | undefined
      readonly perhaps?: EndpointRef
    }
  /** S-212 to S-214: no backend has the target port of these. */
  | {
      readonly kind: 'target-port-unresolved'
      readonly service: Service
      readonly ports: readonly ServicePort[]
    }
  /** `perhaps`: a client in the cluster, which not all network plugins hold to them. */
  | { readonly kind: 'outside-source-ranges'; readonly service: Service; readonly perhaps?: EndpointRef }
  /** The load balancer of the Service may refuse the client, by annotations. */
  | { readonly kind: 'limited-by-balancer'; readonly service: Service }
  /** A controller refuses the client, or does so perhaps: which address it sees, or what it reads, is not known. */
  | { readonly kind: 'refused-by-controller'; readonly limit: ClientLimit; readonly isSure: boolean }
  /** S-035: the addresses that the Service has for clients outside are of another family than the client's. */
  | { readonly kind: 'no-shared-family'; readonly service: Service; readonly from: EndpointRef }
  /** S-069. */
  | { readonly kind: 'api-server-port-unknown'; readonly to: EndpointRef; readonly port: Port | null }
  /** What a route refers to cannot be followed, or is not there (S-354, S-365). */
  | {
      readonly kind: 'backend'
      readonly backend: RouteBackend
    }
  /** Nothing in the manifests exposes the controller on the port; a Service that is not among them may. */
  | { readonly kind: 'controller-port-unknown'; readonly to: EndpointRef; readonly port: number }

/** Pods for a Service, or something of that name. */
export type NotInInput =
  | { readonly kind: 'backends'; readonly service: Service }
  | { readonly kind: 'name'; readonly name: string; readonly ask: Connections }

export const pathEnds = (world: World, from: Endpoint, to: Endpoint, port: Port | null): PathEnds => ({
  from: endpointRef(world, from),
  to: endpointRef(world, to),
  port,
})

/** A path that ends before anything is connected. */
export const deadEnd = (ends: PathEnds, why: DeadEnd): Path => ({
  ...ends,
  hops: [{ kind: 'dead-end', why }],
})

/** The paths of one flow with no other hops: one, or one for each IP family where they differ (S-035). */
export function connect(world: World, flow: Flow): readonly Path[] {
  const ends = pathEnds(world, flow.from, flow.to, flow.port)
  const pairs = evaluateFlow(world, flow)
  return pairs.map(pair => {
    const [own, other] = pair.addresses
    const ipFamily = pairs.length > 1 ? familyOf(own ?? other ?? NO_ADDRESS) : undefined
    return {
      ...ends,
      ...(ipFamily !== undefined && { ipFamily }),
      hops: [{ kind: 'connection', flow, pair }],
    }
  })
}

/** There is no address translation between a client and the Pods of a headless Service (S-215). */
export function evaluateFlow(world: World, { from, to, through, ask }: Flow): readonly PairVerdict[] {
  const isTranslated = through !== undefined && !through.service.headless
  const pairs = isTranslated ? evaluateThroughService(world, from, to) : evaluatePair(world, from, to)
  return equal(ask, PORTLESS) ? evaluateIcmp(world, pairs) : pairs
}
