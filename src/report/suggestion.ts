import type { Open } from './common.ts'
import type { SuggestedChange } from './facts/suggestion.ts'

/** A change that makes the answer a yes, ready to apply. */
export interface Suggestion {
  /** What is changed, in a sentence. */
  readonly message: string
  /** What the sentence is made of. */
  readonly facts: readonly SuggestedChange[]
  /** The ids of the near misses of the answer that it fixes. */
  readonly fixes: readonly string[]
  /** The objects as they would be applied, in YAML. */
  readonly manifest: string
  /** Every connection that it opens, with the one asked for: `app/frontend -> app/database TCP 5432`. */
  readonly opens: readonly string[]
  /** The same connections, one for one. */
  readonly opened: readonly OpenedConnection[]
  /** Every connection that it closes. */
  readonly closes: readonly string[]
  /** The same connections, one for one. */
  readonly closed: readonly ChangedConnection[]
  /** What else it changes: `Service shop/web gets shop/batch as an endpoint`. */
  readonly also: readonly string[]
  /** The same changes, one for one. */
  readonly services: readonly ServiceEffect[]
}

/** What changes between two workloads, Pods without one, `internet` or blocks of addresses outside, by their ids. */
export interface ChangedConnection {
  /** `app/frontend -> app/database TCP 5432`. */
  readonly message: string
  readonly from: string
  readonly to: string
  readonly open: Open
}

/** A connection that a suggestion opens. */
export interface OpenedConnection extends ChangedConnection {
  /** Whether the question was about this. */
  readonly asked: boolean
}

/** A Service that gets or loses an endpoint, by their ids. */
export interface ServiceEffect {
  readonly service: string
  readonly change: 'gets' | 'loses'
  readonly endpoint: string
}
