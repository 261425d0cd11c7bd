import type { PolicyMiss, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { missesOf } from '../engine/misses.ts'
import type { Pod } from '../model/objects.ts'
import { identityOf } from '../network/endpoint.ts'
import { endpointId } from '../network/endpoint-ids.ts'
import { evaluatePair } from '../network/pair.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Policy, Rule } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { NearMissRef } from '../report/facts/policies.ts'
import type { Direction } from '../report/facts/rules.ts'
import { overlaps } from '../sets/connections.ts'
import { distinctBy, type NonEmpty } from '../sets/group-by.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import { pathText } from '../source/file.ts'
import type { World } from '../world/world.ts'
import { eitherSuffices } from './differences/and-or.ts'
import {
  costOf,
  type Difference,
  OTHER_VALUE,
  type RuleContext,
  SURE,
  TYPO,
} from './differences/difference.ts'
import { emptyRule, twoRules } from './differences/open-rules.ts'
import { isolatesByDefault, policyDifference } from './differences/policies.ts'
import { policyRef, ruleRef } from './policy-facts.ts'
import { allowingRules, decidesAll, leastDifferences } from './rules.ts'
import { worldIndex } from './world-index.ts'

/** A policy, or one of its rules, that would have decided a side otherwise, but for its differences. */
export interface NearMiss {
  readonly policy: Policy
  /** Undefined where it is the policy that does not apply. */
  readonly rule: Rule | undefined
  readonly differences: NonEmpty<Difference>
  /** How unlikely it is the cause. */
  readonly cost: number
  /** Its place among others: by its cost, and by what the rule is for. Never less than the cost. */
  readonly rank: number
}

/** What costs more is not tried, nor shown first, unless one of its differences is surely a mistake. */
const LIKELY = 3

/** Whether a near miss is likely the cause. */
export const isLikely = ({ cost, differences }: NearMiss): boolean =>
  cost <= LIKELY || differences.some(difference => difference.cost <= SURE)

/** So many rules and peers are compared with what was asked: those of the policies that have the fewest. */
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
  allNearMisses(world, side).slice(0, MOST)

/** Those that are not reported as well. */
export const allNearMisses = (world: World, side: PolicySide): readonly NearMiss[] =>
  ranked(searchesOf(world)(side).flatMap(({ find }) => find()))

/** The first of them, found without those that cost more. */
export function nearestMiss(world: World, side: PolicySide): NearMiss | undefined {
  let nearest: NearMiss | undefined
  for (const { atLeast, find } of searchesOf(world)(side)) {
    if (nearest !== undefined && nearest.rank <= atLeast) return nearest
    const [first] = ranked(find())
    if (first !== undefined && (nearest === undefined || first.rank < nearest.rank)) nearest = first
  }
  return nearest
}

/** In the order of what they cost at least. A report and its suggestions ask for the same side. */
const searchesOf = memoized((world: World) =>
  memoized((side: PolicySide): readonly Search[] => {
    if (!enforces(world.profile)) return []
    if (isDefault(side)) return [search(SURE, () => nearToIsolate(world, side))]
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

/** Whether everything is allowed because no policy isolates the Pod (S-002). */
const isDefault = (side: PolicySide): boolean =>
  side.verdict.mayIsolate.length === 0 && wordOfSide(side) === 'yes'

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
    return fix === undefined ? place : `${place} (${leavesOf(fix.facts).join(' ')})`
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
      ...missed().flatMap(({ miss: { policy }, difference, rules }) =>
        allowingIf(policy, rules, side).some(rule => decidesAll(rule, side.flow))
          ? nearMiss(policy, undefined, [difference])
          : [],
      ),
      ...nearRulesOfSelecting(world, side),
    ]),
    search(TYPO, () => missed().flatMap(one => nearRulesElsewhere(world, side, one))),
    search(OTHER_VALUE, () => reversedRules(world, side)),
  ]
}

/** What differs; none where nothing does. */
function nearMiss(
  policy: Policy,
  rule: Rule | undefined,
  [first, ...more]: readonly Difference[],
): readonly NearMiss[] {
  if (first === undefined) return []
  const differences = [first, ...more] as const
  const cost = costOf(differences)
  return [{ policy, rule, differences, cost, rank: cost + TYPO }]
}

/** The rules of a policy that would allow anything of what was asked if it selected the subject. */
const allowingIf = (policy: Policy, rules: readonly RuleTrace[], { flow }: PolicySide) =>
  allowingRules({ maySelect: [{ policy, selects: 'yes', rules }] }, flow)

/** The only policy that isolates the subject, where it does so only because policyTypes is missing. */
function isolatingByDefault(world: World, { verdict }: PolicySide): readonly NearMiss[] {
  const [only, ...others] = verdict.mayIsolate
  return only === undefined || others.length > 0
    ? []
    : nearMiss(only.policy, undefined, isolatesByDefault(world, only.policy))
}

