import { type DecidingRule, decidedBy } from '../engine/decided-by.ts'
import { surelyCovered } from '../engine/evaluate.ts'
import type { DirectionVerdict, PolicyTrace } from '../engine/evidence.ts'
import { isApiServer } from '../network/api-server.ts'
import { endpointId } from '../network/endpoint-ids.ts'
import { openOf } from '../network/flow.ts'
import { holdsDialedService, type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type {
  AllowedByRule,
  DeniedByPolicies,
  NearMissFacts,
  PolicyFacts,
  PolicyReason,
} from '../report/facts/policies.ts'
import { type Connections, contains, intersect, isEmpty, overlaps } from '../sets/connections.ts'
import { lazily } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { unenforcedPolicies } from './ineffective.ts'
import { isLikely, type NearMiss, nearestMiss, nearMissRef } from './near-misses.ts'
import { peerFacts, policyRef, ruleRef } from './policy-facts.ts'
import { allowingRules, decidesAll, reasonOf, rulesOf, unknownPeers } from './rules.ts'

/**
 * Why the policies of one side decide as they do. Near misses and facts are found when they are read: of many sides only the
 * codes are.
 */
export interface SideExplanation {
  readonly side: PolicySide
  readonly reason: PolicyReason
  /** The near miss that is part of the reason: the nearest, unless it is unlikely the cause. */
  readonly decisive: NearMiss | undefined
}

export const explainSide = (world: World, side: PolicySide): SideExplanation => ({
  side,
  reason: reasonOfSide(world, side),
  get decisive() {
    return decisiveOf(world, side)
  },
})

function decisiveOf(world: World, side: PolicySide): NearMiss | undefined {
  const word = wordOfSide(side)
  if (word === 'partial' || word === 'undetermined') return undefined
  const nearest = nearestMiss(world, side)
  if (nearest === undefined || word === 'yes') return nearest
  return isLikely(nearest) || rulesOf(side.verdict.mayIsolate).length <= 1 ? nearest : undefined
}

function reasonOfSide(world: World, side: PolicySide): PolicyReason {
  const { direction, verdict, flow } = side
  switch (wordOfSide(side)) {
    case 'yes':
      if (verdict.mayIsolate.length === 0 && decidedBy(verdict, flow.ask).length === 0)
        return allowedByDefault(world, side)
      return withFacts('ALLOWED_BY_RULE', () => ({ ...allowedBy(side), ...nearestFacts(world, side) }))
    case 'partial':
      return withFacts('OPEN_IN_PART', () => ({ ...allowedBy(side), ...undeterminedRest(side) }))
    case 'undetermined':
      return unknownOfSide(world, side)
    case 'no':
      return withFacts(direction === 'egress' ? 'DENIED_BY_EGRESS' : 'DENIED_BY_INGRESS', () =>
        deniedBy(world, side),
      )
  }
}

/** S-002. */
function allowedByDefault(world: World, side: PolicySide): PolicyReason {
  const { direction, subject } = side
  const unenforced = unenforcedPolicies(world, direction, subject)
  if (unenforced !== undefined) return { code: 'POLICY_NOT_ENFORCED', facts: unenforced }
  const code =
    direction === 'egress' ? 'ALLOWED_NO_POLICY_SELECTS_SOURCE' : 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'
  return withFacts(code, () => ({
    object: endpointId(world, subject),
    direction,
    ...nearestFacts(world, side),
  }))
}

/** A reason whose facts are found when they are read. */
function withFacts<C extends keyof PolicyFacts>(code: C, find: () => PolicyFacts[C]) {
  const facts = lazily(find)
  return {
    code,
    get facts() {
      return facts()
    },
  }
}

function nearestFacts(world: World, side: PolicySide): { readonly nearest?: NearMissFacts } {
  const near = decisiveOf(world, side)
  if (near === undefined) return {}
  return { nearest: { ...nearMissRef(near), differences: near.differences.map(reasonOf) } }
}

/** What is allowed, and the first rule that allows all of it, or else some; rather one that does so alone. */
function allowedBy({ direction, verdict, flow }: PolicySide): AllowedByRule {
  const rules = allowingRules(verdict, flow)
  const sure = rules.filter(({ trace }) => trace.matches === 'yes')
  const allowsAll = (rule: DecidingRule): boolean => decidesAll(rule, flow)
  const best = sure.find(allowsAll) ?? rules.find(allowsAll) ?? sure[0] ?? rules[0]
  const open = openOf(intersect(verdict.allowed, flow.ask))
  if (best === undefined) return { direction, open }
  const { policy, trace, decides } = best
  const together = togetherWith(best, rules)
  const peer = trace.peers.find(({ kind, matches }) =>
    together.length === 0 ? matches === 'yes' : kind === 'addresses' && matches === 'unknown',
  )?.peer
  return {
    direction,
    open,
    by: {
      rule: ruleRef(policy, trace.rule),
      opens: openOf(decides),
      isAll: decidesAll(best, flow),
      peer: peer === undefined ? 'any' : peerFacts(peer, policy.namespace),
      ...(together.length > 0 && { together: together.map(one => ruleRef(one.policy, one.trace.rule)) }),
    },
  }
}

function undeterminedRest({ verdict, flow }: PolicySide): Pick<AllowedByRule, 'undetermined'> {
  const unknown = intersect(verdict.undetermined, flow.ask)
  if (isEmpty(unknown)) return {}
  return { undetermined: contains(verdict.possible, flow.ask) ? 'rest' : openOf(unknown) }
}

/** The rules by whose blocks together one allows what it does (S-051); none where it has a peer that surely matches. */
function togetherWith(best: DecidingRule, rules: readonly DecidingRule[]): readonly DecidingRule[] {
  const { rule, peers, matches } = best.trace
  if (matches === 'yes')
    return rule.peers === 'any' || peers.some(peer => peer.matches === 'yes') ? [] : [best]
  const others = rules.filter(
    one => one !== best && one.trace.matches === 'unknown' && overlaps(one.decides, best.decides),
  )
  return [best, ...others]
}

/** The policies that surely isolate the Pod, where no rule matches: that of the near miss first, or else one that has rules. */
function deniedBy(world: World, side: PolicySide): DeniedByPolicies {
  const { direction, verdict, flow, other } = side
  // The words say "isolates". No kind that is read has rules that deny; one that has needs a code of its own.
  if (decidedBy(verdict, flow.ask).length > 0) throw new Error('what a rule denies has no reason code')
  const near = decisiveOf(world, side)
  const denying = verdict.mayIsolate.filter(({ selects }) => selects === 'yes')
  const [first] = denying
  // The first tier denies, unless a rule of it passes what was asked.
  if (denying.some(({ policy }) => policy.tier.order !== first?.policy.tier.order))
    throw new Error('which of several tiers denies has no reason code')
  const chosen =
    denying.find(({ policy }) => policy === near?.policy) ??
    denying.find(({ rules }) => rules.length > 0) ??
    first
  if (chosen === undefined) throw new Error('a side refuses only where a policy isolates it')
  return {
    direction,
    asked: flow.port,
    policy: policyRef(chosen.policy),
    others: denying.length - 1,
    rules: rulesOf(denying).length,
    ...nearestFacts(world, side),
    ...(other.kind === 'external' &&
      (isApiServer(other) || other.isNode === 'yes') && { node: endpointId(world, other) }),
  }
}

/** The first thing that the manifests do not have and that the decision depends on. */
function unknownOfSide(world: World, side: PolicySide): PolicyReason {
  const { direction, verdict, flow } = side
  const unknown = intersect(verdict.undetermined, flow.ask)
  for (const trace of verdict.maySelect) {
    const { policy, rules, selects } = trace
    switch (selects) {
      case 'unknown':
        if (!dependsOnSelection(trace, verdict, unknown)) break
        return {
          code: 'UNDETERMINED_LABEL',
          facts: { about: 'isolation', policy: policyRef(policy), direction },
        }
      case 'yes':
        for (const one of rules) {
          if (one.matches !== 'unknown' || !overlaps(one.covers, unknown)) continue
          const reason = unknownPeers(one.peers, {
            rule: ruleRef(policy, one.rule),
            ...replacement(world, side, one),
          })
          if (reason !== undefined) return reason
        }
    }
  }
  return withFacts('UNDETERMINED_ADDRESS', () => {
    throw new Error('a conflict of policies of one priority has no reason code (K-007)')
  })
}

/**
 * Whether what is unknown depends on whether a policy selects the Pod. Where others isolate it already, it does by what its
 * rules match; otherwise by what they do not surely match, because that is denied if it does (S-002).
 */
function dependsOnSelection(
  { policy, rules }: PolicyTrace,
  { surelyIsolated }: Pick<DirectionVerdict, 'surelyIsolated'>,
  unknown: Connections,
): boolean {
  return policy.isolates && !surelyIsolated
    ? !contains(surelyCovered(rules), unknown)
    : rules.some(({ matches, covers }) => matches !== 'no' && overlaps(covers, unknown))
}

/** What replaces an address before policies see it (S-038, S-064). */
function replacement({ cluster }: World, side: PolicySide, { peers }: PolicyTrace['rules'][number]) {
  if (peers.some(({ kind, peer }) => kind === 'addresses' && holdsDialedService(cluster, peer, side)))
    return { replacedBy: 'Pod' } as const
  const { other } = side
  return other.kind === 'external' && other.isRewritten ? ({ replacedBy: 'node' } as const) : {}
}
