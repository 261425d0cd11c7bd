import { type DecidingRule, decidedBy } from '../engine/decided-by.ts'
import type { DirectionVerdict, PeerTrace, RuleTrace } from '../engine/evidence.ts'
import { type Flow, openOf } from '../network/flow.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { DifferenceReason, PeersUnknown, PeerUnknown, RuleReason } from '../report/facts/policies.ts'
import { contains, intersect } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { costOf, type Difference } from './differences/difference.ts'
import { peerDifferences } from './differences/peers.ts'
import { portDifference } from './differences/ports.ts'
import { blockFacts, peerFacts } from './policy-facts.ts'

/*
 * What each rule and each peer of a policy does on a side, with the differences that near misses are made of.
 */

/** The rules of the policies that isolate an endpoint. */
export const rulesOf = ({ selecting }: DirectionVerdict) =>
  selecting.flatMap(({ policy, rules }) => rules.map(trace => ({ policy, trace })))

/** The rules that allow anything of what was asked, where these policies select an endpoint. */
export const allowingRules = (
  verdict: Pick<DirectionVerdict, 'selecting'>,
  { ask }: Flow,
): readonly DecidingRule[] => decidedBy(verdict, ask).allowing

/** Whether a rule decides everything that was asked. */
export const decidesAll = ({ decides }: DecidingRule, { ask }: Flow): boolean => contains(decides, ask)

/** Why a rule or a peer matches or does not, and what else keeps it from matching. */
export interface Reasons {
  readonly reason: RuleReason
  readonly also: readonly DifferenceReason[]
}

/** What a rule does on a side; if it allows nothing of the question, which part of it does not match. */
export function ruleReasons(world: World, side: PolicySide, trace: RuleTrace, namespace: string): Reasons {
  const port = portDifference(world, side, trace)
  const ofPort = port === undefined ? [] : [port]
  switch (trace.matches) {
    case 'yes':
      return reasonsOf(ofPort) ?? alone(opening(trace, side.flow))
    case 'unknown':
      return reasonsOf(ofPort) ?? alone(unknownPeers(trace.peers) ?? opening(trace, side.flow))
    case 'no':
      return reasonsOf([...decisivePeer(world, side, trace, namespace), ...ofPort]) ?? NO_MATCH
  }
}

/** What a peer does on a side; `namespace` is the policy's. */
export function peerReasons(world: World, side: PolicySide, trace: PeerTrace, namespace: string): Reasons {
  switch (trace.matches) {
    case 'yes':
      return alone({ code: 'RULE_MATCHES', facts: { about: 'peer', peer: peerFacts(trace.peer, namespace) } })
    case 'unknown':
      return alone(unknownPeers([trace]) ?? NO_MATCH.reason)
    case 'no':
      return reasonsOf(peerDifferences(world, side, trace, namespace)) ?? NO_MATCH
  }
}

const alone = (reason: RuleReason): Reasons => ({ reason, also: [] })

const NO_MATCH: Reasons = alone({ code: 'RULE_DOES_NOT_MATCH', facts: { differences: [] } })

const opening = (trace: RuleTrace, { ask }: Flow): RuleReason => ({
  code: 'RULE_MATCHES',
  facts: { about: 'rule', opens: openOf(intersect(trace.opens, ask)) },
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
function decisivePeer(
  world: World,
  side: PolicySide,
  { peers }: RuleTrace,
  namespace: string,
): readonly Difference[] {
  const all = peers.map(peer => peerDifferences(world, side, peer, namespace))
  const isOfOneKind = ([first, ...more]: readonly Difference[]): boolean =>
    first?.code !== 'SELECTOR_NEEDS_A_POD' && more.every(({ code }) => code === first?.code)
  return all.find(isOfOneKind) ?? all[0] ?? []
}

/** The differences of the nearest peer of a rule. */
export function nearestPeer(
  world: World,
  side: PolicySide,
  { peers }: RuleTrace,
  namespace: string,
): readonly Difference[] {
  const [nearest = []] = peers
    .filter(({ matches }) => matches === 'no')
    .map(peer => peerDifferences(world, side, peer, namespace))
    .sort((a, b) => costOf(a) - costOf(b))
  return nearest
}

/** What is not known of peers that may match; undefined where all are known. */
export function unknownPeers(
  traces: readonly PeerTrace[],
  context: Pick<PeersUnknown, 'rule' | 'replacedBy'> = {},
): RuleReason | undefined {
  const peers = traces.flatMap((trace, index) =>
    trace.matches === 'unknown' ? [{ ...(traces.length > 1 && { index }), ...unknownIn(trace) }] : [],
  )
  const [first] = peers
  if (first === undefined) return undefined
  const facts = { about: 'peers', peers, ...context } as const
  return first.kind === 'labels'
    ? { code: 'UNDETERMINED_LABEL', facts }
    : { code: 'UNDETERMINED_ADDRESS', facts }
}

function unknownIn(trace: PeerTrace): PeerUnknown {
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
