import type { HostPort, Pod, Service } from '../model/objects.ts'
import { onPort } from '../naming/port.ts'
import { type EndpointsTarget, endpointsTarget } from '../naming/resolve.ts'
import { type Endpoint, isSame } from '../network/endpoint.ts'
import type { PortQuestion } from '../network/flow.ts'
import { backendsOf, portsAsked } from '../network/service-backends.ts'
import type { EndpointRef } from '../report/common.ts'
import { ALL } from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import { creatorsOf } from '../world/creators.ts'
import type { World } from '../world/world.ts'
import { findService } from './dns/zone.ts'
import { type Controller, nameOfController } from './http/controllers.ts'
import { type EntryPoint, entryPointsFor } from './http/entry-points.ts'
import type { HttpRequest, RouteBackend } from './http/request.ts'
import { connect, deadEnd, type Path, type PathEnds, pathEnds } from './path.ts'
import type { ClusterSettings } from './question.ts'
import { type PathsFound, throughName } from './through-name.ts'
import { isExposed, throughService } from './through-service.ts'

/** What is asked of an Ingress or a Gateway. */
export interface RequestAsked {
  /** As it was typed. */
  readonly url: string
  readonly request: HttpRequest
  readonly settings: ClusterSettings
}

/**
 * The paths of a request from outside: to a controller's Pods, and from these to the backends of the Service that its routes
 * name (S-350, S-351). Throws CannotAnswer where no Ingress and no Gateway leads into the cluster.
 */
export function throughRoutes(world: World, source: EndpointsTarget, asked: RequestAsked): PathsFound {
  const routes = routesFor(world, asked)
  if (routes.length === 0)
    cannotAnswer(
      'NO_ROUTES',
      `\`${asked.url}\` is outside the cluster, and no Ingress, Gateway or Route in the input leads from there to a Pod`,
      'name a Service of type NodePort or LoadBalancer, or add the Ingress with `-f`',
    )
  return { paths: routes.flatMap(route => fromSource(world, source, route)), ...destinationOf(asked) }
}

/** In the place of the client, whoever that is. */
const CLIENT: EndpointRef = { id: 'internet', kind: 'External' }

/** Where one controller leads a request, whoever it is from. */
export interface RouteFound extends RequestAsked {
  readonly entryPoint: EntryPoint
  /** From the controller on. */
  readonly behind: readonly Path[]
}

/** Where controllers lead a request. */
export function routesFor(world: World, asked: RequestAsked): readonly RouteFound[] {
  const ends = { from: CLIENT, ...destinationOf(asked) }
  return entryPointsFor(world, asked.request, asked.settings).map(entryPoint => ({
    ...asked,
    entryPoint,
    behind: backendsOfRouting(entryPoint).flatMap(backend =>
      throughBackend(world, entryPoint, backend, ends, asked),
    ),
  }))
}

const backendsOfRouting = ({ routing }: EntryPoint): readonly RouteBackend[] =>
  routing.kind === 'routed' || routing.kind === 'unknown' ? routing.backends : []

function destinationOf({ url, request }: RequestAsked): Pick<PathEnds, 'to' | 'port'> {
  return {
    to: { id: printable(url), kind: 'URL' },
    port: onPort(request.protocol, request.port).port,
  }
}

/** The paths of a client: to the controller, and on from there. */
export function fromSource(
  world: World,
  source: EndpointsTarget,
  route: RouteFound,
  entry = enter(world, source, route.entryPoint, route.request),
): readonly Path[] {
  const { entryPoint, behind, request } = route
  const { ask: dialed } = onPort(request.protocol, request.port)
  const hop = { kind: 'route', entryPoint, entry } as const
  if (backendsOfRouting(entryPoint).length === 0)
    return [{ from: source.ref, ...destinationOf(route), hops: [hop], dialed }]
  return behind.map(path => ({
    ...path,
    // A path that ends at once is the client's own.
    ...(path.from === CLIENT && { from: source.ref }),
    hops: [hop, ...path.hops],
    dialed,
  }))
}

