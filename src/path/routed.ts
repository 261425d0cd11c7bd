import type { Service } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import type { World } from '../world/world.ts'
import type { HttpRequest, WayIn } from './http/request.ts'
import { waysIn } from './http/ways-in.ts'
import type { Path } from './path.ts'
import type { ClusterSettings } from './question.ts'
import { throughRoutes } from './through-route.ts'

/*
 * The ways of a client outside through Ingresses and routes, for questions that name a destination and no URL.
 */

/** The paths of one request that a route leads to Services. */
export interface Routed {
  /** The id of the route. */
  readonly via: string
  readonly url: string
  readonly paths: readonly Path[]
}

/** Where the routes that lead to some Services take a source; those that another route takes precedence of are left out. */
export const routedFrom = (
  world: World,
  source: EndpointsTarget,
  settings: ClusterSettings,
  isAsked: (service: Pick<Service, 'namespace' | 'name'>) => boolean,
): readonly Routed[] =>
  waysIn(world)
    .filter(({ services }) => services.some(isAsked))
    .flatMap(way => routed(world, source, settings, way))

function routed(
  world: World,
  source: EndpointsTarget,
  settings: ClusterSettings,
  { via, request }: WayIn,
): readonly Routed[] {
  const url = urlOf(request)
  const { paths } = throughRoutes(world, source, { url, request, settings })
  const own = paths.filter(({ hops }) =>
    hops.some(hop => hop.kind === 'route' && hop.entryPoint.routing.object === via),
  )
  return own.length === 0 ? [] : [{ via, url, paths: own }]
}

function urlOf({ scheme, host, port, path }: HttpRequest): string {
  const isUsual = (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443)
  const hasPath = scheme === 'http' || scheme === 'https'
  return `${scheme}://${host}${isUsual ? '' : `:${port}`}${hasPath ? path : ''}`
}
