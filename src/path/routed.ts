import type { Service } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/resolve.ts'
import type { RequestPart, ViaRoute } from '../report/common.ts'
import { memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { nameOfController } from './http/controllers.ts'
import { type EntryPoint, entryPointOfOther, entryPointsFor } from './http/entry-points.ts'
import { anyPathBelow } from './http/match-request.ts'
import { routeByOther, waysOfOthers } from './http/other-routes.ts'
import { type HttpRequest, needsOf, type RouteBackend, sendsOf, type WayIn } from './http/request.ts'
import { waysIn } from './http/ways-in.ts'
import type { Path } from './path.ts'
import type { ClusterSettings } from './question.ts'
import { enter, fromSource, type RouteFound, routeBy } from './through-route.ts'

/*
 * The ways of clients outside through Ingresses and routes, for questions that name a destination and no URL.
 */

/** The paths of one request that a route leads to Services. */
export interface Routed {
  /** The id of the route. */
  readonly via: string
  readonly url: string
  /** What that request has to have besides. */
  readonly sends: readonly RequestPart[]
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
    .flatMap(way => {
      // What another rule takes of a prefix need not be all below it.
      const requests = [way.request, { ...way.request, path: anyPathBelow(way.request.path) }]
      const led = requests.map(request => leadBy(world, settings, { ...way, request }))
      return led.find(({ own }) => own.length > 0) ?? []
    })
  const found = [...evaluated, ...otherRoutes(world, settings, isAsked)]
  return source => {
    const entryOf = memoizedBy(
      (route: RouteFound) => entryKey(world, route),
      route => enter(world, source, route.entryPoint, route.request),
    )
    return found.map(({ via, url, sends, own }) => ({
      via,
      url,
      sends,
      paths: own.flatMap(route => fromSource(world, source, route, entryOf(route))),
    }))
  }
}

/** Where the request of a way leads, as far as that is the way. */
function leadBy(world: World, settings: ClusterSettings, way: WayIn): Omit<Routed, 'paths'> & Leading {
  const { via, request } = way
  const asked = { url: urlOf(request), request, settings }
  const own = entryPointsFor(world, request, settings)
    .flatMap(entryPoint => onWay(way, entryPoint) ?? [])
    .map(entryPoint => routeBy(world, asked, entryPoint))
  return { via, url: asked.url, sends: sendsOf(request), own }
}

interface Leading {
  readonly own: readonly RouteFound[]
}

/** A controller with those of its backends that a route has; undefined where it surely sends the request elsewhere. */
function onWay({ via, services }: WayIn, entryPoint: EntryPoint): EntryPoint | undefined {
  const { routing } = entryPoint
  if (routing.kind !== 'routed' && routing.kind !== 'unknown') return undefined
  if (routing.kind === 'routed' && routing.object !== via && routing.canary !== via) return undefined
  const backends = routing.backends.filter(
    one =>
      one.kind === 'service' &&
      services.some(({ namespace, name }) => one.namespace === namespace && one.name === name),
  )
  return backends.length === 0 ? undefined : { ...entryPoint, routing: { ...routing, backends } }
}

/** Routes of kinds that are not evaluated, each with the Services that it may lead to. */
function otherRoutes(
  world: World,
  settings: ClusterSettings,
  isAsked: (service: Service) => boolean,
): readonly (Omit<Routed, 'paths'> & Leading)[] {
  return waysOfOthers(world).flatMap(({ route, request, services }) => {
    const backends = services.filter(isAsked).flatMap(portsOf)
    if (backends.length === 0) return []
    const [url, routing] = [urlOf(request), routeByOther(route, backends)]
    const entryPoint = entryPointOfOther(world, routing, settings)
    return [
      { via: routing.object, url, sends: [], own: [routeBy(world, { url, request, settings }, entryPoint)] },
    ]
  })
}

/** Which port such a route names is not known. */
const portsOf = ({ namespace, name, ports }: Service): readonly RouteBackend[] =>
  ports.map(({ port }) => ({ kind: 'service', namespace, name, port }))

/** The same as a report has it. */
export const toldOf = (sends: readonly RequestPart[]): Pick<ViaRoute, 'needs' | 'sends'> =>
  sends.length === 0 ? {} : { needs: needsOf(sends), sends }

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
