import type { Service } from '../../model/objects.ts'
import type { RouteMatch } from '../../model/routes.ts'
import type { RequestNeed, RequestPart, SourceRef } from '../../report/common.ts'
import type { NoRouteFacts, UnknownRouteFacts } from '../../report/facts/routes.ts'
import type { Protocol } from '../../sets/connections.ts'
import type { Location } from '../../source/file.ts'
import type { ClusterSettings } from '../question.ts'
import type { ClientLimit } from './client-limits.ts'
import type { TargetType } from './known-controller.ts'

/** What a client outside asks for; of HTTP, a GET without further headers, unless it `sends` something. */
export interface HttpRequest {
  readonly scheme: string
  readonly protocol: Protocol
  readonly host: string
  /** The port that the client dials. */
  readonly port: number
  readonly path: string
  /** Whatever a match of a route wants besides the path, or what is about canaries: any client may send it. */
  readonly sends?: RouteMatch | ForCanary
}

/** A request with the header or the cookie by which a client asks for the canary of an Ingress, or for what it is one of. */
export interface ForCanary {
  readonly canary: 'asked for' | 'refused'
  readonly by: RequestPart
}

/** What a request has that a plain GET has not. */
export function sendsOf({ sends }: HttpRequest): readonly RequestPart[] {
  if (sends === undefined) return []
  if ('canary' in sends) return [sends.by]
  const { method, headers, queryParams } = sends
  return [
    ...(method !== undefined && method !== 'GET' ? [{ what: 'method', name: method } as const] : []),
    ...headers.map(name => ({ what: 'header', name }) as const),
    ...queryParams.map(name => ({ what: 'query parameter', name }) as const),
  ]
}

/** The kinds of them. */
export const needsOf = (sends: readonly RequestPart[]): readonly RequestNeed[] => [
  ...new Set(sends.map(({ what }) => (what === 'cookie' ? 'header' : what))),
]

/** What is asked of an Ingress or a Gateway. */
export interface RequestAsked {
  /** As it was typed. */
  readonly url: string
  readonly request: HttpRequest
  readonly settings: ClusterSettings
}

/** The usual ports of requests. */
export const HTTP = { scheme: 'http', port: 80 } as const
export const HTTPS = { scheme: 'https', port: 443 } as const

/** A request that a rule of a route leads to Services. */
export interface WayIn {
  /** The id of the Ingress or the route. */
  readonly via: string
  readonly request: HttpRequest
  readonly services: readonly { readonly namespace: string; readonly name: string }[]
}

/** Where a rule of a route sends a request. */
export type RouteBackend =
  | {
      readonly kind: 'service'
      readonly namespace: string
      readonly name: string
      /** Undefined where the route does not say, and the Service has but one. */
      readonly port: number | string | undefined
      /** Of OpenShift's Route: the port of the Pods, by number or by the name that the Service gives it. */
      readonly targetPort?: number | string
      /** Those of an Ingress. */
      readonly annotations?: ReadonlyMap<string, string>
    }
  /** The rule has no backend with a weight. */
  | { readonly kind: 'none' }
  /** A Service of a namespace without a ReferenceGrant for routes of `routesFrom` (S-365). */
  | {
      readonly kind: 'not-granted'
      readonly namespace: string
      readonly name: string
      readonly routesFrom: string
      readonly routeKind: string
      /** What is filled in first in a ReferenceGrant that may be for them. */
      readonly placeholder?: string
    }
  /** OpenShift's Route names a port of the Pods to which no port of the Service leads. */
  | {
      readonly kind: 'no-port'
      readonly namespace: string
      readonly name: string
      readonly targetPort: number | string
    }
  /** The load balancer dials ports of nodes, surely or perhaps, and the Service has none. */
  | {
      readonly kind: 'no-node-port'
      readonly namespace: string
      readonly name: string
      readonly type: Service['type']
      readonly targets: TargetType
      readonly isSure: boolean
    }
  /** A resource of the controller's own (S-354): a kind, or `KIND/NAME` where the route says which. */
  | { readonly kind: 'unmodeled'; readonly what: string; readonly isNamed: boolean }

/** Which rule of an Ingress or a route. */
export type RouteRule =
  | {
      readonly kind: 'path'
      readonly type: string
      readonly path: string
      /** Of an Ingress: the host of the rule, undefined for every host. An HTTPRoute's hosts are not its rules'. */
      readonly host?: { readonly name: string | undefined }
      /** That makes the path a regular expression. */
      readonly annotation?: string
      readonly at: Location
    }
  /** Of a route that looks at no request. */
  | { readonly kind: 'any'; readonly at: Location }
  /** The default backend of an Ingress, as no rule matches (S-359). */
  | { readonly kind: 'default-backend' }

/** What each controller decides for itself, with its place. */
export type UnknownRoute = Placed<
  Extract<
    UnknownRouteFacts,
    { kind: 'pattern' | 'expression' | 'default-backend' | 'not-evaluated' | 'template' }
  >
>

/** Facts before their places are looked up. */
type Placed<Facts> = Facts extends { readonly source: SourceRef }
  ? Omit<Facts, 'source'> & { readonly at: Location }
  : Facts

/** How a controller routes a request; `object` is the id of the Ingress, the route or the Gateway. */
export type Routing =
  | {
      readonly kind: 'routed'
      readonly object: string
      readonly rule: RouteRule
      readonly backends: readonly RouteBackend[]
      /** Another Ingress whose backend gets a share of the requests. */
      readonly canary?: string
      readonly limits: readonly ClientLimit[]
    }
  | {
      readonly kind: 'redirected'
      readonly object: string
      readonly rule: RouteRule
      readonly limits: readonly ClientLimit[]
    }
  | { readonly kind: 'no-route'; readonly object: string; readonly why: NoRouteFacts }
  | {
      readonly kind: 'unknown'
      readonly object: string
      readonly why: UnknownRoute
      /** All that may get the request; none where that is not known either. */
      readonly backends: readonly RouteBackend[]
    }

/** What a request is sent to, or may be. */
export const backendsOfRouting = (routing: Routing): readonly RouteBackend[] =>
  routing.kind === 'routed' || routing.kind === 'unknown' ? routing.backends : []

/** All that may get a request: some backends, or what gets it otherwise. None where that is an answer of the controller itself. */
export const perhaps = (backends: readonly RouteBackend[], otherwise: Routing): readonly RouteBackend[] => {
  switch (otherwise.kind) {
    case 'routed':
    case 'unknown':
      return [...backends, ...otherwise.backends]
    case 'no-route':
      return backends
    case 'redirected':
      return []
  }
}
