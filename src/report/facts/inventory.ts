import type { PolicyRef, PortNumber, SourceRef } from '../common.ts'
import type { NoBackends } from './paths.ts'
import type { Direction, LabelRequirement, RuleFacts } from './rules.ts'

/** What an object that is described means: the facts of one sentence. */
export type Meaning =
  | { readonly kind: 'pod-finished' | 'pod-on-host-network' }
  /** The network plugin does not enforce the policies of the object (S-070). */
  | {
      readonly kind: 'unenforced'
      readonly of: 'Pod' | 'Namespace' | 'NetworkPolicy'
      readonly plugin: string
    }
  /** The policies that select a Pod; `unknown`: it depends on a label that only a running cluster knows (S-002, S-303). */
  | {
      readonly kind: 'isolation'
      readonly direction: Direction
      readonly policies: readonly { readonly policy: PolicyRef; readonly matches: 'yes' | 'unknown' }[]
    }
  | { readonly kind: 'external-name'; readonly externalName: string }
  | { readonly kind: 'headless' | 'translated' }
  | { readonly kind: 'no-endpoints'; readonly why: NoBackends }
  | {
      readonly kind: 'unserved-port'
      readonly port: PortNumber
      readonly targetPort: PortNumber | string
    }
  | NamespaceDefault
  /** The Pods that a policy selects for sure, and those that it selects perhaps, by their ids. */
  | {
      readonly kind: 'selects'
      readonly namespace: string
      readonly selector: readonly LabelRequirement[]
      readonly pods: readonly string[]
      readonly undetermined: readonly string[]
    }
  /** Pods with the labels of the selector that no policy selects (S-043). */
  | { readonly kind: 'host-network-left-out'; readonly pods: readonly string[] }
  /** What a policy does in a direction; without rules it does not isolate in it. */
  | { readonly kind: 'direction'; readonly direction: Direction; readonly rules?: readonly WrittenRule[] }
  /** policyTypes does not list their direction (S-010). */
  | { readonly kind: 'ignored-rules'; readonly direction: Direction; readonly rules: readonly WrittenRule[] }
  /** policyTypes is not written (S-008). */
  | { readonly kind: 'default-policy-types'; readonly hasEgress: boolean }
  | { readonly kind: 'proxied' | 'no-default-backend' }

/** What the policies that select every Pod of a namespace do together in a direction (S-003). */
export interface NamespaceDefault {
  readonly kind: 'namespace-default'
  readonly direction: Direction
  readonly is: 'not isolated' | 'open' | 'closed' | 'limited'
  /** The policies that make it so. */
  readonly by: readonly PolicyRef[]
}

/** A rule of a policy, and its place. */
export interface WrittenRule {
  readonly facts: RuleFacts
  readonly source: SourceRef
}

/** What the values of a field are made of, where these are more than names and numbers. */
export type FieldFacts =
  /** Where a namespace is declared; without a place, whether it is assumed because of the objects in it. */
  | { readonly kind: 'declared'; readonly source?: SourceRef; readonly assumed: boolean }
  /** The Services that select a Pod, and whether it is one of their endpoints (S-202). */
  | {
      readonly kind: 'services'
      readonly services: readonly { readonly id: string; readonly isEndpoint: boolean }[]
    }
  | { readonly kind: 'ingress-rules'; readonly rules: readonly IngressRuleItem[] }

/** Where one path of one host leads. */
export interface IngressRuleItem {
  /** Null for the default backend, which has neither host nor path. */
  readonly host: string | null
  readonly path: string | null
  readonly pathType: string | null
  /** `SERVICE:PORT`, or the resource that only the controller knows. */
  readonly backend: string
  /** What is behind the backend; null for one that is not there, or is no Service. */
  readonly endpoints: readonly string[] | null
  readonly leadsTo: BackendMeaning
}

/** What is behind the backend of an Ingress, or why that is nothing. */
export type BackendMeaning =
  | { readonly kind: 'resource' }
  | { readonly kind: 'no service' | 'no port'; readonly service: string; readonly port: PortNumber | string }
  | { readonly kind: 'endpoints'; readonly endpoints: readonly string[] }
