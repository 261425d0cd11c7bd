import type { Location } from '../source/file.ts'
import type { ControllerSetting } from '../source/read/bulk.ts'
import type { Selector } from './selector.ts'

/*
 * Routing from outside to Services: Ingress (networking.k8s.io/v1), the Gateway API, OpenShift's Route, and what others have.
 */

export interface IngressClass {
  readonly kind: 'IngressClass'
  readonly name: string
  readonly controller: string
  /** It refers to settings of its controller's own. */
  readonly hasParameters: boolean
  readonly isDefault: boolean
  readonly at: Location
}

/** A ConfigMap that says which clients an ingress controller admits to all of its routes; of other ConfigMaps nothing is read. */
export interface ControllerSettings {
  readonly kind: 'ConfigMap'
  readonly namespace: string
  readonly name: string
  readonly settings: ReadonlyMap<ControllerSetting, string>
  readonly at: Location
}

export interface Ingress {
  readonly kind: 'Ingress'
  readonly namespace: string
  readonly name: string
  /** `spec.ingressClassName`, else the annotation that preceded it (S-355). */
  readonly className: string | undefined
  readonly rules: readonly IngressRule[]
  readonly defaultBackend: IngressBackend | undefined
  readonly annotations: ReadonlyMap<string, string>
  /** Whether it has certificates, for HTTPS. */
  readonly tls: boolean
  readonly at: Location
}

export interface IngressRule {
  /** Undefined: every host. */
  readonly host: string | undefined
  /** The host is a name of nginx's, such as `~^www\d+\.example\.com$`, that an annotation adds. */
  readonly serverName?: ServerName
  readonly paths: readonly IngressPath[]
  readonly at: Location
}

export interface ServerName {
  /** Of names that match alike, nginx takes the first. */
  readonly place: number
  readonly at: Location
}

export interface IngressPath {
  readonly path: string
  /** The first thing in it that is filled in first. */
  readonly placeholder?: string
  readonly type: 'Exact' | 'Prefix' | 'ImplementationSpecific'
  readonly backend: IngressBackend
  readonly at: Location
}

export type IngressBackend =
  | { readonly kind: 'service'; readonly service: string; readonly port: number | string }
  /** Up to the controller, such as a bucket of files (S-354). */
  | { readonly kind: 'resource'; readonly resource: string }

export interface GatewayClass {
  readonly kind: 'GatewayClass'
  readonly name: string
  readonly controller: string
  readonly at: Location
}

export interface Gateway {
  readonly kind: 'Gateway'
  readonly namespace: string
  readonly name: string
  readonly className: string
  readonly listeners: readonly GatewayListener[]
  /** The namespaces whose ListenerSets may add listeners. */
  readonly listenersFrom: NamespacesAllowed | 'None'
  readonly at: Location
}

/** Adds listeners to a Gateway, where that allows it. */
export interface ListenerSet {
  readonly kind: 'ListenerSet'
  readonly namespace: string
  readonly name: string
  readonly gateway: { readonly namespace: string; readonly name: string } | undefined
  readonly listeners: readonly GatewayListener[]
  readonly at: Location
}

/** `Same` is the namespace of the object itself. */
export type NamespacesAllowed = 'Same' | 'All' | Selector

export interface GatewayListener {
  readonly name: string
  readonly port: number
  readonly protocol: string
  readonly hostname: string | undefined
  /** The namespaces whose routes may attach (S-365). */
  readonly routesFrom: NamespacesAllowed
  /** Only routes of these kinds; all that its protocol has, where it names none. */
  readonly routeKinds: readonly string[]
}

/** The kinds of routes of the Gateway API that are evaluated. */
export const GATEWAY_ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const

export interface GatewayRoute {
  readonly kind: (typeof GATEWAY_ROUTE_KINDS)[number]
  readonly namespace: string
  readonly name: string
  readonly parents: readonly RouteParent[]
  readonly hostnames: readonly string[]
  readonly rules: readonly GatewayRouteRule[]
  readonly annotations: ReadonlyMap<string, string>
  readonly at: Location
}

/** A Gateway, a ListenerSet, or one of their listeners, that a route asks to be attached to. */
export interface RouteParent {
  readonly kind: 'Gateway' | 'ListenerSet'
  readonly namespace: string
  readonly name: string
  readonly listener: string | undefined
  readonly port: number | undefined
}

