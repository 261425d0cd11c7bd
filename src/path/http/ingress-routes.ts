import type { Ingress, IngressBackend, IngressPath, IngressRule } from '../../model/routes.ts'
import { ingressRef } from '../../network/endpoint-ids.ts'
import type { Unmatched } from '../../report/facts/routes.ts'
import type { ClientLimit } from './client-limits.ts'
import {
  askingFor,
  canaryShareOf,
  gettingPast,
  isCanary,
  matchServerName,
  type NameMatch,
  SERVER_ALIAS,
} from './ingress-nginx.ts'
import { examplePath, type IngressCandidate, matchPaths, unknownPaths, whyUnknown } from './ingress-paths.ts'
import type { KnownController } from './known-controller.ts'
import {
  anyPathBelow,
  EVERY_HOST,
  exampleOfHost,
  matchHost,
  mostSpecific,
  mostSpecificOf,
  type Specificity,
} from './match-request.ts'
import {
  backendsOfRouting,
  type ForCanary,
  HTTP,
  HTTPS,
  type HttpRequest,
  perhaps,
  type RouteBackend,
  type Routing,
  type WayIn,
} from './request.ts'
import { listenersOfAny } from './written-listeners.ts'

/** What serves the Ingresses of a class, and what limits the clients of each of them. */
export interface ServedBy {
  readonly controller: KnownController | undefined
  readonly limitsOf: (ingress: Ingress) => readonly ClientLimit[]
}

/** Where the merged Ingresses of one controller (S-360) send a request (S-356 to S-359). */
export function routeByIngress(
  ingresses: readonly Ingress[],
  { host, path, sends }: HttpRequest,
  served: ServedBy,
): Routing {
  const { controller } = served
  const canaries = controller?.hasCanaries ? ingresses.filter(isCanary) : []
  const mains = canaries.length === 0 ? ingresses : ingresses.filter(ingress => !isCanary(ingress))
  const rules = mains.flatMap(ingress =>
    ingress.rules.flatMap((rule): readonly RuleForHost[] => {
      const match = matchRule(host, rule)
      return match === undefined ? [] : [{ ingress, rule, match }]
    }),
  )
  const own = mostSpecificOf(
    rules.filter(({ match }) => match.matches === 'yes'),
    ({ match }) => match.specificity,
  )
  const byRules = (some: readonly RuleForHost[]): Routing =>
    routeByRules(some, path, served, canaries, sends !== undefined && 'canary' in sends ? sends : undefined)
  const otherwise =
    own.length > 0
      ? byRules(own)
      : forOtherHosts(mains.length === 0 ? ingresses : mains, { kind: 'host', host }, served)
  const least = own[0]?.match.specificity ?? EVERY_HOST
  const before = rules.filter(
    ({ match: { matches, specificity } }) => matches === 'unknown' && specificity > least,
  )
  const [first] = before
  const pattern = first?.rule.host
  if (first?.rule.serverName === undefined || pattern === undefined) return otherwise
  const { at } = first.rule.serverName
  return {
    kind: 'unknown',
    object: idOf(first.ingress),
    why: { kind: 'pattern', pattern, at, path: host, annotation: SERVER_ALIAS },
    backends: perhaps(backendsOfRouting(byRules(before)), otherwise),
  }
}

/** A rule that is for the host of a request, or may be. */
interface RuleForHost {
  readonly ingress: Ingress
  readonly rule: IngressRule
  readonly match: NameMatch
}

function matchRule(asked: string, { host, serverName }: IngressRule): NameMatch | undefined {
  if (serverName !== undefined && host !== undefined) return matchServerName(asked, host, serverName.place)
  const specificity = matchHost(asked, host, 'one label')
  return specificity === undefined ? undefined : { specificity, matches: 'yes' }
}

function routeByRules(
  rules: readonly RuleForHost[],
  path: string,
  served: ServedBy,
  canaries: readonly Ingress[],
  sent: ForCanary | undefined,
): Routing {
  const candidates = rules.flatMap(({ ingress, rule }) =>
    rule.paths.map((candidate): IngressCandidate => ({ ingress, path: candidate, host: rule.host })),
  )
  const paths = matchPaths(candidates, path, served.controller)
  const found = paths.asked.find(one => one.matches === 'yes')
  const otherwise =
    found === undefined
      ? byDefault(
          rules.map(({ ingress }) => ingress),
          { kind: 'path', path },
          served,
          paths.literal?.path,
        )
      : routedBy(found, paths.annotation, served, canaries, sent)
  const unknown = unknownPaths(paths, found)
  return unknown.length === 0 ? otherwise : perhapsBy(unknown, paths.annotation, path, otherwise)
}

function routedBy(
  { ingress, path, host }: IngressCandidate,
  annotation: string | undefined,
  { limitsOf }: ServedBy,
  canaries: readonly Ingress[],
  sent: ForCanary | undefined,
): Routing {
  const canary = canaryShareOf(canaries, host, path, sent)
  const own = canary?.isAll ? [] : [ingressBackendOf(ingress, path.backend)]
  return {
    kind: 'routed',
    object: idOf(ingress),
    limits: limitsOf(ingress),
    rule: {
      kind: 'path',
      ...ruleOf(path),
      host: { name: host },
      ...(annotation !== undefined && { annotation }),
    },
    ...(canary !== undefined && { canary: idOf(canary.ingress) }),
    backends: canary === undefined ? own : [...own, ingressBackendOf(canary.ingress, canary.backend)],
  }
}

