import type { Service } from '../../model/objects.ts'
import { ports } from '../../sets/connections.ts'
import { answerLeg, type Detail, type Judged } from '../answer.ts'
import type { Parties } from '../names.ts'
import { isSame, type Party } from '../party.ts'
import { reachService } from '../reach-service.ts'
import { endpointsOf, portsAsked } from '../service.ts'
import type { World } from '../world.ts'
import type { Controller } from './controllers.ts'
import type { HttpRequest } from './request.ts'

/** The client's connection to the controller, through the Service in front of it where there is one (S-351); none where both are outside. */
export function enter(
  world: World,
  source: Parties,
  controller: Controller,
  request: HttpRequest,
  detail: Detail,
): readonly Judged[] {
  const pods = controller.parties.filter(({ kind }) => kind === 'pod')
  const service = pods.length === 0 ? undefined : frontService(world, pods, request)
  if (service === undefined)
    return source.parties.flatMap(from => pods.flatMap(to => enterPod(world, from, to, request, detail)))
  const asked = { protocol: 'TCP', port: request.port } as const
  return reachService(world, source, { service, dialled: 'inside', asked, detail })
}

/** The Service that leads clients outside to the controller on the port that they dial. */
function frontService(world: World, pods: readonly Party[], { port }: HttpRequest): Service | undefined {
  return world.cluster.services.find(
    service =>
      (service.type === 'LoadBalancer' || service.type === 'NodePort') &&
      portsAsked(service, { protocol: 'TCP', port }, 'either').length > 0 &&
      endpointsOf(world, service).some(({ party }) => pods.some(pod => isSame(pod, party))),
  )
}

/** Without a Service in the input: on the port that is called after the scheme, and with an address that is rewritten (S-064). */
function enterPod(
  world: World,
  from: Party,
  to: Party,
  { scheme, port }: HttpRequest,
  detail: Detail,
): readonly Judged[] {
  const names = scheme === 'https' ? ['https', 'websecure'] : ['http', 'web']
  const named =
    to.kind === 'pod'
      ? to.pod.ports.find(({ name }) => name !== undefined && names.includes(name))
      : undefined
  const isStandard = port === 80 || port === 443
  const number = isStandard ? (named?.number ?? port) : port
  const client: Party = from.kind === 'external' ? { ...from, addresses: undefined } : from
  const leg = {
    to,
    ask: ports('TCP', number, number),
    port: { protocol: 'TCP', number },
    through: undefined,
  } as const
  return answerLeg(world, { ...leg, from: client }, detail)
}
