import type { Open } from './common.ts'
import type { SuggestedChange } from './facts/suggestion.ts'

/** A change that gives the wanted answer, ready to apply. */
export interface Suggestion {
  /** What is changed, in a sentence. */
  readonly message: string
  /** What the sentence is made of. */
  readonly facts: readonly SuggestedChange[]
  /** The near misses of the answer that it makes up for, by their ids. */
  readonly fixes: readonly string[]
  /** The objects as they would be applied, in YAML. */
  readonly manifest: string
  /** Every connection that it opens, the wanted one among them: `app/frontend -> app/database TCP 5432`. */
  readonly opens: readonly string[]
  /** The same connections, one for one. */
  readonly opened: readonly OpenedConnection[]
  /** Every connection that it closes. */
  readonly closes: readonly string[]
  /** The same connections, one for one. */
  readonly closed: readonly ChangedConnection[]
  /** What else is otherwise then: `Service shop/web gets shop/batch as an endpoint`. */
  readonly also: readonly string[]
  /** The same changes, one for one. */
  readonly services: readonly ServiceEffect[]
}

/** What is different between two workloads, Pods that have none, `internet` or the blocks of addresses outside, by their ids. */
export interface ChangedConnection {
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
