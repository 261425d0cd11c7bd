import type { EndpointRef, IpBlock, Natural, NoFacts, Open, Port, PortNumber, SourceRef } from '../common.ts'
import type { ObjectName, WhatIf } from './what-if.ts'

/** Blocks of which the same is assumed. */
interface Blocks {
  readonly block: IpBlock
  readonly others?: readonly IpBlock[]
}

/** The facts of codes for what an answer assumes, or what of the input could change it. */
export interface AssumptionFacts {
  readonly ASSUMED_NAMESPACE: {
    readonly namespaces: readonly string[]
    /** By namespace, the labels that a platform gives to its own. */
    readonly platform?: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
  readonly ASSUMED_HOST_NETWORK: PluginDependent & { readonly endpoints: readonly string[] }
  readonly UNDETERMINED_UNMODELLED_POLICY: {
    readonly policies: readonly ObjectName[]
  }
  /** The folders of kustomizations that nobody has applied. */
  readonly UNDETERMINED_NOT_RENDERED: { readonly kustomizations: readonly string[] }
  readonly ASSUMED_CLUSTER_DNS: AssumedDnsServers
  readonly ASSUMED_NODE_DNS: NoFacts
  /** `isInternal`: of a load balancer that is not reached from the internet. */
  readonly ASSUMED_OUTSIDE_NAME: { readonly name: string; readonly isInternal?: true }
  readonly ASSUMED_NAT64: { readonly address: string }
  /** `calls`: it is the source, and the id is that of the Pod that it calls. */
  readonly ASSUMED_API_SERVER: { readonly port: PortNumber } | { readonly calls: string }
  readonly ASSUMED_INGRESS_CONTROLLER: AssumedController
  readonly ASSUMED_GATEWAY: { readonly gateway: string; readonly route: string }
  readonly ASSUMED_LOCAL_ENDPOINT: { readonly service: NamespacedName }
  readonly ASSUMED_HOST_PORT: {
    readonly node: string
    readonly hostPort: Port & { readonly number: PortNumber }
    readonly pod: string
  }
  readonly ASSUMED_OBJECT: { readonly typed: string; readonly object: EndpointRef }
  /** `matches`: the block holds every address that a Pod can have, or whether it holds this Pod's is unknown. */
  readonly ASSUMED_POD_IP: Blocks & {
    /** The Pod or its workload. */
    readonly pod: string
    readonly matches: 'yes' | 'unknown'
  }
  /** The Service that says so by `externalTrafficPolicy: Cluster`, and its only client; absent where it is for another reason. */
  readonly ASSUMED_CLIENT_IP: { readonly client?: string; readonly service?: string }
  readonly ASSUMED_IPBLOCK_MATCHES_POD: PluginDependent & Blocks
  readonly ASSUMED_POLICY_AFTER_SERVICE: PluginDependent & Blocks
  readonly ASSUMED_NODE_EGRESS: PluginDependent & { readonly endpoint: string }
  readonly ASSUMED_SELF_THROUGH_SERVICE: PluginDependent & {
    readonly endpoint: string
    readonly service: NamespacedName
  }
  readonly ASSUMED_NO_PORTS_PROTOCOLS: PluginDependent
  readonly ASSUMED_SIDECAR_PORT: PluginDependent & { readonly port: string }
  readonly ASSUMED_ENFORCING_CNI: PluginDependent
  readonly CNI_BEHAVIOUR: PluginFact & { readonly plugin: PluginRemark }
  readonly ASSUMED_CNI_BEHAVIOUR: PluginDependent & PluginAssumption
  readonly ASSUMED_WHAT_IF: WhatIf
  readonly ASSUMED_CREATED_PODS: {
    readonly how: 'as-its-operator-does' | 'from-its-template'
    readonly by: readonly ObjectName[]
  }
  readonly ASSUMED_TEMPLATE_PARAMETERS: { readonly templates: readonly string[] }
  readonly UNDETERMINED_CREATED_POLICY: { readonly by: readonly ObjectName[] }
  readonly UNDETERMINED_INVALID_INPUT: {
    /** `source` is the place of the first error of an object. */
    readonly leftOut: readonly { readonly object: string; readonly source?: SourceRef }[]
  }
}

/** The facts of codes that warn of something that works, but not always. */
export interface WarningFacts {
  readonly INGRESS_CLASS_UNKNOWN: NoFacts
  readonly DNS_OVER_TCP_BLOCKED: { readonly servers: string }
}

/*
 * The facts, as assumptions, of codes that are reasons for an answer as well.
 */

/** POLICY_NOT_ENFORCED of the whole input (S-070). */
export interface PoliciesNotEnforced {
  readonly about: 'all policies'
  readonly plugin: PluginRemark
  readonly policies: Natural
}

/** UNDETERMINED_LABEL of a list: which Pods a policy selects, or which policies select a workload (S-303). */
export type UndeterminedSelection =
  | { readonly about: 'selected Pods'; readonly policy: string; readonly pods: readonly string[] }
  | { readonly about: 'selecting policies'; readonly of: string; readonly policies: readonly string[] }

/** UNDETERMINED_CNI_BEHAVIOUR: some plugin lets `podSelector: {}` match Pods on their node's network (S-043). */
export interface AnyPodOnNodes {
  readonly about: 'any Pod'
  readonly plugin: PluginRemark
  /** Absent for all of them. */
  readonly endpoint?: string
}

export interface NamespacedName {
  readonly namespace: string
  readonly name: string
}

type NamedPort = Port & { readonly name: string }

/** The network plugin of `--cni`, with a note on the behavior: since when, under what condition. */
export interface PluginRemark {
  /** As `--cni` takes it. */
  readonly name: string
  readonly title: string
  readonly note?: string
}

/**
 * A behavior that depends on the network plugin, assumed as in most of them. With a plugin: it is not known of this one, or
 * depends on what is noted.
 */
interface PluginDependent {
  readonly plugin?: PluginRemark
}

/** What the network plugin does otherwise than most. The topics are those of `get cni`. */
export type PluginFact =
  | {
      readonly topic: 'ipBlockOfPods' | 'ipBlockOfNodes'
      /** Which block does not match which endpoint because of that; absent for all of them. */
      readonly unmatched?: { readonly block: IpBlock; readonly endpoint: string }
    }
  | { readonly topic: 'toOwnNode' | 'selfThroughService' }
  /** `port`: the one that matches nothing because of that. */
  | { readonly topic: 'namedPorts'; readonly port?: NamedPort }
  /** `range`: the one that is applied only in part. */
  | { readonly topic: 'endPort'; readonly range?: { readonly applied: Open; readonly written: Open } }

/** What is assumed only of a network plugin that is named. */
export type PluginAssumption =
  | { readonly topic: 'sctp' | 'bothSelectors' }
  | { readonly topic: 'rewrittenByOwnNode'; readonly endpoint: string }
  | { readonly topic: 'namedPorts'; readonly port: NamedPort }
  | { readonly topic: 'endPort'; readonly range: Open }

/** Where a client's DNS servers are assumed to be, if the manifests have none (S-240). */
export type AssumedDnsServers =
  | {
      readonly kind: 'pods'
      readonly namespace: string
      readonly labels: Readonly<Record<string, string>>
      readonly port: PortNumber
    }
  /** A cache on each node, which may be asked at the address instead (S-244). */
  | { readonly kind: 'cache'; readonly name: string; readonly address: string; readonly isPods?: true }
  /** An address that the Pod itself names (S-232). */
  | { readonly kind: 'address'; readonly address: string }

/** Where requests from outside are assumed to come from, if the manifests have no controller (S-350). */
export type AssumedController =
  | {
      readonly kind: 'pods'
      readonly namespace: string
      readonly labels: Readonly<Record<string, string>>
      /** What they serve, where it is no Ingress: `Gateway shop/main`. */
      readonly serves?: string
    }
  /** No Pod: `a load balancer of Google Cloud`. `isOfPlugin`: the network plugin's own proxy, which no ipBlock matches either. */
  | { readonly kind: 'external'; readonly name: string; readonly isOfPlugin?: true }
