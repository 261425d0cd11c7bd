import type { Service } from '../../model/objects.ts'
import type { OtherRoute } from '../../model/routes.ts'
import { groupBy } from '../../sets/group-by.ts'
import { mayBecome } from '../../source/placeholders.ts'
import type { World } from '../../world/world.ts'
import { exampleOfHost, matchHost, mostSpecific, type Specificity } from './match-request.ts'
import { HTTP, type HttpRequest, type RouteBackend, type Routing } from './request.ts'

/** How specific the hosts are that a route of a kind that is not evaluated may serve. */
export const specificityOfOther = ({ hosts }: OtherRoute, host: string): Specificity | undefined =>
  mostSpecific(
    hosts.map(pattern =>
      matchHost(host, mayBecome(pattern, host, 'a host') ? undefined : pattern, 'any labels'),
    ),
  )

/** What such a route makes of a request is for its own controller to say. */
export const routeByOther = (
  { of, group, namespace, name, placeholder, at }: OtherRoute,
  backends: readonly RouteBackend[] = [],
): Routing => ({
  kind: 'unknown',
  object: `${namespace}/${of.toLowerCase()}/${name}`,
  why: {
    route: of,
    name: `${namespace}/${name}`,
    at,
    ...(placeholder === undefined ? { kind: 'not-evaluated', group } : { kind: 'template', placeholder }),
  },
  backends,
})

/** Where such a route may lead clients outside. */
export interface OtherWayIn {
  readonly route: OtherRoute
  readonly request: HttpRequest
  readonly services: readonly Service[]
}

/** Istio's Gateway and Ambassador's Host only open a port: others of their group say where a request goes. */
const OPENERS: readonly string[] = ['Gateway', 'Host']

/**
 * To the Services that the routes of a group name. Where one names none, as if it refers to something else that does, it may be any
 * Service; another one that does so says no more.
 */
export function waysOfOthers({ cluster }: World): readonly OtherWayIn[] {
  return [...groupBy(cluster.otherRoutes, ({ group }) => group).values()].flatMap(routes => {
    const hosts = routes.flatMap(route => route.hosts)
    if (hosts.length === 0) return []
    const wayTo = (route: OtherRoute, services: readonly Service[]): OtherWayIn => ({
      route,
      request: { ...HTTP, protocol: 'TCP', host: exampleOfHost(route.hosts[0] ?? hosts[0]), path: '/' },
      services,
    })
    const naming = routes
      .map(route =>
        wayTo(
          route,
          cluster.services.filter(service => names(route, service)),
        ),
      )
      .filter(({ services }) => services.length > 0)
    const mute = routes.find(
      route =>
        route.hosts.length > 0 &&
        !naming.some(way => way.route === route) &&
        !(OPENERS.includes(route.of) && naming.length > 0),
    )
    return mute === undefined ? naming : [...naming, wayTo(mute, cluster.services)]
  })
}

/** A Service, as in `web`, `web.shop`, `shop/web`, `http://web.shop:80` and `web.shop.svc.cluster.local`. */
const SERVICE =
  /^(?:[a-z+]+:\/\/)?(?:([a-z0-9-]+)\/)?([a-z0-9-]+)(?:\.([a-z0-9-]+)(?:\.svc(?:\.[a-z0-9.-]+)?)?)?(?::\d+)?$/

/** The name alone is of a Service in the namespace of the route, or in one that is named beside it. */
const names = ({ namespace, texts }: OtherRoute, service: Service): boolean =>
  texts.some(text => {
    const [, before, name, after] = SERVICE.exec(text) ?? []
    const within = before ?? after
    return (
      name === service.name &&
      (within === undefined
        ? service.namespace === namespace || texts.includes(service.namespace)
        : service.namespace === within)
    )
  })
