import type { OpenshiftRoute } from '../../model/routes.ts'
import { limitsOf } from './client-limits.ts'
import { OPENSHIFT_ROUTER } from './known-controllers.ts'
import { EVERY_HOST, isPathPrefix, matchHost, mostSpecific, type Specificity } from './match-request.ts'
import { HTTP, HTTPS, type HttpRequest, type RouteBackend, type Routing, type WayIn } from './request.ts'

/*
 * OpenShift's Routes, as its router (HAProxy) has them: the most specific host, then the longest path; TLS by its termination.
 */

/** How specific the hosts of Routes are for one. */
export const specificityOfRoutes = (
  routes: readonly OpenshiftRoute[],
  host: string,
): Specificity | undefined => mostSpecific(routes.map(route => specificityOf(route, host)))

/** With wildcardPolicy Subdomain it has each name beside its host as well. */
function specificityOf({ hosts, isWildcard }: OpenshiftRoute, host: string): Specificity | undefined {
  const patterns = isWildcard ? hosts.flatMap(one => [one, one.replace(/^[^.]*\./, '*.')]) : hosts
  return mostSpecific(patterns.map(pattern => matchHost(host, pattern, 'one label')))
}

/** Where the router sends a request. */
export function routeByOpenshift(routes: readonly OpenshiftRoute[], request: HttpRequest): Routing {
  const { host, path } = request
  const best = specificityOfRoutes(routes, host) ?? EVERY_HOST
  const ofHost = routes.filter(route => specificityOf(route, host) === best)
  const [found] = ofHost.filter(route => isForPath(route, path)).sort(byPathAndName)
  if (found === undefined) {
    const [first] = ofHost
    return {
      kind: 'no-route',
      object: first === undefined ? 'route' : idOf(first),
      why: {
        kind: 'no-openshift-route',
        unmatched: ofHost.length === 0 ? { kind: 'host', host } : { kind: 'path', path },
      },
    }
  }
  const object = idOf(found)
  const rule = {
    kind: 'path',
    type: 'Prefix',
    path: found.path ?? '/',
    host: { name: host },
    at: found.at,
  } as const
  const limits = limitsOf(OPENSHIFT_ROUTER, { object, annotations: found.annotations })
  switch (schemeOf(found, request)) {
    case 'served':
      return { kind: 'routed', object, rule, limits, backends: backendsOf(found) }
    case 'redirected':
      return { kind: 'redirected', object, rule, limits }
    case 'refused': {
      const scheme = isTls(request) ? 'https' : 'http'
      return { kind: 'no-route', object, why: { kind: 'openshift-route-scheme', route: found.name, scheme } }
    }
  }
}

const idOf = ({ namespace, name }: OpenshiftRoute): string => `${namespace}/route/${name}`

/** What passes through undecrypted has no path. */
const isForPath = ({ path, tls }: OpenshiftRoute, asked: string): boolean =>
  path === undefined || tls?.termination === 'passthrough' || isPathPrefix(path, asked)

function byPathAndName(a: OpenshiftRoute, b: OpenshiftRoute): number {
  const [one, other] = [idOf(a), idOf(b)]
  return (b.path ?? '').length - (a.path ?? '').length || (one < other ? -1 : Number(one > other))
}

const isTls = ({ scheme }: HttpRequest): boolean => !['http', 'ws'].includes(scheme)

/** Without `tls` it is served over HTTP alone; with it, over HTTP as insecureEdgeTerminationPolicy has it. */
function schemeOf({ tls }: OpenshiftRoute, request: HttpRequest): 'served' | 'redirected' | 'refused' {
  if (isTls(request)) return tls === undefined ? 'refused' : 'served'
  switch (tls?.insecure) {
    case undefined:
      return 'served'
    case 'None':
      return 'refused'
    case 'Allow':
      return tls?.termination === 'passthrough' ? 'refused' : 'served'
    case 'Redirect':
      return 'redirected'
  }
}

function backendsOf({ namespace, backends, targetPort }: OpenshiftRoute): readonly RouteBackend[] {
  const weighted = backends.filter(({ weight }) => weight > 0)
  if (weighted.length === 0) return [{ kind: 'none' }]
  return weighted.map(({ service }) => ({
    kind: 'service',
    namespace,
    name: service,
    port: undefined,
    ...(targetPort !== undefined && { targetPort }),
  }))
}

/** A request for each host. */
export function waysOfRoute(route: OpenshiftRoute): readonly WayIn[] {
  const { namespace, hosts, path = '/', tls, backends } = route
  const services = backends.map(({ service: name }) => ({ namespace, name }))
  return hosts.map(host => ({
    via: idOf(route),
    request: { protocol: 'TCP', ...(tls === undefined ? HTTP : HTTPS), host, path },
    services,
  }))
}
