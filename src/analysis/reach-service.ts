import type { Service, ServicePort } from '../model/objects.ts'
import type { ReasonCode } from '../report/codes.ts'
import { portText } from '../report/open.ts'
import type { Port, Step } from '../report/report.ts'
import { ports } from '../sets/connections.ts'
import { answerLeg, type Detail, type Judged, refusal } from './answer.ts'
import { partyEndpoint, serviceEndpoint } from './endpoints.ts'
import type { Parties } from './names.ts'
import { pairsOf } from './pairs.ts'
import { nodeOf, type Party } from './party.ts'
import { asPort, type PortQuestion } from './port-question.ts'
import { dialled, endpointsOf, legsOf, portsAsked, type ServiceLeg } from './service.ts'
import { whyNoEndpoints } from './service-selector.ts'
import { behind, passed } from './stage.ts'
import type { World } from './world.ts'

/** A connection to a Service: to each endpoint behind it, on the endpoint's port, because that is what policies see (S-060, S-061). */
export function reachService(
  world: World,
  source: Parties,
  service: Service,
  asked: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  const none = (reason: ReasonCode, message: string, symptom: string): readonly Judged[] =>
    unserved(source, service, asked, { reason, message, symptom })
  const { type } = service
  if (source.endpoint.kind === 'External' && (type === 'ClusterIP' || type === 'ExternalName'))
    return none(
      'SERVICE_NOT_EXPOSED',
      `Service ${service.name} is of type ${type}, which is reached from inside the cluster only`,
      'connection times out',
    )
  const servicePorts = portsAsked(service, asked)
  if (servicePorts.length === 0)
    return none('SERVICE_PORT_UNKNOWN', unknownPort(service, asked), 'connection times out or is refused')
  const endpoints = endpointsOf(world, service)
  if (endpoints.length === 0)
    return none('SERVICE_HAS_NO_ENDPOINTS', whyNoEndpoints(world, service), noEndpointsSymptom(service))
  const legs = servicePorts.flatMap(port => legsOf(endpoints, port))
  if (legs.length === 0)
    return none('NAMED_PORT_UNRESOLVED', unresolved(service, servicePorts), 'connection refused')
  const sources = source.parties.map(party => seenAs(party, service))
  const judged = legs.flatMap(leg => judgeLeg(world, sources, service, leg, detail))
  if (judged.length === 0)
    return none(
      'SERVICE_HAS_NO_ENDPOINTS',
      `Service ${service.name} keeps to the client's node (internalTrafficPolicy: Local), and no Pod behind it is there`,
      'connection times out',
    )
  return behind(passed(forwards(world, service, legs)), judged)
}

/** The port that a question is about, as a report shows it, where it is one port of the Service. */
export function servicePortAsked(service: Service, asked: PortQuestion): Port | null {
  const [only, ...more] = portsAsked(service, asked)
  return only !== undefined && more.length === 0 ? portOf(only) : asPort(asked)
}

/** S-204, and S-225: the name of a headless Service without Pods stands for nothing. */
const noEndpointsSymptom = ({ headless }: Service): string =>
  headless ? 'name does not resolve' : 'connection refused'

function unresolved({ name }: Service, servicePorts: readonly ServicePort[]): string {
  const names = servicePorts.map(({ targetPort, protocol }) => `${protocol} ${targetPort}`).join(', ')
  return `Service ${name} leads to the port named ${names}, and no Pod behind it declares one`
}

/**
 * Whom the Pods behind a Service see. A client outside keeps its address with `externalTrafficPolicy: Local` (S-066);
 * else a node puts its own in its place, and which node that is nobody can tell (S-064).
 */
function seenAs(source: Party, { externalTrafficPolicy }: Service): Party {
  const keeps = source.kind !== 'external' || externalTrafficPolicy === 'Local'
  return keeps ? source : { ...source, addresses: undefined }
}

const portOf = ({ protocol, port, name }: ServicePort): Port => ({
  protocol,
  number: port,
  ...(name !== undefined && { name }),
})

function unknownPort(service: Service, asked: PortQuestion): string {
  const has = service.ports.map(port => portText(portOf(port))).join(', ')
  return `Service ${service.name} has no port ${portText(asPort(asked))}; it has ${has || 'none'}`
}

function judgeLeg(
  world: World,
  sources: readonly Party[],
  service: Service,
  leg: ServiceLeg,
  detail: Detail,
): readonly Judged[] {
  const { to, servicePort, port: number } = leg
  const { protocol } = servicePort
  const ask = ports(protocol, number, number)
  const through = { service, dialled: dialled(servicePort) }
  const served = sources.filter(from => isServed(service, from, to))
  return pairsOf(world, served, [to]).flatMap(([from]) =>
    answerLeg(world, { from, to, ask, port: { protocol, number }, through }, detail),
  )
}

/** S-205: with `internalTrafficPolicy: Local`, only the Pods on the client's node get its connections. */
function isServed({ internalTrafficPolicy }: Service, from: Party, to: Party): boolean {
  const [here, there] = [nodeOf(from), nodeOf(to)]
  const apart = here !== undefined && there !== undefined && here !== there
  return internalTrafficPolicy === 'Cluster' || !apart
}

/** The step from the Service to what is behind it. */
function forwards(world: World, service: Service, legs: readonly ServiceLeg[]): Step {
  const targets = legs.map(({ to, servicePort, port }) => {
    const id = `${partyEndpoint(world, to).id}:${port}`
    return port === servicePort.port ? id : `${id} (for ${servicePort.port})`
  })
  const shown = targets.slice(0, 3).join(', ')
  const more = targets.length > 3 ? ` and ${targets.length - 3} more` : ''
  return {
    step: 'service',
    verdict: 'yes',
    reason: 'SERVICE_FORWARDS',
    message: `${service.headless ? 'the name stands for' : 'forwards to'} ${shown}${more}`,
    object: serviceEndpoint(service).id,
  }
}

/** A connection that ends at the Service: no policy has been asked. */
function unserved(
  source: Parties,
  service: Service,
  asked: PortQuestion,
  why: { readonly reason: ReasonCode; readonly message: string; readonly symptom: string },
): readonly Judged[] {
  const to = serviceEndpoint(service)
  const { reason, message } = why
  const step = { step: 'service', verdict: 'no', reason, message, object: to.id } as const
  return [refusal({ from: source.endpoint, to, port: asPort(asked) }, { ...why, steps: [step] })]
}
