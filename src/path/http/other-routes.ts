import type { Service } from '../../model/objects.ts'
import type { OtherRoute } from '../../model/routes.ts'
import { groupBy } from '../../sets/group-by.ts'
import { placeholderIn } from '../../source/placeholders.ts'
import type { World } from '../../world/world.ts'
import { exampleOfHost, matchHost, mostSpecific, type Specificity } from './match-request.ts'
import { HTTP, type HttpRequest, type RouteBackend, type Routing } from './request.ts'

/** How specific the hosts are that a route of a kind that is not evaluated may serve. */
export const specificityOfOther = ({ hosts }: OtherRoute, host: string): Specificity | undefined =>
  mostSpecific(
    hosts.map(pattern => matchHost(host, couldBe(host, pattern) ? undefined : pattern, 'any labels')),
  )

/** A longer template may become any host: its own text says little. */
const LONGEST_TEMPLATE = 1000

/**
 * Whether a host is one that a pattern with placeholders may become: its parts follow each other in the host. Without a regular
 * expression, which takes exponentially long where placeholders are side by side.
 */
function couldBe(host: string, pattern: string): boolean {
  if (pattern.length > LONGEST_TEMPLATE) return true
  const [first = '', ...others] = partsAround(pattern).map(part => part.toLowerCase())
  const last = others.pop()
  const asked = host.toLowerCase()
  if (last === undefined || !asked.startsWith(first)) return false
  let at = first.length
  for (const part of others) {
    const found = asked.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return asked.length - last.length >= at && asked.endsWith(last)
}

/** What is between placeholders. */
function partsAround(text: string): readonly string[] {
  const parts: string[] = []
  let rest = text
  for (let found = placeholderIn(rest); found !== undefined; found = placeholderIn(rest)) {
    const at = rest.indexOf(found)
    parts.push(rest.slice(0, at))
    rest = rest.slice(at + found.length)
  }
  return [...parts, rest]
}

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
