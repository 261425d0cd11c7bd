import { hasNetwork, podsWithNetwork } from '../model/cluster.ts'
import type { Service, ServicePort } from '../model/objects.ts'
import { type Addresses, contains, equal, isEmpty, subtract, unionOf } from '../sets/addresses.ts'
import type { Protocol } from '../sets/connections.ts'
import { holdsEveryHost } from '../sets/hosts.ts'
import type { World } from '../world/world.ts'
import type { Endpoint } from './endpoint.ts'

/** The node or the Pod that has an address. That of a Pod on its node's network is the node's. */
export function endpointAt({ cluster }: World, address: Addresses): Endpoint | undefined {
  const has = (addresses: readonly Addresses[]): boolean => addresses.some(own => equal(own, address))
  const node = cluster.nodes.find(candidate => has(candidate.addresses))
  if (node !== undefined) return { kind: 'node', node, dialed: address }
  const pod = cluster.pods.find(candidate => has(candidate.addresses) && hasNetwork(candidate))
  return pod && { kind: 'pod', pod, dialed: address }
}

/**
 * The nodes and the Pods that have an address of a block, and what of the block is outside the cluster. A block of all
 * addresses means the world outside, and is outside as a whole.
 */
export function endpointsWithin(
  { cluster }: World,
  block: Addresses,
): { readonly within: readonly Endpoint[]; readonly outside: Addresses } {
  if (holdsEveryHost(block)) return { within: [], outside: block }
  const own = (addresses: readonly Addresses[]): readonly Addresses[] =>
    addresses.filter(address => contains(block, address))
  const nodes = cluster.nodes.flatMap(node =>
    own(node.addresses).map((dialed): Endpoint => ({ kind: 'node', node, dialed })),
  )
  const ofNodes = unionOf(cluster.nodes.flatMap(node => own(node.addresses)))
  const pods = podsWithNetwork(cluster)
  const onPods = pods.flatMap(pod =>
    own(pod.addresses)
      .filter(address => !contains(ofNodes, address))
      .map((dialed): Endpoint => ({ kind: 'pod', pod, dialed })),
  )
  const taken = unionOf([ofNodes, ...pods.flatMap(pod => own(pod.addresses))])
  const ofServices = unionOf(cluster.services.map(({ clusterIPs }) => clusterIPs))
  return { within: [...nodes, ...onPods], outside: subtract(subtract(block, taken), ofServices) }
}

/** The Service whose ClusterIP an address is. */
export function serviceAt({ cluster }: World, address: Addresses): Service | undefined {
  return cluster.services.find(({ clusterIPs }) => contains(clusterIPs, address))
}

/** The Service that clients outside reach at an address: one of its load balancer's, or of its `externalIPs`. */
export function serviceExposedAt({ cluster }: World, address: Addresses): Service | undefined {
  return cluster.services.find(({ externalAddresses }) => contains(externalAddresses, address))
}

/** Whether clients outside the cluster can reach a Service, by a port of a node or by an address of its own. */
export const isExposed = ({ type, externalAddresses }: Service): boolean =>
  type === 'NodePort' || type === 'LoadBalancer' || !isEmpty(externalAddresses)

/** The port of a Service that a port of every node leads to. */
export function nodePortAt(
  { cluster }: World,
  protocol: Protocol,
  number: number,
): { readonly service: Service; readonly servicePort: ServicePort } | undefined {
  for (const service of cluster.services)
    for (const servicePort of service.ports)
      if (servicePort.nodePort === number && servicePort.protocol === protocol)
        return { service, servicePort }
  return undefined
}

/** All ports of every node that lead to Services. */
export const nodePortsOf = ({
  cluster,
}: World): readonly { readonly service: Service; readonly protocol: Protocol; readonly number: number }[] =>
  cluster.services.flatMap(service =>
    service.ports.flatMap(({ protocol, nodePort: number }) =>
      number === undefined ? [] : [{ service, protocol, number }],
    ),
  )
