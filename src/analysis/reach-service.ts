import type { Service, ServicePort } from '../model/objects.ts'
import type { ReasonCode } from '../report/codes.ts'
import { portText } from '../report/open.ts'
import type { Port, Reachability, Step } from '../report/report.ts'
import { ports } from '../sets/connections.ts'
import { answerLeg, type Detail } from './answer.ts'
import { assumptionsOfWorld } from './assumptions.ts'
import { cannotAnswer } from './cannot-answer.ts'
import { podEndpoint } from './endpoints.ts'
import type { Target } from './names.ts'
import { pairsOf } from './pairs.ts'
import { nodeOf, type Party } from './party.ts'
import { asPort, type PortQuestion } from './port-question.ts'
import { dialled, endpointsOf, legsOf, portsAsked, type ServiceLeg } from './service.ts'
import { summarize } from './summary.ts'
import type { World } from './world.ts'

type Parties = Extract<Target, { kind: 'parties' }>
type OfService = Extract<Target, { kind: 'service' }>

/** A connection to a Service: to each Pod behind it, on the Pod's port, because that is what policies see (S-060, S-061). */
export function reachService(
  world: World,
  source: Parties,
  target: OfService,
  asked: PortQuestion,
  detail: Detail,
): Reachability {
  const { service } = target
  refuseUnsupported(service)
  const none = (reason: ReasonCode, message: string, symptom: string): Reachability =>
    unserved(world, { source, target, asked }, { reason, message, symptom })
  if (source.endpoint.kind === 'External' && service.type === 'ClusterIP')
    return none(
      'SERVICE_NOT_EXPOSED',
      `Service ${service.name} is of type ClusterIP, which is reached from inside the cluster only`,
      'connection times out',
    )
  const servicePorts = portsAsked(service, asked)
  if (servicePorts.length === 0)
    return none('SERVICE_PORT_UNKNOWN', unknownPort(service, asked), 'connection times out or is refused')
  const pods = endpointsOf(world.cluster, service)
  if (pods.length === 0)
    return none(
      'SERVICE_HAS_NO_ENDPOINTS',
      `no Pod of namespace ${service.namespace} matches the selector of Service ${service.name}`,
      'connection refused',
    )
  const legs = servicePorts.flatMap(port => legsOf(pods, service, port))
  if (legs.length === 0)
    return none(
      'NAMED_PORT_UNRESOLVED',
      `no Pod behind Service ${service.name} declares the port that targetPort names`,
      'connection refused',
    )
  const sources = source.parties.map(party => seenAs(party, service))
  const judged = legs.flatMap(leg => judgeLeg(world, sources, service, leg, detail))
  if (judged.length === 0)
    return none(
      'SERVICE_HAS_NO_ENDPOINTS',
      `Service ${service.name} keeps to the client's node (internalTrafficPolicy: Local), and no Pod behind it is there`,
      'connection times out',
    )
  const [only] = servicePorts
  const port = only !== undefined && servicePorts.length === 1 ? portOf(only) : null
  return summarize(
    world,
    judged,
    { from: source.endpoint, to: target.endpoint, port },
    forwards(world, service, legs),
  )
}

/** What is not modelled yet must not be answered as if it were. */
function refuseUnsupported({ type, selector, namespace, name }: Service): void {
  if (type === 'ExternalName')
    cannotAnswer(
      'EXTERNAL_NAME',
      `Service ${namespace}/${name} is an ExternalName: a name outside the cluster`,
      'ask for the address behind it instead',
    )
  if (selector === undefined)
    cannotAnswer(
      'NO_SELECTOR',
      `Service ${namespace}/${name} has no selector; its endpoints are written by hand`,
      'ask for the address of an endpoint instead',
    )
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
) {
  const { pod, servicePort, podPort } = leg
  const { protocol } = servicePort
  const to: Party = { kind: 'pod', pod }
  const ask = ports(protocol, podPort, podPort)
  const through = { service, dialled: dialled(servicePort) }
  const served = sources.filter(from => isServed(service, from, to))
  return pairsOf(world, served, [to]).flatMap(([from]) =>
    answerLeg(world, { from, to, ask, port: { protocol, number: podPort }, through }, detail),
  )
}

/** S-205: with `internalTrafficPolicy: Local`, only the Pods on the client's node get its connections. */
function isServed({ internalTrafficPolicy }: Service, from: Party, to: Party): boolean {
  const [here, there] = [nodeOf(from), nodeOf(to)]
  const apart = here !== undefined && there !== undefined && here !== there
  return internalTrafficPolicy === 'Cluster' || !apart
}

/** The step from the Service to the Pods behind it. */
function forwards(world: World, service: Service, legs: readonly ServiceLeg[]): Step {
  const targets = legs.map(({ pod, servicePort, podPort }) => {
    const to = `${podEndpoint(world, pod).id}:${podPort}`
    return podPort === servicePort.port ? to : `${to} (for ${servicePort.port})`
  })
  const shown = targets.slice(0, 3).join(', ')
  const more = targets.length > 3 ? ` and ${targets.length - 3} more` : ''
  return {
    step: 'service',
    verdict: 'yes',
    reason: 'SERVICE_FORWARDS',
    message: `${service.headless ? 'the name stands for' : 'forwards to'} ${shown}${more}`,
    object: `${service.namespace}/${service.name}`,
  }
}

/** A connection that ends at the Service: no policy has been asked. */
function unserved(
  world: World,
  {
    source,
    target,
    asked,
  }: { readonly source: Parties; readonly target: OfService; readonly asked: PortQuestion },
  why: { readonly reason: ReasonCode; readonly message: string; readonly symptom: string },
): Reachability {
  const { reason, message } = why
  const step = { step: 'service', verdict: 'no', reason, message, object: target.endpoint.id } as const
  return {
    kind: 'Reachability',
    from: source.endpoint,
    to: target.endpoint,
    port: asPort(asked),
    verdict: 'no',
    ...why,
    open: [],
    steps: [step],
    assumptions: assumptionsOfWorld(world),
  }
}
