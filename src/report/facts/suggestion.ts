import type { Natural, Port, SourceRef } from '../common.ts'

/** What a suggestion changes: all that its sentence is made of. */
export type SuggestedChange =
  /** What makes up for a near miss: a change of its policy, or a label. */
  | {
      readonly kind: 'near-miss'
      readonly changes: 'policy' | 'label'
      readonly fixes: readonly string[]
      readonly nearMiss: NearMissName
    }
  | {
      readonly kind: 'new-rule'
      readonly policy: string
      readonly source: SourceRef
      readonly opens: SuggestedRule
    }
  | {
      readonly kind: 'new-policy'
      readonly namespace: string
      readonly name: string
      readonly opens: SuggestedRule
    }
  | {
      readonly kind: 'service'
      readonly name: string
      /** Absent where it is part of the suggestion itself. */
      readonly source?: SourceRef
      /** By the field or label; null for one that is left out. */
      readonly values: readonly { readonly key: string; readonly value: string | number | null }[]
    }

/** The policy of a near miss, or its rule, by the rule's place in its direction from 0. */
export interface NearMissName {
  readonly policy: string
  readonly rule?: { readonly direction: 'egress' | 'ingress'; readonly index: Natural }
  readonly source: SourceRef
}

export interface SuggestedRule {
  readonly direction: 'egress' | 'ingress'
  readonly peer:
    | { readonly kind: 'any' }
    | { readonly kind: 'endpoint'; readonly id: string }
    /** A Pod without labels can be meant only with all others. */
    | { readonly kind: 'every-pod'; readonly namespace: string }
  /** Null for all ports. */
  readonly ports: readonly Port[] | null
}
