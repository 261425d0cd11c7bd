import { type DecidingRule, decidedBy } from '../engine/decided-by.ts'
import type { DirectionVerdict, PeerTrace, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { type Flow, openOf } from '../network/flow.ts'
import type { DifferenceReason, PeersUnknown, PeerUnknown, RuleReason } from '../report/facts/policies.ts'
import { contains, intersect } from '../sets/connections.ts'
import { costOf, type Difference, type RuleContext } from './differences/difference.ts'
import { peerDifferences } from './differences/peers.ts'
import { portDifferences } from './differences/ports.ts'
import { blockFacts, peerFacts } from './policy-facts.ts'

/*
 * What each rule and each peer of a policy does on a side, with the differences that near misses are made of.
 */

/** The rules of some policies. */
export const rulesOf = (policies: readonly PolicyTrace[]): readonly RuleTrace[] =>
  policies.flatMap(({ rules }) => rules)

/** The rules that allow anything of what was asked, where these policies select an endpoint. */
export const allowingRules = (
  verdict: Pick<DirectionVerdict, 'maySelect'>,
  { ask }: Flow,
): readonly DecidingRule[] => decidedBy(verdict, ask).filter(({ trace }) => trace.rule.action === 'allow')

/** Whether a rule decides everything that was asked. */
export const decidesAll = ({ decides }: DecidingRule, { ask }: Flow): boolean => contains(decides, ask)

/** Why a rule or a peer matches or does not, and what else keeps it from matching. */
export interface Reasons {
  readonly reason: RuleReason
  readonly also: readonly DifferenceReason[]
}

/** What a rule does on a side; if it allows nothing of the question, which part of it does not match. */
export function ruleReasons(context: RuleContext, trace: RuleTrace): Reasons {
  const ofPorts = portDifferences(context, trace)
  if (trace.matches === 'no') return reasonsOf([...decisivePeer(context, trace), ...ofPorts]) ?? NO_MATCH
  const unknown = trace.matches === 'unknown' ? unknownPeers(trace.peers) : undefined
  return reasonsOf(ofPorts) ?? alone(unknown ?? opening(trace, context.side.flow))
}

/** What a peer does on a side. */
export function peerReasons(context: RuleContext, trace: PeerTrace): Reasons {
  switch (trace.matches) {
    case 'yes': {
      const peer = peerFacts(trace.peer, context.namespace)
      return alone({ code: 'RULE_MATCHES', facts: { about: 'peer', peer } })
    }
    case 'unknown':
      return alone(unknownPeers([trace]) ?? NO_MATCH.reason)
    case 'no':
      return reasonsOf(peerDifferences(context, trace)) ?? NO_MATCH
  }
}

const alone = (reason: RuleReason): Reasons => ({ reason, also: [] })

const NO_MATCH: Reasons = alone({ code: 'RULE_DOES_NOT_MATCH', facts: { differences: [] } })

const opening = (trace: RuleTrace, { ask }: Flow): RuleReason => ({
  code: 'RULE_MATCHES',
  facts: { about: 'rule', opens: openOf(intersect(trace.covers, ask)) },
})

/** Differences of one code have that code; those of several are one reason together. */
function reasonsOf(differences: readonly Difference[]): Reasons | undefined {
  const [first, ...more] = differences.map(reasonOf)
  if (first === undefined) return undefined
  return more.every(({ code }) => code === first.code)
    ? { reason: first, also: more }
    : alone({ code: 'RULE_DOES_NOT_MATCH', facts: { differences: [first, ...more] } })
}

/** A difference as a report has it. */
export function reasonOf({ at, cost, fix, ...reason }: Difference): DifferenceReason {
  return reason
}

/** The first peer whose differences have one code, and that is for Pods if the other endpoint is one. */
function decisivePeer(context: RuleContext, { peers }: RuleTrace): readonly Difference[] {
  const all = peers.map(peer => peerDifferences(context, peer))
  const isOfOneKind = ([first, ...more]: readonly Difference[]): boolean =>
    first?.code !== 'SELECTOR_NEEDS_A_POD' && more.every(({ code }) => code === first?.code)
  return all.find(isOfOneKind) ?? all[0] ?? []
}

/**
 * The least that keeps a rule from allowing what was asked: its ports, and its nearest peer. Nothing where peers may match: what
 * they lack is unknown.
 */
export function leastDifferences(context: RuleContext, trace: RuleTrace): readonly Difference[] {
  const ofPorts = portDifferences(context, trace)
  if (trace.matches === 'yes') return ofPorts
  const [nearest = []] = trace.peers
    .filter(({ matches }) => matches === 'no')
    .map(peer => peerDifferences(context, peer))
    .sort((a, b) => costOf(a) - costOf(b))
  return nearest.length === 0 ? [] : [...nearest, ...ofPorts]
}

/** What is not known of peers that may match; undefined where all are known. */
export function unknownPeers(
  traces: readonly PeerTrace[],
  context: Pick<PeersUnknown, 'rule' | 'replacedBy'> = {},
): RuleReason | undefined {
  const peers = traces.flatMap((trace, index) =>
    trace.matches === 'unknown' ? [{ ...(traces.length > 1 && { index }), ...unknownOfPeer(trace) }] : [],
  )
  const [first] = peers
  if (first === undefined) return undefined
  const facts = { about: 'peers', peers, ...context } as const
  return first.kind === 'labels'
    ? { code: 'UNDETERMINED_LABEL', facts }
    : { code: 'UNDETERMINED_ADDRESS', facts }
}

function unknownOfPeer(trace: PeerTrace): PeerUnknown {
  switch (trace.kind) {
    case 'pods': {
      const labels = [
        ...trace.namespaceFailures.map(({ requirement: { key } }) => ({ of: 'Namespace', key }) as const),
        ...trace.podFailures.map(({ requirement: { key } }) => ({ of: 'Pod', key }) as const),
      ]
      return { kind: 'labels', labels }
    }
    case 'addresses':
      return { kind: 'address', block: blockFacts(trace.peer) }
  }
}
