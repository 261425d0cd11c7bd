import type { Assumption } from './assumption.ts'
import type { Natural, PortNumber, Protocol, SourceRef } from './common.ts'
import type { FieldFacts, IngressRuleItem, Meaning } from './facts/inventory.ts'

/*
 * What `get` and `describe` answer: what was loaded, as plain data.
 */

/** Labels; null for a value that only a running cluster knows. */
export type LabelsReport = Readonly<Record<string, string | null>>

/** Whether a policy selects a Pod, or all the Pods that were asked for: `partial` where it selects some of them. */
export type Selected = 'yes' | 'partial' | 'undetermined'

interface NamespacedItem {
  readonly id: string
  readonly namespace: string
  readonly name: string
}

/** A Pod, also one that a workload would make. */
export interface PodItem extends NamespacedItem {
  /** As far as the input tells: a manifest without a status counts as ready. */
  readonly status: 'Ready' | 'NotReady' | 'Pending' | 'Terminating' | 'Finished'
  readonly addresses: readonly string[]
  readonly node: string | null
  readonly hostNetwork: boolean
  readonly workload: { readonly kind: string; readonly name: string } | null
  readonly ports: readonly {
    readonly name: string | null
    readonly protocol: Protocol
    readonly number: PortNumber
  }[]
  readonly labels: LabelsReport
  /** Where the Pods that a policy selects were asked for. */
  readonly matches?: Selected
}

/** A Service. */
export interface ServiceItem extends NamespacedItem {
  readonly type: string
  /** `None` for a headless Service; empty where the server is to choose it. */
  readonly clusterIPs: readonly string[]
  readonly externalAddresses: readonly string[]
  readonly externalName: string | null
  readonly ports: readonly ServicePortItem[]
  /** Null: the endpoints are written by hand. */
  readonly selector: LabelsReport | null
  /** What is behind it, once for each port that it is reached on; null where the Service lists no ports. */
  readonly endpoints: readonly EndpointItem[]
}

/** One address behind a Service. */
export interface EndpointItem {
  readonly id: string
  /** The port of the Service that leads here. */
  readonly servicePort: PortNumber | null
  readonly protocol: Protocol | null
  readonly port: PortNumber | null
}

/** A port that a Service lists. */
export interface ServicePortItem {
  readonly name: string | null
  readonly protocol: Protocol
  readonly port: PortNumber
  readonly targetPort: PortNumber | string
  readonly nodePort: PortNumber | null
}

/** A namespace, declared or not. */
export interface NamespaceItem {
  readonly name: string
  /** False for one that objects are only in. */
  readonly declared: boolean
  /** It is neither declared nor one that every cluster has. */
  readonly assumed: boolean
  readonly pods: Natural
  readonly labels: LabelsReport
}

/** A NetworkPolicy, and whom it isolates. */
export interface NetworkPolicyItem extends NamespacedItem {
  /** As kubectl writes it: `app=web,tier in (a,b)`; empty for every Pod of the namespace. */
  readonly podSelector: string
  /** The directions in which it isolates, defaulted where the policy leaves them out. */
  readonly policyTypes: readonly ('Ingress' | 'Egress')[]
  /** The ids of the Pods that it isolates. */
  readonly pods: readonly string[]
  /** The ids of the Pods of which it is unknown: a label has a value that only a running cluster knows. */
  readonly undetermined: readonly string[]
  readonly source: SourceRef
  /** Where the policies that select a Pod or a workload were asked for. */
  readonly matches?: Selected
}

/** An Ingress. */
export interface IngressItem extends NamespacedItem {
  readonly class: string | null
  /** `*` for every host. */
  readonly hosts: readonly string[]
  /** 80, and 443 where it has certificates. */
  readonly ports: readonly PortNumber[]
  readonly rules: readonly IngressRuleItem[]
}

/** The answer of `get`. */
export type Listing =
  | ListingOf<'pods', PodItem>
  | ListingOf<'services', ServiceItem>
  | ListingOf<'namespaces', NamespaceItem>
  | ListingOf<'networkpolicies', NetworkPolicyItem>
  | ListingOf<'ingresses', IngressItem>

interface ListingOf<Kind extends string, Item> {
  readonly kind: 'Listing'
  readonly of: Kind
  readonly items: readonly Item[]
  readonly assumptions: readonly Assumption[]
}

/** What can be listed and described. */
export type ResourceKind = Listing['of']

/** The answer of `describe`: one object in words. */
export interface Description {
  readonly kind: 'Description'
  readonly of: ResourceKind
  readonly id: string
  /** What is written in it, under kubectl's names. */
  readonly facts: readonly DescribedField[]
  /** What it means. */
  readonly meaning: readonly Sentence[]
  readonly assumptions: readonly Assumption[]
}

/** A field of an object, as `kubectl describe` shows it. */
export interface DescribedField {
  readonly name: string
  readonly values: readonly string[]
  /** The values are lines that are indented below each other, as a spec is. */
  readonly preformatted?: true
  /** What the values are made of; absent where they are names and numbers as they are written. */
  readonly facts?: FieldFacts
}

/** One thing that an object means. */
export interface Sentence {
  readonly text: string
  /** What the sentence leads up to: the rules that let something in. */
  readonly parts: readonly { readonly text: string; readonly source: SourceRef | null }[]
  /** What the sentence and its parts are made of. */
  readonly facts: Meaning
}
