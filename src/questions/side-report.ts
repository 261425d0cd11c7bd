import type { PeerTrace, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { fixFacts } from '../explain/fixes.ts'
import { isLikely, type NearMiss, nearMissesOf, nearMissId } from '../explain/near-misses.ts'
import { policyRef, ruleFacts } from '../explain/policy-facts.ts'
import { peerReasons, type Reasons, reasonOf, ruleReasons } from '../explain/rules.ts'
import type { SideExplanation } from '../explain/side.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { NearMissReport, PeerReport, PolicyReport, RuleReport, Step } from '../report/report.ts'
import { overlaps } from '../sets/connections.ts'
import { position, sourceOf } from '../source/position.ts'
import { differencesText } from '../words/differences.ts'
import { fixesText } from '../words/fixes.ts'
import { say } from '../words/reason.ts'
import { ruleText } from '../words/rules.ts'
import type { World } from '../world/world.ts'

/** Which rules of the policies of a step are reported. */
export type ReportedRules = 'decisive' | 'every rule'

/** What a step reports of the policies of a side: near misses, and with `explain` every policy and rule. */
export function sideReport(
  world: World,
  { side, decisive }: SideExplanation,
  rules: ReportedRules,
): Pick<Step, 'policies' | 'nearMisses' | 'decisive'> {
  const { selecting } = side.verdict
  const nearMisses = nearMissesOf(world, side)
  return {
    ...(rules === 'every rule' && { policies: selecting.map(trace => policyReport(world, side, trace)) }),
    ...(nearMisses.length > 0 && { nearMisses: nearMisses.map(nearMissReport) }),
    ...(decisive !== undefined && { decisive: nearMisses.indexOf(decisive) }),
  }
}

/** A policy that selects the Pod, with each of its rules and what it does. */
function policyReport(world: World, side: PolicySide, trace: PolicyTrace): PolicyReport {
  return {
    ...policyRef(trace.policy),
    rules: trace.rules.map(rule => ruleReport(world, side, trace, rule)),
  }
}

function ruleReport(world: World, side: PolicySide, { policy }: PolicyTrace, trace: RuleTrace): RuleReport {
  const { namespace } = policy
  return {
    index: trace.rule.index,
    matches: trace.matches === 'yes' && overlaps(trace.opens, side.flow.ask),
    ...reasonReport(ruleReasons(world, side, trace, namespace)),
    text: ruleText(ruleFacts(policy, trace.rule)),
    source: sourceOf(trace.rule.at),
    peers: trace.peers.map((peer, index) => peerReport(world, side, peer, { index, namespace })),
  }
}

function peerReport(
  world: World,
  side: PolicySide,
  trace: PeerTrace,
  { index, namespace }: { readonly index: number; readonly namespace: string },
): PeerReport {
  return {
    index,
    matches: trace.matches === 'yes',
    ...reasonReport(peerReasons(world, side, trace, namespace)),
    source: sourceOf(trace.peer.at),
  }
}

const reasonReport = ({ reason, also }: Reasons) => ({
  reason: reason.code,
  message: [say(reason), ...(also.length > 0 ? [differencesText(also)] : [])].join('; and '),
  facts: reason.facts,
  ...(also.length > 0 && { also }),
})

function nearMissReport(nearMiss: NearMiss): NearMissReport {
  const { policy, rule, differences } = nearMiss
  const [first, ...more] = differences
  const { at } = first
  const { line, column, length } = position(at)
  const also = more.map(reasonOf)
  const fixes = differences.flatMap(({ fix }) => (fix === undefined ? [] : [fixFacts(fix)]))
  const isFixable = isLikely(nearMiss) && fixes.length === differences.length
  return {
    id: nearMissId(nearMiss),
    reason: first.code,
    message: differencesText(differences),
    facts: first.facts,
    ...(also.length > 0 && { also }),
    ...(isFixable && { mend: fixesText(fixes), fixes }),
    policy: policyRef(policy),
    ...(rule !== undefined && { rule: rule.index }),
    source: { file: at.file.path, line, column, length },
  }
}
