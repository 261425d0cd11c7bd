import type { Port, Protocol } from '../common.ts'
import type { Direction, LabelRequirement } from './rules.ts'

/** A small change that would remove a difference: of the policy, or of a label. */
export type FixFacts =
  /** Fields that get these values. */
  | { readonly kind: 'write'; readonly fields: readonly FieldValue[] }
  /** Replaces one value of a list by another one. */
  | { readonly kind: 'replace'; readonly value: string; readonly by: string }
  /** Removes a value from a list. */
  | { readonly kind: 'leave-out'; readonly value: string }
  /** `value`: null to remove the label. */
  | {
      readonly kind: 'label'
      readonly object: LabeledRef
      readonly key: string
      readonly value: string | null
    }
  | { readonly kind: 'add-peer'; readonly for: string }
  /** Added to the peer, beside its podSelector. */
  | { readonly kind: 'add-namespace-selector'; readonly labels: Readonly<Record<string, string>> }
  /** To the other selector of the peer; beside it, where it has no other, a namespaceSelector for the namespace of this name. */
  | {
      readonly kind: 'move-labels'
      readonly to: 'podSelector' | 'namespaceSelector'
      readonly labels: readonly LabelRequirement[]
      readonly namespace?: string
    }
  /** Makes two peers of the two selectors of one. */
  | { readonly kind: 'split-selectors' }
  /** Makes one peer of two that have one selector each. */
  | { readonly kind: 'join-selectors' }
  /** Makes one rule of one with peers and one with ports. */
  | { readonly kind: 'join-rules'; readonly direction: Direction }
  | { readonly kind: 'add-port'; readonly port: Port }
  /** The same port of another protocol. */
  | { readonly kind: 'add-protocol'; readonly protocol: Protocol }
  | { readonly kind: 'add-policy-type'; readonly type: PolicyType }

export interface FieldValue {
  readonly field: string
  readonly value: string | number | readonly PolicyType[]
}

type PolicyType = 'Ingress' | 'Egress'

/** An object whose labels selectors match: a Namespace, a Pod, or the workload of a Pod, whose template has its labels. */
export interface LabeledRef {
  readonly kind: 'Pod' | 'Namespace'
  /** Of a Namespace, its name. */
  readonly id: string
}
