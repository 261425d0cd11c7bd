import type { Requirement, Selector } from '../model/selector.ts'
import type { Peer, Policy } from './policy.ts'

/** The selectors of a peer. */
interface PeerSelectors {
  readonly ofNamespaces: readonly Selector[]
  readonly ofPods: readonly Selector[]
}

/** What a peer selects by; each form of peer has to say so here. */
export function selectorsOf(peer: Peer): PeerSelectors {
  switch (peer.kind) {
    case 'pods':
      return {
        ofNamespaces: peer.namespaces === 'own' ? [] : [peer.namespaces],
        ofPods: peer.pods === undefined ? [] : [peer.pods],
      }
    case 'addresses':
      return { ofNamespaces: [], ofPods: [] }
  }
}

/** What the selectors of all peers require. */
export const requirementsOfPeers = (policies: readonly Policy[]): readonly Requirement[] =>
  policies
    .flatMap(({ rules }) => rules)
    .flatMap(({ peers }) => (peers === 'any' ? [] : peers))
    .map(selectorsOf)
    .flatMap(({ ofNamespaces, ofPods }) => [...ofNamespaces, ...ofPods])
    .flatMap(({ requirements }) => requirements)