/**
 * The client's connection to the controller, through the Service in front of it where there is one (S-351); none where
 * both are outside.
 */
export function enter(
  world: World,
  source: EndpointsTarget,
  { controller, listens }: EntryPoint,
  request: HttpRequest,
): readonly Path[] {
  const { protocol, port } = request
  if (controller.unknown !== undefined)
    return listens === 'as routed' || STANDARD.includes(port)
      ? []
      : source.endpoints.flatMap(from =>
          controller.endpoints.map(to => unknownPort(world, from, to, request)),
        )
  const pods = controller.endpoints.filter(endpoint => endpoint.kind === 'pod')
  const services = exposingServices(world, pods)
  const asked = { protocol, port }
  const through = (service: Service): readonly Path[] =>
    throughService(world, source, { service, dialed: 'inside', asked })
  const serving = services.find(service => portsAsked(service, asked, 'either').length > 0)
  if (serving !== undefined) return through(serving)
  // A Pod with ports of its node is reached on the node, also on ports that its Services do not have.
  const onNode = pods.filter(
    ({ pod }) => (pod.hostNetwork && declaresPort(pod, request)) || hostPortOf(pod, request) !== undefined,
  )
  const [other] = services
  if (onNode.length === 0 && other !== undefined) return through(other)
  const isKnown = (pod: Pod): boolean =>
    listens === 'as routed' || STANDARD.includes(port) || declaresPort(pod, request)
  return source.endpoints.flatMap(from =>
    (onNode.length > 0 ? onNode : pods).flatMap(to =>
      onNode.length > 0 || isKnown(to.pod)
        ? enterPod(world, from, to, request, controller)
        : [unknownPort(world, from, to, request)],
    ),
  )
}

type PodEndpoint = Extract<Endpoint, { kind: 'pod' }>

/** The ports that a controller listens on, unless the input says otherwise. */
const STANDARD: readonly number[] = [80, 443]

type Dialed = Pick<HttpRequest, 'protocol' | 'port'>

const declaresPort = (pod: Pod, { protocol, port }: Dialed): boolean =>
  pod.ports.some(one => one.number === port && one.protocol === protocol)

const hostPortOf = (pod: Pod, { protocol, port }: Dialed): HostPort | undefined =>
  pod.hostPorts.find(one => one.number === port && one.protocol === protocol)

/** The Services that expose the controller to clients outside. */
const exposingServices = (world: World, pods: readonly Endpoint[]): readonly Service[] =>
  world.cluster.services.filter(
    service =>
      isExposed(service) &&
      backendsOf(world, service).some(({ endpoint }) => pods.some(pod => isSame(pod, endpoint))),
  )

/** Nothing in the manifests exposes the controller on the port; a Service that is not among them may. */
function unknownPort(world: World, from: Endpoint, to: Endpoint, { protocol, port }: Dialed): Path {
  const ends = pathEnds(world, from, to, { protocol, number: port })
  return deadEnd(ends, { kind: 'controller-port-unknown', to: ends.to, port })
}

/**
 * Without a Service in the input: on the port that a hostPort leads to, which keeps the client's address; else on the port named
 * after the scheme, with the address rewritten (S-064).
 */
function enterPod(
  world: World,
  from: Endpoint,
  to: PodEndpoint,
  request: HttpRequest,
  controller: Controller,
): readonly Path[] {
  const { protocol, port } = request
  const leading = hostPortOf(to.pod, request)
  const number =
    leading?.containerPort ?? (STANDARD.includes(port) ? listeningPort(to.pod, request, controller) : port)
  const isRewritten = from.kind === 'external' && leading === undefined
  const client: Endpoint = isRewritten ? { ...from, addresses: undefined } : from
  return connect(world, { from: client, to, ...onPort(protocol, number), through: undefined })
}

