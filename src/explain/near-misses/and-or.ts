import type { DirectionVerdict, PeerTrace, RuleTrace } from '../../engine/evidence.ts'
import { peerText } from '../phrases.ts'
import { opensAny } from '../rules.ts'
import { type Difference, SLIP } from './difference.ts'
import { changing, listOf, writtenSelector } from './fix.ts'
import type { NearMiss } from './near-miss.ts'
import { idOf, type Side } from './side.ts'

type PodsTrace = Extract<PeerTrace, { kind: 'pods' }>

/**
 * Where a side is open by one rule alone, and there by one of two entries of which each has one selector: as one entry with
 * both, which is a dash less, they would not let it pass (S-014).
 */
export function opensEither({ selecting }: DirectionVerdict, side: Side): readonly NearMiss[] {
  const opening = selecting.flatMap(({ policy, rules }) =>
    rules.filter(trace => opensAny(trace, side.asked)).map(trace => ({ policy, trace })),
  )
  const [only, ...more] = opening
  if (only === undefined || more.length > 0) return []
  const { policy, trace } = only
  const pair = pairOf(trace)
  if (pair === undefined) return []
  const difference = either(pair, policy.namespace, side)
  return [{ policy, rule: trace.rule, differences: [difference], cost: difference.cost }]
}

interface TwoEntries {
  readonly ofPods: PodsTrace
  readonly ofNamespaces: PodsTrace
}

/** The two entries of a rule that has no others, if the other end meets the selector of but one. */
function pairOf({ peers }: RuleTrace): TwoEntries | undefined {
  const all = peers.flatMap(trace => (trace.kind === 'pods' ? [trace] : []))
  const ofPods = all.find(({ peer }) => peer.namespaces === 'own' && isSelective(peer.pods))
  const ofNamespaces = all.find(
    ({ peer }) => peer.namespaces !== 'own' && isSelective(peer.namespaces) && peer.pods === undefined,
  )
  if (peers.length !== 2 || ofPods === undefined || ofNamespaces === undefined) return undefined
  const meetsBoth = ofPods.podFailures.length === 0 && ofNamespaces.namespaceFailures.length === 0
  return meetsBoth ? undefined : { ofPods, ofNamespaces }
}

const isSelective = (selector: PodsTrace['peer']['pods']): boolean =>
  selector !== undefined && selector.requirements.length > 0

function either({ ofPods, ofNamespaces }: TwoEntries, namespace: string, side: Side): Difference {
  const [met, other] = ofPods.matches === 'yes' ? [ofPods, ofNamespaces] : [ofNamespaces, ofPods]
  const { at, pods, namespaces } = ofNamespaces.peer
  const both = {
    namespaceSelector: writtenSelector(namespaces === 'own' ? { requirements: [] } : namespaces),
    podSelector: writtenSelector(ofPods.peer.pods ?? pods ?? { requirements: [] }),
  }
  return {
    reason: 'NEAR_MISS_AND_OR',
    message: `two entries mean either, and ${idOf(side, side.other)} is meant by the one for ${peerText(met.peer, namespace)} alone`,
    at: other.peer.at,
    fix: changing('write both selectors as one entry, with one dash, if both are meant', {
      kind: 'write',
      at: listOf(at),
      value: [both],
    }),
    cost: SLIP,
  }
}
