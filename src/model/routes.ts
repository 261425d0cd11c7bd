import type { Location } from '../source/file.ts'
import type { Selector } from './selector.ts'

/*
 * HTTP routing from outside to Services: Ingress (networking.k8s.io/v1) and the Gateway API.
 */

export interface IngressClass {
  readonly kind: 'IngressClass'
  readonly name: string
  readonly controller: string
  readonly isDefault: boolean
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
  readonly paths: readonly IngressPath[]
  readonly at: Location
}

export interface IngressPath {
  readonly path: string
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
  readonly at: Location
}

export interface GatewayListener {
  readonly name: string
  readonly port: number
  readonly protocol: string
  readonly hostname: string | undefined
  /** The namespaces whose routes may attach (S-365). */
  readonly routesFrom: 'Same' | 'All' | Selector
}

export interface HttpRoute {
  readonly kind: 'HTTPRoute'
  readonly namespace: string
  readonly name: string
  readonly parents: readonly RouteParent[]
  readonly hostnames: readonly string[]
  readonly rules: readonly HttpRouteRule[]
  readonly at: Location
}

/** A Gateway, or one of its listeners, that a route asks to be attached to. */
export interface RouteParent {
  readonly namespace: string
  readonly name: string
  readonly listener: string | undefined
  readonly port: number | undefined
}

export interface HttpRouteRule {
  readonly matches: readonly HttpRouteMatch[]
  readonly backends: readonly HttpBackend[]
  /** It redirects: no backend is asked. */
  readonly redirects: boolean
  readonly at: Location
}

export interface HttpRouteMatch {
  readonly path: { readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression'; readonly value: string }
  readonly method: string | undefined
  readonly headers: number
  readonly queryParams: number
}

export interface HttpBackend {
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

export type RoutingObject = IngressClass | Ingress | GatewayClass | Gateway | HttpRoute | ReferenceGrant
