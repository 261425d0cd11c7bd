import { every, type Match, type Selector, selects, some } from '../model/selector.ts'
import type { Peer, Rule, Scope, Scoped } from '../policy/policy.ts'
import { type Addresses, contains, intersect, isEmpty } from '../sets/addresses.ts'
import type { NonEmpty } from '../sets/group-by.ts'
import { holdsEveryHost, hosts } from '../sets/hosts.ts'
import type { Identity, UnknownIdentity } from './evidence.ts'

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

/** S-012: a rule without peers matches all; of several, any may match. */
export function peersOf<M>(rule: Rule, namespace: string, predicates: PeerPredicates<M>): M {
  if (rule.peers === 'any') return predicates.all
  return predicates.some(rule.peers.map(peer => peerOf(peer, namespace, predicates)))
}

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
    within: (addresses: Addresses): Match =>
      isWithin(addresses, identity.kind === 'pod' ? identity.address : identity.addresses),
  }
}

/** S-034 to S-036, S-039; `addresses` are those of an identity: undefined where not known (S-051), empty where no block matches. */
export function isWithin(block: Addresses, addresses: Addresses | undefined): Match {
  if (addresses === undefined) return isUnknownWithin(block)
  if (isEmpty(addresses)) return 'no'
  if (contains(block, addresses)) return 'yes'
  return isEmpty(intersect(block, addresses)) ? 'no' : 'unknown'
}

/** An unknown address is surely in a block only if every address of a family is. */
function isUnknownWithin(block: Addresses): Match {
  if (holdsEveryHost(block)) return 'yes'
  return isEmpty(intersect(block, hosts())) ? 'no' : 'unknown'
}
