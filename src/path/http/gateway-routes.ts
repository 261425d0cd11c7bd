import type {
  Gateway,
  GatewayListener,
  GatewayRoute,
  GatewayRouteRule,
  RouteBackendRef,
  RouteMatch,
} from '../../model/routes.ts'
import type { RefusedRoute } from '../../report/facts/routes.ts'
import { mayBecome, placeholderIn } from '../../source/placeholders.ts'
import type { World } from '../../world/world.ts'
import { limitsAttached, limitsByFilters } from './attached-limits.ts'
import { type ClientLimit, limitByAnnotations, limitsOf } from './client-limits.ts'
import { knownOfGateway } from './controllers.ts'
import { isAttached, isRefused, listenersFor, listenersOf, refusedListenersFor } from './gateway-listeners.ts'
import { routesForHost } from './gateways.ts'
import {
  EVERY_HOST,
  exampleOfHost,
  exampleOfPath,
  isPathPrefix,
  matchHost,
  mostSpecific,
  mostSpecificOf,
  type Specificity,
} from './match-request.ts'
import {
  type HttpRequest,
  perhaps,
  type RouteBackend,
  type RouteRule,
  type Routing,
  type UnknownRoute,
  type WayIn,
} from './request.ts'

/** One match of one rule, which may be the one that decides. */
interface MatchOfRule {
  readonly route: GatewayRoute
  readonly rule: GatewayRouteRule
  readonly match: RouteMatch
}

/** Where a Gateway sends a request, by the routes that are attached to it (S-365, S-366). */
export function routeByGateway(world: World, gateway: Gateway, request: HttpRequest): Routing {
  const attached = attachedRoutes(world, gateway, request)
  const own = mostSpecificOf(attached, ({ host }) => host).map(({ route }) => route)
  const candidates = own.flatMap(route =>
    route.rules.flatMap(rule => rule.matches.map((match): MatchOfRule => ({ route, rule, match }))),
  )
  const unknown = candidates.find(({ match }) => isUnknownMatch(match, request))
  const [found] = candidates.filter(({ match }) => isMatch(match, request)).sort(byMatchPrecedence)
  const otherwise =
    found === undefined ? noRouteFor(world, gateway, own, request) : routedBy(world, gateway, found)
  if (unknown === undefined || found?.match.path.type === 'Exact') return otherwise
  return {
    kind: 'unknown',
    object: routeId(unknown.route),
    why: whyUnknown(unknown),
    backends: unknown.rule.redirects ? [] : perhaps(backendsOf(world, unknown), otherwise),
  }
}

/** An expression, or a path in which something is filled in first and that may become one for the request. */
function isUnknownMatch({ path: { type, value, placeholder } }: RouteMatch, { path }: HttpRequest): boolean {
  if (type === 'RegularExpression') return true
  if (placeholder === undefined) return false
  return mayBecome(value, path, type === 'Exact' ? 'a path' : 'a path above it')
}

const whyUnknown = ({ route, rule: { at }, match: { path } }: MatchOfRule): UnknownRoute =>
  path.placeholder === undefined
    ? { kind: 'expression', expression: path.value, at }
    : {
        kind: 'template',
        route: route.kind,
        name: `${route.namespace}/${route.name}`,
        placeholder: path.placeholder,
        at,
      }

function routedBy(world: World, gateway: Gateway, found: MatchOfRule): Routing {
  const { route, rule } = found
  const object = routeId(route)
  const decisive = ruleOf(found)
  const limits = limitsOfRule(world, gateway, found)
  return rule.redirects
    ? { kind: 'redirected', object, rule: decisive, limits }
    : { kind: 'routed', object, rule: decisive, limits, backends: backendsOf(world, found) }
}

function limitsOfRule(world: World, gateway: Gateway, { route, rule }: MatchOfRule): readonly ClientLimit[] {
  const known = knownOfGateway(world, gateway)
  const object = routeId(route)
  const { annotations } = route
  // What its parameters say of it is not read.
  const ofClass = { kind: 'GatewayClass', name: gateway.className, hasParameters: true } as const
  return [
    ...limitsOf(known, { object: gatewayId(gateway), class: ofClass }),
    ...(known === undefined ? [] : limitByAnnotations(known, { object, annotations })),
    ...limitsAttached(world, known, object, [gateway, route]),
    ...limitsByFilters(world, object, route.namespace, rule.refusing),
  ]
}