/** Where a request goes if one of some paths matches, and where it goes otherwise. */
function perhapsBy(
  [first, ...others]: readonly IngressCandidate[],
  annotation: string | undefined,
  asked: string,
  otherwise: Routing,
): Routing {
  if (first === undefined) return otherwise
  return {
    kind: 'unknown',
    object: idOf(first.ingress),
    why: whyUnknown(first, annotation, asked),
    backends: perhaps(
      [first, ...others].map(one => ingressBackendOf(one.ingress, one.path.backend)),
      otherwise,
    ),
  }
}

const ruleOf = ({ type, path, at }: IngressPath) => ({ type, path, at })

const idOf = (ingress: Ingress): string => ingressRef(ingress).id

/** How specific the rules of an Ingress are about a host; undefined where none matches and nothing catches the rest. */
export function specificityOf(ingress: Ingress, host: string): Specificity | undefined {
  const matching = ingress.rules.map(rule => matchRule(host, rule)?.specificity)
  return mostSpecific(catchesAll(ingress) ? [...matching, EVERY_HOST] : matching)
}

const catchesAll = ({ rules, defaultBackend }: Ingress): boolean =>
  rules.length === 0 && defaultBackend !== undefined

/** S-359: the default backend receives what no rule matches. */
function byDefault(
  ingresses: readonly Ingress[],
  unmatched: Unmatched,
  { limitsOf }: ServedBy,
  literal?: IngressPath,
): Routing {
  for (const ingress of ingresses)
    if (ingress.defaultBackend !== undefined)
      return {
        kind: 'routed',
        object: idOf(ingress),
        limits: limitsOf(ingress),
        rule: { kind: 'default-backend' },
        backends: [ingressBackendOf(ingress, ingress.defaultBackend)],
      }
  const [first] = ingresses
  return {
    kind: 'no-route',
    object: first === undefined ? 'ingress' : idOf(first),
    why: { kind: 'no-ingress-rule', unmatched, ...(literal !== undefined && { literal: literal.path }) },
  }
}

/**
 * S-359: for a host without any rule, the default backend of an Ingress that has no rules at all. For an Ingress with rules,
 * ingress-nginx uses the default backend for the hosts of these alone; other controllers do not.
 */
function forOtherHosts(ingresses: readonly Ingress[], unmatched: Unmatched, served: ServedBy): Routing {
  const alone = ingresses.filter(catchesAll)
  const beside = ingresses.find(({ defaultBackend }) => defaultBackend !== undefined)
  if (alone.length > 0 || beside === undefined)
    return byDefault(alone.length > 0 ? alone : ingresses, unmatched, served)
  const object = idOf(beside)
  return served.controller?.keepsDefaultBackend
    ? {
        kind: 'no-route',
        object,
        why: { kind: 'default-backend-of-other-hosts', unmatched, ingress: object },
      }
    : {
        kind: 'unknown',
        object,
        why: { kind: 'default-backend', unmatched, ingress: object },
        backends: defaultBackendOf(beside),
      }
}

const defaultBackendOf = (ingress: Ingress): readonly RouteBackend[] =>
  ingress.defaultBackend === undefined ? [] : [ingressBackendOf(ingress, ingress.defaultBackend)]

/** S-354: the Service is in the namespace of the Ingress. */
function ingressBackendOf({ namespace, annotations }: Ingress, backend: IngressBackend): RouteBackend {
  switch (backend.kind) {
    case 'service':
      return { kind: 'service', namespace, name: backend.service, port: backend.port, annotations }
    case 'resource':
      return { kind: 'unmodeled', what: backend.resource, isNamed: true }
  }
}

/** A request for each path of an Ingress, with an example of a host for wildcards and rules without one. */
export function requestsOf(ingress: Ingress, port: number): readonly HttpRequest[] {
  const { rules, defaultBackend } = ingress
  const plain = { scheme: 'http', protocol: 'TCP', port } as const
  const requests = rules.flatMap(rule =>
    rule.paths.map(path => ({
      ...plain,
      host: exampleOfHost(rule.host),
      path: examplePath(ingress, path),
    })),
  )
  return requests.length > 0 || defaultBackend === undefined
    ? requests
    : [{ ...plain, host: exampleOfHost(undefined), path: '/' }]
}

/** A request for each rule, and one that no rule is for where there is a default backend. */
export function waysOfIngress(ingress: Ingress, canaries: readonly Ingress[]): readonly WayIn[] {
  const { namespace, rules, defaultBackend, tls } = ingress
  const asking = askingFor(ingress)
  const others = canaries.filter(({ className }) => className === ingress.className && !isCanary(ingress))
  const usual = tls ? HTTPS : HTTP
  const listeners = listenersOfAny(ingress.annotations)
  const [listener = usual] = listeners.some(({ port }) => port === usual.port) ? [] : listeners
  const plain = { protocol: 'TCP', ...listener } as const
  const way = (
    host: string | undefined,
    path: string,
    backend: IngressBackend,
    sends = asking,
  ): readonly WayIn[] =>
    backend.kind === 'resource'
      ? []
      : [
          {
            via: idOf(ingress),
            request: { ...plain, host: exampleOfHost(host), path, ...(sends && { sends }) },
            services: [{ namespace, name: backend.service }],
          },
        ]
  return [
    ...rules.flatMap(({ host, paths }) =>
      paths.flatMap(path =>
        way(host, examplePath(ingress, path), path.backend, asking ?? gettingPast(others, host, path)),
      ),
    ),
    ...(defaultBackend === undefined ? [] : way(rules[0]?.host, anyPathBelow('/'), defaultBackend)),
  ]
}
