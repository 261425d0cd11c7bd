import type { PeerTrace } from '../../engine/evidence.ts'
import { namespaceOf } from '../../model/cluster.ts'
import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import { addressesOf } from '../../network/endpoint.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import { holdsDialedService, type PolicySide } from '../../network/policy-side.ts'
import type { Block } from '../../policy/policy.ts'
import { contains, isEmpty, overlaps } from '../../sets/addresses.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { changing, type LabeledPod, labeledPod, listOf, writtenSelector } from '../fixes.ts'
import { blockFacts, podsPeerFacts } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { namespacePeer, peersFor } from '../written-peers.ts'
import { type Difference, FAR, OTHER, TYPO } from './difference.ts'
import { type LabelDifference, labelDifference } from './labels.ts'

type PodsTrace = Extract<PeerTrace, { kind: 'pods' }>
type AddressesTrace = Extract<PeerTrace, { kind: 'addresses' }>

/** What keeps a peer from matching the other endpoint; `namespace` is the policy's. */
export function peerDifferences(
  world: World,
  side: PolicySide,
  trace: PeerTrace,
  namespace: string,
): readonly Difference[] {
  if (trace.matches === 'yes') return []
  switch (trace.kind) {
    case 'pods': {
      const { other } = side
      return trace.notAPod || other.kind !== 'pod'
        ? [notAPod(world, side, trace)]
        : podsDifferences(world, side, trace, { pod: labeledPod(world, other.pod), namespace })
    }
    case 'addresses':
      return [addressesDifference(world, side, trace)]
  }
}

function notAPod(world: World, side: PolicySide, { peer: { at } }: PodsTrace): Difference {
  const { other } = side
  const isOnHost = other.kind === 'pod' && other.pod.hostNetwork
  return {
    code: 'SELECTOR_NEEDS_A_POD',
    facts: { object: endpointId(world, other), ...(isOnHost && { hostNetwork: true }) },
    at,
    fix: addingPeer(world, side, at),
    cost: FAR,
  }
}

/** One more peer beside the one at a place, for the other endpoint alone. */
function addingPeer(world: World, side: PolicySide, at: Difference['at']): Difference['fix'] {
  const peers = peersFor(world, side, 'used')
  if (peers === undefined) return undefined
  const changes = peers.map(item => ({ kind: 'append', at: listOf(at), item }) as const)
  return changing({ kind: 'add-peer', for: endpointId(world, side.other) }, ...changes)
}

interface PodAsked {
  readonly pod: LabeledPod
  /** That of the policy. */
  readonly namespace: string
}

function podsDifferences(
  world: World,
  side: PolicySide,
  trace: PodsTrace,
  asked: PodAsked,
): readonly Difference[] {
  const { peer, otherNamespace, ownNamespace, podFailures, namespaceFailures } = trace
  const matchesNothing = worldIndex(world).peerMatchesNothing(peer, asked.namespace)
  const { pod } = asked
  const ofPod = podFailures.map(failure =>
    labelDifference(failure, {
      requirements: peer.pods?.requirements ?? [],
      object: pod,
      labels: pod.pod.labels,
      matchesNothing,
    }),
  )
  if (otherNamespace)
    return orAddingPeer(world, side, peer.at, [
      ownNamespaceOnly(world, side, peer, asked, matchesNothing),
      ...ofPod.map(one => ({ ...one, code: 'NEAR_MISS_LABEL' }) as const),
    ])
  const isSplit = ownNamespace && peer.pods !== undefined && podFailures.length === 0
  if (isSplit && namespaceFailures.length > 0) return [bothRequired(world, side, peer, asked.namespace)]
  const ofNamespace = namespaceDifferences(world, trace, pod, matchesNothing)
  return orAddingPeer(
    world,
    side,
    peer.at,
    marked(
      [
        ...ofNamespace.map(one => ({ ...one, code: 'NEAR_MISS_NAMESPACE_LABEL' }) as const),
        ...ofPod.map(one => ({ ...one, code: 'NEAR_MISS_LABEL' }) as const),
      ],
      matchesNothing,
    ),
  )
}

/** That the peer matches nothing at all is told with the last of what it requires. */
const marked = <C extends string>(
  differences: readonly (LabelDifference & { readonly code: C })[],
  matchesNothing: boolean,
) =>
  differences.map((one, index) =>
    matchesNothing && index === differences.length - 1
      ? { ...one, facts: { ...one.facts, matchesNothing: true } as const }
      : one,
  )

