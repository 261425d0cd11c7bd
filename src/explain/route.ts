import { endpointsTarget } from '../naming/resolve.ts'
import { nameOfController } from '../path/http/controllers.ts'
import type { RouteBackend, RouteRule, Routing, UnknownRoute } from '../path/http/request.ts'
import type { AuthorizationHop, DeadEnd, Path, RouteHop } from '../path/path.ts'
import { decisiveHop, endOf, verdictOfRouting } from '../path/verdict.ts'
import type { Symptom } from '../report/common.ts'
import type { Conclusion } from '../report/facts/paths.ts'
import type { BackendFacts, RouteRuleFacts, UnknownRouteFacts } from '../report/facts/routes.ts'
import { sourceOf } from '../source/source-of.ts'
import type { World } from '../world/world.ts'
import { type Explanation, explanationOf, inferred, SYMPTOMS } from './explanation.ts'

/**
 * Where a controller routes a request, and why; `entry` explains the client's connection to the controller, and is undefined
 * where both are outside the cluster.
 */
export function explainRoute(
  world: World,
  { entryPoint: { controller, routing } }: RouteHop,
  entry: Explanation | undefined,
): Explanation {
  const name = nameOfController(world, controller)
  const { object } = routing
  const steps = entry === undefined || entry.steps.length === 0 ? {} : { steps: entry.steps }
  const explained = ({ verdict, why, symptom }: Pick<Explanation, 'verdict' | 'why' | 'symptom'>) =>
    explanationOf({ step: 'name', verdict, why, object, route: true, ...steps }, symptom)
  if (entry !== undefined && entry.verdict !== 'yes') {
    const { verdict, why, symptom } = entry
    const entered = inferred(why.code, { because: 'not-entered', controller: name, why })
    return explained({ verdict, why: entered, symptom })
  }
  return explained({
    verdict: verdictOfRouting(routing),
    why: whyRouted(routing, name),
    symptom: symptomOf(routing),
  })
}

/** Undefined where the server is reached: what it answers is not known, and nothing is to be said. */
export function explainAuthorization(
  { controller, object, by, url, isPerhaps }: AuthorizationHop,
  reached: Explanation | undefined,
): Explanation | undefined {
  if (reached === undefined || reached.verdict === 'yes') return undefined
  if (isPerhaps) {
    const why = { code: 'UNDETERMINED_ROUTE', facts: { kind: 'settings', route: object, by: [by] } } as const
    return explanationOf({ step: 'service', verdict: 'undetermined', why, object }, SYMPTOMS.undetermined)
  }
  const { verdict, steps } = reached
  const why = inferred(reached.why.code, { because: 'not-authorized', controller, by, url, why: reached.why })
  const symptom = verdict === 'no' ? 500 : reached.symptom
  return explanationOf(
    { step: 'name', verdict, why, object: url, ...(steps.length > 0 && { steps }) },
    symptom,
  )
}

/** What comes after a route, as the client sees it: the controller answers for a backend that it cannot reach. */
export function afterRoute(
  world: World,
  { entryPoint: { controller } }: RouteHop,
  path: Path,
  after: Explanation,
): Explanation {
  if (after.verdict === 'yes' || decisiveHop(path)?.kind === 'authorization') return after
  const end = endOf(path, after.verdict)
  if (end?.kind === 'backend' || end?.kind === 'refused-by-controller') return after
  if (end !== undefined && WITHOUT_BACKEND.includes(end.kind)) return { ...after, symptom: 503 }
  if (controller.unknown !== undefined && after.verdict === 'undetermined')
    return { ...after, why: { code: 'UNDETERMINED_CONTROLLER', facts: controller.unknown } }
  const why = inferred(after.why.code, {
    because: 'not-forwarded',
    controller: endpointsTarget(world, controller.endpoints, nameOfController(world, controller)).ref.id,
    to: path.to.id,
    why: after.why,
  })
  return { ...after, why, symptom: after.verdict === 'no' ? 504 : after.symptom }
}

/** Where the controller knows that there is no endpoint to forward to. */
const WITHOUT_BACKEND: readonly DeadEnd['kind'][] = [
  'no-backends',
  'no-backend-on-node',
  'port-unknown',
  'api-server-port-unknown',
  'port-not-declared',
  'target-port-unresolved',
]

function whyRouted(routing: Routing, controller: string): Conclusion {
  switch (routing.kind) {
    case 'routed':
      return {
        code: 'ROUTE_MATCHES',
        facts: {
          rule: routeRuleFacts(routing.rule),
          backends: routing.backends.map(backendFacts),
          controller,
        },
      }
    case 'redirected':
      return { code: 'ROUTE_REDIRECTS', facts: { rule: routeRuleFacts(routing.rule) } }
    case 'no-route':
      return { code: 'NO_ROUTE', facts: routing.why }
    case 'unknown':
      return { code: 'UNDETERMINED_ROUTE', facts: unknownFacts(routing.why) }
  }
}

function symptomOf(routing: Routing): Symptom {
  switch (routing.kind) {
    case 'routed':
      return SYMPTOMS.yes
    case 'redirected':
      return 302
    case 'no-route':
      return routing.why.kind === 'not-listening' ? 'times-out' : 404
    case 'unknown':
      return SYMPTOMS.undetermined
  }
}

function routeRuleFacts(rule: RouteRule): RouteRuleFacts {
  if (rule.kind === 'default-backend') return rule
  if (rule.kind === 'any') return { kind: 'any', source: sourceOf(rule.at) }
  const { kind, type, path, host, annotation, at } = rule
  return {
    kind,
    type,
    path,
    ...(host && { host: host.name ?? null }),
    ...(annotation !== undefined && { annotation }),
    source: sourceOf(at),
  }
}

function backendFacts(backend: RouteBackend): BackendFacts {
  if (backend.kind !== 'service') return null
  const { namespace, name, targetPort, port = targetPort } = backend
  return { service: `${namespace}/${name}`, ...(port !== undefined && { port }) }
}

function unknownFacts(why: UnknownRoute): UnknownRouteFacts {
  if (why.kind === 'default-backend') return why
  const { at, ...rest } = why
  return { ...rest, source: sourceOf(at) }
}
