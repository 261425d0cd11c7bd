import { type EndpointsTarget, endpointsTarget } from '../naming/names.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import { ports } from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { findService } from './dns/zone.ts'
import { nameOfController } from './http/controllers.ts'
import { enter } from './http/entry.ts'
import { type EntryPoint, entryPointsFor } from './http/entry-points.ts'
import type { HttpRequest, RouteBackend } from './http/request.ts'
import type { Path, RouteHop } from './path.ts'
import type { ClusterSettings } from './settings.ts'
import { type PathsFound, throughName } from './through-name.ts'
import { throughService } from './through-service.ts'

/** What is asked of an Ingress or a Gateway. */
export interface RequestAsked {
  /** As it was typed. */
  readonly url: string
  readonly request: HttpRequest
  readonly settings: ClusterSettings
}

/**
 * The paths of a request from outside: to a controller's Pods, by its routes to a Service, and from the controller to what
 * is behind that (S-350, S-351). Throws CannotAnswer where no Ingress and no Gateway leads into the cluster.
 */
export function throughRoutes(world: World, source: EndpointsTarget, asked: RequestAsked): PathsFound {
  const { url, request, settings } = asked
  const entryPoints = entryPointsFor(world, request, settings)
  if (entryPoints.length === 0)
    cannotAnswer(
      'NO_ROUTES',
      `\`${url}\` is outside the cluster, and no Ingress or Gateway in the input leads from there to a Pod`,
      'name a Service of type NodePort or LoadBalancer, or add the Ingress with `-f`',
    )
  const to: EndpointRef = { id: printable(url), kind: 'URL' }
  const port: Port = { protocol: 'TCP', number: request.port }
  const dialed = ports('TCP', request.port, request.port)
  const paths = entryPoints
    .flatMap(entryPoint =>
      throughEntryPoint(world, source, entryPoint, { from: source.ref, to, port }, asked),
    )
    .map(path => ({ ...path, dialed }))
  return { paths, to, port }
}

type Ends = Pick<Path, 'from' | 'to' | 'port'>

function throughEntryPoint(
  world: World,
  source: EndpointsTarget,
  entryPoint: EntryPoint,
  ends: Ends,
  asked: RequestAsked,
): readonly Path[] {
  const entry = enter(world, source, entryPoint, asked.request)
  const hop: RouteHop = { kind: 'route', entryPoint, entry }
  const { routing } = entryPoint
  if (routing.kind !== 'routed') return [{ ...ends, hops: [hop] }]
  return routing.backends
    .flatMap(backend => throughBackend(world, entryPoint, backend, ends, asked))
    .map(path => ({ ...path, hops: [hop, ...path.hops] }))
}

/** From the controller to what is behind a Service. Most dial the backends themselves, which policies see alike (S-350). */
function throughBackend(
  world: World,
  { controller }: EntryPoint,
  backend: RouteBackend,
  ends: Ends,
  { settings }: RequestAsked,
): readonly Path[] {
  const stop: Path = { ...ends, hops: [{ kind: 'dead-end', why: { kind: 'backend', backend } }] }
  if (backend.kind !== 'service') return [stop]
  const { namespace, name } = backend
  const service = findService(world, name, namespace)
  if (service === undefined) return [stop]
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const asked = { protocol: 'TCP', port: backend.port } as const
  return service.externalName === undefined
    ? throughService(world, source, { service, dialed: 'endpoints', asked })
    : throughName(world, source, { name: `${name}.${namespace}.svc.${settings.domain}`, asked, settings })
        .paths
}