const nearRulesOfSelecting = (world: World, side: PolicySide): readonly NearMiss[] =>
  smallest(side.verdict.maySelect.filter(({ selects }) => selects === 'yes')).flatMap(({ policy, rules }) =>
    nearRules({ world, side, namespace: policy.namespace }, policy, rules),
  )

/** All policies, or the smallest, whatever the order in which the manifests have them; a tie is decided by names. */
function smallest(policies: readonly PolicyTrace[]): readonly PolicyTrace[] {
  const sized = policies.map(of => ({
    of,
    size: of.rules.reduce((sum, { peers }) => sum + 1 + peers.length, 0),
  }))
  if (sized.reduce((sum, { size }) => sum + size, 0) <= MOST_ENTRIES) return policies
  const tried = new Set<PolicyTrace>()
  let sum = 0
  for (const { of, size } of sized.sort((a, b) => a.size - b.size || byName(a.of, b.of))) {
    sum += size
    if (sum > MOST_ENTRIES) break
    tried.add(of)
  }
  return policies.filter(one => tried.has(one))
}

const byName = ({ policy: a }: PolicyTrace, { policy: b }: PolicyTrace): number =>
  `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1

/** The rules of a policy that would allow what was asked, were it not for their differences. */
const nearRules = (context: RuleContext, policy: Policy, rules: readonly RuleTrace[]): readonly NearMiss[] =>
  rules.flatMap(trace => {
    if (trace.rule.action !== 'allow') return []
    const near = nearMiss(policy, trace.rule, leastDifferences(context, trace))
    return namesPort(trace, context.side) ? near.map(one => ({ ...one, rank: one.cost })) : near
  })

/** A rule that names the port that was asked for is more likely meant for it than all others. */
const namesPort = ({ rule, covers }: RuleTrace, { flow }: PolicySide): boolean =>
  rule.ports !== 'any' && flow.port !== null && overlaps(covers, flow.ask)

/** A policy in the wrong namespace whose rules would need a change as well. */
function nearRulesElsewhere(
  world: World,
  side: PolicySide,
  { miss: { policy, why }, difference, rules }: MissedPolicy & Pick<PolicyTrace, 'rules'>,
): readonly NearMiss[] {
  if (why.kind !== 'namespace') return []
  const { namespace } = side.subjectIdentity
  return nearRules({ world, side, namespace }, policy, rules).flatMap(({ differences }) =>
    nearMiss(policy, undefined, [difference, ...differences]),
  )
}

/**
 * Rules that allow the connection in the opposite direction only: `egress` written for `ingress`, the policy of the client for
 * that of the server, or a rule for responses, which need none (S-004, S-048).
 */
function reversedRules(world: World, { flow }: PolicySide): readonly NearMiss[] {
  const { from, to } = flow
  const ends = { from: endpointId(world, to), to: endpointId(world, from) }
  const allowing = evaluatePair(world, to, from)
    .flatMap(({ egress, ingress }) => [egress, ingress])
    .flatMap(verdict => (verdict === undefined ? [] : allowingRules(verdict, flow)))
    // A rule without peers is not about this direction in particular.
    .filter(({ trace }) => trace.rule.peers !== 'any')
  // The same rule may match for both IP families.
  return distinctBy(allowing, ({ trace }) => trace.rule).flatMap(({ policy, trace: { rule } }) => {
    const facts = { rule: ruleRef(policy, rule), ...ends }
    const difference = {
      code: 'NEAR_MISS_DIRECTION',
      facts,
      at: rule.at,
      fix: undefined,
      cost: OTHER_VALUE,
    } as const
    return nearMiss(policy, undefined, [difference])
  })
}

/** Policies that would refuse on a side that no policy isolates, and have no effect, which is likely not intended. */
const nearToIsolate = (world: World, side: PolicySide): readonly NearMiss[] =>
  missedPolicies(world, side).flatMap(({ miss: { policy, rules }, difference }) =>
    difference.cost <= SURE && allowingIf(policy, rules(side.otherIdentity), side).length === 0
      ? nearMiss(policy, undefined, [difference])
      : [],
  )

/** The only rule that allows a side, where it would not with its two peers written as one, or were it one with another rule. */
function nearToDeny(world: World, side: PolicySide): readonly NearMiss[] {
  const [only, ...more] = allowingRules(side.verdict, side.flow)
  if (only === undefined || more.length > 0) return []
  const { policy, trace } = only
  const context = { world, side, namespace: policy.namespace }
  const found = [eitherSuffices(context, trace), twoRules(context, policy, trace), emptyRule(policy, trace)]
  return found.flatMap(differences => nearMiss(policy, trace.rule, differences))
}

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

const ranked = (all: readonly NearMiss[]): readonly NearMiss[] =>
  all.filter(({ cost }) => cost <= NEAR).sort((a, b) => a.rank - b.rank)
