import { namespaceOf } from '../../model/cluster.ts'
import type {
  Gateway,
  GatewayListener,
  HttpBackend,
  HttpRoute,
  HttpRouteMatch,
  HttpRouteRule,
} from '../../model/routes.ts'
import { selects } from '../../model/selector.ts'
import type { World } from '../../world/world.ts'
import { isPathPrefix, matchHost, mostSpecific, mostSpecificOf, type Specificity } from './match-request.ts'
import type { HttpRequest, RouteBackend, Routing } from './request.ts'

/** One match of one rule, which may be the one that decides. */
interface MatchOfRule {
  readonly route: HttpRoute
  readonly rule: HttpRouteRule
  readonly match: HttpRouteMatch
}

/** Where a Gateway sends a request, by the routes that are attached to it (S-365, S-366). */
export function routeByGateway(world: World, gateway: Gateway, request: HttpRequest): Routing {
  const attached = attachedRoutes(world, gateway, request)
  const own = mostSpecificOf(attached, ({ host }) => host).map(({ route }) => route)
  const candidates = own.flatMap(route =>
    route.rules.flatMap(rule => rule.matches.map((match): MatchOfRule => ({ route, rule, match }))),
  )
  const unknown = candidates.find(({ match }) => match.path.type === 'RegularExpression')
  const [found] = candidates.filter(({ match }) => isMatch(match, request)).sort(byMatchPrecedence)
  if (found?.match.path.type !== 'Exact' && unknown !== undefined)
    return {
      kind: 'unknown',
      object: routeId(unknown.route),
      why: { kind: 'expression', expression: unknown.match.path.value, at: unknown.rule.at },
    }
  if (found === undefined) return noRouteFor(gateway, own, request)
  const { route, rule, match } = found
  const decisive = { kind: 'path', type: match.path.type, path: match.path.value, at: rule.at } as const
  if (rule.redirects) return { kind: 'redirected', object: routeId(route), rule: decisive }
  const backends = rule.backends
    .filter(({ weight }) => weight > 0)
    .map(one => routeBackendOf(world, route, one))
  return {
    kind: 'routed',
    object: routeId(route),
    rule: decisive,
    backends: backends.length > 0 ? backends : [{ kind: 'none' }],
  }
}

const routeId = ({ namespace, name }: HttpRoute): string => `${namespace}/httproute/${name}`
const gatewayId = ({ namespace, name }: Gateway): string => `${namespace}/gateway/${name}`

function noRouteFor(gateway: Gateway, own: readonly HttpRoute[], { host, path }: HttpRequest): Routing {
  const [first] = own
  return first === undefined
    ? {
        kind: 'no-route',
        object: gatewayId(gateway),
        why: { kind: 'no-http-route', gateway: gateway.name, host },
      }
    : {
        kind: 'no-route',
        object: routeId(first),
        why: { kind: 'no-http-route-rule', route: first.name, path },
      }
}

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
): readonly { readonly route: HttpRoute; readonly host: Specificity }[] {
  const listeners = listenersFor(gateway, request)
  return world.cluster.httpRoutes.flatMap(route => {
    const isAttached = listeners.some(
      listener => asksFor(route, gateway, listener) && admits(world, gateway, listener, route),
    )
    const host = hostOf(route, request.host)
    return isAttached && host !== undefined ? [{ route, host }] : []
  })
}

/** The listeners on the port that was dialed with the most specific name of the host: the others do not receive the request. */
function listenersFor({ listeners }: Gateway, { port, host }: HttpRequest): readonly GatewayListener[] {
  const takesHttp = ({ protocol }: GatewayListener): boolean => protocol === 'HTTP' || protocol === 'HTTPS'
  const matching = listeners
    .filter(listener => listener.port === port && takesHttp(listener))
    .map(listener => ({ listener, specificity: matchHost(host, listener.hostname, 'any labels') }))
  return mostSpecificOf(matching, ({ specificity }) => specificity)
    .filter(({ specificity }) => specificity !== undefined)
    .map(({ listener }) => listener)
}

function hostOf({ hostnames }: HttpRoute, host: string): Specificity | undefined {
  if (hostnames.length === 0) return matchHost(host, undefined, 'any labels')
  return mostSpecific(hostnames.map(pattern => matchHost(host, pattern, 'any labels')))
}

function asksFor({ parents }: HttpRoute, gateway: Gateway, listener: GatewayListener): boolean {
  return parents.some(
    parent =>
      parent.name === gateway.name &&
      parent.namespace === gateway.namespace &&
      (parent.listener === undefined || parent.listener === listener.name) &&
      (parent.port === undefined || parent.port === listener.port),
  )
}

function admits(world: World, gateway: Gateway, { routesFrom }: GatewayListener, route: HttpRoute): boolean {
  if (routesFrom === 'All') return true
  if (routesFrom === 'Same') return route.namespace === gateway.namespace
  return selects(routesFrom, namespaceOf(world.cluster, route.namespace).labels) === 'yes'
}

/** The request is a GET without headers and query parameters, so that no match on these applies. */
function isMatch({ path, method, headers, queryParams }: HttpRouteMatch, request: HttpRequest): boolean {
  if ((method !== undefined && method !== 'GET') || headers > 0 || queryParams > 0) return false
  switch (path.type) {
    case 'Exact':
      return path.value === request.path
    case 'PathPrefix':
      return isPathPrefix(path.value, request.path)
    case 'RegularExpression':
      return false
  }
}

/** S-366: exact, then the longest prefix, then a method; then by the names of the routes and the order of the rules. */
function byMatchPrecedence(a: MatchOfRule, b: MatchOfRule): number {
  return (
    matchRank(a) - matchRank(b) ||
    b.match.path.value.length - a.match.path.value.length ||
    Number(a.match.method === undefined) - Number(b.match.method === undefined) ||
    compare(routeId(a.route), routeId(b.route))
  )
}

const matchRank = ({ match }: MatchOfRule): number => (match.path.type === 'Exact' ? 0 : 1)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** S-365: to a Service of another namespace only with a ReferenceGrant there. */
function routeBackendOf(world: World, route: HttpRoute, backend: HttpBackend): RouteBackend {
  const { kind, namespace, name, port } = backend
  if (kind !== 'Service') return { kind: 'unmodeled', what: kind, isNamed: false }
  const isGranted =
    namespace === route.namespace ||
    world.cluster.referenceGrants.some(
      grant =>
        grant.namespace === namespace &&
        grant.from.some(from => from.kind === 'HTTPRoute' && from.namespace === route.namespace) &&
        grant.to.some(to => to.kind === 'Service' && (to.name === undefined || to.name === name)),
    )
  return isGranted
    ? { kind: 'service', namespace, name, port }
    : { kind: 'not-granted', namespace, name, routesFrom: route.namespace }
}
