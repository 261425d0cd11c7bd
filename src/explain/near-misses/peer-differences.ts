import type { PeerTrace } from '../../engine/evidence.ts'
import { namespaceOf } from '../../model/cluster.ts'
import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import { addressesOf } from '../../network/endpoint.ts'
import { holdsDialledService } from '../../network/policy-side.ts'
import type { Block } from '../../policy/policy.ts'
import { contains, isEmpty, overlaps } from '../../sets/addresses.ts'
import { below } from '../../source/file.ts'
import { peerText } from '../phrases.ts'
import { type Difference, FAR, OTHER, SLIP } from './difference.ts'
import { changing, type LabeledObject, listOf, writtenSelector } from './fix.ts'
import { labelDifference, meaningNobody } from './label-differences.ts'
import { namespacePeer, peersFor } from './peer-value.ts'
import { idOf, labeledPod, type Side } from './side.ts'
import { worldIndex } from './world-index.ts'

type PodsTrace = Extract<PeerTrace, { kind: 'pods' }>
type AddressesTrace = Extract<PeerTrace, { kind: 'addresses' }>

/** What keeps an entry of `from` or `to` from meaning the other end; `namespace` is the policy's. */
export function peerDifferences(trace: PeerTrace, namespace: string, side: Side): readonly Difference[] {
  if (trace.matches === 'yes') return []
  switch (trace.kind) {
    case 'pods':
      return trace.notAPod ? [notAPod(trace, side)] : podsDifferences(trace, namespace, side)
    case 'addresses':
      return [addressesDifference(trace, side)]
  }
}

function notAPod({ peer }: PodsTrace, side: Side): Difference {
  const peers = peersFor(side.world, side, 'used')
  const id = idOf(side, side.other)
  const { other } = side
  const isOnHost = other.kind === 'pod' && other.pod.hostNetwork
  return {
    reason: 'SELECTOR_NEEDS_A_POD',
    message: isOnHost
      ? `${id} is on the network of its node (hostNetwork), so that policies see the node's address, which no selector matches`
      : `a selector matches Pods only, and ${id} is none`,
    at: peer.at,
    fix: appending(peer.at, peers),
    cost: FAR,
  }
}

function appending(at: PodsTrace['peer']['at'], peers: ReturnType<typeof peersFor>): Difference['fix'] {
  if (peers === undefined) return undefined
  const changes = peers.values.map(item => ({ kind: 'append', to: listOf(at), item }) as const)
  return changing(`add an entry for ${peers.text}`, ...changes)
}

function podsDifferences(trace: PodsTrace, namespace: string, side: Side): readonly Difference[] {
  const { peer, otherNamespace, ownNamespace, podFailures, namespaceFailures } = trace
  const selectsNothing = worldIndex(side.world).meansNobody(peer, namespace)
  const pod = labeledPod(side.world, side.other)
  if (pod === undefined) return []
  const told = (differences: readonly Difference[]): readonly Difference[] =>
    selectsNothing ? meaningNobody(differences, 'no Pod of the input matches this entry') : differences
  const ofPod = podFailures.map(failure =>
    labelDifference(failure, {
      requirements: peer.pods?.requirements ?? [],
      object: pod,
      labels: pod.pod.labels,
      reason: 'NEAR_MISS_LABEL',
      selectsNothing,
    }),
  )
  if (otherNamespace)
    return withEntry([ownNamespaceOnly(trace, namespace, selectsNothing, side), ...ofPod], peer, side)
  const isSplit = ownNamespace && peer.pods !== undefined && podFailures.length === 0
  if (isSplit && namespaceFailures.length > 0) return [wantsBoth(trace, namespace, side)]
  const { labels } = namespaceOf(side.world.cluster, pod.pod.namespace)
  const object: LabeledObject = {
    kind: 'Namespace',
    name: pod.pod.namespace,
    id: `namespace ${pod.pod.namespace}`,
  }
  const namespaces = peer.namespaces
  const ofNamespace =
    namespaces === 'own'
      ? []
      : namespaceFailures.map(failure =>
          labelDifference(failure, {
            requirements: namespaces.requirements,
            object,
            labels,
            reason: 'NEAR_MISS_NAMESPACE_LABEL',
            selectsNothing,
          }),
        )
  return withEntry(told([...ofNamespace, ...ofPod]), peer, side)
}