export interface GatewayRouteRule {
  /** Of routes that look at no request, one that matches everything. */
  readonly matches: readonly RouteMatch[]
  readonly backends: readonly RouteBackendRef[]
  /** It redirects: no backend is asked. */
  readonly redirects: boolean
  /** Filters that may refuse a request, of the implementation's own or by another server. */
  readonly refusing: readonly RefusingFilter[]
  readonly at: Location
}

export interface RefusingFilter {
  /** As in `Middleware office` and `externalAuth by auth`. */
  readonly by: string
  /** An object of the implementation's own, in the namespace of the route. */
  readonly object?: { readonly group: string; readonly kind: string; readonly name: string }
}

/** Of a GRPCRoute, the path that the service and the method of a call make: `/pkg.Service/Method`. */
export interface RouteMatch {
  readonly path: {
    /** `GrpcMethod`: any service with the method. */
    readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression' | 'GrpcMethod'
    readonly value: string
    /** The first thing in it that is filled in first. */
    readonly placeholder?: string
  }
  readonly method: string | undefined
  /** The names of those that it wants. */
  readonly headers: readonly string[]
  readonly queryParams: readonly string[]
}

export interface RouteBackendRef {
  /** `Service`, or a kind that only some implementations know. */
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly port: number | undefined
  readonly weight: number
  readonly at: Location
}

/** Lets routes of other namespaces refer to the Services of this one (S-365). */
export interface ReferenceGrant {
  readonly kind: 'ReferenceGrant'
  readonly namespace: string
  readonly name: string
  readonly from: readonly { readonly kind: string; readonly namespace: string }[]
  readonly to: readonly { readonly kind: string; readonly name: string | undefined }[]
  readonly at: Location
}

/** OpenShift's Route (route.openshift.io/v1). */
export interface OpenshiftRoute {
  readonly kind: 'Route'
  readonly namespace: string
  readonly name: string
  /** That of the spec, and those that a router has admitted. */
  readonly hosts: readonly string[]
  /** It has all other names of the domain of its host as well. */
  readonly isWildcard: boolean
  readonly path: string | undefined
  /** The port of the Pods, by number or by the name that the Service gives it; undefined for all ports of the Service. */
  readonly targetPort: number | string | undefined
  readonly backends: readonly { readonly service: string; readonly weight: number }[]
  readonly tls: OpenshiftRouteTls | undefined
  readonly annotations: ReadonlyMap<string, string>
  readonly at: Location
}

export interface OpenshiftRouteTls {
  readonly termination: 'edge' | 'passthrough' | 'reencrypt'
  /** What becomes of HTTP without TLS. */
  readonly insecure: 'None' | 'Allow' | 'Redirect'
}

/** A route of a kind that is not evaluated, or in which something is filled in first: only the hosts are known that it may serve, and what its texts name. */
export interface OtherRoute {
  readonly kind: 'OtherRoute'
  /** Its own kind, and the API group of that. */
  readonly of: string
  readonly group: string
  readonly namespace: string
  readonly name: string
  /** The first thing that is filled in; undefined where the kind is not evaluated. */
  readonly placeholder?: string
  /** `*` for every host; none of one that only others refer to. They may have placeholders. */
  readonly hosts: readonly string[]
  /** All that is written in it, such as names of Services. */
  readonly texts: readonly string[]
  readonly at: Location
}

/** An object of a product's own that may limit the clients of what it is attached to, or of what names it. */
export interface ClientPolicy {
  readonly kind: 'ClientPolicy'
  /** Its own kind, and the API group of that. */
  readonly of: string
  readonly group: string
  readonly namespace: string
  readonly name: string
  /** The field that does so; undefined where it is not set. */
  readonly limitedBy: string | undefined
  readonly targets: readonly PolicyTarget[]
  readonly at: Location
}

export interface PolicyTarget {
  readonly kind: string
  readonly namespace: string
  /** Undefined where labels choose it: any of the kind. */
  readonly name: string | undefined
}

export type RoutingObject =
  | IngressClass
  | ControllerSettings
  | Ingress
  | GatewayClass
  | Gateway
  | ListenerSet
  | GatewayRoute
  | ReferenceGrant
  | OpenshiftRoute
  | OtherRoute
  | ClientPolicy
