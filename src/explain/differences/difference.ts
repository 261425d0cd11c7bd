import type { DifferenceReason } from '../../report/facts/policies.ts'
import type { Location } from '../../source/file.ts'
import type { Fix } from '../fixes.ts'

/** One thing that keeps a peer, a rule or a policy from deciding otherwise than it does. */
export type Difference = DifferenceReason & {
  /** Where it is written. */
  readonly at: Location
  /** How far off it is: 1 is a typing error, 3 something that is likely intended. */
  readonly cost: number
  /** Undefined where nothing small would do. */
  readonly fix: Fix | undefined
}

export const costOf = (differences: readonly Difference[]): number =>
  differences.reduce((sum, { cost }) => sum + cost, 0)

/** A typing error, such as a letter too many. */
export const TYPO = 1
/** Something is missing that somebody may have forgotten. */
export const FORGOTTEN = 2
/** It is about something else, and likely intended so. */
export const OTHER = 3
/** It is about another sort of thing. */
export const FAR = 5
