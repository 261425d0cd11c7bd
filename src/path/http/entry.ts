import type { Service } from '../../model/objects.ts'
import type { EndpointsTarget } from '../../naming/names.ts'
import { type Endpoint, isSame } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { backendsOf, portsAsked } from '../../network/service-backends.ts'
import { ports } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { connect } from '../connect.ts'
import type { Path } from '../path.ts'
import { throughService } from '../through-service.ts'
import type { EntryPoint } from './entry-points.ts'
import type { HttpRequest } from './request.ts'

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
  const pods = controller.endpoints.filter(endpoint => endpoint.kind === 'pod')
  const services = pods.length === 0 ? [] : frontServices(world, pods)
  const { port } = request
  const asked = { protocol: 'TCP', port } as const
  const serving = services.find(one => portsAsked(one, asked, 'either').length > 0)
  // Beside its Service, a Pod on its node's network is reached on the node.
  const direct = serving === undefined ? pods.filter(pod => pod.pod.hostNetwork && declares(pod, port)) : []
  const service = serving ?? (direct.length === 0 ? services[0] : undefined)
  if (service !== undefined) return throughService(world, source, { service, dialed: 'inside', asked })
  const reached = direct.length > 0 ? direct : pods
  return source.endpoints.flatMap(from =>
    reached.flatMap(to =>
      listens === 'as routed' || STANDARD.includes(port) || declares(to, port)
        ? enterPod(world, from, to, request)
        : [unknownPort(world, from, to, port)],
    ),
  )
}

type PodEndpoint = Extract<Endpoint, { kind: 'pod' }>

/** What a controller listens on, unless the input says otherwise. */
const STANDARD: readonly number[] = [80, 443]

const declares = ({ pod }: PodEndpoint, port: number): boolean =>
  pod.ports.some(({ number, protocol }) => number === port && protocol === 'TCP')

/** The Services that lead clients outside to the controller. */
const frontServices = (world: World, pods: readonly Endpoint[]): readonly Service[] =>
  world.cluster.services.filter(
    service =>
      (service.type === 'LoadBalancer' || service.type === 'NodePort') &&
      backendsOf(world, service).some(({ endpoint }) => pods.some(pod => isSame(pod, endpoint))),
  )

/** Nothing in the manifests leads to the controller on the port; a Service that is not among them may. */
function unknownPort(world: World, from: Endpoint, to: Endpoint, number: number): Path {
  const ref = endpointRef(world, to)
  return {
    from: endpointRef(world, from),
    to: ref,
    port: { protocol: 'TCP', number },
    hops: [{ kind: 'dead-end', why: { kind: 'controller-port-unknown', to: ref, port: number } }],
  }
}

/** Without a Service in the input: on the port that is called after the scheme, and with an address that is rewritten (S-064). */
function enterPod(
  world: World,
  from: Endpoint,
  to: Endpoint,
  { scheme, port }: HttpRequest,
): readonly Path[] {
  const names = scheme === 'https' ? ['https', 'websecure'] : ['http', 'web']
  const named =
    to.kind === 'pod'
      ? to.pod.ports.find(({ name }) => name !== undefined && names.includes(name))
      : undefined
  const number = STANDARD.includes(port) ? (named?.number ?? port) : port
  const client: Endpoint = from.kind === 'external' ? { ...from, addresses: undefined } : from
  const flow = {
    to,
    ask: ports('TCP', number, number),
    port: { protocol: 'TCP', number },
    through: undefined,
  } as const
  return connect(world, { ...flow, from: client })
}
