import type { HostPort, Pod, Service } from '../model/objects.ts'
import { onPort } from '../naming/port.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { isExposed } from '../network/address-owner.ts'
import { addressesOf, type Endpoint, isSame } from '../network/endpoint.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import { backendsOf, portsAsked } from '../network/service-backends.ts'
import type { EndpointRef } from '../report/common.ts'
import { type Addresses, equal, unionOf } from '../sets/addresses.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { admitsFamilies, type Divided, divide } from './admission.ts'
import { authorizationBy } from './authorization.ts'
import type { ClientLimit } from './http/client-limits.ts'
import type { Controller } from './http/controllers.ts'
import { type EntryPoint, entryPointsFor } from './http/entry-points.ts'
import { backendsOfRouting, type HttpRequest, type RequestAsked } from './http/request.ts'
import { connect, deadEnd, type Hop, type Path, type PathEnds, pathEnds } from './path.ts'
import { throughBackend } from './through-backend.ts'
import type { PathsFound } from './through-name.ts'
import { throughService } from './through-service.ts'
import { connectionOf } from './verdict.ts'

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
const routesFor = (world: World, asked: RequestAsked): readonly RouteFound[] =>
  entryPointsFor(world, asked.request, asked.settings).map(entryPoint => routeBy(world, asked, entryPoint))

export function routeBy(world: World, asked: RequestAsked, entryPoint: EntryPoint): RouteFound {
  const ends = { from: CLIENT, ...destinationOf(asked) }
  const paths = backendsOfRouting(entryPoint.routing).flatMap(backend =>
    throughBackend(world, entryPoint, backend, ends, asked),
  )
  const first = authorizationBy(world, entryPoint, asked.settings)
  const behind = first === undefined ? paths : paths.map(path => ({ ...path, hops: [first, ...path.hops] }))
  return { ...asked, entryPoint, behind }
}

function destinationOf({ url, request }: RequestAsked): Pick<PathEnds, 'to' | 'port'> {
  return {
    to: { id: printable(url), kind: 'URL' },
    port: onPort(request.protocol, request.port).port,
  }
}

/** The paths of a client: to the controller, and on from there where that admits it. */
export function fromSource(
  world: World,
  source: EndpointsTarget,
  route: RouteFound,
  entry = enter(world, source, route.entryPoint, route.request),
): readonly Path[] {
  const { entryPoint, request } = route
  const { clients, doubts, refusals } = admittedBy(source, route, entry)
  const entryOf = (part: EndpointsTarget): readonly Path[] =>
    part === source ? entry : enter(world, part, entryPoint, request)
  const admitted = partOf(world, source, clients.endpoints)
  const refused = refusals.map(({ endpoints, why }): Path => {
    const part = partOf(world, source, endpoints)
    const hops = [{ kind: 'route', entryPoint, entry: entryOf(part) } as const, why]
    return { from: part.ref, ...destinationOf(route), hops }
  })
  return admitted.endpoints.length === 0 && refused.length > 0
    ? refused
    : [...throughController(admitted, route, entryOf(admitted), doubts), ...refused]
}

/** The clients that get through what limits them. */
interface Admission {
  readonly clients: EndpointsTarget
  /** Limits of which it is not known whether they refuse the clients. */
  readonly doubts: readonly Hop[]
  readonly refusals: readonly { readonly endpoints: readonly Endpoint[]; readonly why: Hop }[]
}

function admittedBy(source: EndpointsTarget, route: RouteFound, entry: readonly Path[]): Admission {
  const { controller, routing } = route.entryPoint
  const limits = routing.kind === 'routed' || routing.kind === 'redirected' ? routing.limits : []
  // S-066; a load balancer of the provider's is dialed itself.
  const seesClients =
    controller.endpoints.every(one => one.kind === 'external' && one.proxy === 'of the provider') ||
    (entry.length > 0 && entry.every(keepsClient))
  return limits.reduce<Admission>(
    ({ clients, doubts, refusals }, limit) => {
      const divided = divideBy(limit, clients, seesClients)
      const refusedBy = (isSure: boolean): Hop => ({
        kind: 'dead-end',
        why: { kind: 'refused-by-controller', limit, isSure },
      })
      if (divided === 'unknown') return { clients, doubts: [...doubts, refusedBy(false)], refusals }
      const { admitted, refused: endpoints } = divided
      return {
        clients: { ...clients, endpoints: admitted },
        doubts,
        refusals: endpoints.length === 0 ? refusals : [...refusals, { endpoints, why: refusedBy(true) }],
      }
    },
    { clients: source, doubts: [], refusals: [] },
  )
}

function divideBy(
  { admits, unless }: ClientLimit,
  clients: EndpointsTarget,
  seesClients: boolean,
): Divided | 'unknown' {
  const everyone = { admitted: clients.endpoints, refused: [] }
  switch (admits) {
    case 'unreadable':
    case 'not read':
    case 'not in the input':
      return 'unknown'
    case 'private networks':
      return divide(clients, admits) ?? everyone
    case 'perhaps private networks': {
      const { refused } = divide(clients, 'private networks') ?? everyone
      return refused.length === 0 ? everyone : 'unknown'
    }
    default: {
      if (!seesClients && admitsFamilies(clients, admits)) return everyone
      const divided = (seesClients ? divide(clients, admits) : undefined) ?? 'unknown'
      if (divided === 'unknown' || unless === undefined) return divided
      return divided.refused.length === 0 ? everyone : 'unknown'
    }
  }
}

/** Whether the controller sees the address of the client (S-066). */
function keepsClient(path: Path): boolean {
  const seen = connectionOf(path)?.flow.from
  return seen?.kind === 'external' && seen.addresses !== undefined && seen.isRewritten === undefined
}

/** The clients outside with some of their addresses, by the name of these. */
function partOf(world: World, source: EndpointsTarget, endpoints: readonly Endpoint[]): EndpointsTarget {
  if (endpoints.length === 0) return { ...source, endpoints }
  if (endpoints === source.endpoints) return source
  const addressesOfAll = (some: readonly Endpoint[]): Addresses =>
    unionOf(some.flatMap(endpoint => addressesOf(world.cluster, endpoint)))
  const addresses = addressesOfAll(endpoints)
  if (equal(addresses, addressesOfAll(source.endpoints))) return source
  const name = { kind: 'part', addresses } as const
  return { ...source, ref: endpointRef(world, { kind: 'external', name, addresses }), endpoints }
}

/** `doubts`: what may refuse the client before what is behind the controller. */
function throughController(
  source: EndpointsTarget,
  route: RouteFound,
  entry: readonly Path[],
  doubts: readonly Hop[],
): readonly Path[] {
  const { entryPoint, behind, request } = route
  const { ask: dialed } = onPort(request.protocol, request.port)
  const hop = { kind: 'route', entryPoint, entry } as const
  if (backendsOfRouting(entryPoint.routing).length === 0)
    return [{ from: source.ref, ...destinationOf(route), hops: [hop, ...doubts], dialed }]
  return behind.map(path => ({
    ...path,
    // A path that ends at once is the client's own.
    ...(path.from === CLIENT && { from: source.ref }),
    hops: [hop, ...doubts, ...path.hops],
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