function backendsOf(world: World, { route, rule }: MatchOfRule): readonly RouteBackend[] {
  const backends = rule.backends
    .filter(({ weight }) => weight > 0)
    .map(one => routeBackendOf(world, route, one))
  return backends.length > 0 ? backends : [{ kind: 'none' }]
}

/** Only some kinds of routes look at requests. */
const ruleOf = ({ route, rule, match: { path } }: MatchOfRule): RouteRule =>
  route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute'
    ? { kind: 'path', type: path.type, path: path.value, at: rule.at }
    : { kind: 'any', at: rule.at }

const routeId = ({ namespace, kind, name }: GatewayRoute): string =>
  `${namespace}/${kind.toLowerCase()}/${name}`
const gatewayId = ({ namespace, name }: Gateway): string => `${namespace}/gateway/${name}`

function noRouteFor(
  world: World,
  gateway: Gateway,
  own: readonly GatewayRoute[],
  request: HttpRequest,
): Routing {
  const { host, path } = request
  const [first] = own
  const refused = first === undefined ? refusedRoute(world, gateway, request) : undefined
  return first === undefined
    ? {
        kind: 'no-route',
        object: gatewayId(gateway),
        why: { kind: 'no-http-route', gateway: gateway.name, host, ...(refused && { refused }) },
      }
    : {
        kind: 'no-route',
        object: routeId(first),
        why: { kind: 'no-http-route-rule', route: first.name, of: first.kind, path },
      }
}

/**
 * A route for the host that a listener does not let in, by its kind or its namespace (`allowedRoutes`); or whose ListenerSet the Gateway does not
 * allow (`allowedListeners`).
 */
function refusedRoute(world: World, gateway: Gateway, request: HttpRequest): RefusedRoute | undefined {
  const named = world.cluster.gatewayRoutes.filter(route => hostOf(route, request.host) !== undefined)
  for (const one of listenersFor(world, gateway, request)) {
    const route = named.find(other => isRefused(world, one, other))
    if (route !== undefined) return { route: nameOf(route), listener: one.listener.name }
  }
  for (const one of refusedListenersFor(world, gateway, request)) {
    const route = named.find(other => isAttached(world, one, other))
    const { namespace, name } = one.owner
    if (route !== undefined) return { route: nameOf(route), listenerSet: `${namespace}/${name}` }
  }
  return undefined
}

const nameOf = ({ kind, namespace, name }: GatewayRoute): string => `${kind} ${namespace}/${name}`

/** How specific the name is that a Gateway has for a host, by the routes that are attached to it. */
export const specificityOfGateway = (
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): Specificity | undefined => mostSpecific(attachedRoutes(world, gateway, request).map(({ host }) => host))

/** The routes that a Gateway takes for a host on the port that was dialed, with how specific their names for it are. */
function attachedRoutes(
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): readonly { readonly route: GatewayRoute; readonly host: Specificity }[] {
  const listeners = listenersFor(world, gateway, request)
  return routesForHost(world)(request.host).flatMap(route => {
    const host = hostOf(route, request.host)
    const isTaken = listeners.some(one => isAttached(world, one, route))
    return isTaken && host !== undefined ? [{ route, host }] : []
  })
}

function hostOf({ hostnames }: GatewayRoute, host: string): Specificity | undefined {
  if (hostnames.length === 0) return EVERY_HOST
  return mostSpecific(hostnames.map(pattern => matchHost(host, pattern, 'any labels')))
}

/** A match on more than the path applies to a request only if it sends what that match wants. */
function isMatch(match: RouteMatch, request: HttpRequest): boolean {
  const { path } = match
  if (path.placeholder !== undefined || (wantsMore(match) && request.sends !== match)) return false
  switch (path.type) {
    case 'Exact':
      return path.value === request.path
    case 'PathPrefix':
      return isPathPrefix(path.value, request.path)
    case 'GrpcMethod':
      return request.path.split('/')[2] === path.value
    case 'RegularExpression':
      return false
  }
}

