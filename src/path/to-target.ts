import type { Service } from '../model/objects.ts'
import { askOf, asPort, onPort } from '../naming/port.ts'
import type { ApiServerTarget, EndpointsTarget, ServiceTarget, Target } from '../naming/resolve.ts'
import { nodePortAt, nodePortsOf } from '../network/address-owner.ts'
import { apiServerOf } from '../network/api-server.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { pairsOf } from '../network/endpoint-classes.ts'
import type { PortQuestion } from '../network/flow.ts'
import { hostPortsOf } from '../network/host-ports.ts'
import { addressPairs, translated } from '../network/ip-families.ts'
import { backendsOf } from '../network/service-backends.ts'
import type { Port } from '../report/common.ts'
import { ALL, type Connections, NONE, type Protocol, ports, subtract, unionOf } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'
import { connect, type DeadEnd, deadEnd, type Hop, type Path, pathEnds } from './path.ts'
import { throughHostPort } from './through-host-port.ts'
import { servicePortAsked, throughService, withoutBackends } from './through-service.ts'

/** The paths from a source to all endpoints of a target. */
export function pathsToTarget(
  world: World,
  source: EndpointsTarget,
  target: Target,
  asked: PortQuestion,
): readonly Path[] {
  if (source.endpoints.length === 0) return [withoutPods(source, target, source, asked)]
  switch (target.kind) {
    case 'service':
      return isOpenEnded(target.service, asked)
        ? toBackends(world, source, target, asked)
        : throughService(world, source, { ...target, asked })
    case 'endpoints':
      return toEndpoints(world, source, target, asked)
    case 'api-server':
      return toApiServer(world, source, target, asked)
  }
}

/** S-215: a headless Service without ports, asked without a port, is its backends. */
export const isOpenEnded = (
  { headless, ports: listed }: Service,
  { protocol, port }: PortQuestion,
): boolean => headless && port === undefined && (listed.length === 0 || protocol === 'ICMP')

function toBackends(
  world: World,
  source: EndpointsTarget,
  { ref, service, family, backends = backendsOf(world, service, family) }: ServiceTarget,
  asked: PortQuestion,
): readonly Path[] {
  const endpoints = backends.map(({ endpoint }) => endpoint)
  if (endpoints.length > 0) return toEndpoints(world, source, { kind: 'endpoints', ref, endpoints }, asked)
  return [
    deadEnd({ from: source.ref, to: ref, port: asPort(asked) }, withoutBackends(world, service, family)),
  ]
}

/** The port that a question is about, as a report shows it. */
export function portOfTarget(source: EndpointsTarget, target: Target, asked: PortQuestion): Port | null {
  return target.kind === 'service' ? servicePortAsked(source, { ...target, asked }) : asPort(asked)
}

/** S-302: an object without Pods can be asked about, but nothing connects. */
const withoutPods = (
  { ref: from }: EndpointsTarget,
  { ref: to }: Target,
  of: EndpointsTarget,
  asked: PortQuestion,
): Path => deadEnd({ from, to, port: asPort(asked) }, whyWithoutPods(of, of.ref === from, asked))

/** An object without Pods; or a name that is not in the input, which something may create. */
export const whyWithoutPods = (
  { ref, by = [] }: EndpointsTarget,
  isSource: boolean,
  asked: PortQuestion,
): DeadEnd =>
  by.length === 0
    ? { kind: 'no-pods', of: ref, isSource }
    : {
        kind: 'not-in-input',
        what: { kind: 'name', name: ref.id, ask: askOf(asked, undefined)?.ask ?? ALL },
        by,
      }

function toEndpoints(
  world: World,
  source: EndpointsTarget,
  target: EndpointsTarget,
  asked: PortQuestion,
): readonly Path[] {
  if (target.endpoints.length === 0) return [withoutPods(source, target, target, asked)]
  const nodes = target.endpoints.flatMap(endpoint => (endpoint.kind === 'node' ? [endpoint] : []))
  if (nodes.length > 0) {
    const others = target.endpoints.filter(({ kind }) => kind !== 'node')
    return [
      ...(others.length > 0 ? toEndpoints(world, source, { ...target, endpoints: others }, asked) : []),
      ...nodes.flatMap(node => toNode(world, source, node, asked)),
    ]
  }
  return pairsOf(world, source.endpoints, target.endpoints).flatMap(([from, to]) =>
    toEndpoint(world, from, to, asked),
  )
}

