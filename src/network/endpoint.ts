import type { AddressIdentity, Identity, PodIdentity, UnknownIdentity } from '../engine/evidence.ts'
import { type Cluster, namespaceOf } from '../model/cluster.ts'
import type { Node, Pod } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import { behavior } from '../policy/profile.ts'
import { type Addresses, familyOf, NO_ADDRESS } from '../sets/addresses.ts'
import { distinctBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'

/** One end of a connection; `dialed` is the one of its addresses that the question names. */
export type Endpoint =
  | { readonly kind: 'pod'; readonly pod: Pod; readonly dialed?: Addresses }
  | { readonly kind: 'node'; readonly node: Node; readonly dialed?: Addresses }
  | External

/** What identifies an endpoint outside; `externalId` (endpoint-ids.ts) writes it down. */
export type ExternalName =
  /** As the question has it: `internet`, an address, a block. */
  | string
  /** Some of the addresses of a question, which no other endpoint has. */
  | { readonly kind: 'part'; readonly addresses: Addresses }
  /** The addresses of a block that no endpoint of the cluster has. */
  | { readonly kind: 'rest'; readonly of: string }
  | { readonly kind: 'api-server' }
  /** The DNS servers of a node. */
  | { readonly kind: 'node-dns' }
  /** An ingress controller that cannot be found. */
  | { readonly kind: 'unknown-controller' }

export interface External {
  readonly kind: 'external'
  readonly name: ExternalName
  /** Addresses that are in the same blocks of all policies; undefined where they are translated to unknown ones. */
  readonly addresses: Addresses | undefined
  /** It has one of the addresses, and it is not known which: the address of a name outside. */
  readonly isOneOf?: true
  /** Of the API server, and of what answers on an address of a node: whether it is a node of the cluster. */
  readonly isNode?: Match
  /** It is the proxy of a controller: a load balancer of the provider's, or a part of the network plugin, which no block matches. */
  readonly proxy?: 'of the provider' | 'of the plugin'
  /** A node has replaced the client's address by its own. */
  readonly isRewritten?: true
  /** The client then. */
  readonly client?: Endpoint
  /** Nothing is known of it: it may be a Pod with any labels, of any namespace, or outside the cluster. */
  readonly isAnything?: true
}

/** The Pods among some endpoints. */
export const podsAmong = (endpoints: readonly Endpoint[]): readonly Pod[] =>
  endpoints.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : []))

/** Whether an endpoint is one of the Pods among some. */
export function isPodAmong(endpoints: readonly Endpoint[]): (endpoint: Endpoint) => boolean {
  const pods = new Set(podsAmong(endpoints))
  return endpoint => endpoint.kind === 'pod' && pods.has(endpoint.pod)
}

/** Whether the two are one and the same Pod. */
export function isSame(a: Endpoint, b: Endpoint): boolean {
  return a.kind === 'pod' && b.kind === 'pod' && a.pod === b.pod
}

/** A Pod of the Pod network, which policies can select; every other endpoint is an address to them (S-043). */
export const isSubject = (endpoint: Endpoint): boolean => endpoint.kind === 'pod' && !endpoint.pod.hostNetwork

/** What policies see of an endpoint that uses one of its addresses. */
export function identityOf(world: World, endpoint: Endpoint, address: Addresses | undefined): Identity {
  if (endpoint.kind === 'external' && endpoint.isAnything === true) return ANYTHING
  const shown = showsAddress(world, endpoint) ? address : NO_ADDRESS
  if (endpoint.kind !== 'pod' || endpoint.pod.hostNetwork)
    return { kind: 'address', addresses: shown } satisfies AddressIdentity
  const { namespace, labels, ports } = endpoint.pod
  const namespaceLabels = namespaceOf(world.cluster, namespace).labels
  return { kind: 'pod', namespace, namespaceLabels, labels, ports, address: shown } satisfies PodIdentity
}

const ANYTHING = { kind: 'anything', addresses: undefined } satisfies UnknownIdentity

/** Whether an ipBlock can match it: with some network plugins none matches Pods or nodes (S-036, S-039). */
export function showsAddress({ profile }: World, endpoint: Endpoint): boolean {
  if (endpoint.kind === 'external' && endpoint.proxy === 'of the plugin') return false
  if (endpoint.kind === 'external' && (endpoint.isNode ?? 'no') === 'no') return true
  return behavior(profile, isSubject(endpoint) ? 'ipBlockOfPods' : 'ipBlockOfNodes') !== 'no'
}

/** The addresses that an endpoint may use, one for each family; none where the manifests have none. */
export function addressesOf(cluster: Cluster, endpoint: Endpoint): readonly Addresses[] {
  if (endpoint.kind !== 'external' && endpoint.dialed !== undefined) return [endpoint.dialed]
  switch (endpoint.kind) {
    case 'external':
      return endpoint.addresses === undefined ? [] : [endpoint.addresses]
    case 'node':
      return onePerFamily(endpoint.node.addresses)
    case 'pod': {
      const { pod } = endpoint
      if (!pod.hostNetwork || pod.addresses.length > 0) return onePerFamily(pod.addresses)
      const node = cluster.nodes.find(candidate => candidate.name === pod.node)
      return onePerFamily(node?.addresses ?? [])
    }
  }
}

const onePerFamily = (addresses: readonly Addresses[]): readonly Addresses[] =>
  addresses.length < 2 ? addresses : distinctBy(addresses, familyOf)

/** The node that an endpoint is or runs on; undefined where the manifests do not say. */
export function nodeOf(endpoint: Endpoint): string | undefined {
  if (endpoint.kind === 'external') return undefined
  return endpoint.kind === 'pod' ? endpoint.pod.node : endpoint.node.name
}

/** Whether one end is the node of the other, so that no policy comes between the two (S-040, S-042). */
export function isBetweenNodeAndPod({ profile }: World, from: Endpoint, to: Endpoint): Match {
  const comesIn = isOwnNode(to, from)
  if (comesIn !== 'no' || behavior(profile, 'toOwnNode') === 'filtered') return comesIn
  return isOwnNode(from, to)
}

/** Whether a Pod runs on the very node that the other endpoint is. */
export function isOwnNode(pod: Endpoint, other: Endpoint): Match {
  if (!isSubject(pod) || other.kind === 'external' || isSubject(other)) return 'no'
  const [here, there] = [nodeOf(pod), nodeOf(other)]
  if (here === undefined || there === undefined) return 'unknown'
  return here === there ? 'yes' : 'no'
}
