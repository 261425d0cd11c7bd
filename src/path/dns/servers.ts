import { podsWithNetwork } from '../../model/cluster.ts'
import { type Labels, UNKNOWABLE } from '../../model/labels.ts'
import type { ContainerPort, Service, ServicePort } from '../../model/objects.ts'
import { requiredLabels } from '../../model/selector.ts'
import { endpointKindCalled } from '../../naming/endpoint-kinds.ts'
import { splitPort } from '../../naming/port.ts'
import { endpointsBehind, findObject, resolve, targetAt } from '../../naming/resolve.ts'
import type { Endpoint, External } from '../../network/endpoint.ts'
import { endpointId, externalId, serviceRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, podsOfService } from '../../network/service-backends.ts'
import { requirementsOfPeers } from '../../policy/requirements.ts'
import type { AssumedDnsServers } from '../../report/facts/assumptions.ts'
import { type Addresses, addressTexts } from '../../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT, type Protocol } from '../../sets/connections.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { assumedPod } from '../../world/assumed-pod.ts'
import { typedName } from '../../world/object-name.ts'
import type { World } from '../../world/world.ts'
import type { ClusterSettings } from '../question.ts'
import { localCache } from './local-cache.ts'
import { type DnsPods, dnsOfPlatform, dnsPodsOf, KUBEADM_DNS } from './platforms.ts'
import type { Resolver } from './resolver.ts'

/** Where the DNS queries of a client go. */
export interface DnsServers {
  /** `kube-system/kube-dns`, or addresses. */
  readonly name: string
  /** The Service in front of them, where there is one. */
  readonly service: Service | undefined
  /** Where a query arrives, over UDP and over TCP; empty where nothing listens. */
  readonly arrivals: (protocol: Protocol) => readonly { readonly to: Endpoint; readonly port: number }[]
  /** Other servers that the queries may go to instead, and why that is not known. */
  readonly others?: { readonly on: 'cache' | 'platform'; readonly servers: readonly DnsServers[] }
  /** What is assumed of servers that are not in the input; `node`: they are the node's own (S-232). */
  readonly assumed: readonly (AssumedDnsServers | 'node')[]
}

export const DNS_PORT = 53

/** The servers of a client: those of `--dns`, else of its resolv.conf. Throws CannotAnswer for an option that names nothing. */
export function dnsServersOf(world: World, { servers }: Resolver, { dns }: ClusterSettings): DnsServers {
  if (servers === 'node') return nodeServers()
  if (servers !== 'cluster') return atAddresses(world, servers)
  return dns === undefined ? besideCache(world, ofCluster(world, undefined)) : ofOption(world, dns)
}

/**
 * S-244: the queries go to the cache on the node, or past it, depending on how kubelet and kube-proxy are set up. A cache that has
 * the ClusterIP as well is asked at that unless kubelet says otherwise (kubernetes.io, NodeLocal DNSCache: iptables mode).
 */
function besideCache(world: World, servers: DnsServers): DnsServers {
  const cache = localCache(world)
  if (cache === undefined) return servers
  const { name, at, clusterIPs } = cache
  const asServers = (endpoints: readonly Endpoint[]): DnsServers =>
    byEndpoints(endpoints.map(endpoint => endpointId(world, endpoint)).join(', '), endpoints, DNS_PORT)
  const local = asServers(at)
  const isPods = at.every(({ kind }) => kind === 'pod')
  const answering = [local, ...clusterIPs.map(one => asServers([one]))]
  return {
    ...servers,
    others: { on: 'cache', servers: [...answering, ...(servers.others?.servers ?? [])] },
    assumed: [...servers.assumed, { kind: 'cache', name, address: local.name, ...(isPods && { isPods }) }],
  }
}

/** The node's own servers, which no manifest has (S-232). */
function nodeServers(): DnsServers {
  const to: External = { kind: 'external', name: { kind: 'node-dns' }, addresses: undefined }
  return { ...byEndpoints(externalId(to.name), [to], DNS_PORT), assumed: ['node'] }
}

