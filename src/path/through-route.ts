import { type EndpointsTarget, endpointsTarget } from '../naming/names.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import type { Answer, Step } from '../report/report.ts'
import { isEmpty, NONE, ports } from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { type Detail, type Judged, refusal } from './answer.ts'
import { findService } from './dns/zone.ts'
import { behind, type Hop } from './hop.ts'
import { nameOfController } from './http/controllers.ts'
import { enter } from './http/entry.ts'
import { type EntryPoint, entryPointsFor } from './http/entry-points.ts'
import type { HttpRequest, RouteBackend } from './http/request.ts'
import type { ClusterSettings } from './settings.ts'
import { verdictOf } from './summary.ts'
import { SYMPTOMS } from './symptoms.ts'
import { type NameReached, reachName } from './through-name.ts'
import { reachService } from './through-service.ts'

/** What is asked of an Ingress or a Gateway. */
export interface RequestAsked {
  /** As it was typed. */
  readonly url: string
  readonly request: HttpRequest
  readonly settings: ClusterSettings
  readonly detail: Detail
}

/** A request from outside: to a controller's Pods, by its routes to a Service, and from the controller to what is behind it (S-350, S-351). */
export function reachRequest(world: World, source: EndpointsTarget, asked: RequestAsked): NameReached {
  const { url, request, settings } = asked
  const entryPoints = entryPointsFor(world, request, settings)
  if (entryPoints.length === 0)
    cannotAnswer(
      'NO_ROUTES',
      `\`${url}\` is outside the cluster, and no Ingress or Gateway in the input leads from there to a Pod`,
      'name a Service of type NodePort or LoadBalancer, or add the Ingress with `-f`',
    )
  const to: EndpointRef = { id: printable(url), kind: 'URL' }
  const port: Port = { protocol: 'TCP', number: request.port }
  const dialled = ports('TCP', request.port, request.port)
  const judged = entryPoints
    .flatMap(entryPoint => throughFront(world, source, entryPoint, { to, port }, asked))
    .map(one => ({ ...one, open: isEmpty(one.open) ? NONE : dialled }))
  return { judged, to, port }
}

interface Ends {
  readonly to: EndpointRef
  readonly port: Port
}

function throughFront(
  world: World,
  source: EndpointsTarget,
  entryPoint: EntryPoint,
  ends: Ends,
  asked: RequestAsked,
): readonly Judged[] {
  const hop = routeStage(world, source, entryPoint, asked)
  const { routing } = entryPoint
  const here = { from: source.ref, ...ends }
  if (routing.kind === 'routed')
    return behind(
      hop,
      routing.backends.flatMap(backend => throughBackend(world, entryPoint, backend, here, asked)),
    )
  const { reason, message, symptom } = hop
  const answer = refusal(here, { reason, message, symptom, steps: [] })
  if (routing.kind === 'no-route') return behind(hop, [answer])
  // Nothing comes behind the route that could still refuse: the stage alone decides.
  const passed = { ...answer.answer, verdict: 'yes' } as const
  return behind(hop, [{ ...answer, answer: passed }])
}

/** The connection to the controller, and what its routes make of the request. */
function routeStage(world: World, source: EndpointsTarget, entryPoint: EntryPoint, asked: RequestAsked): Hop {
  const { controller, routing, warnings } = entryPoint
  const entries = enter(world, source, entryPoint, asked.request, asked.detail)
  const answers = entries.map(({ answer }) => answer)
  const entry = answers.length === 0 ? undefined : verdictOf(answers)
  const steps = answers.find(({ verdict }) => verdict !== 'yes')?.steps ?? answers[0]?.steps ?? []
  const name = nameOfController(world, controller)
  const outcome = entry === undefined || entry.verdict === 'yes' ? routed(entryPoint, name) : entry
  const { verdict, reason, symptom } = outcome
  const message = outcome === entry ? `the client does not get to ${name}: ${entry.message}` : outcome.message
  const step: Step = { step: 'name', verdict, reason, message, object: routing.object }
  return {
    verdict,
    reason,
    message,
    symptom,
    steps: [steps.length > 0 ? { ...step, steps } : step],
    assumptions: [...controller.assumptions, ...entries.flatMap(({ assumptions }) => assumptions)],
    warnings,
    sides: entries.flatMap(entry => entry.sides),
    goneRoundByAddress: false,
  }
}

