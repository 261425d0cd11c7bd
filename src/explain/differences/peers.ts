import type { AddressesTrace, PeerTrace, PodsTrace, RequirementTrace } from '../../engine/evidence.ts'
import { NAME_LABEL } from '../../model/labels.ts'
import type { Pod } from '../../model/objects.ts'
import { addressesOf } from '../../network/endpoint.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import { holdsDialedService, type PolicySide, serviceHidingClient } from '../../network/policy-side.ts'
import type { Block } from '../../policy/policy.ts'
import type { ReplacedByNode } from '../../report/facts/policies.ts'
import { type Addresses, addressTexts, contains, isEmpty, overlaps } from '../../sets/addresses.ts'
import { memoized } from '../../sets/memoized.ts'
import { below, type Location } from '../../source/file.ts'
import { valueAt } from '../../source/mapping.ts'
import type { World } from '../../world/world.ts'
import { changing, type Fix, type LabeledObject, labeledNamespace, labeledPod, listOf } from '../fixes.ts'
import { blockFacts } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { namespacePeer, peersFor } from '../written-peers.ts'
import { bothRequired } from './and-or.ts'
import {
  ALSO_FORGOTTEN,
  type Difference,
  FAR,
  FORGOTTEN,
  OTHER_VALUE,
  type RuleContext,
  SURE,
  TYPO,
} from './difference.ts'
import { labelDifference } from './labels.ts'
import { misplacedLabels } from './misplaced.ts'

/** What keeps a peer from matching the other endpoint. */
export function peerDifferences(context: RuleContext, trace: PeerTrace): readonly Difference[] {
  if (trace.matches === 'yes') return []
  const { other, otherIdentity } = context.side
  switch (trace.kind) {
    case 'pods':
      return other.kind === 'pod' && otherIdentity.kind === 'pod'
        ? podsDifferences(context, trace, other.pod)
        : [notAPod(context, trace.peer.at)]
    case 'addresses':
      return [addressesDifference(context, trace.peer)]
  }
}

function notAPod({ world, side }: RuleContext, at: Location): Difference {
  const { other } = side
  const isOnHost = other.kind === 'pod' && other.pod.hostNetwork
  return {
    code: 'SELECTOR_NEEDS_A_POD',
    facts: {
      object: endpointId(world, other),
      ...(isOnHost && { hostNetwork: true }),
      ...replacedByNode(side, undefined),
    },
    at,
    fix: addingPeer(world, side, at),
    cost: FAR,
  }
}

/** Each peer of each rule of a side may be fixed by the same new peers. */
const newPeers = memoized((world: World) => memoized((side: PolicySide) => peersFor(world, side, 'own')))

/** Adds a peer for the other endpoint alone, beside the one at a place. */
function addingPeer(world: World, side: PolicySide, at: Location): Fix | undefined {
  const peers = newPeers(world)(side)
  // To let in every node is no small fix for one client.
  if (peers === undefined || (side.other.kind === 'external' && side.other.isRewritten)) return undefined
  const changes = peers.map(item => ({ kind: 'append', at: listOf(at), item }) as const)
  // A part of the world outside is named by the block as it is written.
  const { other } = side
  const blocks = peers.map(peer => String(valueAt(peer, 'ipBlock', 'cidr')))
  const isPart = other.kind === 'external' && typeof other.name !== 'string' && other.name.kind === 'part'
  return changing(
    { kind: 'add-peer', for: isPart ? blocks.join(' and ') : endpointId(world, other) },
    ...changes,
  )
}

function podsDifferences(context: RuleContext, trace: PodsTrace, pod: Pod): readonly Difference[] {
  const { world, side, namespace } = context
  const { peer, podFailures, namespaceFailures } = trace
  const isHere = pod.namespace === namespace
  const matchesNothing = worldIndex(world).peerMatchesNothing(peer, namespace)
  const misplaced = misplacedLabels(context, trace, pod, matchesNothing)
  if (misplaced !== undefined) return [misplaced]
  if (isHere && peer.pods !== undefined && podFailures.length === 0 && namespaceFailures.length > 0)
    return [bothRequired(context, peer)]
  const differing = (
    failed: readonly RequirementTrace[],
    selector: PodsTrace['peer']['pods'],
    of: LabeledObject,
  ) =>
    failed.map(failure =>
      labelDifference(failure, { requirements: selector?.requirements ?? [], object: of, matchesNothing }),
    )
  const ofNamespace = differing(
    namespaceFailures,
    peer.namespaces === 'own' ? undefined : peer.namespaces,
    labeledNamespace(world, pod.namespace),
  )
  const ofPod = differing(podFailures, peer.pods, labeledPod(world, pod))
  const ofLabels = forgottenTogether([
    ...ofNamespace.map(one => ({ code: 'NEAR_MISS_NAMESPACE_LABEL', ...one }) as const),
    ...ofPod.map(one => ({ code: 'NEAR_MISS_LABEL', ...one }) as const),
  ])
  const isElsewhere = peer.namespaces === 'own' && !isHere
  const differences = isElsewhere
    ? [ownNamespaceOnly(context, peer, pod, matchesNothing), ...ofLabels]
    : ofLabels.map((one, index) =>
        // A peer that matches nothing at all is reported with its last difference.
        matchesNothing && index === ofLabels.length - 1
          ? { ...one, facts: { ...one.facts, matchesNothing: true } as const }
          : one,
      )
  // A peer that is likely intended for other endpoints stays as it is: the fix adds another one.
  if (differences.every(({ cost }) => cost < OTHER_VALUE)) return differences
  const fix = addingPeer(world, side, peer.at)
  return differences.map(difference => ({ ...difference, fix }))
}

