import type { PolicySide } from '../../network/policy-side.ts'
import type { DifferenceReason } from '../../report/facts/policies.ts'
import type { Location } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import type { Fix } from '../fixes.ts'

/** One reason why a peer, a rule or a policy does not match. */
export type Difference = DifferenceReason & {
  /** Where it is written. */
  readonly at: Location
  /** How unlikely it is a mistake: from a typo to something else that is intended. */
  readonly cost: number
  /** Undefined where there is no small one. */
  readonly fix: Fix | undefined
}

/** Where a rule is evaluated. */
export interface RuleContext {
  readonly world: World
  readonly side: PolicySide
  /** That of the rule's policy. */
  readonly namespace: string
}

export const costOf = (differences: readonly Difference[]): number =>
  differences.reduce((sum, { cost }) => sum + cost, 0)

/** Surely a mistake: what is written has no effect at all. */
export const SURE = 0.5
/** A typo, such as a letter too many. */
export const TYPO = 1
/** A number that differs in one digit, or in the order of its digits: both numbers may be intended. */
export const SIMILAR_NUMBER = 1.5
/** Something is missing that may have been forgotten. */
export const FORGOTTEN = 2
/** One more thing that is missing, which was likely forgotten with the first. */
export const ALSO_FORGOTTEN = 0.75
/** Another label, port or address, which is likely intended. */
export const OTHER_VALUE = 3
/** Another kind of thing. */
export const FAR = 5
