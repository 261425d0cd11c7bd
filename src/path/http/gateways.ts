import type { Gateway, GatewayListener, GatewayRoute, OtherRoute } from '../../model/routes.ts'
import { groupBy } from '../../sets/group-by.ts'
import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import { hostIndex } from './host-index.ts'

/** A Gateway of the input, or one that routes ask for and somebody else has. */
export interface AskedGateway extends Gateway {
  /** It is not in the input: assumed to serve the routes that ask for it, on the usual ports. */
  readonly isAssumed?: true
  /** Something in it is filled in first: it may serve these routes, or not. */
  readonly template?: OtherRoute
}

/**
 * The Gateways of the input; where there is none at all, those that its routes ask for. Beside others, one that is missing is
 * more likely a typo, as with IngressClasses (S-355), unless it is a template.
 */
export const gatewaysIn = memoized((world: World): readonly AskedGateway[] => {
  const { gateways, otherRoutes } = world.cluster
  const templates = otherRoutes.filter(({ of, group }) => of === 'Gateway' && group === GROUP)
  if (gateways.length > 0 && templates.length === 0) return gateways
  const missing = missingGateways(world).map((gateway): AskedGateway => {
    const template = templates.find(one => idOf(one) === idOf(gateway))
    return template === undefined ? gateway : { ...gateway, template }
  })
  return gateways.length === 0
    ? missing
    : [...gateways, ...missing.filter(({ template }) => template !== undefined)]
})

/** The routes that may be for a host. */
export const routesForHost = memoized(({ cluster }: World) =>
  hostIndex(cluster.gatewayRoutes, ({ hostnames }) => hostnames),
)

const GROUP = 'gateway.networking.k8s.io'

const idOf = ({ namespace, name }: { readonly namespace: string; readonly name: string }): string =>
  `${namespace}/${name}`

function missingGateways({ cluster }: World): readonly AskedGateway[] {
  const asking = cluster.gatewayRoutes.flatMap(route =>
    route.parents.filter(({ kind }) => kind === 'Gateway').map(parent => ({ parent, route })),
  )
  return [...groupBy(asking, ({ parent }) => idOf(parent)).values()].map((same): AskedGateway => {
    const [{ parent, route }] = same
    return {
      kind: 'Gateway',
      namespace: parent.namespace,
      name: parent.name,
      className: '',
      listeners: same.flatMap(one => listenersFor(one.route, one.parent.listener, one.parent.port)),
      listenersFrom: 'None',
      at: route.at,
      isAssumed: true,
    }
  })
}

/** What a route needs; of a route for a port alone the port is not known, unless it is written. */
function listenersFor(
  { kind }: GatewayRoute,
  name = '',
  port: number | undefined,
): readonly GatewayListener[] {
  return PORTS[kind]
    .filter(([number]) => port === undefined || port === number)
    .concat(
      port === undefined || PORTS[kind].some(([number]) => number === port) ? [] : [[port, PLAIN[kind]]],
    )
    .map(([number, protocol]) => ({
      name,
      port: number,
      protocol,
      hostname: undefined,
      routesFrom: 'All',
      routeKinds: [],
    }))
}

type PortAndProtocol = readonly [port: number, protocol: string]

/** The usual ports of the kinds of routes. */
const PORTS: Readonly<Record<GatewayRoute['kind'], readonly PortAndProtocol[]>> = {
  HTTPRoute: [
    [80, 'HTTP'],
    [443, 'HTTPS'],
  ],
  GRPCRoute: [
    [80, 'HTTP'],
    [443, 'HTTPS'],
  ],
  TLSRoute: [[443, 'TLS']],
  TCPRoute: [],
  UDPRoute: [],
}

const PLAIN: Readonly<Record<GatewayRoute['kind'], string>> = {
  HTTPRoute: 'HTTP',
  GRPCRoute: 'HTTP',
  TLSRoute: 'TLS',
  TCPRoute: 'TCP',
  UDPRoute: 'UDP',
}
