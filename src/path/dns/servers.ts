import { podsWithNetwork } from '../../model/cluster.ts'
import type { ContainerPort, Service, ServicePort } from '../../model/objects.ts'
import { requiredLabels } from '../../model/selector.ts'
import { splitPort } from '../../naming/port.ts'
import { endpointsBehind, resolve, targetAt } from '../../naming/resolve.ts'
import type { Endpoint, External } from '../../network/endpoint.ts'
import { externalId, serviceRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, podsOfService } from '../../network/service-backends.ts'
import type { AssumedDnsServers } from '../../report/facts/assumptions.ts'
import { type Addresses, addressTexts } from '../../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT, type Protocol } from '../../sets/connections.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { assumedPod } from '../../world/assumed-pod.ts'
import type { World } from '../../world/world.ts'
import type { ClusterSettings } from '../question.ts'
import type { Resolver } from './resolver.ts'

/** Where the DNS queries of a client go. */
export interface DnsServers {
  /** `kube-system/kube-dns`, or addresses. */
  readonly name: string
  /** The Service in front of them, where there is one. */
  readonly service: Service | undefined
  /** Where a query arrives, over UDP and over TCP; empty where nothing listens. */
  readonly arrivals: (protocol: Protocol) => readonly { readonly to: Endpoint; readonly port: number }[]
  /** What is assumed of servers that are not in the input; `node`: they are the node's own (S-232). */
  readonly assumed: readonly (AssumedDnsServers | 'node')[]
}

export const DNS_PORT = 53
const CLUSTER_DNS = 'kube-system/kube-dns'

/** The servers of a client: those of `--dns`, else of its resolv.conf. Throws CannotAnswer for an option that names nothing. */
export function dnsServersOf(world: World, { servers }: Resolver, { dns }: ClusterSettings): DnsServers {
  if (servers === 'node') return nodeServers()
  if (servers !== 'cluster') return atAddresses(world, servers)
  return dns === undefined ? ofCluster(world, undefined) : ofOption(world, dns)
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
  const target = resolve(world, name, 'kube-system')
  if (target.kind === 'service') return ofService(world, target.service, port)
  return byEndpoints(target.ref.id, endpointsBehind(world, target), port)
}

/** S-240, for OpenShift S-243. A port of the option is where the Pods listen, whatever the Service's target port. */
function ofCluster(world: World, port: number | undefined): DnsServers {
  const service = clusterDnsService(world)
  if (service === undefined) {
    const pods = podsByLabel(world)
    return pods.length > 0
      ? byEndpoints(CLUSTER_DNS, pods, port ?? DNS_PORT)
      : assumedServers(undefined, port)
  }
  if (service.selector !== undefined && !runsDns(world, service)) return assumedServers(service, port)
  if (port === undefined) return ofService(world, service)
  const endpoints = backendsOf(world, service).map(({ endpoint }) => endpoint)
  return byEndpoints(CLUSTER_DNS, endpoints, port)
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

const KUBE_DNS: ReadonlyMap<string, string> = new Map([['k8s-app', 'kube-dns']])

function podsByLabel({ cluster }: World): readonly Endpoint[] {
  return podsWithNetwork(cluster)
    .filter(pod => pod.namespace === 'kube-system' && pod.labels.get('k8s-app') === 'kube-dns')
    .map(pod => ({ kind: 'pod', pod }))
}

/** DNS Pods as kubeadm creates them, or as the Service selects them that is in the input without its Pods. */
function assumedServers(service: Service | undefined, port: number | undefined): DnsServers {
  const namespace = service?.namespace ?? 'kube-system'
  const labels = service?.selector === undefined ? KUBE_DNS : requiredLabels(service.selector)
  const pod = assumedPod(namespace, service?.name ?? 'kube-dns', labels, containerPorts(port ?? DNS_PORT))
  const to: Endpoint = { kind: 'pod', pod }
  const target = (protocol: Protocol): number => {
    const mapped = service?.ports.find(one => one.protocol === protocol && one.port === DNS_PORT)?.targetPort
    return port ?? (typeof mapped === 'number' ? mapped : DNS_PORT)
  }
  return {
    name: service === undefined ? CLUSTER_DNS : serviceRef(service).id,
    service,
    arrivals: protocol => [{ to, port: target(protocol) }],
    assumed: [{ kind: 'pods', namespace, labels: Object.fromEntries(labels), port: target('UDP') }],
  }
}

/** With CoreDNS's names, because a policy may use them. */
const containerPorts = (number: number): readonly ContainerPort[] => [
  { name: 'dns', number, protocol: 'UDP', sidecar: false },
  { name: 'dns-tcp', number, protocol: 'TCP', sidecar: false },
]
