import type { PolicyMiss, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { missesOf } from '../engine/misses.ts'
import type { Pod } from '../model/objects.ts'
import { identityOf } from '../network/endpoint.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Policy, Rule } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { NearMissRef } from '../report/facts/policies.ts'
import type { Direction } from '../report/facts/rules.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import { pathText } from '../source/file.ts'
import type { World } from '../world/world.ts'
import { eitherSuffices } from './differences/and-or.ts'
import { costOf, type Difference, OTHER, SURE, TYPO } from './differences/difference.ts'
import { isolatesByDefault, policyDifference } from './differences/policies.ts'
import { portDifference } from './differences/ports.ts'
import { reversedRules } from './differences/wrong-direction.ts'
import { fixFacts } from './fixes.ts'
import { policyRef, ruleRef } from './policy-facts.ts'
import { allowingRules, decidesAll, nearestPeer } from './rules.ts'
import { worldIndex } from './world-index.ts'

/** A policy, or one of its rules, that would have decided a side otherwise, but for its differences. */
export interface NearMiss {
  readonly policy: Policy
  /** Undefined where it is the policy that does not apply. */
  readonly rule: Rule | undefined
  readonly differences: readonly [Difference, ...Difference[]]
  readonly cost: number
}

/** What costs more is not tried, nor shown first, unless one of its differences is surely a mistake. */
const LIKELY = 3

/** Whether a near miss is likely the cause. */
export const isLikely = ({ cost, differences }: NearMiss): boolean =>
  cost <= LIKELY || differences.some(difference => difference.cost <= SURE)

/** Of policies with more rules and peers than these, the rules are not compared with what was asked. */
const MOST_ENTRIES = 400

/** What costs more is unrelated. */
const NEAR = 6

/** At most so many are reported. */
const MOST = 10

/** One sort of near misses, of which none costs less than `atLeast`. They are found when they are first asked for. */
interface Search {
  readonly atLeast: number
  readonly find: () => readonly NearMiss[]
}

/** What came near to deciding a side otherwise, the nearest first. */
export const nearMissesOf = (world: World, side: PolicySide): readonly NearMiss[] =>
  ranked(searchesOf(world)(side).flatMap(({ find }) => find()))

/** The first of them, found without those that cost more. */
export function nearestMiss(world: World, side: PolicySide): NearMiss | undefined {
  let nearest: NearMiss | undefined
  for (const { atLeast, find } of searchesOf(world)(side)) {
    if (nearest !== undefined && nearest.cost <= atLeast) return nearest
    const [first] = ranked(find())
    if (first !== undefined && (nearest === undefined || first.cost < nearest.cost)) nearest = first
  }
  return nearest
}

/** In the order of what they cost at least. A report and its suggestions ask for the same side. */
const searchesOf = memoized((world: World) =>
  memoized((side: PolicySide): readonly Search[] => {
    if (!enforces(world.profile)) return []
    if (side.verdict.selecting.length === 0) return [search(SURE, () => nearToIsolate(world, side))]
    switch (wordOfSide(side)) {
      case 'no':
      case 'undetermined':
        return nearToAllow(world, side)
      case 'yes':
        return [search(TYPO, () => nearToDeny(world, side))]
      case 'partial':
        return []
    }
  }),
)

const search = (atLeast: number, find: Search['find']): Search => ({ atLeast, find: lazily(find) })

/** A near miss by its policy and rule. */
export const nearMissRef = ({ policy, rule }: NearMiss): NearMissRef => ({
  policy: policyRef(policy),
  ...(rule !== undefined && { rule: ruleRef(policy, rule) }),
})

/** Equal for near misses of several sides that one fix removes: made of the policy, the differences and the fix. */
export function nearMissId({ policy: { namespace, name, at }, differences }: NearMiss): string {
  const places = differences.map(({ at: { path }, fix }) => {
    const place = pathText(path.slice(at.path.length))
    return fix === undefined ? place : `${place} (${leavesOf(fixFacts(fix)).join(' ')})`
  })
  return `${namespace}/${name} ${places.join(', ')}`
}

const leavesOf = (facts: unknown): readonly unknown[] =>
  typeof facts === 'object' && facts !== null ? Object.values(facts).flatMap(leavesOf) : [facts]

/** The rules and policies that would allow what a side refuses. */
function nearToAllow(world: World, side: PolicySide): readonly Search[] {
  // Only policies that do not select the subject are evaluated for it.
  const missed = lazily(() =>
    missedPolicies(world, side).map(one => ({ ...one, rules: one.miss.rules(side.otherIdentity) })),
  )
  return [
    search(SURE, () => [
      ...isolatingByDefault(world, side),
      ...missed().flatMap(({ miss, difference, rules }) =>
        allowingIf(miss.policy, rules, side).some(rule => decidesAll(rule, side.flow))
          ? [policyMissed(miss.policy, difference)]
          : [],
      ),
      ...nearRulesOfSelecting(world, side),
    ]),
    search(TYPO, () => missed().flatMap(one => nearRulesElsewhere(world, side, one))),
    search(OTHER, () =>
      reversedRules(world, side).map(({ policy, difference }) => policyMissed(policy, difference)),
    ),
  ]
}

/** The rules of a policy that would allow anything of what was asked if it selected the subject. */
const allowingIf = (policy: Policy, rules: readonly RuleTrace[], { flow }: PolicySide) =>
  allowingRules({ selecting: [{ policy, selects: 'yes', rules }] }, flow)

/** The only policy that isolates the subject, where it does so only because policyTypes is missing. */
function isolatingByDefault(world: World, { verdict }: PolicySide): readonly NearMiss[] {
  const [only, ...others] = verdict.selecting
  const difference = only && others.length === 0 ? isolatesByDefault(world, only.policy) : undefined
  return only && difference ? [policyMissed(only.policy, difference)] : []
}

function nearRulesOfSelecting(world: World, side: PolicySide): readonly NearMiss[] {
  let entries = 0
  return side.verdict.selecting.flatMap(({ policy, rules, selects }) => {
    entries += rules.reduce((sum, { peers }) => sum + 1 + peers.length, 0)
    const isTried = selects === 'yes' && entries <= MOST_ENTRIES
    return isTried ? nearRules(world, side, { policy, rules }, policy.namespace) : []
  })
}

/** Policies that would refuse on a side that no policy isolates, and have no effect, which is likely not intended. */
const nearToIsolate = (world: World, side: PolicySide): readonly NearMiss[] =>
  missedPolicies(world, side).flatMap(({ miss, difference }) =>
    difference.cost <= SURE && allowingIf(miss.policy, miss.rules(side.otherIdentity), side).length === 0
      ? [policyMissed(miss.policy, difference)]
      : [],
  )

/** The only rule that allows a side, where it would not with its two peers written as one. */
function nearToDeny(world: World, side: PolicySide): readonly NearMiss[] {
  const [only, ...more] = allowingRules(side.verdict, side.flow)
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

/** A policy that does not apply to a Pod, and the one difference that keeps it from applying. */
interface MissedPolicy {
  readonly miss: PolicyMiss
  readonly difference: Difference
}

/** They do not depend on the other endpoint. */
function missedPolicies(world: World, { subject, direction }: PolicySide): readonly MissedPolicy[] {
  return subject.kind === 'pod' ? missedByPods(world)[direction](subject.pod) : []
}

const missedByPods = memoized((world: World) => {
  const missedBy = (direction: Direction) =>
    memoized((pod: Pod): readonly MissedPolicy[] => {
      const subject = identityOf(world, { kind: 'pod', pod }, undefined)
      if (subject.kind !== 'pod') return []
      return missesOf(worldIndex(world).policiesFor(pod), { direction, subject }).flatMap(miss => {
        const difference = policyDifference(world, pod, miss)
        return difference === undefined ? [] : [{ miss, difference }]
      })
    })
  return { egress: missedBy('egress'), ingress: missedBy('ingress') }
})

/** A policy in the wrong namespace whose rules would need a change as well. */
function nearRulesElsewhere(
  world: World,
  side: PolicySide,
  { miss: { policy, why }, difference, rules }: MissedPolicy & Pick<PolicyTrace, 'rules'>,
): readonly NearMiss[] {
  if (why.kind !== 'namespace') return []
  const { namespace } = side.subjectIdentity
  return nearRules(world, side, { policy, rules }, namespace).map(({ differences, cost }) => ({
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
    if (trace.rule.action !== 'allow') return []
    const [first, ...more] = nearestDifferences(world, side, trace, namespace)
    if (first === undefined) return []
    const differences = [first, ...more] as const
    return [{ policy, rule: trace.rule, differences, cost: costOf(differences) }]
  })

/** What keeps a rule from matching; nothing for peers that may match: what they lack is unknown. */
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
