import type { ReasonCode } from '../../report/codes.ts'
import type { Location } from '../../source/file.ts'
import type { Fix } from './fix.ts'

/** One thing that keeps a rule, or a policy, from opening a connection. */
export interface Difference {
  readonly reason: ReasonCode
  /** What is, and what is wanted. */
  readonly message: string
  /** Where it is written. */
  readonly at: Location
  /** Undefined where nothing small would do. */
  readonly fix: Fix | undefined
  /** How far off it is: 1 is a slip of the hand, 3 something that is likely meant so. */
  readonly cost: number
}

/** A slip of the hand, such as a letter too many. */
export const SLIP = 1
/** Something is missing that somebody may have forgotten. */
export const FORGOTTEN = 2
/** It is about something else, and likely meant so. */
export const OTHER = 3
/** It is about another sort of thing. */
export const FAR = 5
