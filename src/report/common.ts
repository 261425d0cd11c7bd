/**
 * A count, or an index in a list.
 * @asType integer
 * @minimum 0
 */
export type Natural = number

/**
 * As `Natural`, from 1 on.
 * @asType integer
 * @minimum 1
 */
export type Positive = number

/**
 * A port of TCP, UDP or SCTP.
 * @asType integer
 * @minimum 1
 * @maximum 65535
 */
export type PortNumber = number

/** A place in a file; line and column count from 1. */
export interface SourceRef {
  readonly file: string
  readonly line: Positive
  readonly column: Positive
}

/** A part of a line; line and column count from 1. */
export interface MarkedRef extends SourceRef {
  /** How many characters of the line are marked. */
  readonly length: Positive
}

/** A policy, and where it is written. */
export interface PolicyRef {
  /** Such as NetworkPolicy. */
  readonly kind: string
  /** Empty for a policy of the whole cluster. */
  readonly namespace: string
  readonly name: string
  readonly source: SourceRef
}

/** The addresses of an ipBlock, as a policy writes them. */
export interface IpBlock {
  readonly cidr: string
  readonly except: readonly string[]
}

/** An endpoint of a question or of a connection. */
export interface EndpointRef {
  readonly id: string
  /**
   * Pod, the kind of a workload, Service, Node, Namespace, External for addresses outside the cluster, URL for a request
   * from outside, APIServer, or Name for a name that resolves to none of these.
   */
  readonly kind: string
  readonly namespace?: string
  readonly name?: string
  /** What created the Pod; null for a bare one. */
  readonly workload?: { readonly kind: string; readonly name: string } | null
  /** The blocks of an endpoint outside the cluster. */
  readonly cidrs?: readonly string[]
  /** How many Pods a workload or a namespace has. */
  readonly pods?: Natural
}

/** The protocols of a NetworkPolicy. */
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** The ports of one protocol. */
export interface OpenPorts {
  /** `OTHER` is what has no ports, such as ICMP; its list of ports is empty. */
  readonly protocol: Protocol | 'OTHER'
  /** Closed intervals, in ascending order. */
  readonly ports: readonly (readonly [first: PortNumber, last: PortNumber])[]
}

/** `all`: every protocol and port. */
export type Open = 'all' | readonly OpenPorts[]

/** `number` is absent where a whole protocol is asked for, `name` present where the port was asked for by name. */
export type Port =
  | { readonly protocol: Protocol; readonly number?: PortNumber; readonly name?: string }
  /** ICMP, which has no ports. */
  | { readonly protocol: 'ICMP'; readonly number?: undefined; readonly name?: undefined }

/** `partial`: not between all endpoints, or not on all ports; `undetermined`: it depends on data that the manifests do not have. */
export type VerdictWord = 'yes' | 'no' | 'partial' | 'undetermined'

/** A verdict that can be expected. */
export type ExpectedVerdict = Extract<VerdictWord, 'yes' | 'no'>

/** What a client sees of a connection. */
export type Symptom =
  | 'connects'
  | 'times-out'
  | 'times-out-on-some-ports'
  | 'times-out-or-refused'
  | 'refused'
  | 'name-does-not-resolve'
  | 'name-resolves-at-times'
  | 'nothing-connects'
  | 'port-name-unknown'
  | 'unknown'
  /** An HTTP status. */
  | 302
  | 403
  | 404
  | 500
  | 503
  | 504
  /** Some of the endpoints answer; for the others, the HTTP status of a proxy in between. */
  | { readonly someAnswer: 503 | 504 | 500 | 404 | 403 | 302 | 'times-out' }

/** A code with its facts: one of a table of codes. */
export type Coded<Facts> = {
  readonly [C in keyof Facts]: { readonly code: C; readonly facts: Facts[C] }
}[keyof Facts]

/** The facts of a code that has none. */
export type NoFacts = Readonly<Record<never, never>>

/** What a request has besides a host and a path, which `can-reach` does not ask with; a cookie is a header. */
export type RequestNeed = 'method' | 'header' | 'query parameter'

/** A part of such a request: its method, or the name of what it has, and the value of that where one is certain. */
export interface RequestPart {
  readonly what: RequestNeed | 'cookie'
  readonly name: string
  readonly value?: string
}

/** An Ingress or a route that leads clients outside to a destination. */
export interface ViaRoute {
  /** NAMESPACE/KIND/NAME, the kind in small letters. */
  readonly id: string
  /** One of the requests that get there. */
  readonly url: string
  /** What that request has to have for it, where it is no plain GET. */
  readonly needs?: readonly RequestNeed[]
  /** The same in full. */
  readonly sends?: readonly RequestPart[]
  readonly verdict: VerdictWord
}
