import type { Service } from '../model/objects.ts'
import type { NetworkPolicy, Peer, Policy } from '../policy/policy.ts'
import { contains, isEmpty, NO_ADDRESS, unionOf } from '../sets/addresses.ts'

/**
 * Policies whose blocks say what they hold in this cluster: one of nothing but Services' own addresses holds nobody,
 * because no policy ever sees these (S-038, S-060), and no Pod can have one, whether its address is known or not.
 */
export function withoutServiceBlocks(
  policies: readonly NetworkPolicy[],
  services: readonly Service[],
): readonly NetworkPolicy[] {
  const clusterIPs = unionOf(services.map(service => service.clusterIPs))
  if (isEmpty(clusterIPs)) return policies
  const emptied = (peer: Peer): Peer =>
    peer.kind === 'addresses' && contains(clusterIPs, peer.addresses)
      ? { ...peer, addresses: NO_ADDRESS }
      : peer
  const inCluster = (policy: Policy): Policy => ({
    ...policy,
    rules: policy.rules.map(rule =>
      rule.peers === 'any' ? rule : { ...rule, peers: rule.peers.map(emptied) },
    ),
  })
  const isConcerned = ({ directions }: NetworkPolicy): boolean =>
    directions.some(({ rules }) =>
      rules.some(({ peers }) => peers !== 'any' && peers.some(peer => emptied(peer) !== peer)),
    )
  return policies.map(policy =>
    isConcerned(policy) ? { ...policy, directions: policy.directions.map(inCluster) } : policy,
  )
}
