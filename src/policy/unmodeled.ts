import type { Selector } from '../model/selector.ts'
import type { Location } from '../source/file.ts'

/** A policy of a kind that decides about connections and is not evaluated: only whom it could select is known (S-071). */
export interface UnmodeledPolicy {
  readonly kind: string
  /** The only namespace whose Pods it can select; undefined where that is any. */
  readonly namespace: string | undefined
  readonly name: string
  /** Whether it can select nodes, and what uses their network. */
  readonly nodes: boolean
  /** It can select what any of these does; a part that netpol cannot read is `any`. */
  readonly subjects: readonly UnmodeledSubject[]
  readonly at: Location
}

export interface UnmodeledSubject {
  readonly namespaces: Selector | 'any'
  readonly pods: Selector | 'any'
}
