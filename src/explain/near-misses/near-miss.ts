import type { RuleTrace } from '../../engine/evidence.ts'
import type { Policy } from '../../policy/policy.ts'
import { type Difference, SLIP } from './difference.ts'

/** What would have made a side another, but for its differences. */
export interface NearMiss {
  readonly policy: Policy
  /** Undefined where it is the policy that has no say. */
  readonly rule: RuleTrace['rule'] | undefined
  readonly differences: readonly [Difference, ...Difference[]]
  readonly cost: number
}

/** What is farther off than this is not the first thing to be told, nor to be tried, unless something of it is surely wrong. */
export const TELLING = 3

export const isTelling = ({ cost, differences }: NearMiss): boolean =>
  cost <= TELLING || differences.some(difference => difference.cost < SLIP)

/** The same for the same differences of a policy that the same would make up for, on whichever side of a question. */
export const nearMissId = ({ policy: { namespace, name, direction }, differences }: NearMiss): string =>
  [
    `${namespace}/${name}`,
    direction,
    ...differences.map(
      ({ reason, at, fix }) => `${reason}@${at.path.join('.')}${fix === undefined ? '' : ` (${fix.text})`}`,
    ),
  ].join(' ')
