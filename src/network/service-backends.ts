import { hasNetwork } from '../model/cluster.ts'
import type {
  EndpointSubset,
  Endpoints,
  Pod,
  Service,
  ServicePort,
  WrittenEndpoint,
} from '../model/objects.ts'
import { selects } from '../model/selector.ts'
import { type Addresses, addressTexts, type Family, familyOf } from '../sets/addresses.ts'
import { type Connections, ports } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { endpointAt } from './address-owner.ts'
import type { Endpoint } from './endpoint.ts'
import type { PortQuestion } from './flow.ts'

/** What is behind a Service: a Pod, or an address that was written by hand. */
export interface Backend {
  readonly endpoint: Endpoint
  /** Its own host name in the Service's domain, where it has one (S-226). */
  readonly hostname: string | undefined
  /** The target port of a port of the Service (S-212, S-213); undefined where it serves no such port. */
  readonly targetOf: (servicePort: ServicePort) => number | undefined
}

/** A backend of a connection to a Service. */
export interface Arrival {
  readonly to: Endpoint
  readonly servicePort: ServicePort
  /** The port of the endpoint, which is what policies see (S-060). */
  readonly port: number
}

/** Those with addresses of one IP family, where the Service has or is dialed at only such addresses. */
export function backendsOf(world: World, service: Service, family = service.onlyFamily): readonly Backend[] {
  return [
    ...readyPods(service, podsOfService(world, service)).flatMap(podBackend(service, family)),
    ...writtenBackends(world, service, family),
  ]
}

/** The Pods that a Service selects, whether they are ready or not (S-200). */
export const podsOfService = ({ cluster }: World, service: Service): readonly Pod[] =>
  service.selector === undefined ? [] : cluster.pods.filter(pod => serviceSelects(service, pod))

/** S-200, S-201. */
export function serviceSelects({ selector, namespace }: Service, pod: Pod): boolean {
  if (selector === undefined || pod.namespace !== namespace || !hasNetwork(pod)) return false
  return selects(selector, pod.labels) === 'yes'
}

/** S-201 to S-203: the ready ones; without any, those that are terminating but still serve. */
function readyPods({ publishNotReadyAddresses }: Service, selected: readonly Pod[]): readonly Pod[] {
  const ready = selected.filter(
    pod => !pod.pending && (publishNotReadyAddresses || (pod.ready && !pod.terminating)),
  )
  return ready.length > 0 ? ready : selected.filter(pod => pod.ready)
}

/** For one IP family there are only the addresses of that one, and no Pods that are known to have none. */
function podBackend({ name }: Service, family: Family | undefined): (pod: Pod) => readonly Backend[] {
  return pod => {
    const dialed = pod.addresses.find(address => familyOf(address) === family)
    if (family !== undefined && dialed === undefined && pod.addresses.length > 0) return []
    return [
      {
        endpoint: { kind: 'pod', pod, ...(dialed && { dialed }) },
        hostname: pod.subdomain === name ? pod.hostname : undefined,
        targetOf: servicePort => targetOn(pod, servicePort),
      },
    ]
  }
}

/** S-212 to S-214; `pod.ports` has the sidecars last. */
export function targetOn(pod: Pod, { targetPort, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort
  return pod.ports.find(port => port.name === targetPort && port.protocol === protocol)?.number
}

/** The ready addresses that Endpoints and EndpointSlices add (S-216 to S-218). */
function writtenBackends(world: World, service: Service, family: Family | undefined): readonly Backend[] {
  const own = world.cluster.endpoints.filter(
    ({ namespace, service: name }) => namespace === service.namespace && name === service.name,
  )
  const subsets = own.filter(({ origin }) => counts(origin, service, own)).flatMap(one => one.subsets)
  const all = subsets.flatMap(({ ports: listed, endpoints }) =>
    endpoints
      .filter(({ address }) => family === undefined || familyOf(address) === family)
      .map(endpoint => ({ ...endpoint, ports: listed })),
  )
  const ready = all.filter(endpoint => endpoint.ready)
  const written = ready.length > 0 ? ready : all.filter(({ lastResort }) => lastResort)
  // The API server's own endpoints are in both an Endpoints object and a slice.
  const distinct = new Map(
    written.map(one => [`${one.address.join()} ${JSON.stringify(one.ports)}`, one] as const),
  )
  return [...distinct.values()].map(one => writtenBackend(world, one))
}

/** What a controller writes repeats its source, and counts only where that is not in the input (S-218). */
function counts(origin: Endpoints['origin'], { selector }: Service, all: readonly Endpoints[]): boolean {
  switch (origin) {
    case 'EndpointSlice':
      return true
    case 'Endpoints':
      return selector === undefined
    case 'controller':
      return selector === undefined && all.every(other => other.origin === 'controller')
  }
}

function writtenBackend(
  world: World,
  { address, hostname, ports: listed }: WrittenEndpoint & Pick<EndpointSubset, 'ports'>,
): Backend {
  return {
    endpoint: endpointAt(world, address) ?? external(address),
    hostname,
    targetOf: servicePort =>
      listed.find(({ name, protocol }) => name === servicePort.name && protocol === servicePort.protocol)
        ?.port,
  }
}

const external = (addresses: Addresses): Endpoint => ({
  kind: 'external',
  name: addressTexts(addresses).join(),
  addresses,
})

/** Where a Service is dialed: at its own addresses it has its ports, at those of the nodes its node ports (S-067). */
export type ServiceAddress = 'own' | 'nodes' | 'either'

/**
 * The ports of a Service that a question is about: all of them where it names none. A number without a protocol is TCP,
 * as everywhere (S-025); a name has its own protocol.
 */
export function portsAsked(
  service: Service,
  question: PortQuestion,
  serviceAddress: ServiceAddress,
): readonly ServicePort[] {
  // Nothing translates what has no ports.
  if (question.protocol === 'ICMP') return []
  const { protocol: written, port } = question
  const protocol = written ?? (typeof port === 'number' ? 'TCP' : undefined)
  const isAsked = (candidate: ServicePort): boolean =>
    (protocol === undefined || candidate.protocol === protocol) &&
    (port === undefined ||
      (serviceAddress !== 'nodes' && candidate.port === port) ||
      (serviceAddress !== 'own' && candidate.nodePort === port) ||
      candidate.name === port)
  const asked = service.ports.filter(isAsked)
  if (asked.length > 0 || !service.headless || typeof port !== 'number') return asked
  // The Pods of a headless Service are dialed directly, on any port (S-215).
  return [{ name: undefined, protocol: protocol ?? 'TCP', port, targetPort: port, nodePort: undefined }]
}

/** The backends that serve a port of a Service (S-211 to S-214). */
export function arrivalsOf(backends: readonly Backend[], servicePort: ServicePort): readonly Arrival[] {
  return backends.flatMap(({ endpoint: to, targetOf }) => {
    const port = targetOf(servicePort)
    return port === undefined ? [] : [{ to, servicePort, port }]
  })
}

/** S-215: a client of a headless Service dials the backends, on the port that it asks for. */
export const untranslatedArrivalsOf = (
  backends: readonly Backend[],
  servicePort: ServicePort,
): readonly Arrival[] => backends.map(({ endpoint: to }) => ({ to, servicePort, port: servicePort.port }))

/** What a client of a Service dials, as connections. */
export const dialed = ({ protocol, port }: ServicePort): Connections => ports(protocol, port, port)
