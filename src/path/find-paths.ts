import { splitPort } from '../naming/port.ts'
import {
  balancerCalled,
  type EndpointsTarget,
  endpointsTarget,
  type IngressTarget,
  resolve,
  type ServiceTarget,
} from '../naming/resolve.ts'
import { nodePortAt } from '../network/address-owner.ts'
import { callingApiServer } from '../network/api-server.ts'
import type { PortQuestion } from '../network/flow.ts'
import { podsOnHostPort } from '../network/host-ports.ts'
import type { Protocol } from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { World } from '../world/world.ts'
import { leadsToController, readDestination } from './destination.ts'
import { isServedHere } from './http/entry-points.ts'
import { requestsOf } from './http/ingress-routes.ts'
import type { HttpRequest } from './http/request.ts'
import type { Assumed, Path } from './path.ts'
import type { ClusterSettings, PathQuestion } from './question.ts'
import { leadsOutside, type PathsFound, throughName } from './through-name.ts'
import { throughRoutes } from './through-route.ts'
import { pathsToTarget, portOfTarget } from './to-target.ts'

/** The paths that a question is about, with source and destination as it names them. */
export interface PathsAsked extends PathsFound {
  readonly source: EndpointsTarget
}

/** Finds the paths that a question is about. Throws CannotAnswer for a question that has no answer. */
export function findPaths(given: World, question: PathQuestion): PathsAsked {
  const { apiServer } = question.settings
  const world = apiServer === undefined ? given : { ...given, apiServer }
  const source = resolveSource(world, question)
  return { ...pathsFrom(world, source, question), source }
}

function pathsFrom(world: World, source: EndpointsTarget, question: PathQuestion): PathsFound {
  const { destination, asked } = readDestination(world, source, question)
  const { settings } = question
  switch (destination.kind) {
    case 'object': {
      const { target, assumed } = destination
      if (source.ref.kind === 'External' && target.ref.kind === 'External')
        bothOutside(world, question, asked)
      const paths = pathsToTarget(world, source, target, asked)
      return {
        paths: assumed === undefined ? paths : paths.map(path => assuming(assumed, path)),
        to: target.ref,
        port: portOfTarget(source, target, asked),
      }
    }
    case 'name': {
      const { name, request } = destination
      const found = throughName(world, source, { name, asked, settings })
      if (!leadsOutside(found)) return found
      // A name outside that a load balancer or a route of this cluster has leads back in.
      const balancer = balancerCalled(world, name)
      if (request !== undefined && isRouted(world, balancer, request, asked, settings))
        return hairpin(
          found,
          throughRoutes(world, outOf(world, found), { url: question.to, request, settings }),
        )
      if (balancer === undefined) return found
      const [client, port] = [outOf(world, found), portOfTarget(source, balancer, asked)]
      return hairpin(found, { paths: pathsToTarget(world, client, balancer, asked), to: balancer.ref, port })
    }
    case 'ingress':
      return throughIngress(world, source, question, destination, asked)
    case 'request':
      return throughRoutes(world, source, { url: question.to, request: destination.request, settings })
  }
}

const assuming = (what: Assumed, path: Path): Path => ({
  ...path,
  hops: [{ kind: 'assumed', what }, ...path.hops],
})

/** Whether a route serves the request: of its host, or of any host where the load balancer is that of a controller. */
const isRouted = (
  world: World,
  balancer: ServiceTarget | undefined,
  request: HttpRequest,
  asked: PortQuestion,
  settings: ClusterSettings,
): boolean =>
  balancer === undefined
    ? isServedHere(world, request, settings)
    : leadsToController(world, balancer, asked, settings)

/** Who comes from the address of a name outside: whose address that is then is not known. */
const outOf = (world: World, { to }: PathsFound): EndpointsTarget =>
  endpointsTarget(world, [{ kind: 'external', name: to.id, addresses: undefined }])

/** Out to the address of the name, and in again to what it leads to in the cluster. */
function hairpin(out: PathsFound, back: PathsFound): PathsFound {
  const paths = out.paths.flatMap(({ hops }) =>
    back.paths.map(path => ({ ...path, hops: [...hops, ...path.hops] })),
  )
  return { ...back, paths }
}

/** Every path of an Ingress, for a client outside. Throws CannotAnswer for one inside, which would use a name. */
function throughIngress(
  world: World,
  source: EndpointsTarget,
  { to: url, settings }: PathQuestion,
  { ingress, ref: to }: IngressTarget,
  asked: PortQuestion,
): PathsFound {
  if (source.ref.kind !== 'External')
    cannotAnswer(
      'INGRESS_IS_FOR_OUTSIDE',
      `${to.id} leads clients outside the cluster to Services`,
      'ask from `internet` or an address, or for the Service itself',
    )
  const number = typeof asked.port === 'number' ? asked.port : 80
  const paths = requestsOf(ingress, number).flatMap(
    request => throughRoutes(world, source, { url, request, settings }).paths,
  )
  return { paths, to, port: { protocol: 'TCP', number } }
}

function bothOutside(world: World, { from, to }: PathQuestion, asked: PortQuestion): never {
  const { protocol = 'TCP', port } = asked
  const leading =
    protocol !== 'ICMP' && typeof port === 'number' ? leadingTo(world, protocol, port) : undefined
  cannotAnswer(
    'OUTSIDE_THE_CLUSTER',
    `both \`${from}\` and \`${to}\` are outside the cluster`,
    leading === undefined
      ? 'NetworkPolicies decide about Pods: name a Pod, a workload or a Service at one end'
      : `if \`${to}\` is a node, add its Node to the input, or ask for \`${leading}\``,
  )
}

/** What a port of some node leads to, as it can be asked for. */
function leadingTo(world: World, protocol: Protocol, port: number): string | undefined {
  const found = nodePortAt(world, protocol, port)
  if (found !== undefined) return `${found.service.namespace}/svc/${found.service.name}:${port}`
  const [pod] = podsOnHostPort(world, port)
  const leading = pod?.hostPorts.find(({ number }) => number === port)
  if (pod === undefined || leading === undefined) return undefined
  const { namespace, workload, name } = pod
  const object = workload === undefined ? `pod/${name}` : `${workload.kind.toLowerCase()}/${workload.name}`
  return `${namespace}/${object}:${leading.containerPort}`
}

function resolveSource(world: World, question: PathQuestion): EndpointsTarget {
  const { name, port } = splitPort(question.from)
  if (port !== undefined)
    cannotAnswer(
      'SOURCE_HAS_NO_PORT',
      `\`${question.from}\`: the source cannot have a port`,
      'policies look at the port of the destination only: write it behind TO, or as `--port`',
    )
  const source = resolve(world, name, question.namespace)
  if (source.kind === 'ingress')
    cannotAnswer('SOURCE_IS_AN_INGRESS', `${source.ref.id} is an Ingress, and Ingresses open no connections`)
  if (source.kind === 'api-server' && source.dialed === 'itself')
    return { kind: 'endpoints', ref: source.ref, endpoints: callingApiServer(world) }
  if (source.kind !== 'endpoints')
    cannotAnswer(
      'SOURCE_IS_A_SERVICE',
      `${source.ref.id} is a Service, and Services open no connections`,
      'ask from a Pod or a workload behind it',
    )
  return source
}
