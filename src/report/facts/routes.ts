import type { SourceRef } from '../common.ts'

/*
 * The facts of codes for what Ingresses and routes make of a request.
 */

export interface RouteFacts {
  readonly ROUTE_MATCHES: RouteMatches
  readonly ROUTE_REDIRECTS: { readonly rule: RouteRuleFacts }
  readonly NO_ROUTE: NoRouteFacts
  readonly UNDETERMINED_ROUTE: UnknownRouteFacts
  readonly BACKEND_UNUSABLE: BackendUnusable
  /** A kind, or `KIND/NAME` where the route says which one. */
  readonly UNDETERMINED_BACKEND:
    | { readonly what: string; readonly isNamed: boolean }
    | NoNodePort
    /** A ReferenceGrant may be for the route once something is filled in. */
    | (NotGranted & { readonly placeholder: string })
  readonly UNDETERMINED_CONTROLLER: UnknownController
  readonly UNDETERMINED_CONTROLLER_PORT: { readonly controller: string; readonly port: number }
}

export interface RouteMatches {
  readonly rule: RouteRuleFacts
  readonly backends: readonly BackendFacts[]
  readonly controller: string
}

/** Why a backend cannot be used. */
export type BackendUnusable =
  | { readonly why: 'none' }
  | NotGranted
  /** No port of the Service leads to that port of its Pods. */
  | { readonly why: 'no-port'; readonly service: string; readonly targetPort: number | string }
  | NoNodePort

export interface NotGranted {
  readonly why: 'not-granted'
  readonly namespace: string
  readonly name: string
  readonly routesFrom: string
  /** The kind of the route. */
  readonly routeKind: string
}

/** The load balancer dials ports of nodes where the annotation has one value, Pods where it has the other. */
export interface NoNodePort {
  readonly why: 'no-node-port'
  readonly service: string
  /** Of the Service, which has no port of the nodes. */
  readonly type: string
  readonly annotation: string
  readonly onNodes: string
  readonly onPods: string
}

export type RouteRuleFacts =
  | {
      readonly kind: 'path'
      readonly type: string
      readonly path: string
      /** Of an Ingress; null for every host. */
      readonly host?: string | null
      /** That makes the path a regular expression. */
      readonly annotation?: string
      readonly source: SourceRef
    }
  /** Of a route that looks at no request, such as a TCPRoute. */
  | { readonly kind: 'any'; readonly source: SourceRef }
  | { readonly kind: 'default-backend' }

/** What a route leads to; null for a backend that cannot be followed. */
export type BackendFacts = { readonly service: string; readonly port?: number | string } | null

/** The part of a request that no rule matches. */
export type Unmatched =
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'path'; readonly path: string }

/** One that asks for a listener which lets in other kinds or namespaces only, or for a ListenerSet that its Gateway does not allow. */
export type RefusedRoute =
  | { readonly route: string; readonly listener: string }
  | { readonly route: string; readonly listenerSet: string }

export type NoRouteFacts =
  /** S-355; `near` is the class that was probably intended. */
  | {
      readonly kind: 'class-unknown'
      readonly className: string
      readonly classes: readonly string[]
      readonly near?: string
    }
  /** The load balancer listens on these ports for it, and not on the one that was dialed. */
  | {
      readonly kind: 'not-listening'
      readonly ingress: string
      /** The annotation. */
      readonly by: string
      readonly ports: readonly number[]
      readonly port: number
    }
  /** `literal` is a path that looks like a pattern, and is none without an annotation. */
  | { readonly kind: 'no-ingress-rule'; readonly unmatched: Unmatched; readonly literal?: string }
  | {
      readonly kind: 'default-backend-of-other-hosts'
      readonly unmatched: Unmatched
      readonly ingress: string
    }
  | {
      readonly kind: 'no-http-route'
      readonly gateway: string
      readonly host: string
      readonly refused?: RefusedRoute
    }
  /** `of` is the kind of the route. */
  | {
      readonly kind: 'no-http-route-rule'
      readonly route: string
      readonly of: string
      readonly path: string
    }
  /** Of OpenShift's Routes: none is for the host, or for the path. */
  | { readonly kind: 'no-openshift-route'; readonly unmatched: Unmatched }
  /** One is for the host, but not over this scheme. */
  | { readonly kind: 'openshift-route-scheme'; readonly route: string; readonly scheme: 'http' | 'https' }

/** The controller of an Ingress admits only some clients, by annotations. */
export interface RefusedByIngress {
  readonly ingress: string
  readonly annotations: readonly string[]
}

export type UnknownRouteFacts =
  | {
      readonly kind: 'pattern'
      readonly pattern: string
      /** Or the host, where the pattern is for that. */
      readonly path: string
      /** That makes it a regular expression. */
      readonly annotation?: string
      readonly source: SourceRef
    }
  | { readonly kind: 'expression'; readonly expression: string; readonly source: SourceRef }
  | { readonly kind: 'default-backend'; readonly unmatched: Unmatched; readonly ingress: string }
  /** Which address the controller sees is unknown, or what the annotations say. */
  | (RefusedByIngress & { readonly kind: 'source-ranges'; readonly isReadable: boolean })
  /** What `by` names may keep the client from it, and is not read, or not in the manifests. */
  | {
      readonly kind: 'limit'
      readonly route: string
      readonly by: readonly string[]
      readonly isMissing?: true
    }
  /** They would keep the client from it, if `unless` did not admit credentials in place of an address. */
  | {
      readonly kind: 'credentials'
      readonly route: string
      readonly by: readonly string[]
      readonly unless: string
    }
  /** They would keep the client from it, and may be of another controller. */
  | { readonly kind: 'settings'; readonly route: string; readonly by: readonly string[] }
  /** A route in which something is filled in first. */
  | {
      readonly kind: 'template'
      readonly route: string
      readonly name: string
      readonly placeholder: string
      readonly source: SourceRef
    }
  /** A route of a kind that is not evaluated. */
  | {
      readonly kind: 'not-evaluated'
      readonly route: string
      readonly group: string
      readonly name: string
      readonly source: SourceRef
    }

/** Why it is unknown which Pods serve a route: a class that netpol does not know, or none. */
export type UnknownController =
  | { readonly kind: 'none' }
  /** It is not in the input. */
  | { readonly kind: 'Gateway'; readonly gateway: string }
  | {
      readonly kind: 'IngressClass' | 'GatewayClass'
      readonly className: string
      /** As the class in the input has it. */
      readonly controller?: string
    }