/** Of a Pod, by the name of its port; else that of the product, unless the Pod declares what was dialed alone. */
function listeningPort({ ports }: Pod, { scheme, port }: HttpRequest, { ports: usual }: Controller): number {
  const names = scheme === 'https' ? ['https', 'websecure'] : ['http', 'web']
  const named = ports.find(({ name }) => name !== undefined && names.includes(name))
  const known = usual?.[STANDARD.indexOf(port)] ?? port
  const declares = (wanted: number): boolean => ports.some(({ number }) => number === wanted)
  return named?.number ?? (declares(port) && !declares(known) ? port : known)
}

/** From the controller to the backends of a Service. Most controllers dial these themselves, which makes no difference to policies (S-350). */
function throughBackend(
  world: World,
  { controller }: EntryPoint,
  backend: RouteBackend,
  ends: PathEnds,
  { request: { protocol }, settings }: RequestAsked,
): readonly Path[] {
  const stop = deadEnd(ends, { kind: 'backend', backend })
  if (backend.kind !== 'service') return [stop]
  const { namespace, name } = backend
  const service = findService(world, name, namespace)
  if (service === undefined) {
    const by = creatorsOf(world, namespace, name)
    const what = { kind: 'name', name: printable(`${namespace}/${name}`), ask: ALL } as const
    return by.length === 0 ? [stop] : [deadEnd(ends, { kind: 'not-in-input', what, by })]
  }
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const { targetPort } = backend
  const servicePorts = servicePortsOf(world, service, backend)
  if (targetPort !== undefined && servicePorts.length === 0)
    return [deadEnd(ends, { kind: 'backend', backend: { kind: 'no-port', namespace, name, targetPort } })]
  if (service.externalName !== undefined)
    return servicePorts.flatMap(
      port =>
        throughName(world, source, {
          name: `${name}.${namespace}.svc.${settings.domain}`,
          asked: { protocol, port },
          settings,
        }).paths,
    )
  const dials = dialedBy(controller, backend, service)
  const unusable = withoutNodePort(controller, service, dials)
  if (unusable?.isSure) return [deadEnd(ends, { kind: 'backend', backend: unusable })]
  const paths = servicePorts.flatMap(port =>
    throughService(world, source, {
      service,
      dialed: dials === 'nodes' ? 'outside' : 'endpoints',
      asked: { protocol, port },
    }),
  )
  if (unusable === undefined) return paths
  const why = { kind: 'backend', backend: unusable } as const
  return paths.map(path => ({ ...path, hops: [{ kind: 'dead-end', why }, ...path.hops] }))
}

/** Whether a controller's load balancer dials Pods or ports of their nodes: the Service's own annotation comes first. */
function dialedBy(
  { targets, hasParameters = false }: Controller,
  { annotations }: Extract<RouteBackend, { kind: 'service' }>,
  service: Service,
): 'Pods' | 'nodes' | 'unknown' {
  if (targets === undefined) return 'Pods'
  if (hasParameters) return 'unknown'
  const written = service.annotations.get(targets.annotation) ?? annotations?.get(targets.annotation)
  if (written === targets.onPods) return 'Pods'
  return written === targets.onNodes ? 'nodes' : 'unknown'
}

/** Ports of nodes lead to Services of type NodePort and LoadBalancer alone. */
function withoutNodePort(
  { targets }: Controller,
  { namespace, name, type }: Service,
  dials: 'Pods' | 'nodes' | 'unknown',
): Extract<RouteBackend, { kind: 'no-node-port' }> | undefined {
  if (targets === undefined || dials === 'Pods' || type === 'NodePort' || type === 'LoadBalancer')
    return undefined
  return { kind: 'no-node-port', namespace, name, type, targets, isSure: dials === 'nodes' }
}

/** The port of the Service that a route names; OpenShift's Route names that of the Pods, which several may lead to. */
function servicePortsOf(
  world: World,
  service: Service,
  { port, targetPort }: Extract<RouteBackend, { kind: 'service' }>,
): readonly PortQuestion['port'][] {
  if (targetPort === undefined) return [port]
  const backends = backendsOf(world, service)
  return service.ports
    .filter(
      one =>
        one.name === String(targetPort) ||
        one.targetPort === targetPort ||
        backends.some(({ targetOf }) => targetOf(one) === Number(targetPort)),
    )
    .map(one => one.port)
}
