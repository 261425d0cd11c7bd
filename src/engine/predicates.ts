import { every, type Match, type Selector, selects, some } from '../model/selector.ts'
import type { Peer, Rule, Scope, Scoped } from '../policy/policy.ts'
import { type Addresses, contains, intersect, isEmpty, unionOf } from '../sets/addresses.ts'
import type { NonEmpty } from '../sets/group-by.ts'
import { holdsEveryHost, hosts, hostsByFamily } from '../sets/hosts.ts'
import { memoized } from '../sets/memoized.ts'
import { addressesOf, type Identity, type UnknownIdentity } from './evidence.ts'

/**
 * What policies can ask of an identity: of one, with the answer yes, no or unknown (`M` is Match), or of many at once, with
 * those that match as the answer (all/identity-index.ts). What a policy selects and a peer matches is written once, over this.
 */
export interface PeerPredicates<M> {
  readonly all: M
  readonly inNamespace: (name: string) => M
  /** Pods of the namespaces that a selector selects. */
  readonly inNamespaces: (selector: Selector) => M
  /** Pods that a selector selects. */
  readonly labeled: (selector: Selector) => M
  readonly within: (addresses: Addresses) => M
  readonly every: (matches: NonEmpty<M>) => M
  readonly some: (matches: readonly M[]) => M
}

/** S-001, K-010: the Pods that a policy selects. */
export function subjectOf<M>({ scope, namespace }: Scoped, predicates: PeerPredicates<M>): M {
  return predicates.every([inNamespaces(scope, namespace, predicates), predicates.labeled(scope.pods)])
}

/** `own`: the namespace of the policy. */
function inNamespaces<M>(
  { namespaces }: Pick<Scope, 'namespaces'>,
  namespace: string,
  predicates: PeerPredicates<M>,
): M {
  return namespaces === 'own' ? predicates.inNamespace(namespace) : predicates.inNamespaces(namespaces)
}

/**
 * S-012: a rule without peers matches all; of several, any may match. What holds an address may also be several blocks together
 * (S-051). `ofPeers`: what each of them matches.
 */
export function peersOf<M>(
  rule: Rule,
  namespace: string,
  predicates: PeerPredicates<M>,
  ofPeers?: readonly M[],
): M {
  if (rule.peers === 'any') return predicates.all
  const all = ofPeers ?? rule.peers.map(peer => peerOf(peer, namespace, predicates))
  const hasSeveralBlocks = rule.peers.filter(({ kind }) => kind === 'addresses').length > 1
  return predicates.some(hasSeveralBlocks ? [...all, predicates.within(blocksTogether(rule))] : all)
}

/** All addresses that a rule's blocks hold. */
export const blocksTogether = memoized(
  ({ peers }: Rule): Addresses =>
    unionOf(
      peers === 'any' ? [] : peers.flatMap(peer => (peer.kind === 'addresses' ? [peer.addresses] : [])),
    ),
)

/** S-014, S-015: the namespace and the Pod must both match; without a namespaceSelector it is the policy's own. */
export function peerOf<M>(peer: Peer, namespace: string, predicates: PeerPredicates<M>): M {
  switch (peer.kind) {
    case 'pods':
      return predicates.every([
        inNamespaces(peer, namespace, predicates),
        ...(peer.pods === undefined ? [] : [predicates.labeled(peer.pods)]),
      ])
    case 'addresses':
      return predicates.within(peer.addresses)
  }
}

export function predicatesOf(identity: Identity): PeerPredicates<Match> {
  return {
    all: 'yes',
    ...(identity.kind === 'anything' ? ANYTHING : knownPredicates(identity)),
    every,
    some,
  }
}

const unknown = (): Match => 'unknown'

const ANYTHING = { inNamespace: unknown, inNamespaces: unknown, labeled: unknown, within: unknown }

function knownPredicates(identity: Exclude<Identity, UnknownIdentity>) {
  return {
    inNamespace: (name: string): Match =>
      identity.kind === 'pod' && identity.namespace === name ? 'yes' : 'no',
    inNamespaces: (selector: Selector): Match =>
      identity.kind === 'pod' ? selects(selector, identity.namespaceLabels) : 'no',
    labeled: (selector: Selector): Match =>
      identity.kind === 'pod' ? selects(selector, identity.labels) : 'no',
    within: (addresses: Addresses): Match => isWithin(addresses, addressesOf(identity)),
  }
}

/** S-034 to S-036, S-039; `addresses` are those of an identity: undefined where not known (S-051), empty where no block matches. */
export function isWithin(block: Addresses, addresses: Addresses | undefined): Match {
  if (addresses === undefined) return isUnknownWithin(block)
  if (isEmpty(addresses)) return 'no'
  if (contains(block, addresses)) return 'yes'
  return isEmpty(intersect(block, addresses)) ? 'no' : 'unknown'
}

/** An identity has one address of one of these sets. */
export function possibleAddresses(identity: Exclude<Identity, UnknownIdentity>): readonly Addresses[] {
  const addresses = addressesOf(identity)
  return addresses === undefined ? hostsByFamily() : [addresses]
}

/** An unknown address is surely in a block only if every address of a family is. */
function isUnknownWithin(block: Addresses): Match {
  if (holdsEveryHost(block)) return 'yes'
  return isEmpty(intersect(block, hosts())) ? 'no' : 'unknown'
}
