import type { GatewayRoute } from '../../model/routes.ts'
import { groupBy } from '../../sets/group-by.ts'
import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'

/** Routes of the Gateway API that may be for a host, in their order: to ask each of many for each of many hosts would take most of the time. */
export function routesForHost(world: World, host: string): readonly GatewayRoute[] {
  const { named, others } = routesByHost(world)
  const own = named.get(host.toLowerCase()) ?? []
  return [...new Set([...own, ...others])].sort((a, b) => a.place - b.place).map(({ route }) => route)
}

interface Placed {
  readonly route: GatewayRoute
  readonly place: number
}

const routesByHost = memoized(({ cluster }: World) => {
  const all = cluster.gatewayRoutes.map((route, place): Placed => ({ route, place }))
  const hosts = all.flatMap(one =>
    one.route.hostnames.filter(isName).map(host => ({ host: host.toLowerCase(), one })),
  )
  return {
    named: new Map(
      Array.from(
        groupBy(hosts, ({ host }) => host),
        ([host, of]) => [host, of.map(({ one }) => one)],
      ),
    ),
    /** For every host, or for those of a wildcard. */
    others: all.filter(({ route: { hostnames } }) => !(hostnames.length > 0 && hostnames.every(isName))),
  }
})

const isName = (host: string): boolean => !host.startsWith('*')
