import type { PeerTrace, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import type { RuleContext } from '../explain/differences/difference.ts'
import { allNearMisses, isLikely, type NearMiss, nearMissesOf, nearMissId } from '../explain/near-misses.ts'
import { policyRef, ruleFacts } from '../explain/policy-facts.ts'
import { peerReasons, type Reasons, reasonOf, ruleReasons, rulesOf } from '../explain/rules.ts'
import type { SideExplanation } from '../explain/side.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { Policy } from '../policy/policy.ts'
import type { NearMissReport, PeerReport, PolicyReport, RuleReport, Step } from '../report/report.ts'
import { overlaps } from '../sets/connections.ts'
import { markedSourceOf, sourceOf } from '../source/source-of.ts'
import { fixesText } from '../words/fixes.ts'
import { sayAll } from '../words/reason.ts'
import { ruleText } from '../words/rules.ts'
import type { World } from '../world/world.ts'

/** Which rules of the policies of a step are reported. */
export type ReportedRules = 'decisive' | 'every rule'

/** What a step reports of the policies of a side: near misses, and with `explain` every policy and rule. */
export function sideReport(
  world: World,
  { side, decisive }: SideExplanation,
  rules: ReportedRules,
): Pick<Step, 'policies' | 'nearMisses' | 'nearMissCount' | 'otherRules' | 'decisive'> {
  const nearMisses = nearMissesOf(world, side)
  return {
    ...(rules === 'every rule' && everyRule(world, side)),
    ...(nearMisses.length > 0 && { nearMisses: nearMisses.map(nearMissReport) }),
    ...(decisive !== undefined && { decisive: nearMisses.indexOf(decisive) }),
  }
}

function everyRule(world: World, side: PolicySide): Pick<Step, 'policies' | 'nearMissCount' | 'otherRules'> {
  const { maySelect } = side.verdict
  const near = allNearMisses(world, side)
  const nearRules = new Set(near.map(({ rule }) => rule))
  const others = rulesOf(maySelect).filter(
    ({ rule, matches, covers }) =>
      !nearRules.has(rule) && (matches === 'no' || !overlaps(covers, side.flow.ask)),
  )
  return {
    policies: maySelect.map(trace => policyReport(world, side, trace)),
    nearMissCount: near.length,
    otherRules: others.length,
  }
}

/** A policy that selects the Pod, or may do so, with each of its rules and what it does. */
function policyReport(world: World, side: PolicySide, { policy, selects, rules }: PolicyTrace): PolicyReport {
  const context = { world, side, namespace: policy.namespace }
  return {
    ...policyRef(policy),
    selects,
    isolates: policy.isolates,
    rules: rules.map(rule => ruleReport(context, policy, rule)),
  }
}

const ruleReport = (context: RuleContext, policy: Policy, trace: RuleTrace): RuleReport => ({
  index: trace.rule.index,
  matches: trace.matches === 'yes' && overlaps(trace.covers, context.side.flow.ask),
  ...reasonReport(ruleReasons(context, trace)),
  text: ruleText(ruleFacts(policy, trace.rule)),
  source: sourceOf(trace.rule.at),
  peers: trace.peers.map((peer, index) => peerReport(context, peer, index)),
})

const peerReport = (context: RuleContext, trace: PeerTrace, index: number): PeerReport => ({
  index,
  matches: trace.matches === 'yes',
  ...reasonReport(peerReasons(context, trace)),
  source: sourceOf(trace.peer.at),
})

const reasonReport = ({ reason, also }: Reasons) => ({
  reason: reason.code,
  message: sayAll([reason, ...also]),
  facts: reason.facts,
  ...(also.length > 0 && { also }),
})

function nearMissReport(nearMiss: NearMiss): NearMissReport {
  const { policy, rule, differences } = nearMiss
  const [first, ...more] = differences
  const { at } = first
  const also = more.map(reasonOf)
  const fixes = differences.flatMap(({ fix }) => fix?.facts ?? [])
  const isFixable = isLikely(nearMiss) && fixes.length === differences.length
  return {
    id: nearMissId(nearMiss),
    reason: first.code,
    message: sayAll(differences),
    facts: first.facts,
    ...(also.length > 0 && { also }),
    ...(isFixable && { mend: fixesText(fixes), fixes }),
    policy: policyRef(policy),
    ...(rule !== undefined && { rule: rule.index }),
    source: markedSourceOf(at),
  }
}
