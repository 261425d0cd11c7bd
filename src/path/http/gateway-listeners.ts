import { namespaceOf } from '../../model/cluster.ts'
import type {
  Gateway,
  GatewayListener,
  GatewayRoute,
  ListenerSet,
  NamespacesAllowed,
  RouteParent,
} from '../../model/routes.ts'
import { selects } from '../../model/selector.ts'
import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import { hostIndex } from './host-index.ts'
import { EVERY_HOST, matchHost, mostSpecific, type Specificity } from './match-request.ts'
import type { HttpRequest } from './request.ts'

/*
 * The listeners of a Gateway, and which routes are attached to them (S-365).
 */

/** A listener, and the Gateway or the ListenerSet that has it. */
export interface OwnedListener {
  readonly listener: GatewayListener
  readonly owner: Pick<RouteParent, 'kind' | 'namespace' | 'name'>
}

/** The listeners on the port that was dialed with the most specific name of the host: the others do not receive the request. */
export const listenersFor = (
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): readonly OwnedListener[] => receiving(listenersOf(world)(gateway).forHost(request.host), request)

/** Those of ListenerSets that would receive the request if the Gateway allowed them. */
export const refusedListenersFor = (
  world: World,
  gateway: Gateway,
  request: HttpRequest,
): readonly OwnedListener[] =>
  receiving(
    setsOf(world, gateway)
      .filter(set => !allowsSet(world, gateway, set))
      .flatMap(ownedBy),
    request,
  )

function receiving(all: readonly OwnedListener[], request: HttpRequest): readonly OwnedListener[] {
  const matching = all
    .filter(({ listener }) => listener.port === request.port && takes(listener, request))
    .map(one => ({ one, specificity: hostOfListener(one.listener, request.host) }))
  const best = mostSpecific(matching.map(({ specificity }) => specificity))
  return matching
    .filter(({ specificity }) => specificity !== undefined && specificity === best)
    .map(({ one }) => one)
}

/** Of a Gateway its own, and those that ListenerSets add to it; and which of them may be for a host. */
export const listenersOf = memoized((world: World) =>
  memoized((gateway: Gateway) => {
    const sets = setsOf(world, gateway).filter(set => allowsSet(world, gateway, set))
    const all = [gateway, ...sets].flatMap(ownedBy)
    return { all, forHost: hostIndex(all, hostsOfListener) }
  }),
)

/** None where it takes what is for any. */
const hostsOfListener = ({ listener: { protocol, hostname } }: OwnedListener): readonly string[] =>
  hostname !== undefined && PROTOCOLS[protocol]?.hasHosts === true ? [hostname] : []

const ownedBy = (owner: Gateway | ListenerSet): readonly OwnedListener[] =>
  owner.listeners.map(listener => ({ listener, owner }))

const setsOf = ({ cluster }: World, { namespace, name }: Gateway): readonly ListenerSet[] =>
  cluster.listenerSets.filter(({ gateway }) => gateway?.name === name && gateway.namespace === namespace)

const allowsSet = (world: World, { listenersFrom, namespace }: Gateway, set: ListenerSet): boolean =>
  listenersFrom !== 'None' && isAllowed(world, listenersFrom, namespace, set.namespace)

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

/** Whether a route asks to be attached to a listener, and is not let. */
export const isRefused = (world: World, one: OwnedListener, route: GatewayRoute): boolean =>
  asksFor(route, one) && !admits(world, one, route)

/** Whether a route is attached to a listener: it asks for that, and is let (S-365). */
export const isAttached = (world: World, one: OwnedListener, route: GatewayRoute): boolean =>
  asksFor(route, one) && admits(world, one, route)
