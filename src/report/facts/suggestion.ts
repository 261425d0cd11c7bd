import type { Port, SourceRef } from '../common.ts'
import type { FixFacts } from './fixes.ts'
import type { NearMissRef } from './policies.ts'
import type { Direction } from './rules.ts'

/** What a suggestion changes: the facts of its sentence. */
export type SuggestedChange =
  /** The fix of a near miss: a change of its policy, or a label. */
  | {
      readonly kind: 'near-miss'
      readonly changes: 'policy' | 'label'
      readonly fixes: readonly FixFacts[]
      readonly nearMiss: NearMissRef
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
      /** Absent where the suggestion itself has changed it before. */
      readonly source?: SourceRef
      /** By field or label; null for one that is removed. */
      readonly values: readonly { readonly key: string; readonly value: string | number | null }[]
    }

export interface SuggestedRule {
  readonly direction: Direction
  readonly peer:
    | { readonly kind: 'any' }
    | { readonly kind: 'endpoint'; readonly id: string }
    /** Pods on the network of their nodes, by the addresses of these. */
    | { readonly kind: 'endpoints'; readonly ids: readonly string[] }
    /** The nodes, one of whose addresses takes the place of a client's. */
    | { readonly kind: 'nodes'; readonly addresses: readonly string[]; readonly client: string }
    /** A Pod without labels can be selected only together with all others. */
    | { readonly kind: 'every-pod'; readonly namespace: string }
  /** Null for all ports. */
  readonly ports: readonly Port[] | null
  /** Labels by which Pods are selected although the next release may change them: these have no others. Absent for none. */
  readonly changing?: readonly ChangingLabels[]
}

export interface ChangingLabels {
  /** The id of the Pod. */
  readonly of: string
  readonly labels: Readonly<Record<string, string>>
}
