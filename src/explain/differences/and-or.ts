import type { PodsTrace, RuleTrace } from '../../engine/evidence.ts'
import type { Pod } from '../../model/objects.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { changing, listOf, writtenSelector } from '../fixes.ts'
import { podsPeerFacts } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { type Difference, type RuleContext, TYPO } from './difference.ts'

/*
 * Two selectors in one peer must both match, in two peers either (S-014): the YAML differs in a dash.
 */

/** One peer with both selectors, of which the other endpoint, a Pod of the policy's namespace, meets the podSelector alone. */
export function bothRequired({ world, side, namespace }: RuleContext, peer: PodsTrace['peer']): Difference {
  const podSelector = writtenSelector(peer.pods ?? NO_REQUIREMENTS)
  return {
    code: 'NEAR_MISS_AND_OR',
    facts: {
      peers: 'one',
      peer: podsPeerFacts(peer, namespace),
      object: endpointId(world, side.other),
      objectNamespace: namespace,
    },
    at: below(peer.at, 'namespaceSelector'),
    fix: changing(
      { kind: 'split-selectors' },
      { kind: 'write', at: below(peer.at, 'podSelector'), value: undefined },
      { kind: 'append', at: listOf(peer.at), item: { podSelector } },
    ),
    cost: TYPO,
  }
}

/**
 * A rule that matches by one of two peers with one selector each: as one peer with both, they would not match. That is taken for
 * a mistake only where one peer with both would match something, and neither of the two is a part of it.
 */
export function eitherSuffices(
  { world, side, namespace }: RuleContext,
  { peers }: RuleTrace,
): readonly Difference[] {
  const traces = peers.flatMap(trace => (trace.kind === 'pods' ? [trace] : []))
  const ofPods = traces.find(({ peer }) => peer.namespaces === 'own' && isSelective(peer.pods))
  const ofNamespaces = traces.find(
    ({ peer }) => peer.namespaces !== 'own' && isSelective(peer.namespaces) && peer.pods === undefined,
  )
  if (peers.length !== 2 || ofPods === undefined || ofNamespaces === undefined) return []
  if (ofPods.podFailures.length === 0 && ofNamespaces.namespaceFailures.length === 0) return []
  const joined = { ...ofNamespaces.peer, pods: ofPods.peer.pods }
  if (!isLikelyOne(world, namespace, joined, [ofPods.peer, ofNamespaces.peer])) return []
  const [met, other] = ofPods.matches === 'yes' ? [ofPods, ofNamespaces] : [ofNamespaces, ofPods]
  const { at, namespaces } = ofNamespaces.peer
  const both = {
    namespaceSelector: writtenSelector(namespaces === 'own' ? NO_REQUIREMENTS : namespaces),
    podSelector: writtenSelector(ofPods.peer.pods ?? NO_REQUIREMENTS),
  }
  return [
    {
      code: 'NEAR_MISS_AND_OR',
      facts: {
        peers: 'two',
        peer: podsPeerFacts(met.peer, namespace),
        object: endpointId(world, side.other),
      },
      at: other.peer.at,
      fix: changing({ kind: 'join-selectors' }, { kind: 'write', at: listOf(at), value: [both] }),
      cost: TYPO,
    },
  ]
}

function isLikelyOne(
  world: World,
  namespace: string,
  joined: PodsTrace['peer'],
  halves: readonly PodsTrace['peer'][],
): boolean {
  const matchedBy = (peer: PodsTrace['peer']) => worldIndex(world).podsMatchedBy(peer, namespace)
  const both = new Set(matchedBy(joined))
  const isMore = (pods: readonly Pod[]): boolean => pods.length === 0 || pods.some(pod => !both.has(pod))
  return both.size > 0 && halves.every(half => isMore(matchedBy(half)))
}

const NO_REQUIREMENTS = { requirements: [] } as const

const isSelective = (selector: PodsTrace['peer']['pods']): boolean =>
  selector !== undefined && selector.requirements.length > 0
