import type { Natural, SourceRef, VerdictWord } from '../common.ts'

/** What causes an answer: the facts of its sentence. */
export type CauseFacts =
  /** Without any one of these policies the answer would be yes. */
  | { readonly kind: 'each-policy'; readonly policies: readonly NamedPolicy[] }
  /** Only without all of them, and no fewer. */
  | { readonly kind: 'policies-together'; readonly policies: readonly NamedPolicy[] }
  | {
      readonly kind: 'rules'
      /** Without any one of these the answer would not be yes. */
      readonly needed: readonly NeededRule[]
      /** The rules of a direction any one of which is enough (S-004). */
      readonly alternatives: readonly AlternativeRules[]
    }
  /** The network plugin enforces no policies. */
  | { readonly kind: 'not-enforced'; readonly plugin: string }
  /** No policy selects the source for egress or the destination for ingress (S-002). */
  | { readonly kind: 'not-isolated' }

export interface NamedPolicy {
  readonly name: string
  readonly source: SourceRef
}

export interface NamedRule {
  readonly policy: string
  readonly direction: 'egress' | 'ingress'
  readonly rule: Natural
  readonly source: SourceRef
}

export interface NeededRule extends NamedRule {
  /** What the answer would be if it allowed nothing. */
  readonly without: VerdictWord
}

export interface AlternativeRules {
  readonly direction: 'egress' | 'ingress'
  readonly rules: readonly NamedRule[]
}