/** Servers that the Pod names itself: any of them may be asked (S-232). */
function atAddresses(world: World, addresses: readonly Addresses[]): DnsServers {
  const all = addresses.map(address => atAddress(world, address, DNS_PORT))
  return {
    name: all.map(({ name }) => name).join(', '),
    service: all.find(({ service }) => service !== undefined)?.service,
    arrivals: protocol => all.flatMap(({ arrivals }) => arrivals(protocol)),
    assumed: all.flatMap(one => one.assumed),
  }
}

function atAddress(world: World, address: Addresses, port: number): DnsServers {
  const target = targetAt(world, address)
  if (target?.kind === 'service') return ofService(world, target.service)
  const name = addressTexts(address).join()
  if (target !== undefined) return byEndpoints(name, target.endpoints, port)
  const to: Endpoint = { kind: 'external', name, addresses: address }
  return { ...byEndpoints(name, [to], port), assumed: [{ kind: 'address', address: name }] }
}

const byEndpoints = (name: string, endpoints: readonly Endpoint[], port: number): DnsServers => ({
  name,
  service: undefined,
  arrivals: () => endpoints.map(to => ({ to, port })),
  assumed: [],
})

function ofService(world: World, service: Service, dialed = DNS_PORT): DnsServers {
  const endpoints = backendsOf(world, service)
  const portOf = (protocol: Protocol): ServicePort | undefined =>
    service.ports.find(candidate => candidate.protocol === protocol && candidate.port === dialed)
  return {
    name: serviceRef(service).id,
    service,
    arrivals: protocol => {
      const port = portOf(protocol)
      return port === undefined ? [] : arrivalsOf(endpoints, port)
    },
    assumed: [],
  }
}

/** `--dns`: `:PORT`, ADDRESS[:PORT], or the name of a Service, a Pod or a workload followed by [:PORT]. */
function ofOption(world: World, typed: string): DnsServers {
  const { name, port: written } = splitPort(typed)
  const port = written === undefined ? DNS_PORT : Number(written)
  if (!Number.isInteger(port) || port < LOWEST_PORT || port > HIGHEST_PORT)
    cannotAnswer('BAD_PORT', `\`${written}\` in \`--dns ${typed}\` is no port`)
  if (name === '') return ofCluster(world, port)
  const target =
    findObject(world, name, 'kube-system') ??
    notInInput(world, name, written === undefined ? undefined : port)
  if (target === undefined)
    return byEndpoints(name, endpointsBehind(world, resolve(world, name, 'kube-system')), port)
  if ('arrivals' in target) return target
  if (target.kind === 'service') {
    const { service } = target
    const isAssumed = service.selector !== undefined && !runsDns(world, service)
    return isAssumed ? assumedServers(service, undefined) : ofService(world, service, port)
  }
  return byEndpoints(target.ref.id, endpointsBehind(world, target), port)
}

/** NAMESPACE/NAME that is not in the input: the Pods of a platform, or Pods of which no label is known. */
function notInInput(world: World, typed: string, port: number | undefined): DnsServers | undefined {
  const { namespace, word, name } = typedName(typed) ?? {}
  const space = namespace ?? word
  if (name === undefined || space === undefined || endpointKindCalled(world, space) !== undefined)
    return undefined
  const known = dnsPodsOf(space, name)
  if (known !== undefined) return assumedPods({ ...known, port: port ?? known.port })
  const keys = requirementsOfPeers(world.policies.all).map(({ key }) => key)
  const labels = new Map(keys.map(key => [key, UNKNOWABLE] as const))
  return assumedPods({ namespace: space, service: name, labels: {}, port: port ?? DNS_PORT }, labels)
}

/** S-240, for OpenShift S-243. A port of the option is where the Pods listen, whatever the Service's target port. */
function ofCluster(world: World, port: number | undefined): DnsServers {
  const service = clusterDnsService(world)
  if (service === undefined) {
    const pods = podsByLabel(world)
    return pods.length > 0
      ? byEndpoints(idOfDns(KUBEADM_DNS), pods, port ?? DNS_PORT)
      : ofPlatform(world, port)
  }
  if (service.selector !== undefined && !runsDns(world, service)) return assumedServers(service, port)
  if (port === undefined) return ofService(world, service)
  const endpoints = backendsOf(world, service).map(({ endpoint }) => endpoint)
  return byEndpoints(idOfDns(KUBEADM_DNS), endpoints, port)
}