/** An entry that is for others, and likely meant so, is left alone: one for this end comes beside it. */
function withEntry(
  differences: readonly Difference[],
  { at }: PodsTrace['peer'],
  side: Side,
): readonly Difference[] {
  if (differences.every(({ cost }) => cost < OTHER)) return differences
  const fix = appending(at, peersFor(side.world, side, 'used'))
  return differences.map(difference => ({ ...difference, fix }))
}

/** S-014: a podSelector alone. One that somebody of its own namespace has a use for stays as it is. */
function ownNamespaceOnly(
  { peer }: PodsTrace,
  namespace: string,
  selectsNothing: boolean,
  side: Side,
): Difference {
  const other = side.otherIdentity.kind === 'pod' ? side.otherIdentity.namespace : ''
  const change = {
    kind: 'write',
    at: below(peer.at, 'namespaceSelector'),
    value: namespacePeer(other),
  } as const
  const text = `add to this entry, without a dash: namespaceSelector: {matchLabels: {${NAME_LABEL}: ${other}}}`
  return {
    reason: 'NEAR_MISS_OWN_NAMESPACE',
    message: `a podSelector alone means Pods of the policy's own namespace ${namespace}, and ${idOf(side, side.other)} is in ${other}`,
    at: below(peer.at, 'podSelector'),
    fix: selectsNothing ? changing(text, change) : appending(peer.at, peersFor(side.world, side, 'used')),
    cost: SLIP,
  }
}

/** S-014: one entry with both selectors, of which each alone might have been meant. */
function wantsBoth({ peer }: PodsTrace, namespace: string, side: Side): Difference {
  return {
    reason: 'NEAR_MISS_AND_OR',
    message: `one entry with both selectors wants both: ${peerText(peer, namespace)}, and ${idOf(side, side.other)} is in namespace ${namespace}`,
    at: below(peer.at, 'namespaceSelector'),
    fix: changing(
      'give podSelector a dash of its own, if either is meant',
      { kind: 'write', at: below(peer.at, 'podSelector'), value: undefined },
      {
        kind: 'append',
        to: listOf(peer.at),
        item: { podSelector: writtenSelector(peer.pods ?? { requirements: [] }) },
      },
    ),
    cost: SLIP,
  }
}

/** Whether a block holds an address of the other end that the network plugin hides from it, as far as one is known. */
function isWithin({ addresses: block }: AddressesTrace['peer'], { world, other }: Side): boolean {
  const own = addressesOf(world.cluster, other)
  return own.length === 0 || own.some(address => contains(block, address))
}

/** The exception that keeps addresses out: where they are in several, the first of them. */
function exceptionOf({ peer, exceptedBy }: AddressesTrace, { otherIdentity }: Side): Block | undefined {
  const addresses = otherIdentity.kind === 'address' ? otherIdentity.addresses : undefined
  if (exceptedBy !== undefined || addresses === undefined) return exceptedBy
  if (isEmpty(addresses) || !contains(peer.cidr.addresses, addresses)) return undefined
  return peer.except.find(block => overlaps(block.addresses, addresses))
}

function addressesDifference(trace: AddressesTrace, side: Side): Difference {
  const { peer, ofPod, hidden } = trace
  const exceptedBy = exceptionOf(trace, side)
  const id = idOf(side, side.other)
  const fix = appending(peer.at, peersFor(side.world, side, 'used'))
  if (hidden && isWithin(peer, side))
    return {
      reason: 'IPBLOCK_IS_FOR_OUTSIDE',
      message: `with this network plugin ${peerText(peer, '')} matches addresses outside the cluster only, and ${id} is inside`,
      at: peer.cidr.at,
      fix,
      cost: SLIP,
    }
  if (exceptedBy === undefined && holdsDialledService(side.world.cluster, peer, side))
    return {
      reason: 'NEAR_MISS_CIDR',
      message: `${peerText(peer, '')} holds the Service's own address, and policies see the Pod behind it, ${id}`,
      at: peer.cidr.at,
      fix,
      cost: SLIP,
    }
  if (exceptedBy !== undefined)
    return {
      reason: 'NEAR_MISS_EXCEPT',
      message: `the address of ${id} is in ${exceptedBy.text}, which is excepted from ${peer.cidr.text}`,
      at: exceptedBy.at,
      fix,
      cost: SLIP,
    }
  return {
    reason: 'NEAR_MISS_CIDR',
    message: `the address of ${id} is outside ${peerText(peer, '')}`,
    at: peer.cidr.at,
    fix,
    cost: ofPod ? FAR : OTHER,
  }
}