const wantsMore = ({ method, headers, queryParams }: RouteMatch): boolean =>
  (method !== undefined && method !== 'GET') || headers.length > 0 || queryParams.length > 0

/** S-366: exact, then the longest prefix, then a method, more headers, more query parameters; then by the names of the routes and the order of the rules. */
function byMatchPrecedence(a: MatchOfRule, b: MatchOfRule): number {
  return (
    matchRank(a) - matchRank(b) ||
    b.match.path.value.length - a.match.path.value.length ||
    Number(a.match.method === undefined) - Number(b.match.method === undefined) ||
    b.match.headers.length - a.match.headers.length ||
    b.match.queryParams.length - a.match.queryParams.length ||
    compare(routeId(a.route), routeId(b.route))
  )
}

const matchRank = ({ match }: MatchOfRule): number => (match.path.type === 'Exact' ? 0 : 1)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** S-365: to a Service of another namespace only with a ReferenceGrant there. */
function routeBackendOf(world: World, route: GatewayRoute, backend: RouteBackendRef): RouteBackend {
  const { kind, namespace, name, port } = backend
  if (kind !== 'Service') return { kind: 'unmodeled', what: kind, isNamed: false }
  if (namespace === route.namespace) return { kind: 'service', namespace, name, port }
  const grants = world.cluster.referenceGrants
    .filter(grant => grant.namespace === namespace)
    .flatMap(({ from, to }) =>
      from
        .filter(({ kind: of }) => of === route.kind)
        .flatMap(({ namespace: own }) =>
          to.filter(one => one.kind === 'Service').map(one => [own, one.name ?? name] as const),
        ),
    )
  if (grants.some(([from, to]) => from === route.namespace && to === name))
    return { kind: 'service', namespace, name, port }
  const fits = (written: string, own: string): boolean => written === own || mayBecome(written, own, 'a name')
  const perhaps = grants.find(([from, to]) => fits(from, route.namespace) && fits(to, name))
  const placeholder = placeholderIn(perhaps)
  return {
    kind: 'not-granted',
    namespace,
    name,
    routesFrom: route.namespace,
    routeKind: route.kind,
    ...(placeholder !== undefined && { placeholder }),
  }
}

/** A request for each match of each rule of the routes that are attached to the listeners of a Gateway. */
export function waysOfGateway(world: World, gateway: Gateway): readonly WayIn[] {
  return listenersOf(world)(gateway).all.flatMap(one =>
    world.cluster.gatewayRoutes
      .filter(route => isAttached(world, one, route))
      .flatMap(route => waysOfRoute(one.listener, route)),
  )
}

const SCHEMES: Readonly<Record<string, string>> = {
  HTTP: 'http',
  HTTPS: 'https',
  TLS: 'https',
  TCP: 'tcp',
  UDP: 'udp',
}

function waysOfRoute(listener: GatewayListener, route: GatewayRoute): readonly WayIn[] {
  const { port, protocol } = listener
  const hosts = route.hostnames.length > 0 ? route.hostnames : [listener.hostname]
  const scheme = SCHEMES[protocol] ?? 'http'
  return hosts.flatMap(host =>
    route.rules.flatMap(({ matches, backends }) =>
      matches.map(
        (match): WayIn => ({
          via: routeId(route),
          request: {
            scheme,
            protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
            port,
            host: exampleOfHost(isNarrower(listener.hostname, host) ? listener.hostname : host),
            path: exampleOf(match.path),
            ...(wantsMore(match) && { sends: match }),
          },
          services: backends.filter(({ kind }) => kind === 'Service'),
        }),
      ),
    ),
  )
}

/** Whether a listener's name is one of those that a route's wildcard has. */
const isNarrower = (ofListener: string | undefined, ofRoute: string | undefined): boolean =>
  ofListener !== undefined && matchHost(exampleOfHost(ofListener), ofRoute, 'any labels') !== undefined

const exampleOf = ({ type, value }: RouteMatch['path']): string =>
  type === 'GrpcMethod' ? `/any/${value}` : type === 'RegularExpression' ? exampleOfPath(value) : value
