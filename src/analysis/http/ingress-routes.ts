import type { Ingress, IngressBackend, IngressPath } from '../../model/routes.ts'
import { printable } from '../../source/printable.ts'
import { ingressEndpoint } from '../endpoints.ts'
import { placeText } from '../phrases.ts'
import { type Closeness, closest, EVERY_HOST, isPathPrefix, isPattern, matchHost, mayMatch } from './match.ts'
import type { HttpRequest, RouteBackend, Routing } from './request.ts'

/** Where the Ingresses of one controller, which are as one (S-360), send a request (S-356 to S-359). */
export function routeByIngress(ingresses: readonly Ingress[], { host, path }: HttpRequest): Routing {
  const rules = ingresses.flatMap(ingress =>
    ingress.rules.map(rule => ({ ingress, rule, host: matchHost(host, rule.host, 'one label') })),
  )
  const best = closest(rules.flatMap(rule => rule.host ?? []))
  const own = best === undefined ? [] : rules.filter(rule => rule.host === best)
  const paths = own.flatMap(({ ingress, rule }) =>
    rule.paths.map(candidate => ({ ingress, path: candidate, host: rule.host })),
  )
  const unknown = paths.find(one => isUnknown(one.path, path))
  if (unknown !== undefined)
    return {
      kind: 'unknown',
      object: idOf(unknown.ingress),
      why: `whether \`${printable(unknown.path.path)}\` (${placeText(unknown.path.at)}) matches \`${printable(path)}\` is up to the controller`,
    }
  const [found] = paths.filter(one => matches(one.path, path)).sort(byPrecedence)
  if (found !== undefined)
    return {
      kind: 'routed',
      object: idOf(found.ingress),
      rule: `${found.path.type} ${printable(found.path.path)} of ${found.host ?? 'every host'} (${placeText(found.path.at)})`,
      backends: [backendOf(found.ingress, found.path.backend)],
    }
  return byDefault(
    ingresses,
    own.map(({ ingress }) => ingress),
    host,
    path,
  )
}

const idOf = (ingress: Ingress): string => ingressEndpoint(ingress).id

/** How closely the rules of an Ingress name a host; undefined where none does and nothing catches the rest. */
export function claimOf(ingress: Ingress, host: string): Closeness | undefined {
  const claims = ingress.rules.flatMap(rule => matchHost(host, rule.host, 'one label') ?? [])
  return closest(catchesAll(ingress) ? [...claims, EVERY_HOST] : claims)
}

const catchesAll = ({ rules, defaultBackend }: Ingress): boolean =>
  rules.length === 0 && defaultBackend !== undefined

/** S-357. What `ImplementationSpecific` means is like `Prefix`, as long as it is no pattern. */
function matches({ type, path }: IngressPath, asked: string): boolean {
  return type === 'Exact' ? path === asked : isPathPrefix(path, asked)
}

const isUnknown = ({ type, path }: IngressPath, asked: string): boolean =>
  type === 'ImplementationSpecific' && isPattern(path) && mayMatch(path, asked)

/** S-358: the longest path, and of two as long the exact one; then the one that was there first (S-360). */
function byPrecedence(a: { readonly path: IngressPath }, b: { readonly path: IngressPath }): number {
  return b.path.path.length - a.path.path.length || rank(a.path) - rank(b.path)
}

const rank = ({ type }: IngressPath): number => (type === 'Exact' ? 0 : 1)

/** S-359: the default backend of those that have rules for the host; for a host without any, of one that has no rules at all. */
function byDefault(
  ingresses: readonly Ingress[],
  own: readonly Ingress[],
  host: string,
  path: string,
): Routing {
  for (const ingress of own.length > 0 ? own : ingresses.filter(catchesAll))
    if (ingress.defaultBackend !== undefined)
      return {
        kind: 'routed',
        object: idOf(ingress),
        rule: 'the default backend, as no rule matches',
        backends: [backendOf(ingress, ingress.defaultBackend)],
      }
  const [first] = own.length > 0 ? own : ingresses
  const what = own.length > 0 ? `path \`${printable(path)}\`` : `host \`${printable(host)}\``
  return {
    kind: 'no-route',
    object: first === undefined ? 'ingress' : idOf(first),
    why: `no Ingress has a rule for ${what}, and none a default backend`,
  }
}

/** S-354: the Service is in the namespace of the Ingress. */
function backendOf({ namespace }: Ingress, backend: IngressBackend): RouteBackend {
  switch (backend.kind) {
    case 'service':
      return { kind: 'service', namespace, name: backend.service, port: backend.port }
    case 'resource':
      return {
        kind: 'unmodelled',
        why: `the backend is ${printable(backend.resource)}, which only its controller knows`,
      }
  }
}

/** A request for each path that an Ingress has a rule for; a wildcard and a rule for every host stand for any host. */
export function requestsOf({ rules, defaultBackend }: Ingress, port: number): readonly HttpRequest[] {
  const requests = rules.flatMap(rule =>
    rule.paths.map(({ path }) => ({ scheme: 'http', host: hostFor(rule.host), port, path })),
  )
  return requests.length > 0 || defaultBackend === undefined
    ? requests
    : [{ scheme: 'http', host: hostFor(undefined), port, path: '/' }]
}

const hostFor = (host: string | undefined): string => host?.replace('*', 'any') ?? 'any.example'
