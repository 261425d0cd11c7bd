import { every, type Match, type Selector, selects, some } from '../model/selector.ts'
import type { Peer, Policy, Rule } from '../policy/policy.ts'
import { type Addresses, contains, intersect, isEmpty } from '../sets/addresses.ts'
import { holdsEveryHost, hosts } from '../sets/hosts.ts'
import type { End } from './evidence.ts'

/**
 * What policies can ask of an end. It is one end, and the answers are yes, no or unknown (`M` is Match); or it is many at
 * once, and the answers are those of whom it is true (population.ts). Who is meant by a peer is written once, over this.
 */
export interface Others<M> {
  readonly everyone: M
  /** Pods of this namespace. */
  readonly inNamespace: (name: string) => M
  /** Pods of the namespaces with such labels. */
  readonly inNamespaces: (selector: Selector) => M
  /** Pods with such labels. */
  readonly labelled: (selector: Selector) => M
  readonly within: (addresses: Addresses) => M
  readonly every: (matches: readonly M[]) => M
  readonly some: (matches: readonly M[]) => M
}

/** S-001: the Pods that a policy selects. */
export function subjectOf<M>(policy: Policy, others: Others<M>): M {
  return others.every([others.inNamespace(policy.namespace), others.labelled(policy.subject)])
}

/** S-012: a rule without peers means everyone; of several, any may match. */
export function peersOf<M>(rule: Rule, namespace: string, others: Others<M>): M {
  if (rule.peers === 'any') return others.everyone
  return others.some(rule.peers.map(peer => peerOf(peer, namespace, others)))
}

/** S-014, S-015: the namespace and the Pod must both match; without a namespaceSelector it is the policy's own. */
export function peerOf<M>(peer: Peer, namespace: string, others: Others<M>): M {
  switch (peer.kind) {
    case 'pods':
      return others.every([
        peer.namespaces === 'own' ? others.inNamespace(namespace) : others.inNamespaces(peer.namespaces),
        ...(peer.pods === undefined ? [] : [others.labelled(peer.pods)]),
      ])
    case 'addresses':
      return others.within(peer.addresses)
  }
}

/** One end alone. */
export function oneEnd(end: End): Others<Match> {
  return {
    everyone: 'yes',
    inNamespace: name => (end.kind === 'pod' && end.namespace === name ? 'yes' : 'no'),
    inNamespaces: selector => (end.kind === 'pod' ? selects(selector, end.namespaceLabels) : 'no'),
    labelled: selector => (end.kind === 'pod' ? selects(selector, end.labels) : 'no'),
    within: addresses => isWithin(addresses, end.kind === 'pod' ? end.address : end.addresses),
    every,
    some,
  }
}

/** S-034 to S-036, S-039; `addresses` are undefined where no manifest tells them (S-051), and what has none is in no block. */
export function isWithin(block: Addresses, addresses: Addresses | undefined): Match {
  if (addresses === undefined) return isUnknownWithin(block)
  if (isEmpty(addresses)) return 'no'
  if (contains(block, addresses)) return 'yes'
  return isEmpty(intersect(block, addresses)) ? 'no' : 'unknown'
}

/** An address that nobody knows is surely in a block only if every address of a family is. */
function isUnknownWithin(block: Addresses): Match {
  if (holdsEveryHost(block)) return 'yes'
  return isEmpty(intersect(block, hosts())) ? 'no' : 'unknown'
}
