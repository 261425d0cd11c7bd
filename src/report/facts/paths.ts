import type { Coded, NoFacts, Port, PortNumber, VerdictWord } from '../common.ts'
import type { AnyPodOnNodes } from './assumptions.ts'
import type { NameFacts, NameNotFound } from './names.ts'
import type { OtherLabel, PolicyFacts } from './policies.ts'
import type { RefusedByIngress, RouteFacts } from './routes.ts'
import type { ObjectName } from './what-if.ts'

/** Both endpoints of a connection, by their ids. */
export interface Ends {
  readonly from: string
  readonly to: string
}

/** The facts of codes for where a connection leads, and what it passes. */
export interface PathFacts extends NameFacts, RouteFacts {
  readonly SELF_TRAFFIC: NoFacts
  readonly NODE_TRAFFIC: Ends
  readonly NO_SHARED_IP_FAMILY: Ends
  readonly POD_HAS_TERMINATED: NoFacts
  readonly WORKLOAD_HAS_NO_PODS: { readonly workload: string }
  readonly SERVICE_FORWARDS: ServiceForwards
  readonly HOST_PORT_FORWARDS: HostPortFacts
  readonly SERVICE_HAS_NO_ENDPOINTS: NoBackends
  readonly SERVICE_PORT_UNKNOWN: ServicePortUnknown
  readonly SERVICE_NOT_EXPOSED:
    | {
        readonly service: string
        readonly type: string
        /** The annotation that makes its load balancer internal. */
        readonly internalBy?: string
      }
    /** The load balancer of an Ingress or a Gateway, and the annotation or the class that makes it internal. */
    | { readonly route: string; readonly internalBy: string }
  readonly SERVICE_NOT_FOUND: { readonly service: string }
  readonly OUTSIDE_SOURCE_RANGES: { readonly service: string } | RefusedByIngress
  readonly UNDETERMINED_CREATED_OBJECT: CreatedObject
}

/** And of codes whose facts hold other reasons. */
export interface NestingFacts {
  /** What each side lacks. */
  readonly DENIED_BY_BOTH: DeniedByBoth
  readonly ENDPOINTS_DIFFER: EndpointsDiffer
  readonly DNS_BLOCKED: DnsBlocked
  readonly UNDETERMINED_DNS: DnsBlocked
  /** What the policies say if the two are on different nodes. */
  readonly UNDETERMINED_NODE: SameNodeUnknown
  readonly UNDETERMINED_HOST_NETWORK: SameNodeUnknown
  readonly UNDETERMINED_CNI_BEHAVIOUR: DecidedByPlugin | AnyPodOnNodes
  readonly UNDETERMINED_HOST_PORT: HostPortUnknown
  readonly UNDETERMINED_DNS_SERVER: DnsServerUnknown
}

interface PlainFacts extends PolicyFacts, PathFacts {}

/** A reason that holds no other ones. */
export type PlainReason = Coded<PlainFacts>

/** Why a step of a path has its verdict. */
export type PathReason =
  | PlainReason
  // One by one: the generator of schema.json does not resolve a mapped type that refers to itself.
  | { readonly code: 'DENIED_BY_BOTH'; readonly facts: DeniedByBoth }
  | { readonly code: 'ENDPOINTS_DIFFER'; readonly facts: EndpointsDiffer }
  | { readonly code: 'DNS_BLOCKED' | 'UNDETERMINED_DNS'; readonly facts: DnsBlocked }
  | { readonly code: 'UNDETERMINED_NODE' | 'UNDETERMINED_HOST_NETWORK'; readonly facts: SameNodeUnknown }
  | { readonly code: 'UNDETERMINED_CNI_BEHAVIOUR'; readonly facts: DecidedByPlugin | AnyPodOnNodes }
  | { readonly code: 'UNDETERMINED_HOST_PORT'; readonly facts: HostPortUnknown }
  | { readonly code: 'UNDETERMINED_DNS_SERVER'; readonly facts: DnsServerUnknown }

/** Why an answer or a step has its verdict: one reason, or how it follows from those of the steps. */
export type Conclusion =
  | PathReason
  | { readonly code: keyof PlainFacts | keyof NestingFacts; readonly facts: Composite }

/** The facts of a conclusion. */
export type ConclusionFacts = Conclusion['facts']

/** How something follows from other reasons. */
export type Composite = { readonly about: 'other reasons' } & Inference

/** Which reasons, and how it follows from them. */
export type Inference =
  /** All of them together. */
  | { readonly because: 'each-of'; readonly reasons: readonly Conclusion[] }
  | { readonly because: 'neither-isolated' }
  | { readonly because: 'neither-subject' }
  /** One side refuses, and a rule allows the other one. */
  | {
      readonly because: 'one-side-refuses'
      readonly refused: Conclusion
      readonly openSide: 'egress' | 'ingress'
      readonly opened: Conclusion
    }
  /** The client cannot reach the controller. */
  | { readonly because: 'not-entered'; readonly controller: string; readonly why: Conclusion }
  /** The controller cannot reach what its route leads to. */
  | {
      readonly because: 'not-forwarded'
      readonly controller: string
      readonly to: string
      readonly why: Conclusion
    }
  /** The controller cannot reach the server that it asks whether it may admit the client; `by` is the annotation that says so. */
  | {
      readonly because: 'not-authorized'
      readonly controller: string
      readonly by: string
      readonly url: string
      readonly why: Conclusion
    }
  /** A port of a node leads to a Pod, which the client does not reach. */
  | ({ readonly because: 'host-port'; readonly why: Conclusion } & HostPortFacts)
  /** The name does not resolve; with the answer by address. */
  | {
      readonly because: 'name'
      readonly name: Conclusion
      readonly byAddress: { readonly verdict: VerdictWord; readonly why: Conclusion }
    }

