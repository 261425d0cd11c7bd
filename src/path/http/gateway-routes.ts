import { namespaceOf } from '../../model/cluster.ts'
import type {
  Gateway,
  GatewayListener,
  GatewayRoute,
  GatewayRouteRule,
  NamespacesAllowed,
  RouteBackendRef,
  RouteMatch,
  RouteParent,
} from '../../model/routes.ts'
import { selects } from '../../model/selector.ts'
import type { World } from '../../world/world.ts'
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
import type { HttpRequest, RouteBackend, RouteRule, Routing, WayIn } from './request.ts'

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
  const unknown = candidates.find(({ match }) => match.path.type === 'RegularExpression')
  const [found] = candidates.filter(({ match }) => isMatch(match, request)).sort(byMatchPrecedence)
  if (found?.match.path.type !== 'Exact' && unknown !== undefined)
    return {
      kind: 'unknown',
      object: routeId(unknown.route),
      why: { kind: 'expression', expression: unknown.match.path.value, at: unknown.rule.at },
    }
  if (found === undefined) return noRouteFor(gateway, own, request)
  const { route, rule } = found
  const decisive = ruleOf(found)
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

/** Only some kinds of routes look at requests. */
const ruleOf = ({ route, rule, match: { path } }: MatchOfRule): RouteRule =>
  route.kind === 'HTTPRoute' || route.kind === 'GRPCRoute'
    ? { kind: 'path', type: path.type, path: path.value, at: rule.at }
    : { kind: 'any', at: rule.at }

const routeId = ({ namespace, kind, name }: GatewayRoute): string =>
  `${namespace}/${kind.toLowerCase()}/${name}`
const gatewayId = ({ namespace, name }: Gateway): string => `${namespace}/gateway/${name}`

function noRouteFor(gateway: Gateway, own: readonly GatewayRoute[], { host, path }: HttpRequest): Routing {
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
        why: { kind: 'no-http-route-rule', route: first.name, of: first.kind, path },
      }
}

/** How specific the name is that a Gateway has for a host, by the routes that are attached to it. */
export const specificityOfGateway = (
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): Specificity | undefined => mostSpecific(attachedRoutes(world, gateway, request).map(({ host }) => host))

/** A listener, and the Gateway or the ListenerSet that has it. */
interface OwnedListener {
  readonly listener: GatewayListener
  readonly owner: Pick<RouteParent, 'kind' | 'namespace' | 'name'>
}

/** The routes that a Gateway takes for a host on the port that was dialed, with how specific their names for it are. */
function attachedRoutes(
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): readonly { readonly route: GatewayRoute; readonly host: Specificity }[] {
  const listeners = listenersFor(world, gateway, request)
  return world.cluster.gatewayRoutes.flatMap(route => {
    const isAttached = listeners.some(one => asksFor(route, one) && admits(world, one, route))
    const host = hostOf(route, request.host)
    return isAttached && host !== undefined ? [{ route, host }] : []
  })
}

/** The listeners on the port that was dialed with the most specific name of the host: the others do not receive the request. */
function listenersFor(world: World, gateway: Gateway, request: HttpRequest): readonly OwnedListener[] {
  const matching = listenersOf(world, gateway)
    .filter(({ listener }) => listener.port === request.port && takes(listener, request))
    .map(one => ({ one, specificity: hostOfListener(one.listener, request.host) }))
  const best = mostSpecific(matching.map(({ specificity }) => specificity))
  return matching
    .filter(({ specificity }) => specificity !== undefined && specificity === best)
    .map(({ one }) => one)
}

/** Its own, and those that ListenerSets add to it. */
function listenersOf(world: World, gateway: Gateway): readonly OwnedListener[] {
  const { listenersFrom } = gateway
  const sets = world.cluster.listenerSets.filter(
    set =>
      set.gateway?.name === gateway.name &&
      set.gateway.namespace === gateway.namespace &&
      listenersFrom !== 'None' &&
      isAllowed(world, listenersFrom, gateway.namespace, set.namespace),
  )
  return [gateway, ...sets].flatMap(owner => owner.listeners.map(listener => ({ listener, owner })))
}

/** The kinds of routes that a listener has, by its protocol, and whether it takes a request. */
const PROTOCOLS: Readonly<
  Record<
    string,
    {
      readonly kinds: readonly GatewayRoute['kind'][]
      readonly takes: (request: HttpRequest) => boolean
      readonly hasHosts: boolean
    }
  >
