import { type Addresses, contains, isEmpty, NO_ADDRESS } from '../sets/addresses.ts'
import type { Peer, Policy, PolicyObject, PortMatch, Rule } from './policy.ts'
import { behavior, type Profile } from './profile.ts'

/**
 * Policies as a cluster applies them: without what its network plugin does not support (S-028, S-032). A block of ClusterIPs
 * alone matches nothing: policies are applied after DNAT to the backend's address, and no Pod has a ClusterIP (S-038, S-060).
 */
export function bind<P extends PolicyObject>(
  policies: readonly P[],
  clusterIPs: Addresses,
  profile: Profile | undefined,
): readonly P[] {
  const knowsNames = behavior(profile, 'namedPorts') !== 'no'
  const knowsRanges = behavior(profile, 'endPort') !== 'no'
  const hasServices = !isEmpty(clusterIPs)
  if (knowsNames && knowsRanges && !hasServices) return policies
  const bindPeer = (peer: Peer): Peer =>
    hasServices && peer.kind === 'addresses' && contains(clusterIPs, peer.addresses)
      ? { ...peer, addresses: NO_ADDRESS }
      : peer
  const bindPort = (port: PortMatch): PortMatch => {
    switch (port.kind) {
      case 'name':
        return knowsNames ? port : { ...port, ignored: true }
      case 'numbers':
        return knowsRanges || port.withoutEndPort === undefined
          ? port
          : { ...port, open: port.withoutEndPort, written: port.open }
    }
  }
  const bindRule = (rule: Rule): Rule => {
    const peers = rule.peers === 'any' ? rule.peers : mapped(rule.peers, bindPeer)
    const ports = rule.ports === 'any' ? rule.ports : mapped(rule.ports, bindPort)
    return peers === rule.peers && ports === rule.ports ? rule : { ...rule, peers, ports }
  }
  const bindDirection = (policy: Policy): Policy => {
    const rules = mapped(policy.rules, bindRule)
    return rules === policy.rules ? policy : { ...policy, rules }
  }
  return policies.map(policy => {
    const directions = mapped(policy.directions, bindDirection)
    const ineffective = mapped(policy.ineffective, bindDirection)
    const isSame = directions === policy.directions && ineffective === policy.ineffective
    return isSame ? policy : { ...policy, directions, ineffective }
  })
}

/** The same list where nothing changes, so that a policy that is applied as it is written stays the same object. */
function mapped<T>(items: readonly T[], change: (item: T) => T): readonly T[] {
  const changed = items.map(change)
  return changed.every((item, index) => item === items[index]) ? items : changed
}
