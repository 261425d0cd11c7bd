import { type Cluster, podsWithNetwork } from '../model/cluster.ts'
import type { HostPort, Node, Pod } from '../model/objects.ts'
import { type Addresses, equal } from '../sets/addresses.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'

/*
 * `hostPort`: a port of the node that a Pod runs on leads to a port of the Pod. The node translates before policies are asked, so
 * those of the Pod decide, as behind a Service (S-060).
 */

/** A port of a node that leads, or may lead, to a Pod. */
export interface HostPortOwner {
  readonly pod: Pod
  readonly hostPort: HostPort
  /** Whether the Pod runs on the node; where the manifests do not say, it may. */
  readonly isThere: 'yes' | 'unknown'
}

/** Few Pods have any. */
const podsWithHostPorts = memoized((cluster: Cluster): readonly Pod[] =>
  podsWithNetwork(cluster).filter(({ hostPorts, hostNetwork }) => hostPorts.length > 0 && !hostNetwork),
)

/** The Pods that have a port of some node. */
export const podsOnHostPort = ({ cluster }: World, number: number): readonly Pod[] =>
  podsWithHostPorts(cluster).filter(({ hostPorts }) => hostPorts.some(port => port.number === number))

/** The ports of a node that lead to Pods; those that surely do, and of the others only where none does. */
export function hostPortsOf(
  { cluster }: World,
  { node, dialed }: { readonly node: Node; readonly dialed?: Addresses },
): readonly HostPortOwner[] {
  const owners = podsWithHostPorts(cluster).flatMap((pod): readonly HostPortOwner[] => {
    if (pod.node !== undefined && pod.node !== node.name) return []
    return pod.hostPorts
      .filter(({ hostIP }) => hostIP === undefined || isReachedAt(hostIP, node, dialed))
      .map(hostPort => ({ pod, hostPort, isThere: pod.node === undefined ? 'unknown' : 'yes' }))
  })
  const isSure = ({ hostPort: { number, protocol } }: HostPortOwner): boolean =>
    owners.some(
      ({ isThere, hostPort }) =>
        isThere === 'yes' && hostPort.number === number && hostPort.protocol === protocol,
    )
  return owners.filter(owner => owner.isThere === 'yes' || !isSure(owner))
}

/** Whether a port that is on one address of the node is where the node is dialed: anywhere, unless the question has an address. */
function isReachedAt(hostIP: Addresses, { addresses }: Node, dialed: Addresses | undefined): boolean {
  if (dialed !== undefined) return equal(hostIP, dialed)
  return addresses.length === 0 || addresses.some(address => equal(address, hostIP))
}
