import type { PolicyTrace } from '../engine/evidence.ts'
import { endpointId } from '../network/endpoint-ids.ts'
import { openOf } from '../network/open.ts'
import { holdsDialledService, type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type {
  AllowedByRule,
  NearMissFacts,
  PolicyReason,
  RefusedByPolicies,
} from '../report/facts/policies.ts'
import { intersect, overlaps } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { unenforcedPolicies } from './enforcement.ts'
import { isLikely, type NearMiss, nearMissesOf, nearMissRef } from './near-misses.ts'
import { peerFacts, policyRef, ruleRef } from './policy-facts.ts'
import { opensAll, opensAny, reasonOf, unknownPeers } from './rules.ts'

/** Why the policies of one side decide as they do, and what came near to deciding otherwise. */
export interface SideExplanation {
  readonly side: PolicySide
  readonly reason: PolicyReason
  readonly nearMisses: readonly NearMiss[]
  /** The place of the near miss that the reason tells of; undefined where it tells of none. */
  readonly decisive: number | undefined
}

export function explainSide(world: World, side: PolicySide): SideExplanation {
  const nearMisses = nearMissesOf(world, side)
  const decisive = decisiveOf(side, nearMisses)
  const reason = reasonOfSide(world, side, decisive)
  return { side, reason, nearMisses, decisive: decisive && nearMisses.indexOf(decisive) }
}

/** The nearest of the near misses, unless it is too far off to be the cause. */
function decisiveOf(side: PolicySide, [nearest]: readonly NearMiss[]): NearMiss | undefined {
  const { selecting } = side.verdict
  if (nearest === undefined || selecting.length === 0) return nearest
  switch (wordOfSide(side)) {
    case 'yes':
      return nearest
    case 'no': {
      const isOnlyRule = selecting.flatMap(({ rules }) => rules).length <= 1
      return isLikely(nearest) || isOnlyRule ? nearest : undefined
    }
    case 'partial':
    case 'undetermined':
      return undefined
  }
}

function reasonOfSide(world: World, side: PolicySide, near: NearMiss | undefined): PolicyReason {
  const { direction, verdict, subject } = side
  const nearest = near && nearMissFacts(near)
  if (verdict.selecting.length === 0) {
    const unenforced = unenforcedPolicies(world, direction, subject)
    if (unenforced !== undefined) return { code: 'POLICY_NOT_ENFORCED', facts: unenforced }
    const facts = { object: endpointId(world, subject), direction, ...(nearest && { nearest }) }
    return direction === 'egress'
      ? { code: 'ALLOWED_NO_POLICY_SELECTS_SOURCE', facts }
      : { code: 'ALLOWED_NO_POLICY_SELECTS_DESTINATION', facts }
  }
  switch (wordOfSide(side)) {
    case 'yes':
      return { code: 'ALLOWED_BY_RULE', facts: { ...allowedBy(side), ...(nearest && { nearest }) } }
    case 'partial':
      return { code: 'OPEN_IN_PART', facts: allowedBy(side) }
    case 'undetermined':
      return unknownIn(world, side)
    case 'no': {
      const facts = refusedBy(world, side, near)
      return direction === 'egress'
        ? { code: 'DENIED_BY_EGRESS', facts }
        : { code: 'DENIED_BY_INGRESS', facts }
    }
  }
}

const nearMissFacts = (near: NearMiss): NearMissFacts => ({
  ...nearMissRef(near),
  differences: near.differences.map(reasonOf),
})

/** The rule that opens most of what was asked. */
function allowedBy({ direction, verdict, flow }: PolicySide): AllowedByRule {
  const rules = verdict.selecting.flatMap(({ policy, rules: traces }) =>
    traces.map(trace => ({ policy, trace })),
  )
  const best =
    rules.find(({ trace }) => opensAll(trace, flow)) ?? rules.find(({ trace }) => opensAny(trace, flow))
  const open = openOf(intersect(verdict.allowed, flow.ask))
  if (best === undefined) return { direction, open }
  const { policy, trace } = best
  const peer = trace.peers.find(({ matches }) => matches === 'yes')?.peer
  return {
    direction,
    open,
    by: {
      rule: ruleRef(policy, trace.rule),
      opens: openOf(intersect(trace.opens, flow.ask)),
      isAll: opensAll(trace, flow),
      peer: peer === undefined ? 'any' : peerFacts(peer, policy.namespace),
    },
  }
}

/** Who isolates the Pod; of several policies the one that comes nearest, or else one that has rules. */
function refusedBy(world: World, side: PolicySide, near: NearMiss | undefined): RefusedByPolicies {
  const { direction, verdict, flow, other } = side
  const { selecting } = verdict
  const [first] = selecting
  const chosen =
    selecting.find(({ policy }) => policy === near?.policy) ??
    selecting.find(({ rules }) => rules.length > 0) ??
    first
  if (chosen === undefined) throw new Error('a side refuses only where a policy isolates it')
  return {
    direction,
    asked: flow.port,
    policy: policyRef(chosen.policy),
    others: selecting.length - 1,
    rules: selecting.reduce((sum, { rules }) => sum + rules.length, 0),
    ...(near && { nearest: nearMissFacts(near) }),
    ...(other.kind === 'external' && other.isNode && { node: endpointId(world, other) }),
  }
}

/** What it depends on that the input does not tell. */
function unknownIn(world: World, side: PolicySide): PolicyReason {
  const { direction, verdict, flow } = side
  for (const { policy, rules, selects } of verdict.selecting) {
    if (selects === 'unknown')
      return { code: 'UNDETERMINED_LABEL', facts: { policy: policyRef(policy), direction } }
    for (const trace of rules) {
      const isAsked = trace.matches === 'unknown' && overlaps(trace.opens, flow.ask)
      const reason = isAsked
        ? unknownPeers(trace.peers, { rule: ruleRef(policy, trace.rule), ...replacement(world, side, trace) })
        : undefined
      if (reason !== undefined) return reason
    }
  }
  return { code: 'UNDETERMINED_ADDRESS', facts: { peers: [] } }
}

/** An address that policies do not get to see, because another one takes its place (S-038, S-064). */
function replacement({ cluster }: World, side: PolicySide, { peers }: PolicyTrace['rules'][number]) {
  if (peers.some(({ kind, peer }) => kind === 'addresses' && holdsDialledService(cluster, peer, side)))
    return { replacedBy: 'Pod' } as const
  const { other } = side
  return other.kind === 'external' && other.isRewritten ? ({ replacedBy: 'node' } as const) : {}
}
