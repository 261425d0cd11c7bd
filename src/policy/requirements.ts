import type { Requirement } from '../model/selector.ts'
import type { Policy } from './policy.ts'

/** What the selectors of all peers require. */
export const requirementsOfPeers = (policies: readonly Policy[]): readonly Requirement[] =>
  policies
    .flatMap(({ rules }) => rules)
    .flatMap(({ peers }) => (peers === 'any' ? [] : peers))
    .flatMap(peer => {
      if (peer.kind !== 'pods') return []
      const { namespaces, pods } = peer
      return [...(namespaces === 'own' ? [] : namespaces.requirements), ...(pods?.requirements ?? [])]
    })