/** Who forgot one label likely forgot the others with it. */
function forgottenTogether<D extends Pick<Difference, 'cost'>>(differences: readonly D[]): readonly D[] {
  const first = differences.findIndex(({ cost }) => cost === FORGOTTEN)
  return differences.map((one, index) =>
    one.cost === FORGOTTEN && index > first ? { ...one, cost: ALSO_FORGOTTEN } : one,
  )
}

/** S-014: a podSelector alone. One that matches Pods of its own namespace is likely meant for these, and is not changed. */
function ownNamespaceOnly(
  { world, side, namespace }: RuleContext,
  { at, pods }: PodsTrace['peer'],
  pod: Pod,
  matchesNothing: boolean,
): Difference {
  return {
    code: 'NEAR_MISS_OWN_NAMESPACE',
    facts: { namespace, object: endpointId(world, side.other), objectNamespace: pod.namespace },
    at: below(at, 'podSelector'),
    fix: matchesNothing
      ? changing(
          { kind: 'add-namespace-selector', labels: { [NAME_LABEL]: pod.namespace } },
          { kind: 'write', at: below(at, 'namespaceSelector'), value: namespacePeer(pod.namespace) },
        )
      : addingPeer(world, side, at),
    cost: matchesNothing ? TYPO : pods?.requirements.length === 0 ? OTHER_VALUE : FORGOTTEN,
  }
}

function addressesDifference({ world, side }: RuleContext, peer: AddressesTrace['peer']): Difference {
  const { other, otherIdentity } = side
  const object = endpointId(world, other)
  const block = blockFacts(peer)
  const { at } = peer.cidr
  const fix = addingPeer(world, side, peer.at)
  const isPod = otherIdentity.kind === 'pod'
  const seen = isPod ? otherIdentity.address : otherIdentity.addresses
  if (seen !== undefined && isEmpty(seen) && mayHold(peer.addresses, addressesOf(world.cluster, other)))
    return { code: 'IPBLOCK_IS_FOR_OUTSIDE', facts: { block, object }, at, fix, cost: TYPO }
  const exception = seen && exceptionOf(peer, seen)
  if (exception !== undefined) {
    const facts = { cidr: block.cidr, except: exception.text, object }
    return { code: 'NEAR_MISS_EXCEPT', facts, at: exception.at, fix, cost: TYPO }
  }
  const replaced = replacedByNode(side, peer.addresses)
  if (replaced.replaced !== undefined) {
    const cost = replaced.replaced.holdsClient ? SURE : OTHER_VALUE
    return { code: 'NEAR_MISS_CIDR', facts: { block, object, ...replaced }, at, fix, cost }
  }
  if (holdsDialedService(world.cluster, peer, side))
    return { code: 'NEAR_MISS_CIDR', facts: { block, object, holdsService: true }, at, fix, cost: TYPO }
  return { code: 'NEAR_MISS_CIDR', facts: { block, object }, at, fix, cost: isPod ? FAR : OTHER_VALUE }
}

/** S-064, S-067: what policies see instead of a client behind a node. */
function replacedByNode(
  side: PolicySide,
  block: Addresses | undefined,
): { readonly replaced?: ReplacedByNode } {
  const { other } = side
  if (other.kind !== 'external' || !other.isRewritten) return {}
  const { client, addresses } = other
  const service = serviceHidingClient(side)
  const own = client?.kind === 'external' ? client.addresses : undefined
  return {
    replaced: {
      nodes: addresses === undefined ? [] : addressTexts(addresses),
      ...(service !== undefined && { service: `${service.namespace}/${service.name}` }),
      ...(own !== undefined && block !== undefined && contains(block, own) && { holdsClient: true }),
    },
  }
}

/** Whether a block holds an address of an endpoint that the network plugin hides from it, as far as one is known. */
const mayHold = (block: Addresses, addresses: readonly Addresses[]): boolean =>
  addresses.length === 0 || addresses.some(address => contains(block, address))

/** The first exception that addresses are in. */
function exceptionOf({ cidr, except }: AddressesTrace['peer'], addresses: Addresses): Block | undefined {
  if (isEmpty(addresses) || !contains(cidr.addresses, addresses)) return undefined
  return except.find(block => overlaps(block.addresses, addresses))
}