function namespaceDifferences(
  { cluster }: World,
  { peer: { namespaces }, namespaceFailures }: PodsTrace,
  { pod }: LabeledPod,
  matchesNothing: boolean,
): readonly LabelDifference[] {
  if (namespaces === 'own') return []
  return namespaceFailures.map(failure =>
    labelDifference(failure, {
      requirements: namespaces.requirements,
      object: { kind: 'Namespace', name: pod.namespace },
      labels: namespaceOf(cluster, pod.namespace).labels,
      matchesNothing,
    }),
  )
}

/** A peer that is for others, and likely intended so, stays as it is: one for this endpoint is added. */
function orAddingPeer(
  world: World,
  side: PolicySide,
  at: Difference['at'],
  differences: readonly Difference[],
): readonly Difference[] {
  if (differences.every(({ cost }) => cost < OTHER)) return differences
  const fix = addingPeer(world, side, at)
  return differences.map(difference => ({ ...difference, fix }))
}

/** S-014: a podSelector alone. One that matches Pods of its own namespace stays as it is. */
function ownNamespaceOnly(
  world: World,
  side: PolicySide,
  peer: PodsTrace['peer'],
  { pod, namespace }: PodAsked,
  matchesNothing: boolean,
): Difference {
  const other = pod.pod.namespace
  const change = {
    kind: 'write',
    at: below(peer.at, 'namespaceSelector'),
    value: namespacePeer(other),
  } as const
  return {
    code: 'NEAR_MISS_OWN_NAMESPACE',
    facts: { namespace, object: endpointId(world, side.other), objectNamespace: other },
    at: below(peer.at, 'podSelector'),
    fix: matchesNothing
      ? changing({ kind: 'add-namespace-selector', labels: { [NAME_LABEL]: other } }, change)
      : addingPeer(world, side, peer.at),
    cost: TYPO,
  }
}

/** S-014: one peer with both selectors, of which each alone might have been intended. */
function bothRequired(
  world: World,
  side: PolicySide,
  peer: PodsTrace['peer'],
  namespace: string,
): Difference {
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
      {
        kind: 'append',
        at: listOf(peer.at),
        item: { podSelector: writtenSelector(peer.pods ?? { requirements: [] }) },
      },
    ),
    cost: TYPO,
  }
}

/** Whether a block holds an address of the other endpoint that the network plugin hides from it, as far as one is known. */
function isWithin(
  { addresses: block }: AddressesTrace['peer'],
  { cluster }: World,
  side: PolicySide,
): boolean {
  const own = addressesOf(cluster, side.other)
  return own.length === 0 || own.some(address => contains(block, address))
}

/** The exception that keeps addresses out: where they are in several, the first of them. */
function exceptionOf({ peer, exceptedBy }: AddressesTrace, { otherIdentity }: PolicySide): Block | undefined {
  const addresses = otherIdentity.kind === 'address' ? otherIdentity.addresses : undefined
  if (exceptedBy !== undefined || addresses === undefined) return exceptedBy
  if (isEmpty(addresses) || !contains(peer.cidr.addresses, addresses)) return undefined
  return peer.except.find(block => overlaps(block.addresses, addresses))
}

function addressesDifference(world: World, side: PolicySide, trace: AddressesTrace): Difference {
  const { peer, ofPod, hidden } = trace
  const exceptedBy = exceptionOf(trace, side)
  const object = endpointId(world, side.other)
  const block = blockFacts(peer)
  const { at } = peer.cidr
  const fix = addingPeer(world, side, peer.at)
  if (hidden && isWithin(peer, world, side))
    return { code: 'IPBLOCK_IS_FOR_OUTSIDE', facts: { block, object }, at, fix, cost: TYPO }
  if (exceptedBy !== undefined)
    return {
      code: 'NEAR_MISS_EXCEPT',
      facts: { cidr: block.cidr, except: exceptedBy.text, object },
      at: exceptedBy.at,
      fix,
      cost: TYPO,
    }
  if (holdsDialedService(world.cluster, peer, side))
    return { code: 'NEAR_MISS_CIDR', facts: { block, object, holdsService: true }, at, fix, cost: TYPO }
  return { code: 'NEAR_MISS_CIDR', facts: { block, object }, at, fix, cost: ofPod ? FAR : OTHER }
}
