import { placeText } from '../../explain/phrases.ts'
import type { Ingress, IngressBackend, IngressPath } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import { printable } from '../../source/printable.ts'
import { INGRESS_NGINX, type KnownController } from './known-controllers.ts'
import { type Closeness, closest, EVERY_HOST, isPathPrefix, isPattern, matchHost, mayMatch } from './match.ts'
import type { HttpRequest, RouteBackend, Routing } from './request.ts'

/** Where the Ingresses of one controller, which are as one (S-360), send a request (S-356 to S-359). */
export function routeByIngress(
  ingresses: readonly Ingress[],
  { host, path }: HttpRequest,
  controller: KnownController,
): Routing {
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
  return own.length > 0
    ? byDefault(
        own.map(({ ingress }) => ingress),
        `path \`${printable(path)}\``,
      )
    : forOtherHosts(ingresses, `host \`${printable(host)}\``, controller)
}

const idOf = (ingress: Ingress): string => ingressRef(ingress).id

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

/** S-359: the default backend takes what no rule does. */
function byDefault(ingresses: readonly Ingress[], what: string): Routing {
  for (const ingress of ingresses)
    if (ingress.defaultBackend !== undefined)
      return {
        kind: 'routed',
        object: idOf(ingress),
        rule: 'the default backend, as no rule matches',
        backends: [backendOf(ingress, ingress.defaultBackend)],
      }
  const [first] = ingresses
  return {
    kind: 'no-route',
    object: first === undefined ? 'ingress' : idOf(first),
    why: `no Ingress has a rule for ${what}, and none a default backend`,
  }
}

/**
 * S-359: for a host without any rule, the default backend of an Ingress that has no rules at all. That of one with rules
 * ingress-nginx keeps to the hosts of these, and others do not.
 */
function forOtherHosts(ingresses: readonly Ingress[], what: string, controller: KnownController): Routing {
  const alone = ingresses.filter(catchesAll)
  const beside = ingresses.find(({ defaultBackend }) => defaultBackend !== undefined)
  if (alone.length > 0 || beside === undefined) return byDefault(alone.length > 0 ? alone : ingresses, what)
  const object = idOf(beside)
  return controller === INGRESS_NGINX
    ? {
        kind: 'no-route',
        object,
        why: `no Ingress has a rule for ${what}, and ingress-nginx keeps the default backend of ${object} to the hosts of its rules`,
      }
    : {
        kind: 'unknown',
        object,
        why: `no Ingress has a rule for ${what}, and whether the default backend of ${object} takes it is up to the controller`,
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
