import type { Natural, PolicyRef, SourceRef, VerdictWord } from '../common.ts'
import type { Direction } from './rules.ts'

/** What causes an answer: the facts of its sentence. */
export type CauseFacts =
  /** Without any one of these policies the answer would be yes. */
  | { readonly kind: 'each-policy'; readonly policies: readonly PolicyRef[] }
  /** Only without all of them, and no fewer. */
  | { readonly kind: 'policies-together'; readonly policies: readonly PolicyRef[] }
  | {
      readonly kind: 'rules'
      /** Without any one of these the answer would not be yes. */
      readonly needed: readonly (NamedRule & {
        /** What the answer would be if it allowed nothing. */
        readonly without: VerdictWord
      })[]
      /** The rules of a direction any one of which is enough (S-004). */
      readonly alternatives: readonly {
        readonly direction: Direction
        readonly rules: readonly NamedRule[]
      }[]
    }
  /** The network plugin enforces no policies. */
  | { readonly kind: 'not-enforced'; readonly plugin: string }
  /** No policy selects the source for egress or the destination for ingress (S-002). */
  | { readonly kind: 'not-isolated' }

export interface NamedRule {
  readonly policy: string
  readonly direction: Direction
  readonly rule: Natural
  readonly source: SourceRef
}
