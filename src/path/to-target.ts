import { assumptionsOfEndpoints } from '../explain/assumptions/endpoints.ts'
import type { Service } from '../model/objects.ts'
import type { EndpointsTarget, ServiceTarget, Target } from '../naming/names.ts'
import { askOf, asPort } from '../naming/port.ts'
import { nodePortAt } from '../network/address-owner.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import { pairsOf } from '../network/representatives.ts'
import { backendsOf } from '../network/service-backends.ts'
import type { Port } from '../report/common.ts'
import { portText } from '../report/open.ts'
import { isEmpty, NONE, ports } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { answerFlow, type Detail, type Judged, refusal } from './answer.ts'
import type { ServiceCall } from './service-clients.ts'
import { reachService, servicePortAsked } from './through-service.ts'

/** The answers for all pairs of a source and an end behind a target. */
export function reachTarget(
  world: World,
  source: EndpointsTarget,
  target: Target,
  asked: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  if (source.endpoints.length === 0) return [withoutPods(source, target, source, asked)]
  switch (target.kind) {
    case 'service':
      return isOpenEnded(target.service, asked)
        ? reachEndpoints(world, source, behindHeadless(world, target), asked, detail)
        : reachService(world, source, { ...target, asked, detail })
    case 'endpoints': {
      const call = nodePortCall(world, target, asked)
      return call === undefined
        ? reachEndpoints(world, source, target, asked, detail)
        : reachService(world, source, { ...call, detail })
    }
    case 'api-server':
      return reachApiServer(world, source, target, asked, detail)
  }
}

/** S-215: a headless Service without ports, asked for none, stands for its endpoints and nothing else. */
export const isOpenEnded = ({ headless, ports: listed }: Service, { port }: PortQuestion): boolean =>
  headless && listed.length === 0 && port === undefined

const behindHeadless = (
  world: World,
  { ref, service, backends = backendsOf(world, service) }: ServiceTarget,
): EndpointsTarget => ({
  kind: 'endpoints',
  ref,
  endpoints: backends.map(({ endpoint }) => endpoint),
})

/** A port of a node that leads to a Service (S-067). */
function nodePortCall(
  world: World,
  { endpoints: [endpoint, ...others] }: EndpointsTarget,
  asked: PortQuestion,
): Omit<ServiceCall, 'detail'> | undefined {
  if (endpoint?.kind !== 'node' || others.length > 0 || typeof asked.port !== 'number') return undefined
  const found = nodePortAt(world, asked.protocol ?? 'TCP', asked.port)
  return found && { service: found.service, dialled: endpoint.node, asked }
}

/** The port that a question is about, as a report shows it. */
export function portOfTarget(source: EndpointsTarget, target: Target, asked: PortQuestion): Port | null {
  return target.kind === 'service' ? servicePortAsked(source, { ...target, asked }) : asPort(asked)
}

/** S-302: an object that stands for no Pods is there to be asked about, but nothing connects. */
function withoutPods(
  from: EndpointsTarget,
  to: Pick<Target, 'ref'>,
  empty: EndpointsTarget,
  asked: PortQuestion,
): Judged {
  return refusal(
    { from: from.ref, to: to.ref, port: asPort(asked) },
    {
      reason: 'WORKLOAD_HAS_NO_PODS',
      message: `${empty.ref.id} has no Pods`,
      symptom: from === empty ? 'nothing runs that could connect' : 'connection times out',
      steps: [],
    },
  )
}

function reachEndpoints(
  world: World,
  source: EndpointsTarget,
  target: EndpointsTarget,
  asked: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  if (target.endpoints.length === 0) return [withoutPods(source, target, target, asked)]
  return pairsOf(world, source.endpoints, target.endpoints).flatMap(([from, to]) =>
    judgeLeg(world, from, to, asked, detail),
  )
}

function judgeLeg(
  world: World,
  from: Endpoint,
  to: Endpoint,
  asked: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  const asking = askOf(asked, to.kind === 'pod' ? to.pod : undefined)
  if (asking !== undefined) return answerFlow(world, { from, to, ...asking, through: undefined }, detail)
  const target = endpointRef(world, to)
  return [
    refusal(
      { from: endpointRef(world, from), to: target, port: asPort(asked) },
      {
        reason: 'NAMED_PORT_UNRESOLVED',
        message: `${target.id} declares no port ${portText(asPort(asked))}`,
        symptom: 'the name of the port means nothing here',
        steps: [],
      },
      assumptionsOfEndpoints(world, [from, to]),
    ),
  ]
}

/** Where the API server listens behind port 443 of its Service (S-069). */
const API_SERVER_PORT = 6443

/** S-069: behind the Service of the API server are nodes, of which the input need not tell. */
function reachApiServer(
  world: World,
  source: EndpointsTarget,
  { ref }: Extract<Target, { kind: 'api-server' }>,
  { protocol = 'TCP', port = 443 }: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  const asked = { protocol, port }
  if (protocol !== 'TCP' || (port !== 443 && port !== 'https')) {
    const message = `Service kubernetes has no port ${portText(asPort(asked))}; it has TCP https (443)`
    const reason = 'SERVICE_PORT_UNKNOWN'
    const steps = [{ step: 'service', verdict: 'no', reason, message, object: ref.id } as const]
    const symptom = 'connection times out or is refused'
    return [refusal({ from: source.ref, to: ref, port: asPort(asked) }, { reason, message, symptom, steps })]
  }
  const to: Endpoint = { kind: 'external', name: 'API server', addresses: undefined, isNode: true }
  const ask = ports('TCP', API_SERVER_PORT, API_SERVER_PORT)
  const assumption = { code: 'ASSUMED_API_SERVER', facts: { port: API_SERVER_PORT } } as const
  return pairsOf(world, source.endpoints, [to])
    .flatMap(([from]) =>
      answerFlow(
        world,
        { from, to, ask, port: { protocol: 'TCP', number: API_SERVER_PORT }, through: undefined },
        detail,
      ),
    )
    .map(judged => ({
      ...judged,
      open: isEmpty(judged.open) ? NONE : ports('TCP', 443, 443),
      assumptions: [assumption, ...judged.assumptions],
    }))
}
