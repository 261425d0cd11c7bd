import type { Match } from '../model/selector.ts'
import type { Direction } from '../policy/policy.ts'
import { CONNECTIONS, type Connections, subtract, union, unionOf } from '../sets/connections.ts'
import { bothWays, decide, type RuleMatches, type TierMatches, undecided } from './decide.ts'
import type { DirectionVerdict, Identity, PodIdentity, PolicyTrace, RuleTrace, Verdict } from './evidence.ts'
import { matchRule } from './match.ts'
import type { PolicyIndex } from './policy-index.ts'
import { predicatesOf, subjectOf } from './predicates.ts'
import { type RankedTier, type RuleGroup, rankedTiers } from './tiers.ts'

/** Which new connections the policies allow from one end to the other, and why: both directions must (S-004). */
export function evaluate(policies: PolicyIndex, from: Identity, to: Identity): Verdict {
  const egress = from.kind === 'pod' ? judge(policies, 'egress', from, to) : undefined
  const ingress = to.kind === 'pod' ? judge(policies, 'ingress', to, from) : undefined
  return { ...bothWays(CONNECTIONS, decisionOf(egress), decisionOf(ingress)), egress, ingress }
}

const decisionOf = (verdict: DirectionVerdict | undefined) =>
  verdict === undefined
    ? undecided(CONNECTIONS)
    : { allowed: verdict.allowed, possible: union(verdict.allowed, verdict.undetermined) }

/** One Pod's policies in one direction, asked about the other end. */
function judge(
  policies: PolicyIndex,
  direction: Direction,
  subject: PodIdentity,
  other: Identity,
): DirectionVerdict {
  // Ports are always those of the destination, whose names they may be (S-028).
  const destination = direction === 'egress' ? other : subject
  const predicates = predicatesOf(subject)
  const traces: PolicyTrace[] = []
  for (const policy of policies.candidates(subject.namespace, direction)) {
    const selects = subjectOf(policy, predicates)
    if (selects === 'no') continue
    const rules = policy.rules.map(rule => matchRule(rule, policy.namespace, other, destination))
    traces.push({ policy, selects, rules })
  }
  return verdictOf(direction, rankedTiers<PolicyTrace, RuleTrace>(traces))
}

type Tier = RankedTier<PolicyTrace, RuleTrace>

function verdictOf(direction: Direction, tiers: readonly Tier[]): DirectionVerdict {
  const matches = tiers.map(matchesOf)
  const { allowed, possible } = decide(CONNECTIONS, matches)
  return {
    direction,
    isolated: matches.some(({ isolated }) => isolated),
    allowed,
    undetermined: subtract(possible, allowed),
    selecting: tiers.flatMap(({ policies }) => policies),
  }
}

function matchesOf({ policies, levels }: Tier): TierMatches<Connections, boolean> {
  const isolating = policies.filter(({ policy }) => policy.isolates)
  return {
    isolated: isolating.some(({ selects }) => selects === 'yes'),
    mayIsolate: isolating
      .filter(({ selects }) => selects === 'unknown')
      .map(({ rules }) => ({ selects: true, matches: opensOf(rules, ['yes']) })),
    levels: levels.map(lists =>
      lists.map(({ groups, of }) => ({
        rules: groups.map(group => matchesOfGroup(group, of)),
        ...(of?.selects === 'unknown' && { mayNotSelect: true }),
      })),
    ),
  }
}

/** `only`: the one policy whose rules these are, which match as if it selected (`mayNotSelect`). */
function matchesOfGroup(
  { action, rules }: RuleGroup<PolicyTrace, RuleTrace>,
  only: PolicyTrace | undefined,
): RuleMatches<Connections> {
  const all = rules.map(({ rule }) => rule)
  const sure = only === undefined ? rules.filter(({ of }) => of.selects === 'yes') : rules
  const possible = opensOf(all, ['yes', 'unknown'])
  const isKnown = sure.length === rules.length && all.every(({ matches }) => matches !== 'unknown')
  const certain = isKnown
    ? possible
    : opensOf(
        sure.map(({ rule }) => rule),
        ['yes'],
      )
  return { action, certain, possible }
}

/** What rules match, of which the peers match in one of these ways. */
function opensOf(rules: readonly RuleTrace[], how: readonly Match[]): Connections {
  return unionOf(rules.filter(({ matches }) => how.includes(matches)).map(({ opens }) => opens))
}
