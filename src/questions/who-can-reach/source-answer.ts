import type { ExplainedPath } from '../../explain/explain-path.ts'
import type { Path } from '../../path/path.ts'
import type { VerdictWord, ViaRoute } from '../../report/common.ts'
import type { Conclusion } from '../../report/facts/paths.ts'
import type { Connections } from '../../sets/connections.ts'

/** What at least one pair of endpoints has open, what of that not every pair has, and what is not known. */
export interface AnswerShares {
  readonly open: Connections
  readonly inPart: Connections
  readonly undetermined: Connections
}

/** The answer for one source: the same as that of `can-reach`. */
export interface SourceAnswer extends AnswerShares {
  readonly verdict: VerdictWord
  readonly paths: readonly Path[]
  /** Why it is so: worked out where it is shown or compared. */
  readonly explained: () => readonly ExplainedPath[]
  readonly why: () => Conclusion
  /** The Ingresses and routes that lead a client outside there. */
  readonly via: readonly ViaRoute[]
  /** There is no other way. */
  readonly isOnlyVia: boolean
}
