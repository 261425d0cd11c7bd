import { type EndpointsTarget, endpointsTarget, type IngressTarget, resolve } from '../naming/names.ts'
import { splitPort } from '../naming/port.ts'
import { nodePortAt } from '../network/address-owner.ts'
import type { PortQuestion } from '../network/flow.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { Reachability } from '../report/report.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import type { World } from '../world/world.ts'
import type { Detail } from './answer.ts'
import { readDestination } from './destination.ts'
import { behind, type Hop } from './hop.ts'
import { isServedHere } from './http/entry-points.ts'
import { requestsOf } from './http/ingress-routes.ts'
import type { ReachQuestion } from './question.ts'
import { summarize } from './summary.ts'
import { type NameReached, reachName } from './through-name.ts'
import { type RequestAsked, reachRequest } from './through-route.ts'
import { portOfTarget, reachTarget } from './to-target.ts'

/** Whether a new connection from one end to another succeeds. Throws CannotAnswer for a question that has no answer. */
export const reach = (world: World, question: ReachQuestion, detail: Detail): Reachability =>
  judgeReach(world, question, detail).report

/** The answer, with what it was made of. */
export interface JudgedReach {
  readonly report: Reachability
  readonly sides: readonly PolicySide[]
}

/** As `reach`. */
export function judgeReach(world: World, question: ReachQuestion, detail: Detail): JudgedReach {
  const source = resolveSource(world, question)
  const { judged, to, port } = reachDestination(world, source, question, detail)
  const report = summarize(world, judged, { from: source.ref, to, port })
  return { report, sides: judged.flatMap(({ sides }) => sides) }
}

function reachDestination(
  world: World,
  source: EndpointsTarget,
  question: ReachQuestion,
  detail: Detail,
): NameReached {
  const { destination, asked } = readDestination(world, source, question)
  switch (destination.kind) {
    case 'object': {
      const { target, assumptions } = destination
      if (source.ref.kind === 'External' && target.ref.kind === 'External')
        bothOutside(world, question, asked)
      const judged = reachTarget(world, source, target, asked, detail).map(one => ({
        ...one,
        assumptions: [...assumptions, ...one.assumptions],
      }))
      return { judged, to: target.ref, port: portOfTarget(source, target, asked) }
    }
    case 'name': {
      const { settings } = question
      const { name, request } = destination
      const reached = reachName(world, source, { name, asked, settings, detail })
      // A name outside that a route of this cluster is for comes back in.
      return request === undefined || !reached.isOutside || !isServedHere(world, request, settings)
        ? reached
        : comeBackIn(world, reached, { url: question.to, request, settings, detail })
    }
    case 'ingress':
      return throughIngress(world, source, question, destination, asked, detail)
    case 'request': {
      const { to: url, settings } = question
      return reachRequest(world, source, { url, request: destination.request, settings, detail })
    }
  }
}

/** The way out to the name's address, and from there in again through the Ingress or the Gateway that it leads to. */
function comeBackIn(world: World, out: NameReached, asked: RequestAsked): NameReached {
  const from: EndpointsTarget = endpointsTarget(
    world,
    [{ kind: 'external', name: out.to.id, addresses: undefined }],
    '',
  )
  const { judged, to, port } = reachRequest(world, from, asked)
  const hops = out.judged.map(({ answer, assumptions, warnings, sides }): Hop => {
    return { ...answer, assumptions, warnings, sides, goneRoundByAddress: false }
  })
  return { judged: hops.flatMap(hop => behind(hop, judged)), to, port }
}

/** Every path of an Ingress, for a client outside. Throws CannotAnswer for one inside, who would ask for a name. */
function throughIngress(
  world: World,
  source: EndpointsTarget,
  { to: url, settings }: ReachQuestion,
  { ingress, ref }: IngressTarget,
  asked: PortQuestion,
  detail: Detail,
): NameReached {
  if (source.ref.kind !== 'External')
    cannotAnswer(
      'INGRESS_IS_FOR_OUTSIDE',
      `${ref.id} leads clients outside the cluster to Services`,
      'ask from `internet` or an address, or for the Service itself',
    )
  const number = typeof asked.port === 'number' ? asked.port : 80
  const judged = requestsOf(ingress, number).flatMap(
    request => reachRequest(world, source, { url, request, settings, detail }).judged,
  )
  return { judged, to: ref, port: { protocol: 'TCP', number } }
}

function bothOutside(
  world: World,
  { from, to }: ReachQuestion,
  { protocol = 'TCP', port }: PortQuestion,
): never {
  const leading = typeof port === 'number' ? nodePortAt(world, protocol, port)?.service : undefined
  return cannotAnswer(
    'OUTSIDE_THE_CLUSTER',
    `both \`${from}\` and \`${to}\` are outside the cluster`,
    leading === undefined
      ? 'NetworkPolicies decide about Pods: name a Pod, a workload or a Service at one end'
      : `if \`${to}\` is a node, add its Node to the input, or ask for \`${leading.namespace}/svc/${leading.name}:${port}\``,
  )
}

function resolveSource(world: World, question: ReachQuestion): EndpointsTarget {
  const { name, port } = splitPort(question.from)
  if (port !== undefined)
    cannotAnswer(
      'SOURCE_HAS_NO_PORT',
      `\`${question.from}\`: the source cannot have a port`,
      'policies look at the port of the destination only: write it behind TO, or as `--port`',
    )
  const source = resolve(world, name, question.namespace)
  if (source.kind === 'ingress')
    cannotAnswer('SOURCE_IS_AN_INGRESS', `${source.ref.id} is an Ingress, and Ingresses open no connections`)
  if (source.kind === 'service')
    cannotAnswer(
      'SOURCE_IS_A_SERVICE',
      `${source.ref.id} is a Service, and Services open no connections`,
      'ask from a Pod or a workload behind it',
    )
  return source
}