/** The endpoints have different verdicts. */
export interface EndpointsDiffer {
  readonly open: number
  readonly partial: number
  readonly of: number
  /** One of those that are not open. */
  readonly closed: {
    readonly verdict: VerdictWord
    /** The id of the destination, with its port where those of the others are different. */
    readonly to: { readonly id: string; readonly port: Port | null }
    readonly from: string
    /** What distinguishes it from the others. */
    readonly differsBy: 'destination' | 'source' | 'both' | 'ip-family'
    readonly ipFamily?: 'IPv4' | 'IPv6'
    readonly why: Conclusion
  }
}

export interface DnsBlocked {
  readonly name: string
  readonly servers: string
  /** Absent where no server answers at all. */
  readonly why?: Conclusion
  /** The name does not exist, besides. */
  readonly missing?: NameNotFound
}

/** Something that is not in the input, and that objects of the input may create: a Pod for a Service, or what has a name. */
export type CreatedObject = { readonly by: readonly ObjectName[] } & (
  | {
      readonly what: 'Pod of a Service'
      readonly service: string
      readonly selector: Readonly<Record<string, string>>
    }
  | { readonly what: 'name'; readonly name: string }
)

export interface ServiceForwards {
  /** The name of a headless Service resolves to its Pods: nothing forwards. */
  readonly headless: boolean
  /** The first few, with the port of the Service where it is another one. */
  readonly targets: readonly { readonly id: string; readonly port: number; readonly servicePort: number }[]
  readonly of: number
}

/** A port of a node that leads to a port of a Pod. */
export interface HostPortFacts {
  readonly node: string
  readonly hostPort: Port & { readonly number: PortNumber }
  readonly pod: string
  readonly port: PortNumber
}

/** What decides: whether the Pod runs on the node; or where the client does, and whether a node replaces its address. */
export interface HostPortUnknown extends HostPortFacts {
  readonly on: 'placement' | 'client'
  readonly from: string
  readonly otherwise: readonly Conclusion[]
}

/** Which servers DNS queries go to: depending on a cache on the node, or on the platform. */
export interface DnsServerUnknown {
  readonly on: 'cache' | 'platform'
  readonly servers: readonly string[]
  readonly otherwise: readonly Conclusion[]
}

/** Why a Service has no endpoints. */
export type NoBackends =
  | { readonly why: 'no-selector'; readonly service: string; readonly namespace: string }
  /** That of the Service, or of its address that is dialed. */
  | {
      readonly why: 'ip-family'
      readonly service: string
      readonly family: string
      readonly isDialed?: true
    }
  | { readonly why: 'not-ready'; readonly service: string; readonly pods: Few }
  | { readonly why: 'finished'; readonly service: string; readonly pods: Few }
  | {
      readonly why: 'selector'
      readonly service: string
      readonly namespace: string
      readonly selector: Readonly<Record<string, string>>
      readonly nearest?: NearestPods
    }
  /** S-205: its traffic policy is Local; with the name of the node, where one was dialed, and the nodes that its Pods are on. */
  | {
      readonly why: 'not-on-node'
      readonly service: string
      readonly node?: string
      readonly nodesOfPods?: readonly string[]
    }

/** The first few ids, and how many there are. */
export interface Few {
  readonly ids: readonly string[]
  readonly of: number
}

/** Pods that a selector nearly matches. */
export type NearestPods =
  | {
      readonly kind: 'here'
      readonly pod: string
      readonly of: number
      /** The labels of the selector that it does not have. */
      readonly labels: readonly OtherLabel[]
    }
  | { readonly kind: 'elsewhere'; readonly pods: Few }
  | { readonly kind: 'no-pods' }

export interface ServicePortUnknown {
  readonly service: string
  readonly asked: Port | null
  readonly has: readonly Port[]
  /** The port that was asked for is the target port of this one. */
  readonly leading?: { readonly targetPort: number | string; readonly port: number }
}

export interface DeniedByBoth {
  readonly sides: readonly Conclusion[]
}

export interface SameNodeUnknown extends Ends {
  readonly otherwise: readonly Conclusion[]
}

export interface DecidedByPlugin {
  readonly about:
    | 'itself'
    | 'rewritten client'
    | 'API server'
    | 'icmp'
    | 'source ranges'
    | 'local traffic policy'
  /** Empty where none is named. */
  readonly plugin: string
  readonly from: string
  readonly otherwise: readonly Conclusion[]
}