/** A port of a node leads to a Service (S-067), or to a Pod on the node; the others are the node's own. */
function toNode(
  world: World,
  source: EndpointsTarget,
  to: Extract<Endpoint, { kind: 'node' }>,
  asked: PortQuestion,
): readonly Path[] {
  const { protocol, port } = asked
  // S-035: who cannot dial the node does not get to what its ports lead to either.
  const [first] = source.endpoints
  if (first !== undefined && source.endpoints.every(from => addressPairs(world, from, to).length === 0))
    return toEndpoint(world, first, to, asked)
  const owners = hostPortsOf(world, to)
  const onNode = (rest: PortQuestion, taken: Connections = NONE): readonly Path[] =>
    pairsOf(world, source.endpoints, [to]).flatMap(([from]) => toEndpoint(world, from, to, rest, taken))
  if (typeof port === 'string') return onNode(asked)
  if (port !== undefined) {
    const found = nodePortAt(world, protocol ?? 'TCP', port)
    if (found !== undefined)
      return throughNodePort(world, source, to, { service: found.service, protocol: protocol ?? 'TCP', port })
    const here = owners.filter(
      ({ hostPort }) => hostPort.number === port && hostPort.protocol === (protocol ?? 'TCP'),
    )
    return here.length > 0 ? throughHostPort(world, source, to, here) : onNode(asked)
  }
  const isWanted = (one: { readonly protocol: Protocol }): boolean =>
    protocol === undefined || one.protocol === protocol
  const nodePorts = nodePortsOf(world).filter(isWanted)
  const wanted = owners.filter(({ hostPort }) => isWanted(hostPort))
  const byPort = groupBy(wanted, ({ hostPort }) => `${hostPort.protocol} ${hostPort.number}`)
  const taken = unionOf(
    [...nodePorts, ...wanted.map(({ hostPort }) => hostPort)].map(one =>
      ports(one.protocol, one.number, one.number),
    ),
  )
  return [
    ...onNode(asked, taken),
    ...nodePorts.flatMap(({ service, protocol: of, number }) =>
      throughNodePort(world, source, to, { service, protocol: of, port: number }),
    ),
    ...[...byPort.values()].flatMap(here => throughHostPort(world, source, to, here)),
  ]
}

const throughNodePort = (
  world: World,
  source: EndpointsTarget,
  { node }: Extract<Endpoint, { kind: 'node' }>,
  {
    service,
    protocol,
    port,
  }: { readonly service: Service; readonly protocol: Protocol; readonly port: number },
): readonly Path[] =>
  throughService(world, source, { service, dialed: node, asked: { protocol, port } }).map(path => ({
    ...path,
    dialed: ports(protocol, port, port),
  }))

/** `taken` are ports that lead elsewhere. */
function toEndpoint(
  world: World,
  from: Endpoint,
  to: Endpoint,
  asked: PortQuestion,
  taken: Connections = NONE,
): readonly Path[] {
  const asking = askOf(asked, to.kind === 'pod' ? to.pod : undefined)
  if (asking !== undefined) {
    const { port } = asking
    const flow = { from, ask: subtract(asking.ask, taken), port, through: undefined }
    const behindNat64 = translated(world, from, to)
    if (behindNat64 === undefined) return connect(world, { ...flow, to })
    const what = { kind: 'nat64', to } as const
    return connect(world, { ...flow, to: behindNat64 }).map(path => ({
      ...path,
      hops: [{ kind: 'assumed', what }, ...path.hops],
    }))
  }
  const ends = pathEnds(world, from, to, asPort(asked))
  return [deadEnd(ends, { kind: 'port-not-declared', on: ends.to, port: ends.port, endpoints: [from, to] })]
}

/** S-069: the API server itself on the port asked for, or on its own; or through its Service, on port 443 of that. */
function toApiServer(
  world: World,
  source: EndpointsTarget,
  { ref: to, dialed }: ApiServerTarget,
  question: PortQuestion,
): readonly Path[] {
  const { endpoints, port: own, isAssumed } = apiServerOf(world)
  const isService = dialed === 'service'
  if (question.protocol === 'ICMP') {
    if (!isService) return toEndpoints(world, source, { kind: 'endpoints', ref: to, endpoints }, question)
    const port = asPort(question)
    return [deadEnd({ from: source.ref, to, port }, { kind: 'api-server-port-unknown', to, port })]
  }
  const { protocol = 'TCP', port: written } = question
  const port = written ?? (isService ? 443 : own)
  const asked = asPort({ protocol, port })
  const isServed = isService
    ? protocol === 'TCP' && (port === 443 || port === 'https')
    : typeof port === 'number'
  if (!isServed)
    return [
      deadEnd({ from: source.ref, to, port: asked }, { kind: 'api-server-port-unknown', to, port: asked }),
    ]
  const number = isService || typeof port === 'string' ? own : port
  const assumed: readonly Hop[] = isAssumed
    ? [{ kind: 'assumed', what: { kind: 'api-server', port: number } }]
    : []
  return pairsOf(world, source.endpoints, endpoints)
    .flatMap(([from, server]) =>
      connect(world, {
        from,
        to: server,
        ...onPort(isService ? 'TCP' : protocol, number),
        through: undefined,
      }),
    )
    .map(path => ({
      ...path,
      ...(isService && { dialed: ports('TCP', 443, 443) }),
      hops: [...assumed, ...path.hops],
    }))
}
