import type { PeerTrace, RuleTrace } from '../../engine/evidence.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { World } from '../../world/world.ts'
import { changing, listOf, writtenSelector } from '../fixes.ts'
import { podsPeerFacts } from '../policy-facts.ts'
import { type Difference, TYPO } from './difference.ts'

type PodsTrace = Extract<PeerTrace, { kind: 'pods' }>

/**
 * Of a rule that matches by one of two peers with one selector each: as one peer with both, which is a dash less, they
 * would not match (S-014).
 */
export function eitherSuffices(
  world: World,
  side: PolicySide,
  trace: RuleTrace,
  namespace: string,
): Difference | undefined {
  const pair = pairOf(trace)
  if (pair === undefined) return undefined
  const { ofPods, ofNamespaces } = pair
  const [met, other] = ofPods.matches === 'yes' ? [ofPods, ofNamespaces] : [ofNamespaces, ofPods]
  const { at, pods, namespaces } = ofNamespaces.peer
  const both = {
    namespaceSelector: writtenSelector(namespaces === 'own' ? { requirements: [] } : namespaces),
    podSelector: writtenSelector(ofPods.peer.pods ?? pods ?? { requirements: [] }),
  }
  return {
    code: 'NEAR_MISS_AND_OR',
    facts: {
      peers: 'two',
      peer: podsPeerFacts(met.peer, namespace),
      object: endpointId(world, side.other),
    },
    at: other.peer.at,
    fix: changing({ kind: 'join-selectors' }, { kind: 'write', at: listOf(at), value: [both] }),
    cost: TYPO,
  }
}

interface TwoPeers {
  readonly ofPods: PodsTrace
  readonly ofNamespaces: PodsTrace
}

/** The two peers of a rule that has no others, if the other endpoint meets the selector of but one. */
function pairOf({ peers }: RuleTrace): TwoPeers | undefined {
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
