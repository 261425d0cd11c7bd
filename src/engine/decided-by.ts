import type { Policy } from '../policy/policy.ts'
import { type Connections, intersect, isEmpty, subtract, unionOf } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { type Outcomes, outcomeOf } from './decide.ts'
import { coveredTogether, type GroupMatches, mayHoldAddress, tierMatches } from './evaluate.ts'
import type { DirectionVerdict, PolicyTrace, RuleTrace } from './evidence.ts'
import { rankedTiers } from './tiers.ts'

/**
 * A rule that surely matches, and the connections that it decides; or one that may match, and those that one of several such
 * rules decides, whichever address the other end has (S-051).
 */
export interface DecidingRule {
  readonly policy: Policy
  readonly trace: RuleTrace
  readonly decides: Connections
}

/**
 * The rules that decide in one direction what is asked. Several of them decide the same connection where they have the same
 * action, or where it is unknown which decides: whether a policy selects the subject, or which of several policies of one
 * priority is applied (K-007). None decides what is denied by isolation or allowed by default (S-002).
 */
export function decidedBy(
  { maySelect }: Pick<DirectionVerdict, 'maySelect'>,
  ask: Connections,
): readonly DecidingRule[] {
  const tiers = rankedTiers<PolicyTrace, RuleTrace>(maySelect).map(tierMatches)
  return outcomeOf(tiers, decidingRules(ask))
}

const decidingRules = (
  ask: Connections,
): Outcomes<Connections, boolean, GroupMatches, readonly DecidingRule[]> => ({
  allowed: [],
  denied: [],
  byRule: ({ action, rules, surelySelecting, certain }, { unmatched, passed }) => {
    const alone = rules
      .filter(({ rule }) => rule.matches === 'yes')
      .map(({ of: { policy }, rule }) => ({ policy, trace: rule, decides: rule.covers }))
    const matching = restricted([...alone, ...decidingTogether(surelySelecting)], covered =>
      intersect(covered, ask),
    )
    const rest = without(unmatched, certain)
    if (action !== 'pass') return [...matching, ...rest]
    const left = unionOf(matching.map(({ decides }) => decides))
    return together(
      rest,
      restricted(passed, decides => intersect(decides, left)),
    )
  },
  either: together,
  none: [],
  without,
  choose: (where, a, b) => (where ? a : b),
})

/** Rules that may match, where one of them does in any case. */
function decidingTogether(rules: GroupMatches['surelySelecting']): readonly DecidingRule[] {
  const unsure = rules.filter(({ rule }) => mayHoldAddress(rule))
  const covered = coveredTogether(unsure.map(({ rule }) => rule))
  return unsure.map(({ of: { policy }, rule }) => ({
    policy,
    trace: rule,
    decides: intersect(rule.covers, covered),
  }))
}

function without(rules: readonly DecidingRule[], some: Connections): readonly DecidingRule[] {
  return restricted(rules, decides => subtract(decides, some))
}

/** Each rule with less that it decides; one that decides nothing more is left out. */
const restricted = (
  rules: readonly DecidingRule[],
  restrict: (decides: Connections) => Connections,
): readonly DecidingRule[] =>
  rules.map(rule => ({ ...rule, decides: restrict(rule.decides) })).filter(({ decides }) => !isEmpty(decides))

/** The rules of both, each once. */
function together(a: readonly DecidingRule[], b: readonly DecidingRule[]): readonly DecidingRule[] {
  const byRule = groupBy([...a, ...b], ({ trace }) => trace)
  return [...byRule.values()].map(same => ({
    ...same[0],
    decides: unionOf(same.map(({ decides }) => decides)),
  }))
}
