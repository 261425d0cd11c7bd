import type { Ingress, IngressBackend, IngressPath } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import type { Unmatched } from '../../report/facts/routes.ts'
import type { KnownController } from './known-controller.ts'
import { INGRESS_NGINX } from './known-controllers.ts'
import {
  EVERY_HOST,
  exampleOfHost,
  exampleOfPath,
  isPathPrefix,
  isPattern,
  matchHost,
  mayMatch,
  mostSpecific,
  mostSpecificOf,
  type Specificity,
} from './match-request.ts'
import { HTTP, HTTPS, type HttpRequest, type RouteBackend, type Routing, type WayIn } from './request.ts'

/** Where the merged Ingresses of one controller (S-360) send a request (S-356 to S-359). */
export function routeByIngress(
  ingresses: readonly Ingress[],
  { host, path }: HttpRequest,
  controller: KnownController | undefined,
): Routing {
  const rules = ingresses.flatMap(ingress =>
    ingress.rules.map(rule => ({ ingress, rule, host: matchHost(host, rule.host, 'one label') })),
  )
  const own = mostSpecificOf(rules, rule => rule.host).filter(rule => rule.host !== undefined)
  const paths = own.flatMap(({ ingress, rule }) =>
    rule.paths.map(candidate => ({ ingress, path: candidate, host: rule.host })),
  )
  const unknown = paths.find(one => isUnknown(one.path, path))
  if (unknown !== undefined)
    return {
      kind: 'unknown',
      object: idOf(unknown.ingress),
      why: { kind: 'pattern', pattern: unknown.path.path, at: unknown.path.at, path },
    }
  const [found] = paths.filter(one => matches(one.path, path)).sort(byPathPrecedence)
  if (found !== undefined)
    return {
      kind: 'routed',
      object: idOf(found.ingress),
      rule: { kind: 'path', ...ruleOf(found.path), host: { name: found.host } },
      backends: [ingressBackendOf(found.ingress, found.path.backend)],
    }
  return own.length > 0
    ? byDefault(
        own.map(({ ingress }) => ingress),
        { kind: 'path', path },
      )
    : forOtherHosts(ingresses, { kind: 'host', host }, controller)
}

const ruleOf = ({ type, path, at }: IngressPath) => ({ type, path, at })

const idOf = (ingress: Ingress): string => ingressRef(ingress).id

/** How specific the rules of an Ingress are about a host; undefined where none matches and nothing catches the rest. */
export function specificityOf(ingress: Ingress, host: string): Specificity | undefined {
  const matching = ingress.rules.map(rule => matchHost(host, rule.host, 'one label'))
  return mostSpecific(catchesAll(ingress) ? [...matching, EVERY_HOST] : matching)
}

const catchesAll = ({ rules, defaultBackend }: Ingress): boolean =>
  rules.length === 0 && defaultBackend !== undefined

/** S-357. What `ImplementationSpecific` means is like `Prefix`, as long as it is no pattern. */
function matches({ type, path }: IngressPath, asked: string): boolean {
  return type === 'Exact' ? path === asked : isPathPrefix(path, asked)
}

const isUnknown = ({ type, path }: IngressPath, asked: string): boolean =>
  type === 'ImplementationSpecific' && isPattern(path) && mayMatch(path, asked)

/** S-358: the longest path, then the exact one; then the oldest (S-360). */
function byPathPrecedence(a: { readonly path: IngressPath }, b: { readonly path: IngressPath }): number {
  return b.path.path.length - a.path.path.length || pathRank(a.path) - pathRank(b.path)
}

const pathRank = ({ type }: IngressPath): number => (type === 'Exact' ? 0 : 1)

/** S-359: the default backend receives what no rule matches. */
function byDefault(ingresses: readonly Ingress[], unmatched: Unmatched): Routing {
  for (const ingress of ingresses)
    if (ingress.defaultBackend !== undefined)
      return {
        kind: 'routed',
        object: idOf(ingress),
        rule: { kind: 'default-backend' },
        backends: [ingressBackendOf(ingress, ingress.defaultBackend)],
      }
  const [first] = ingresses
  return {
    kind: 'no-route',
    object: first === undefined ? 'ingress' : idOf(first),
    why: { kind: 'no-ingress-rule', unmatched },
  }
}

/**
 * S-359: for a host without any rule, the default backend of an Ingress that has no rules at all. For an Ingress with rules,
 * ingress-nginx uses the default backend for the hosts of these alone; other controllers do not.
 */
function forOtherHosts(
  ingresses: readonly Ingress[],
  unmatched: Unmatched,
  controller: KnownController | undefined,
): Routing {
  const alone = ingresses.filter(catchesAll)
  const beside = ingresses.find(({ defaultBackend }) => defaultBackend !== undefined)
  if (alone.length > 0 || beside === undefined)
    return byDefault(alone.length > 0 ? alone : ingresses, unmatched)
  const object = idOf(beside)
  return controller === INGRESS_NGINX
    ? {
        kind: 'no-route',
        object,
        why: { kind: 'default-backend-of-other-hosts', unmatched, ingress: object },
      }
    : { kind: 'unknown', object, why: { kind: 'default-backend', unmatched, ingress: object } }
}

/** S-354: the Service is in the namespace of the Ingress. */
function ingressBackendOf({ namespace }: Ingress, backend: IngressBackend): RouteBackend {
  switch (backend.kind) {
    case 'service':
      return { kind: 'service', namespace, name: backend.service, port: backend.port }
    case 'resource':
      return { kind: 'unmodeled', what: backend.resource, isNamed: true }
  }
}

/** A request for each path of an Ingress, with an example of a host for wildcards and rules without one. */
export function requestsOf({ rules, defaultBackend }: Ingress, port: number): readonly HttpRequest[] {
  const plain = { scheme: 'http', protocol: 'TCP', port } as const
  const requests = rules.flatMap(rule =>
    rule.paths.map(({ path }) => ({ ...plain, host: exampleOfHost(rule.host), path })),
  )
  return requests.length > 0 || defaultBackend === undefined
    ? requests
    : [{ ...plain, host: exampleOfHost(undefined), path: '/' }]
}

/** A request for each rule, and one that no rule is for where there is a default backend. */
export function waysOfIngress(ingress: Ingress): readonly WayIn[] {
  const { namespace, rules, defaultBackend, tls } = ingress
  const plain = { protocol: 'TCP', ...(tls ? HTTPS : HTTP) } as const
  const way = (host: string | undefined, path: string, backend: IngressBackend): readonly WayIn[] =>
    backend.kind === 'resource'
      ? []
      : [
          {
            via: idOf(ingress),
            request: { ...plain, host: exampleOfHost(host), path },
            services: [{ namespace, name: backend.service }],
          },
        ]
  return [
    ...rules.flatMap(({ host, paths }) =>
      paths.flatMap(({ path, type, backend }) =>
        way(host, type === 'Exact' ? path : exampleOfPath(path), backend),
      ),
    ),
    ...(defaultBackend === undefined ? [] : way(rules[0]?.host, '/any-other-path', defaultBackend)),
  ]
}
