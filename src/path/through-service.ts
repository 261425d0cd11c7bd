import type { Node, Service, ServicePort } from '../model/objects.ts'
import { asPort, onPort } from '../naming/port.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { isExposed } from '../network/address-owner.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { pairsOf } from '../network/endpoint-classes.ts'
import { endpointRef, serviceRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import {
  type Arrival,
  arrivalsOf,
  backendsOf,
  dialed,
  podsOfService,
  portsAsked,
  type ServiceAddress,
  untranslatedArrivalsOf,
} from '../network/service-backends.ts'
import type { Port } from '../report/common.ts'
import type { Family } from '../sets/addresses.ts'
import { creatorsIn } from '../world/creators.ts'
import type { World } from '../world/world.ts'
import { connect, type DeadEnd, deadEnd, evaluateFlow, type Hop, type Path, type ServiceHop } from './path.ts'
import {
  admittedTo,
  canDial,
  clientsByFamily,
  isPerhapsLimited,
  isPerhapsRefused,
  isPerhapsServedElsewhere,
  isServedBy,
  type ServiceCall,
  seenAs,
} from './service-clients.ts'

/** A connection to a Service: to each backend, on the backend's port, because that is what policies see (S-060, S-061). */
export function throughService(world: World, clients: EndpointsTarget, call: ServiceCall): readonly Path[] {
  const { service, asked, dialed: how } = call
  const ending = (why: DeadEnd, question: PortQuestion = asked): Path =>
    deadEnd({ from: clients.ref, to: serviceRef(service), port: asPort(question) }, why)
  if (clients.ref.kind === 'External' && how === 'inside' && !isExposed(service))
    return [ending({ kind: 'not-exposed', service })]
  const all = clientsByFamily(world, clients)
  const source = { ...all, endpoints: all.endpoints.filter(client => canDial(world, client, call)) }
  if (clients.endpoints.length > 0 && source.endpoints.length === 0)
    return [ending({ kind: 'no-shared-family', service, from: clients.ref })]
  const forwarding = forwardingOf(world, source, call)
  const { servicePorts, backends, arrivals, admitted, refusals } = forwarding
  if (admitted.length === 0 && refusals.length > 0) return refusals.map(why => ending(why))
  if (servicePorts.length === 0) return [ending({ kind: 'port-unknown', service, asked })]
  if (backends.length === 0) return [ending(withoutBackends(world, service, call.family))]
  const unresolved = (some: readonly ServicePort[]): DeadEnd => ({
    kind: 'target-port-unresolved',
    service,
    ports: some,
  })
  if (arrivals.length === 0) return [ending(unresolved(servicePorts))]
  const hop = serviceHop(call, forwarding)
  const paths = arrivals.flatMap(arrival => pathsTo(world, admitted, call, arrival, hop))
  if (paths.length === 0 && refusals.length === 0) {
    const elsewhere =
      typeof how === 'object' ? pathsElsewhere(world, { ...call, dialed: how }, forwarding) : []
    return elsewhere.length > 0
      ? elsewhere
      : [ending({ kind: 'no-backend-on-node', service, node: nodeDialed(call) })]
  }
  const idle = servicePorts.filter(port => !arrivals.some(({ servicePort }) => servicePort === port))
  return [
    ...paths,
    ...idle.map(port => ending(unresolved([port]), { protocol: port.protocol, port: port.port })),
    ...refusals.map(why => ending(why)),
  ]
}

/** A Service that selects no Pod of the input may select one that is created there. */
export function withoutBackends(world: World, service: Service, family?: Family): DeadEnd {
  const selectsNone = service.selector !== undefined && podsOfService(world, service).length === 0
  const by = selectsNone ? creatorsIn(world, service.namespace) : []
  return by.length === 0
    ? { kind: 'no-backends', service, ...(family !== undefined && { family }) }
    : { kind: 'not-in-input', what: { kind: 'backends', service }, by }
}

/** Which backends a Service forwards the connections of a source to; undefined where there are none. */
export function serviceHopFor(
  world: World,
  source: EndpointsTarget,
  call: ServiceCall,
): ServiceHop | undefined {
  const forwarding = forwardingOf(world, source, call)
  return forwarding.arrivals.length === 0 ? undefined : serviceHop(call, forwarding)
}

type Forwarding = ReturnType<typeof forwardingOf>

/** The ports that a call is about, the backends and their ports, and which sources the Service admits. */
function forwardingOf(world: World, source: EndpointsTarget, call: ServiceCall) {
  const { service, asked, dialed: how, family } = call
  const { backends = backendsOf(world, service, family) } = call
  const servicePorts = portsAsked(service, asked, serviceAddressOf(source, call))
  const arrivalsTo = service.headless && how !== 'endpoints' ? untranslatedArrivalsOf : arrivalsOf
  const arrivals = servicePorts.flatMap(port => arrivalsTo(backends, port))
  return { servicePorts, backends, arrivals, ...admittedTo(source, call) }
}

const serviceHop = (
  { service, dialed: how }: ServiceCall,
  { arrivals, admitted }: Pick<Forwarding, 'arrivals' | 'admitted'>,
): ServiceHop => ({
  kind: 'service',
  service,
  arrivals: arrivals.filter(({ to }) => admitted.some(from => isServedBy(service, how, from, to) !== 'no')),
})

/** A load balancer listens on the Service's own ports only (S-211); a client outside that uses a name may take either. */
export function serviceAddressOf(
  { ref }: EndpointsTarget,
  { dialed: how }: Pick<ServiceCall, 'dialed'>,
): ServiceAddress {
  if (typeof how === 'object') return 'nodes'
  return how === 'inside' && ref.kind === 'External' ? 'either' : 'own'
}

const nodeDialed = ({ dialed: how }: ServiceCall): string | undefined =>
  typeof how === 'object' ? how.name : undefined

/** The port that a question is about, as a report shows it, where it is one port of the Service. */
export function servicePortAsked(
  source: EndpointsTarget,
  call: Pick<ServiceCall, 'service' | 'dialed' | 'asked'>,
): Port | null {
  const { service, asked } = call
  const [only, ...more] = portsAsked(service, asked, serviceAddressOf(source, call))
  const isNodePort = typeof asked.port === 'number' && only?.port !== asked.port
  return only !== undefined && more.length === 0 && !isNodePort ? portOf(only) : asPort(asked)
}

export const portOf = ({ protocol, port, name }: ServicePort): Port => ({
  protocol,
  number: port,
  ...(name !== undefined && { name }),
})

function pathsTo(
  world: World,
  sources: readonly Endpoint[],
  call: ServiceCall,
  { to, servicePort, port: number }: Arrival,
  forwarded: Hop,
): readonly Path[] {
  const { service, dialed: how } = call
  const { protocol } = servicePort
  const flow = { to, ...onPort(protocol, number), through: { service, dialed: dialed(servicePort) } }
  const served = sources.filter(from => isServedBy(service, how, from, to) !== 'no')
  return pairsOf(world, served, [to]).flatMap(([from]) => {
    const isSure = isServedBy(service, how, from, to) === 'yes'
    const assumed: readonly Hop[] = isSure
      ? []
      : [{ kind: 'assumed', what: { kind: 'local-endpoint', service } }]
    const isRefused = isPerhapsRefused(world, from, { service, dialed: how })
    const perhaps = endpointRef(world, from)
    const whys: readonly DeadEnd[] = [
      ...(isRefused ? [{ kind: 'outside-source-ranges', service, perhaps } as const] : []),
      ...(isPerhapsLimited(from, call) ? [{ kind: 'limited-by-balancer', service } as const] : []),
    ]
    const doubts = whys.map((why): Hop => ({ kind: 'dead-end', why }))
    const seen = seenAs(world, from, service, how)
    const ownPolicies = seen === from ? [] : sourceHops(world, { ...flow, from })
    return connect(world, { ...flow, from: seen }).map(path => ({
      ...path,
      from: perhaps,
      hops: [forwarded, ...doubts, ...ownPolicies, ...assumed, ...path.hops],
    }))
  })
}

/** To backends on other nodes than the one that is dialed, where a client may get to these: as itself, because nothing masquerades it. */
const pathsElsewhere = (
  world: World,
  { service, dialed: node }: ServiceCall & { readonly dialed: Node },
  { arrivals, admitted }: Forwarding,
): readonly Path[] =>
  arrivals.flatMap(({ to, servicePort, port }) => {
    const sources = admitted.filter(from => isPerhapsServedElsewhere(from, node))
    const flow = { ...onPort(servicePort.protocol, port), through: { service, dialed: dialed(servicePort) } }
    return pairsOf(world, sources, [to]).flatMap(([from]) => {
      const perhaps = endpointRef(world, from)
      const why = { kind: 'no-backend-on-node', service, node: node.name, perhaps } as const
      const hops: readonly Hop[] = [
        { kind: 'service', service, arrivals },
        { kind: 'dead-end', why },
      ]
      return connect(world, { ...flow, from, to }).map(path => ({ ...path, hops: [...hops, ...path.hops] }))
    })
  })

/** None for a source that has no policies of its own. */
function sourceHops(world: World, flow: Parameters<typeof evaluateFlow>[1]): readonly Hop[] {
  if (flow.from.kind !== 'pod') return []
  const [pair] = evaluateFlow(world, flow)
  return pair === undefined ? [] : [{ kind: 'source', flow, pair }]
}
