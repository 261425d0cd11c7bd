import type { Action, Policy } from '../policy/policy.ts'
import { type Connections, intersect, NONE, overlaps, subtract, union, unionOf } from '../sets/connections.ts'
import { isIsolating } from './evaluate.ts'
import type { DirectionVerdict, PolicyTrace, RuleTrace } from './evidence.ts'
import { type RuleList, rankedTiers } from './tiers.ts'

/** A rule that surely matches, and the connections that it decides. */
export interface DecidingRule {
  readonly policy: Policy
  readonly trace: RuleTrace
  readonly decides: Connections
}

/**
 * What decides some connections. The same connection is in several of these where it is unknown which decides: whether a
 * policy selects the subject, or which of several policies of one priority is applied (K-007).
 */
export interface DecidedBy {
  /** In the order in which policies are asked. */
  readonly allowing: readonly DecidingRule[]
  readonly denying: readonly DecidingRule[]
  /** Denied because a policy isolates the subject and no rule of its tier matches (S-002). */
  readonly byIsolation: Connections
  /** Allowed because nothing decides. */
  readonly byDefault: Connections
}

interface DecidingMatch extends DecidingRule, Pick<PolicyTrace, 'selects'> {}

/** Which rules decide in one direction what is asked, by the order of `decide`. */
export function decidedBy({ selecting }: Pick<DirectionVerdict, 'selecting'>, ask: Connections): DecidedBy {
  const deciding: DecidingMatch[] = []
  let byIsolation = NONE
  let rest = ask
  for (const { policies, levels } of rankedTiers<PolicyTrace, RuleTrace>(selecting)) {
    let passed = NONE
    for (const lists of levels) {
      const matches = lists.flatMap(list => firstMatches(list, rest))
      deciding.push(...matches)
      passed = union(passed, connectionsOf(matches.filter(isOf('pass'))))
      rest = subtract(rest, connectionsOf(matches.filter(({ selects }) => selects === 'yes')))
    }
    if (policies.some(isIsolating)) {
      byIsolation = union(byIsolation, rest)
      rest = passed
    } else rest = union(rest, passed)
  }
  return {
    allowing: deciding.filter(isOf('allow')),
    denying: deciding.filter(isOf('deny')),
    byIsolation,
    byDefault: rest,
  }
}

/** The rules of a list that match what comes to it before all others, if the policy selects the subject. */
function firstMatches(
  { groups }: RuleList<PolicyTrace, RuleTrace>,
  coming: Connections,
): readonly DecidingMatch[] {
  let rest = coming
  return groups.flatMap(({ rules }) => {
    const matches = rules
      .filter(({ rule }) => rule.matches === 'yes' && overlaps(rule.opens, rest))
      .map(({ of: { policy, selects }, rule }) => ({
        policy,
        selects,
        trace: rule,
        decides: intersect(rule.opens, rest),
      }))
    rest = subtract(rest, connectionsOf(matches))
    return matches
  })
}

const isOf =
  (action: Action) =>
  ({ trace }: DecidingRule): boolean =>
    trace.rule.action === action

const connectionsOf = (rules: readonly DecidingRule[]): Connections =>
  unionOf(rules.map(({ decides }) => decides))
