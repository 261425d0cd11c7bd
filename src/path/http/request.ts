/** What an HTTP client asks for: a GET with no headers of its own. */
export interface HttpRequest {
  readonly scheme: string
  readonly host: string
  /** The port that the client dials. */
  readonly port: number
  readonly path: string
}

/** Where a route leads. */
export type RouteBackend =
  | {
      readonly kind: 'service'
      readonly namespace: string
      readonly name: string
      /** Undefined where the route does not say, and the Service has but one. */
      readonly port: number | string | undefined
    }
  /** What the route may not refer to (S-365). */
  | { readonly kind: 'unusable'; readonly why: string }
  /** Something that only the controller knows (S-354). */
  | { readonly kind: 'unmodelled'; readonly why: string }

/** What becomes of a request at a controller. */
export type Routing =
  | {
      readonly kind: 'routed'
      /** The id of the Ingress or the HTTPRoute. */
      readonly object: string
      /** Which of its rules, in words. */
      readonly rule: string
      readonly backends: readonly RouteBackend[]
    }
  | { readonly kind: 'redirected'; readonly object: string; readonly rule: string }
  | { readonly kind: 'no-route'; readonly object: string; readonly why: string }
  /** A pattern of the controller's own may match. */
  | { readonly kind: 'unknown'; readonly object: string; readonly why: string }
