import { whyNoEndpoints } from '../explain/service-selector.ts'
import type { Service, ServicePort } from '../model/objects.ts'
import type { EndpointsTarget } from '../naming/names.ts'
import { asPort } from '../naming/port.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { endpointRef, podRef, serviceRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import { pairsOf } from '../network/representatives.ts'
import {
  type Arrival,
  arrivalsOf,
  backendsOf,
  chosenPods,
  dialled,
  portsAsked,
  type ServiceAddress,
  untranslatedArrivalsOf,
} from '../network/service-backends.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { Port } from '../report/common.ts'
import { portText } from '../report/open.ts'
import type { Answer, Step } from '../report/report.ts'
import { isEmpty } from '../sets/addresses.ts'
import { ports } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { answerFlow, type Judged, refusal } from './answer.ts'
import { behind, type Hop, passed } from './hop.ts'
import {
  admittedTo,
  assumedServed,
  egressBeforeRewrite,
  isServed,
  type ServiceCall,
  seenAs,
} from './service-clients.ts'

/** A connection to a Service: to each endpoint behind it, on the endpoint's port, because that is what policies see (S-060, S-061). */
export function reachService(world: World, source: EndpointsTarget, call: ServiceCall): readonly Judged[] {
  const { service, asked } = call
  const none = (reason: ReasonCode, message: string, symptom: string): readonly Judged[] =>
    unserved(source, service, asked, { reason, message, symptom })
  const isOutside = source.ref.kind === 'External'
  if (isOutside && call.dialled === 'inside' && !isExposed(service))
    return none(
      'SERVICE_NOT_EXPOSED',
      `Service ${service.name} is of type ${service.type}, which is reached from inside the cluster only`,
      'connection times out',
    )
  const servicePorts = portsAsked(service, asked, serviceAddressOf(source, call))
  if (servicePorts.length === 0)
    return none('SERVICE_PORT_UNKNOWN', unknownPort(service, asked), 'connection times out or is refused')
  const { backends = backendsOf(world, service) } = call
  if (backends.length === 0)
    return none('SERVICE_HAS_NO_ENDPOINTS', whyNoEndpoints(world, service), noEndpointsSymptom(service))
  const legsTo = service.headless && call.dialled !== 'endpoints' ? untranslatedArrivalsOf : arrivalsOf
  const flows = servicePorts.flatMap(port => legsTo(backends, port))
  if (flows.length === 0) return unserved(source, service, asked, unresolvedWhy(world, service, servicePorts))
  const { admitted, refused } = admittedTo(source, call)
  const used = flows.filter(({ to }) =>
    admitted.some(from => isServed(service, call.dialled, from, to) !== 'no'),
  )
  const forwarded = passed(forwards(world, service, used))
  const judged = flows.flatMap(flow => judgeLeg(world, admitted, call, flow, forwarded))
  if (judged.length === 0 && refused.length === 0)
    return none('SERVICE_HAS_NO_ENDPOINTS', noneOnNode(call), 'connection times out')
  const idle = servicePorts.filter(port => !flows.some(({ servicePort }) => servicePort === port))
  const leadNowhere = idle.flatMap(port =>
    unserved(
      source,
      service,
      { protocol: port.protocol, port: port.port },
      unresolvedWhy(world, service, [port]),
    ),
  )
  return [...judged, ...leadNowhere, ...refused]
}

/** A load balancer listens on the Service's own ports only (S-211); a client outside that knows a name may come either way. */
export function serviceAddressOf(
  { ref }: EndpointsTarget,
  { dialled: how }: Pick<ServiceCall, 'dialled'>,
): ServiceAddress {
  if (typeof how === 'object') return 'nodes'
  return how === 'inside' && ref.kind === 'External' ? 'either' : 'own'
}

const isExposed = ({ type, externalAddresses }: Service): boolean =>
  type === 'NodePort' || type === 'LoadBalancer' || !isEmpty(externalAddresses)

/** S-205. */
function noneOnNode({ service: { name }, dialled }: ServiceCall): string {
  return typeof dialled === 'object'
    ? `Service ${name} keeps to the node that was dialled (externalTrafficPolicy: Local), and no Pod behind it is on ${dialled.name}`
    : `Service ${name} keeps to the client's node (internalTrafficPolicy: Local), and no Pod behind it is there`
}

/** The port that a question is about, as a report shows it, where it is one port of the Service. */
export function servicePortAsked(
  source: EndpointsTarget,
  call: Pick<ServiceCall, 'service' | 'dialled' | 'asked'>,
): Port | null {
  const { service, asked } = call
  const [only, ...more] = portsAsked(service, asked, serviceAddressOf(source, call))
  const isNodePort = typeof asked.port === 'number' && only?.port !== asked.port
  return only !== undefined && more.length === 0 && !isNodePort ? portOf(only) : asPort(asked)
}