> = {
  HTTP: { kinds: ['HTTPRoute', 'GRPCRoute'], takes: overTcp, hasHosts: true },
  HTTPS: { kinds: ['HTTPRoute', 'GRPCRoute'], takes: overTcp, hasHosts: true },
  // The name is that of the TLS handshake, which plain HTTP does not have.
  TLS: {
    kinds: ['TLSRoute', 'TCPRoute'],
    takes: request => overTcp(request) && !['http', 'ws'].includes(request.scheme),
    hasHosts: true,
  },
  TCP: { kinds: ['TCPRoute'], takes: overTcp, hasHosts: false },
  UDP: { kinds: ['UDPRoute'], takes: ({ protocol }) => protocol === 'UDP', hasHosts: false },
}

function overTcp({ protocol }: HttpRequest): boolean {
  return protocol === 'TCP'
}

const takes = ({ protocol }: GatewayListener, request: HttpRequest): boolean =>
  PROTOCOLS[protocol]?.takes(request) === true

const hostOfListener = ({ protocol, hostname }: GatewayListener, host: string): Specificity | undefined =>
  PROTOCOLS[protocol]?.hasHosts === true ? matchHost(host, hostname, 'any labels') : EVERY_HOST

function hostOf({ hostnames }: GatewayRoute, host: string): Specificity | undefined {
  if (hostnames.length === 0) return EVERY_HOST
  return mostSpecific(hostnames.map(pattern => matchHost(host, pattern, 'any labels')))
}

function asksFor({ parents }: GatewayRoute, { owner, listener }: OwnedListener): boolean {
  return parents.some(
    parent =>
      parent.kind === owner.kind &&
      parent.name === owner.name &&
      parent.namespace === owner.namespace &&
      (parent.listener === undefined || parent.listener === listener.name) &&
      (parent.port === undefined || parent.port === listener.port),
  )
}

function admits(world: World, { owner, listener }: OwnedListener, route: GatewayRoute): boolean {
  const { routesFrom, routeKinds, protocol } = listener
  return (
    PROTOCOLS[protocol]?.kinds.includes(route.kind) === true &&
    (routeKinds.length === 0 || routeKinds.includes(route.kind)) &&
    isAllowed(world, routesFrom, owner.namespace, route.namespace)
  )
}

function isAllowed({ cluster }: World, from: NamespacesAllowed, own: string, namespace: string): boolean {
  if (from === 'All') return true
  if (from === 'Same') return namespace === own
  return selects(from, namespaceOf(cluster, namespace).labels) === 'yes'
}

/** The request is a GET without headers and query parameters, so that no match on these applies. */
function isMatch({ path, method, headers, queryParams }: RouteMatch, request: HttpRequest): boolean {
  if ((method !== undefined && method !== 'GET') || headers > 0 || queryParams > 0) return false
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
function routeBackendOf(world: World, route: GatewayRoute, backend: RouteBackendRef): RouteBackend {
  const { kind, namespace, name, port } = backend
  if (kind !== 'Service') return { kind: 'unmodeled', what: kind, isNamed: false }
  const isGranted =
    namespace === route.namespace ||
    world.cluster.referenceGrants.some(
      grant =>
        grant.namespace === namespace &&
        grant.from.some(from => from.kind === route.kind && from.namespace === route.namespace) &&
        grant.to.some(to => to.kind === 'Service' && (to.name === undefined || to.name === name)),
    )
  return isGranted
    ? { kind: 'service', namespace, name, port }
    : { kind: 'not-granted', namespace, name, routesFrom: route.namespace, routeKind: route.kind }
}

/** A request for each match of each rule of the routes that are attached to the listeners of a Gateway. */
export function waysOfGateway(world: World, gateway: Gateway): readonly WayIn[] {
  return listenersOf(world, gateway).flatMap(one =>
    world.cluster.gatewayRoutes
      .filter(route => asksFor(route, one) && admits(world, one, route))
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
        ({ path }): WayIn => ({
          via: routeId(route),
          request: {
            scheme,
            protocol: protocol === 'UDP' ? 'UDP' : 'TCP',
            port,
            host: exampleOfHost(isNarrower(listener.hostname, host) ? listener.hostname : host),
            path: exampleOf(path),
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
