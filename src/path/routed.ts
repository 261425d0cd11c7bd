import type { Service } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { nameOfController } from './http/controllers.ts'
import { entryPointOfOther } from './http/entry-points.ts'
import { routeByOther, waysOfOthers } from './http/other-routes.ts'
import type { HttpRequest, RouteBackend } from './http/request.ts'
import { waysIn } from './http/ways-in.ts'
import type { Path } from './path.ts'
import type { ClusterSettings } from './question.ts'
import { enter, fromSource, type RouteFound, routeBy, routesFor } from './through-route.ts'

/*
 * The ways of clients outside through Ingresses and routes, for questions that name a destination and no URL.
 */

/** The paths of one request that a route leads to Services. */
export interface Routed {
  /** The id of the route. */
  readonly via: string
  readonly url: string
  readonly paths: readonly Path[]
}

/**
 * Where the routes that lead to some Services take a source. What another route takes precedence of is left out. What is
 * behind the controllers is asked once for all sources.
 */
export function routedTo(
  world: World,
  settings: ClusterSettings,
  isAsked: (service: Pick<Service, 'namespace' | 'name'>) => boolean,
): (source: EndpointsTarget) => readonly Routed[] {
  const evaluated = waysIn(world)
    .filter(({ services }) => services.some(isAsked))
    .flatMap(({ via, request }) => {
      const url = urlOf(request)
      const own = routesFor(world, { url, request, settings }).filter(
        ({ entryPoint: { routing } }) =>
          routing.object === via || (routing.kind === 'routed' && routing.canary === via),
      )
      return own.length === 0 ? [] : [{ via, url, own }]
    })
  const found = [...evaluated, ...otherRoutes(world, settings, isAsked)]
  return source => {
    const entryOf = memoizedBy(
      (route: RouteFound) => entryKey(world, route),
      route => enter(world, source, route.entryPoint, route.request),
    )
    return found.map(({ via, url, own }) => ({
      via,
      url,
      paths: own.flatMap(route => fromSource(world, source, route, entryOf(route))),
    }))
  }
}

/** Routes of kinds that are not evaluated, each with the Services that it may lead to. */
function otherRoutes(
  world: World,
  settings: ClusterSettings,
  isAsked: (service: Service) => boolean,
): readonly { readonly via: string; readonly url: string; readonly own: readonly RouteFound[] }[] {
  return waysOfOthers(world).flatMap(({ route, request, services }) => {
    const backends = services.filter(isAsked).flatMap(portsOf)
    if (backends.length === 0) return []
    const [url, routing] = [urlOf(request), routeByOther(route, backends)]
    const entryPoint = entryPointOfOther(world, routing, settings)
    return [{ via: routing.object, url, own: [routeBy(world, { url, request, settings }, entryPoint)] }]
  })
}

/** Which port such a route names is not known. */
const portsOf = ({ namespace, name, ports }: Service): readonly RouteBackend[] =>
  ports.map(({ port }) => ({ kind: 'service', namespace, name, port }))

/** What the connection to a controller depends on. */
const entryKey = (world: World, { entryPoint: { controller, listens }, request }: RouteFound): string =>
  JSON.stringify([
    nameOfController(world, controller),
    controller.ports,
    listens,
    request.scheme,
    request.protocol,
    request.port,
  ])

function urlOf({ scheme, host, port, path }: HttpRequest): string {
  const isUsual = (scheme === 'http' && port === 80) || (scheme === 'https' && port === 443)
  const hasPath = scheme === 'http' || scheme === 'https'
  return `${scheme}://${host}${isUsual ? '' : `:${port}`}${hasPath ? path : ''}`
}