/** Whether the input has DNS Pods or their workload: then the Service decides, even if it selects none of them. */
function runsDns(world: World, service: Service): boolean {
  const { namespace, name } = service
  return (
    podsOfService(world, service).length > 0 ||
    podsByLabel(world).length > 0 ||
    world.cluster.workloads.some(
      one => one.namespace === namespace && (one.name === name || DNS_WORKLOAD.test(one.name)),
    )
  )
}

/** The names that kubeadm, the charts and OpenShift use; other names with `dns` (external-dns, autoscalers, caches) are not servers. */
const DNS_WORKLOAD = /(?:^|-)(?:coredns|kube-dns|dns-default)$/

function clusterDnsService({ cluster }: World): Service | undefined {
  const isDns = ({ namespace, name, ports }: Service): boolean =>
    (namespace === 'kube-system' || (namespace === 'openshift-dns' && name === 'dns-default')) &&
    ports.some(({ protocol, port }) => protocol === 'UDP' && port === DNS_PORT)
  const found = cluster.services.filter(isDns)
  return found.find(({ name }) => name === 'kube-dns') ?? found[0]
}

function podsByLabel({ cluster }: World): readonly Endpoint[] {
  const { namespace, labels } = KUBEADM_DNS
  return podsWithNetwork(cluster)
    .filter(pod => pod.namespace === namespace && pod.labels.get('k8s-app') === labels['k8s-app'])
    .map(pod => ({ kind: 'pod', pod }))
}

const idOfDns = ({ namespace, service }: DnsPods): string => `${namespace}/${service}`

/** The DNS Pods of the platform that the input is for; where only its policies say which, perhaps those of kubeadm. */
function ofPlatform(world: World, port: number | undefined): DnsServers {
  const { dns, isSure } = dnsOfPlatform(world)
  const at = (pods: DnsPods): DnsServers => assumedPods({ ...pods, port: port ?? pods.port })
  const servers = at(dns)
  if (isSure) return servers
  const others = at(KUBEADM_DNS)
  return {
    ...servers,
    others: { on: 'platform', servers: [others] },
    assumed: [...servers.assumed, ...others.assumed],
  }
}

function assumedPods(
  { namespace, service, labels, port }: DnsPods,
  podLabels: Labels = new Map(Object.entries(labels)),
): DnsServers {
  const pod = assumedPod(namespace, service, podLabels, containerPorts(port))
  const to: Endpoint = { kind: 'pod', pod }
  return {
    ...byEndpoints(`${namespace}/${service}`, [to], port),
    assumed: [{ kind: 'pods', namespace, labels, port }],
  }
}

/** DNS Pods as the Service selects them that is in the input without its Pods. */
function assumedServers(service: Service, port: number | undefined): DnsServers {
  const { namespace, name, selector } = service
  const labels = selector === undefined ? KUBEADM_DNS.labels : Object.fromEntries(requiredLabels(selector))
  const target = (protocol: Protocol): number => {
    const mapped = service.ports.find(one => one.protocol === protocol && one.port === DNS_PORT)?.targetPort
    return port ?? (typeof mapped === 'number' ? mapped : DNS_PORT)
  }
  const servers = assumedPods({ namespace, service: name, labels, port: target('UDP') })
  const [pod] = servers.arrivals('UDP')
  return {
    ...servers,
    name: serviceRef(service).id,
    service,
    arrivals: protocol => (pod === undefined ? [] : [{ to: pod.to, port: target(protocol) }]),
  }
}

/** With CoreDNS's names, because a policy may use them. */
const containerPorts = (number: number): readonly ContainerPort[] => [
  { name: 'dns', number, protocol: 'UDP', sidecar: false },
  { name: 'dns-tcp', number, protocol: 'TCP', sidecar: false },
]
