import type { Match } from '../model/selector.ts'
import type { Direction } from '../report/facts/rules.ts'
import { type Addresses, unionOf as unionOfAddresses } from '../sets/addresses.ts'
import { CONNECTIONS, type Connections, NONE, subtract, union, unionOf } from '../sets/connections.ts'
import { bothWays, decide, type RuleMatches, type TierMatches } from './decide.ts'
import type {
  DirectionVerdict,
  Identity,
  PeerTrace,
  PodIdentity,
  PolicyTrace,
  RuleTrace,
  Verdict,
} from './evidence.ts'
import { matchRule } from './match.ts'
import type { PolicyIndex } from './policy-index.ts'
import { possibleAddresses, predicatesOf, subjectOf } from './predicates.ts'
import { type RankedTier, type RuleGroup, rankedTiers } from './tiers.ts'
import { matchedTogether } from './together.ts'

/** Which new connections the policies allow from one end to the other, and why: both directions have to allow them (S-004). */
export function evaluate(policies: PolicyIndex, from: Identity, to: Identity): Verdict {
  const egress = from.kind === 'pod' ? evaluateDirection(policies, 'egress', from, to) : undefined
  const ingress = to.kind === 'pod' ? evaluateDirection(policies, 'ingress', to, from) : undefined
  return { ...bothWays(CONNECTIONS, egress ?? UNSELECTED, ingress ?? UNSELECTED), egress, ingress }
}

/** Policies select Pods alone: an end that is none allows everything. */
const UNSELECTED = decide(CONNECTIONS, [])

/** What the policies that select a Pod decide in one direction about the other end. */
function evaluateDirection(
  policies: PolicyIndex,
  direction: Direction,
  subject: PodIdentity,
  other: Identity,
): DirectionVerdict {
  // Ports are always those of the destination, whose names they may be (S-028).
  const destination = direction === 'egress' ? other : subject
  const predicates = predicatesOf(subject)
  const traces = policies
    .candidates(subject.namespace, direction)
    .flatMap((policy): readonly PolicyTrace[] => {
      const selects = subjectOf(policy, predicates)
      if (selects === 'no') return []
      const rules = policy.rules.map(rule => matchRule(rule, policy.namespace, other, destination))
      return [{ policy, selects, rules }]
    })
  const tiers = rankedTiers<PolicyTrace, RuleTrace>(traces)
  const matches = tiers.map(tierMatches)
  const { allowed, possible } = decide(CONNECTIONS, matches)
  const maySelect = tiers.flatMap(tier => tier.policies)
  return {
    direction,
    surelyIsolated: matches.some(({ surelyIsolated }) => surelyIsolated),
    allowed,
    possible,
    undetermined: subtract(possible, allowed),
    maySelect,
    mayIsolate: maySelect.filter(({ policy }) => policy.isolates),
  }
}

/** What a group of rules matches, with its rules. */
export interface GroupMatches extends RuleMatches<Connections>, RuleGroup<PolicyTrace, RuleTrace> {
  /** Those whose policies surely select the subject, or as if they did. */
  readonly surelySelecting: RuleGroup<PolicyTrace, RuleTrace>['rules']
}

export function tierMatches({
  policies,
  levels,
}: RankedTier<PolicyTrace, RuleTrace>): TierMatches<Connections, boolean, GroupMatches> {
  const mayIsolate = policies.filter(({ policy }) => policy.isolates)
  return {
    surelyIsolated: mayIsolate.some(({ selects }) => selects === 'yes'),
    perhapsIsolating: mayIsolate
      .filter(({ selects }) => selects === 'unknown')
      .map(({ rules }) => ({ selects: true, matches: surelyCovered(rules) })),
    levels: levels.map(lists =>
      lists.map(({ groups, of }) => ({
        rules: groups.map(group => groupMatches(group, of)),
        ...(of?.selects === 'unknown' && { mayNotSelect: true }),
      })),
    ),
  }
}

/** `of`: the one policy whose rules these are, which match as if it selected the subject (`mayNotSelect`). */
function groupMatches(
  { action, rules }: RuleGroup<PolicyTrace, RuleTrace>,
  of: PolicyTrace | undefined,
): GroupMatches {
  const surelySelecting = of === undefined ? rules.filter(one => one.of.selects === 'yes') : rules
  const isKnown =
    surelySelecting.length === rules.length && rules.every(({ rule }) => rule.matches !== 'unknown')
  const possible = coversOf(
    rules.map(({ rule }) => rule),
    ['yes', 'unknown'],
  )
  const certain = isKnown ? possible : surelyCovered(surelySelecting.map(({ rule }) => rule))
  return { action, rules, surelySelecting, certain, possible }
}

/** What rules surely cover, alone or together. */
export const surelyCovered = (rules: readonly RuleTrace[]): Connections =>
  union(coversOf(rules, ['yes']), coveredTogether(rules))

/** What rules whose peers may match cover whichever address the other end has (S-051). */
export function coveredTogether(rules: readonly RuleTrace[]): Connections {
  const [first] = rules
  if (first === undefined || first.other.kind === 'anything') return NONE
  const unsure = rules
    .filter(mayHoldAddress)
    .map(({ peers, covers }) => ({ addresses: blocksThatMayMatch(peers), opens: covers }))
  return matchedTogether(unsure, possibleAddresses(first.other))
}

/** Whether it depends on the other end's address whether a rule matches. */
export const mayHoldAddress = ({ matches, peers }: RuleTrace): boolean =>
  matches === 'unknown' && peers.some(peer => peer.kind === 'addresses' && peer.matches === 'unknown')

const blocksThatMayMatch = (peers: readonly PeerTrace[]): Addresses =>
  unionOfAddresses(
    peers.flatMap(({ kind, matches, peer }) =>
      kind === 'addresses' && matches === 'unknown' ? [peer.addresses] : [],
    ),
  )

/** What rules cover whose peers match in one of these ways. */
function coversOf(rules: readonly RuleTrace[], how: readonly Match[]): Connections {
  return unionOf(rules.filter(({ matches }) => how.includes(matches)).map(({ covers }) => covers))
}