function routed(
  { routing }: EntryPoint,
  controller: string,
): Pick<Hop, 'verdict' | 'reason' | 'message' | 'symptom'> {
  switch (routing.kind) {
    case 'routed': {
      const to = routing.backends.map(backendText).join(', ')
      const message = `${routing.rule} leads to ${to}, by way of ${controller}`
      return { verdict: 'yes', reason: 'ROUTE_MATCHES', message, symptom: SYMPTOMS.yes }
    }
    case 'redirected':
      return {
        verdict: 'yes',
        reason: 'ROUTE_REDIRECTS',
        message: `${routing.rule} is a redirect`,
        symptom: 'HTTP 302',
      }
    case 'no-route':
      return { verdict: 'no', reason: 'NO_ROUTE', message: routing.why, symptom: 'HTTP 404' }
    case 'unknown':
      return {
        verdict: 'undetermined',
        reason: 'UNDETERMINED_ROUTE',
        message: routing.why,
        symptom: SYMPTOMS.undetermined,
      }
  }
}

const backendText = (backend: RouteBackend): string =>
  backend.kind === 'service'
    ? `Service ${backendId(backend)}${backend.port === undefined ? '' : `:${backend.port}`}`
    : 'a backend that cannot be followed'

/** From the controller to what is behind a Service. Most dial the endpoints themselves, which policies see alike (S-350). */
function throughBackend(
  world: World,
  { controller }: EntryPoint,
  backend: RouteBackend,
  here: Ends & { readonly from: EndpointRef },
  { settings, detail }: RequestAsked,
): readonly Judged[] {
  const stop = (verdict: 'no' | 'undetermined', why: Pick<Answer, 'reason' | 'message' | 'symptom'>) => {
    const { reason, message } = why
    const step = { step: 'service', verdict, reason, message, object: backendId(backend) } as const
    const judged = refusal(here, { ...why, steps: [step] })
    return [{ ...judged, answer: { ...judged.answer, verdict } }]
  }
  if (backend.kind === 'unusable')
    return stop('no', { reason: 'BACKEND_UNUSABLE', message: backend.why, symptom: 'HTTP 500' })
  if (backend.kind === 'unmodelled')
    return stop('undetermined', {
      reason: 'UNDETERMINED_BACKEND',
      message: backend.why,
      symptom: SYMPTOMS.undetermined,
    })
  const { namespace, name } = backend
  const service = findService(world, name, namespace)
  if (service === undefined)
    return stop('no', {
      reason: 'SERVICE_NOT_FOUND',
      message: `there is no Service ${backendId(backend)}`,
      symptom: 'HTTP 503',
    })
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const asked = { protocol: 'TCP', port: backend.port } as const
  const judged =
    service.externalName === undefined
      ? reachService(world, source, { service, dialled: 'endpoints', asked, detail })
      : reachName(world, source, {
          name: `${name}.${namespace}.svc.${settings.domain}`,
          asked,
          settings,
          detail,
        }).judged
  return judged.map(one => asSeenThrough(source, one))
}

const backendId = (backend: RouteBackend): string =>
  backend.kind === 'service' ? printable(`${backend.namespace}/${backend.name}`) : 'backend'

/** What the client sees of a backend that its controller does not get to. */
function asSeenThrough({ ref }: EndpointsTarget, judged: Judged): Judged {
  const { answer } = judged
  if (answer.verdict === 'yes') return judged
  const noService = NOTHING_THERE.includes(answer.reason)
  const symptom = noService ? 'HTTP 503' : answer.verdict === 'no' ? 'HTTP 504' : answer.symptom
  const message = noService
    ? answer.message
    : `the controller ${ref.id} does not get through to ${answer.to.id}: ${answer.message}`
  return { ...judged, answer: { ...answer, symptom, message } }
}

const NOTHING_THERE: readonly ReasonCode[] = [
  'SERVICE_HAS_NO_ENDPOINTS',
  'SERVICE_PORT_UNKNOWN',
  'NAMED_PORT_UNRESOLVED',
]