/** S-204, and S-225: the name of a headless Service without Pods stands for nothing. */
const noEndpointsSymptom = ({ headless }: Service): string =>
  headless ? 'name does not resolve' : 'connection refused'

/** What the first of the Pods behind a Service calls its ports. */
function declaredBehind(world: World, service: Service): string {
  const [pod] = chosenPods(world, service)
  if (pod === undefined || pod.ports.length === 0) return ''
  const listed = pod.ports.map(({ name, number }) => (name === undefined ? number : `${name} (${number})`))
  return `: ${podRef(world, pod).id} declares ${listed.join(', ')}`
}

function unresolvedWhy(world: World, service: Service, servicePorts: readonly ServicePort[]): Unserved {
  const { name, selector } = service
  const symptom = 'connection refused'
  const reason = 'NAMED_PORT_UNRESOLVED'
  if (selector === undefined) {
    const listed = servicePorts.map(port => `${port.protocol} ${port.name ?? 'without a name'}`).join(', ')
    return {
      reason,
      symptom,
      message: `no Endpoints or EndpointSlice of Service ${name} has a port ${listed}`,
    }
  }
  const names = servicePorts.map(({ targetPort, protocol }) => `${protocol} ${targetPort}`).join(', ')
  const declared = declaredBehind(world, service)
  const message = `Service ${name} leads to the port named ${names}, and no Pod behind it declares one${declared}`
  return { reason, message, symptom }
}

const portOf = ({ protocol, port, name }: ServicePort): Port => ({
  protocol,
  number: port,
  ...(name !== undefined && { name }),
})

function unknownPort(service: Service, asked: PortQuestion): string {
  const has = service.ports.map(port => portText(portOf(port))).join(', ')
  const leading = service.ports.find(({ targetPort }) => targetPort === asked.port)
  const instead =
    leading === undefined ? '' : `: ${leading.targetPort} is the port of the Pods behind ${leading.port}`
  return `Service ${service.name} has no port ${portText(asPort(asked))}; it has ${has || 'none'}${instead}`
}

function judgeLeg(
  world: World,
  sources: readonly Endpoint[],
  { service, dialled: how, detail }: ServiceCall,
  { to, servicePort, port: number }: Arrival,
  forwarded: Hop,
): readonly Judged[] {
  const { protocol } = servicePort
  const ask = ports(protocol, number, number)
  const flow = { to, ask, port: { protocol, number }, through: { service, dialled: dialled(servicePort) } }
  const served = sources.filter(from => isServed(service, how, from, to) !== 'no')
  return pairsOf(world, served, [to]).flatMap(([from]) => {
    const isSure = isServed(service, how, from, to) === 'yes'
    const seen = seenAs(world, from, service, how)
    const answers = answerFlow(world, { ...flow, from: seen }, detail).map(one =>
      isSure ? one : { ...one, assumptions: [assumedServed(service), ...one.assumptions] },
    )
    if (seen === from) return behind(forwarded, answers)
    const hop = egressBeforeRewrite(world, { ...flow, from }, detail)
    const asAsked = answers.map(one => ({
      ...one,
      answer: { ...one.answer, from: endpointRef(world, from) },
    }))
    return behind(forwarded, hop === undefined ? asAsked : behind(hop, asAsked))
  })
}

/** The step from the Service to what is behind it. */
function forwards(world: World, service: Service, flows: readonly Arrival[]): Step {
  const targets = flows.map(({ to, servicePort, port }) => {
    const id = `${endpointRef(world, to).id}:${port}`
    return port === servicePort.port ? id : `${id} (for ${servicePort.port})`
  })
  const shown = targets.slice(0, 3).join(', ')
  const more = targets.length > 3 ? ` and ${targets.length - 3} more` : ''
  return {
    step: 'service',
    verdict: 'yes',
    reason: 'SERVICE_FORWARDS',
    message: `${service.headless ? 'the name stands for' : 'forwards to'} ${shown}${more}`,
    object: serviceRef(service).id,
  }
}

type Unserved = Pick<Answer, 'reason' | 'message' | 'symptom'>

/** A connection that ends at the Service: no policy has been asked. */
function unserved(
  source: EndpointsTarget,
  service: Service,
  asked: PortQuestion,
  why: Unserved,
): readonly Judged[] {
  const to = serviceRef(service)
  const { reason, message } = why
  const step = { step: 'service', verdict: 'no', reason, message, object: to.id } as const
  return [refusal({ from: source.ref, to, port: asPort(asked) }, { ...why, steps: [step] })]
}
