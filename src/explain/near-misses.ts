import type { PolicyMiss, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { missesOf } from '../engine/misses.ts'
import type { Pod } from '../model/objects.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Policy, Rule } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { NearMissRef } from '../report/facts/policies.ts'
import { memoized } from '../sets/memoized.ts'
import { pathText } from '../source/file.ts'
import type { World } from '../world/world.ts'
import { eitherSuffices } from './differences/and-or.ts'
import { isolatesByDefault } from './differences/default-types.ts'
import { costOf, type Difference, TYPO } from './differences/difference.ts'
import { policyDifference } from './differences/policies.ts'
import { portDifference } from './differences/ports.ts'
import { reversedRules } from './differences/wrong-direction.ts'
import { fixFacts } from './fixes.ts'
import { policyRef, ruleRef } from './policy-facts.ts'
import { nearestPeer, opensAll, opensAny } from './rules.ts'
import { worldIndex } from './world-index.ts'

/** A policy, or one of its rules, that would have decided a side otherwise, but for its differences. */
export interface NearMiss {
  readonly policy: Policy
  /** Undefined where it is the policy that has no say. */
  readonly rule: Rule | undefined
  readonly differences: readonly [Difference, ...Difference[]]
  readonly cost: number
}

/** What is farther off than this is not tried, nor shown first, unless something of it is surely wrong. */
const LIKELY = 3

/** Whether a near miss is likely the cause. */
export const isLikely = ({ cost, differences }: NearMiss): boolean =>
  cost <= LIKELY || differences.some(difference => difference.cost < TYPO)

/** Of policies with more rules and peers than these the nearest is of no use. */
const MOST_ENTRIES = 400

/** What costs more is about something else. */
const NEAR = 6

/** More than these are not followed up. */
const MOST = 10

/** What came near to deciding a side otherwise, the nearest first. */
export const nearMissesOf = (world: World, side: PolicySide): readonly NearMiss[] => bySide(world)(side)

/** A report and its suggestions ask for the same. */
const bySide = memoized((world: World) => memoized((side: PolicySide) => findNearMisses(world, side)))

function findNearMisses(world: World, side: PolicySide): readonly NearMiss[] {
  if (!enforces(world.profile)) return []
  if (side.verdict.selecting.length === 0) return nearToIsolate(world, side)
  switch (wordOfSide(side)) {
    case 'no':
    case 'undetermined':
      return nearToAllow(world, side)
    case 'yes':
      return nearToRefuse(world, side)
    case 'partial':
      return []
  }
}

/** A near miss by its policy and rule. */
export const nearMissRef = ({ policy, rule }: NearMiss): NearMissRef => ({
  policy: policyRef(policy),
  ...(rule !== undefined && { rule: ruleRef(policy, rule) }),
})

/** The same for near misses of several sides that one fix makes up for: the policy, what is different, and the fix. */
export function nearMissId({ policy: { namespace, name, at }, differences }: NearMiss): string {
  const places = differences.map(({ at: { path }, fix }) => {
    const place = pathText(path.slice(at.path.length))
    return fix === undefined ? place : `${place} (${leavesOf(fixFacts(fix)).join(' ')})`
  })
  return `${namespace}/${name} ${places.join(', ')}`
}

const leavesOf = (facts: unknown): readonly unknown[] =>
  typeof facts === 'object' && facts !== null ? Object.values(facts).flatMap(leavesOf) : [facts]

/** The rules and policies that would allow what a side refuses; only policies without a say are evaluated for it. */
function nearToAllow(world: World, side: PolicySide): readonly NearMiss[] {
  const { selecting } = side.verdict
  let looked = 0
  const ofRules = selecting.flatMap(trace => {
    looked += trace.rules.reduce((sum, { peers }) => sum + 1 + peers.length, 0)
    return trace.selects === 'yes' && looked <= MOST_ENTRIES
      ? nearRules(world, side, trace, trace.policy.namespace)
      : []
  })
  const [only, ...others] = selecting
  const byDefault = only && others.length === 0 ? isolatesByDefault(world, only.policy) : undefined
  const missed = missedPolicies(world, side)
  return ranked([
    ...(only && byDefault ? [policyMissed(only.policy, byDefault)] : []),
    ...missed.flatMap(({ miss, difference }) =>
      miss.rules(side.otherIdentity).some(trace => opensAll(trace, side.flow))
        ? [policyMissed(miss.policy, difference)]
        : [],
    ),
    ...ofRules,
    ...missed.flatMap(one => nearRulesElsewhere(world, side, one)),
    ...reversedRules(world, side).map(({ policy, difference }) => policyMissed(policy, difference)),
  ])
}

/** The policies that would refuse on a side that no policy isolates: they have no effect at all, and were likely meant to. */
function nearToIsolate(world: World, side: PolicySide): readonly NearMiss[] {
  const refusing = missedPolicies(world, side).flatMap(({ miss, difference }) =>
    difference.cost < TYPO && !miss.rules(side.otherIdentity).some(trace => opensAny(trace, side.flow))
      ? [policyMissed(miss.policy, difference)]
      : [],
  )
  return ranked(refusing)
}

/** The one rule that allows a side, where it would not if two of its peers were one. */
function nearToRefuse(world: World, side: PolicySide): readonly NearMiss[] {
  const opening = side.verdict.selecting.flatMap(({ policy, rules }) =>
    rules.filter(trace => opensAny(trace, side.flow)).map(trace => ({ policy, trace })),
  )
  const [only, ...more] = opening
  if (only === undefined || more.length > 0) return []
  const { policy, trace } = only
  const difference = eitherSuffices(world, side, trace, policy.namespace)
  return difference === undefined ? [] : [{ ...policyMissed(policy, difference), rule: trace.rule }]
}

const policyMissed = (policy: Policy, difference: Difference): NearMiss => ({
  policy,
  rule: undefined,
  differences: [difference],
  cost: difference.cost,
})

/** A policy without a say about a Pod, and the one thing that keeps it from having one. */
interface MissedPolicy {
  readonly miss: PolicyMiss
  readonly difference: Difference
}

/** They depend on the subject alone, and not on what is at the other end. */
function missedPolicies(world: World, side: PolicySide): readonly MissedPolicy[] {
  const { subject, direction, subjectIdentity } = side
  if (subject.kind !== 'pod') return []
  const known = missedBySubject(world)[direction]
  const before = known.get(subject.pod)
  if (before !== undefined) return before
  const policies = worldIndex(world).policiesFor(subject.pod)
  const now = missesOf(policies, { direction, subject: subjectIdentity }).flatMap(miss => {
    const difference = policyDifference(world, side, miss)
    return difference === undefined ? [] : [{ miss, difference }]
  })
  known.set(subject.pod, now)
  return now
}

const missedBySubject = memoized((_: World) => ({
  egress: new WeakMap<Pod, readonly MissedPolicy[]>(),
  ingress: new WeakMap<Pod, readonly MissedPolicy[]>(),
}))

/** A policy in the wrong namespace whose rules would need a change as well. */
function nearRulesElsewhere(
  world: World,
  side: PolicySide,
  { miss: { policy, why, rules }, difference }: MissedPolicy,
): readonly NearMiss[] {
  if (why.kind !== 'namespace' || difference.cost >= TYPO) return []
  const traces = { policy, rules: rules(side.otherIdentity) }
  return nearRules(world, side, traces, side.subjectIdentity.namespace).map(({ differences, cost }) => ({
    policy,
    rule: undefined,
    differences: [difference, ...differences],
    cost: difference.cost + cost,
  }))
}

const nearRules = (
  world: World,
  side: PolicySide,
  { policy, rules }: Pick<PolicyTrace, 'policy' | 'rules'>,
  namespace: string,
): readonly NearMiss[] =>
  rules.flatMap(trace => {
    const [first, ...more] = nearestDifferences(world, side, trace, namespace)
    if (first === undefined) return []
    const differences = [first, ...more] as const
    return [{ policy, rule: trace.rule, differences, cost: costOf(differences) }]
  })

/** What keeps a rule from matching; not of peers that may match, as what they lack is not known. */
function nearestDifferences(
  world: World,
  side: PolicySide,
  trace: RuleTrace,
  namespace: string,
): readonly Difference[] {
  const port = portDifference(world, side, trace)
  const ofPort = port === undefined ? [] : [port]
  if (trace.matches === 'yes') return ofPort
  const ofPeer = nearestPeer(world, side, trace, namespace)
  return ofPeer.length === 0 ? [] : [...ofPeer, ...ofPort]
}

const ranked = (all: readonly NearMiss[]): readonly NearMiss[] =>
  all
    .filter(({ cost }) => cost <= NEAR)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST)
