import type { DirectionVerdict, PolicyMiss, PolicyTrace, RuleTrace } from '../../engine/evidence.ts'
import { missesOf } from '../../engine/misses.ts'
import { opensAll, opensAny } from '../rules.ts'
import { isolatingByDefault } from './default-policy-types.ts'
import { type Difference, SLIP } from './difference.ts'
import type { NearMiss } from './near-miss.ts'
import { peerDifferences } from './peer-differences.ts'
import { policyDifference } from './policy-differences.ts'
import { portDifference } from './port-differences.ts'
import type { Side } from './side.ts'
import { worldIndex } from './world-index.ts'
import { forTheOtherWay } from './wrong-direction.ts'

/** Who is isolated by policies with more entries than these has no use for the nearest of them. */
const MOST_ENTRIES = 400

/** What costs more is about something else. */
const NEAR = 6

/** The rules and policies that would open a side that refuses, the nearest first; nothing is evaluated but the policies without a say. */
export function nearToOpen(verdict: DirectionVerdict, side: Side): readonly NearMiss[] {
  let looked = 0
  const ofRules = verdict.selecting.flatMap(trace => {
    looked += trace.rules.reduce((sum, { peers }) => sum + 1 + peers.length, 0)
    return trace.selects === 'yes' && looked <= MOST_ENTRIES
      ? nearRules(trace, trace.policy.namespace, side)
      : []
  })
  const misses = missesIn(side)
  const ofPolicies = misses.flatMap(miss =>
    nearPolicy(miss, side, rules => rules.some(trace => opensAll(trace, side.asked))),
  )
  const ofBoth = misses.filter(({ why }) => why.kind === 'namespace').flatMap(miss => nearAsWell(miss, side))
  return ranked([
    ...isolatingByDefault(verdict, side),
    ...ofPolicies,
    ...ofRules,
    ...ofBoth,
    ...forTheOtherWay(side),
  ])
}

/** The policies that would refuse on a side that no policy isolates: they have no effect at all, and were likely meant to. */
export function nearToClose(side: Side): readonly NearMiss[] {
  const refusing = missesIn(side).flatMap(miss =>
    nearPolicy(miss, side, rules => !rules.some(trace => opensAny(trace, side.asked))),
  )
  return ranked(refusing).filter(({ cost }) => cost < SLIP)
}

function missesIn({ world, direction, subjectIdentity, otherIdentity }: Side): readonly PolicyMiss[] {
  return missesOf(worldIndex(world).policiesFor(subjectIdentity.namespace), {
    direction,
    subject: subjectIdentity,
    other: otherIdentity,
  })
}

/** `wouldDecide`: whether its rules would make the side another. */
function nearPolicy(
  miss: PolicyMiss,
  side: Side,
  wouldDecide: (rules: readonly RuleTrace[]) => boolean,
): readonly NearMiss[] {
  const difference = policyDifference(miss, side)
  if (difference === undefined || !wouldDecide(miss.rules())) return []
  return [{ policy: miss.policy, rule: undefined, differences: [difference], cost: difference.cost }]
}

/** A policy in the wrong namespace whose rules would need a change as well. */
function nearAsWell(miss: PolicyMiss, side: Side): readonly NearMiss[] {
  const difference = policyDifference(miss, side)
  if (difference === undefined || difference.cost >= SLIP) return []
  const { policy: missed, rules } = miss
  return nearRules({ policy: missed, rules: rules() }, side.subjectIdentity.namespace, side).map(
    ({ policy, differences, cost }) => ({
      policy,
      rule: undefined,
      differences: [difference, ...differences],
      cost: difference.cost + cost,
    }),
  )
}

/** Of the entries of a rule the nearest one counts; a podSelector alone is about the namespace. */
function nearRules(
  { policy, rules }: Pick<PolicyTrace, 'policy' | 'rules'>,
  namespace: string,
  side: Side,
): readonly NearMiss[] {
  return rules.flatMap(trace => {
    const port = portDifference(trace, side)
    const ofPort = port === undefined ? [] : [port]
    // Of an entry that may match nobody knows what it lacks.
    const failing = trace.peers.filter(({ matches }) => matches === 'no')
    if (trace.matches !== 'yes' && failing.length === 0) return []
    const ofPeers =
      trace.matches === 'yes' ? [[]] : failing.map(peer => peerDifferences(peer, namespace, side))
    const [nearest] = ofPeers.map(ofPeer => [...ofPeer, ...ofPort]).sort((a, b) => costOf(a) - costOf(b))
    const [first, ...more] = nearest ?? []
    if (first === undefined) return []
    const differences = [first, ...more] as const
    return [{ policy, rule: trace.rule, differences, cost: costOf(differences) }]
  })
}

const costOf = (differences: readonly Difference[]): number =>
  differences.reduce((sum, { cost }) => sum + cost, 0)

/** More than these nobody follows up. */
const MOST = 10

const ranked = (all: readonly NearMiss[]): readonly NearMiss[] =>
  all
    .filter(({ cost }) => cost <= NEAR)
    .sort((a, b) => a.cost - b.cost)
    .slice(0, MOST)
