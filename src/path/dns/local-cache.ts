import { podsWithNetwork } from '../../model/cluster.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { type Addresses, addressTexts, contains, fromCidrs, unionOf } from '../../sets/addresses.ts'
import { lazily } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'

/*
 * NodeLocal DNSCache (S-244): a process on each node that answers for the cluster's DNS, on a link-local address and perhaps on the
 * ClusterIP too.
 */

/** A cache of the input. */
export interface LocalCache {
  /** Its Pods in words. */
  readonly name: string
  /** Where it is asked: as an address of the node, which no selector matches; a Pod of the Pod network (Cilium) as itself. */
  readonly at: readonly Endpoint[]
  /** The ClusterIPs that it answers for, so that the node gets what is sent there, and no DNS Pod. */
  readonly clusterIPs: readonly Endpoint[]
}

/** The labels of its Pods: kubernetes/kubernetes (cluster/addons/dns/nodelocaldns), kubespray, the chart of deliveryhero. */
const LABELS: readonly (readonly [key: string, value: string])[] = [
  ['k8s-app', 'node-local-dns'],
  ['k8s-app', 'nodelocaldns'],
  ['app.kubernetes.io/name', 'node-local-dns'],
]

/** Of the manifest of Kubernetes, where its arguments do not say it. */
const usualAddress = lazily(() => fromCidrs(['169.254.20.10/32']))
const linkLocal = lazily(() => fromCidrs(['169.254.0.0/16', 'fe80::/10']))

export function localCache(world: World): LocalCache | undefined {
  const pods = podsWithNetwork(world.cluster).filter(
    ({ labels, dnsCache }) => dnsCache.length > 0 || LABELS.some(([key, value]) => labels.get(key) === value),
  )
  const [first] = pods
  if (first === undefined) return undefined
  const name =
    first.workload === undefined ? podRef(world, first).id : `${first.namespace}/${first.workload.name}`
  if (pods.every(({ hostNetwork }) => !hostNetwork))
    return { name, at: pods.map((pod): Endpoint => ({ kind: 'pod', pod })), clusterIPs: [] }
  const written = [...new Map(pods.flatMap(pod => pod.dnsCache).map(one => [one.join(), one])).values()]
  const ofServices = unionOf(world.cluster.services.map(({ clusterIPs }) => clusterIPs))
  const isService = (address: Addresses): boolean =>
    contains(ofServices, address) || !contains(linkLocal(), address)
  const own = written.filter(address => !isService(address))
  return {
    name,
    at: (own.length > 0 ? own : [usualAddress()]).map(onNode),
    clusterIPs: written.filter(isService).map(onNode),
  }
}

const onNode = (addresses: Addresses): Endpoint => ({
  kind: 'external',
  name: addressTexts(addresses).join(),
  addresses,
  isNode: 'yes',
})
