import type { Reachability } from '../report/report.ts'
import type { Detail } from './answer.ts'
import { cannotAnswer } from './cannot-answer.ts'
import { readDestination } from './destination.ts'
import { type Parties, resolve } from './names.ts'
import { splitPort } from './port-question.ts'
import { type NameReached, reachName } from './reach-name.ts'
import type { ReachQuestion } from './reach-question.ts'
import { reachRequest } from './reach-request.ts'
import { portOfTarget, reachTarget } from './reach-target.ts'
import { summarize } from './summary.ts'
import type { World } from './world.ts'

/** Whether a new connection from one end to another succeeds. Throws CannotAnswer for a question that has no answer. */
export function reach(world: World, question: ReachQuestion, detail: Detail): Reachability {
  const source = resolveSource(world, question)
  const { judged, to, port } = reachDestination(world, source, question, detail)
  return summarize(world, judged, { from: source.endpoint, to, port })
}

function reachDestination(
  world: World,
  source: Parties,
  question: ReachQuestion,
  detail: Detail,
): NameReached {
  const { destination, asked } = readDestination(world, source, question)
  switch (destination.kind) {
    case 'object': {
      const { target, assumptions } = destination
      if (source.endpoint.kind === 'External' && target.endpoint.kind === 'External') bothOutside(question)
      const judged = reachTarget(world, source, target, asked, detail).map(one => ({
        ...one,
        assumptions: [...assumptions, ...one.assumptions],
      }))
      return { judged, to: target.endpoint, port: portOfTarget(target, asked) }
    }
    case 'name':
      return reachName(world, source, { name: destination.name, asked, setup: question.setup, detail })
    case 'request': {
      const { to: url, setup } = question
      return reachRequest(world, source, { url, request: destination.request, setup, detail })
    }
  }
}

function bothOutside({ from, to }: ReachQuestion): never {
  return cannotAnswer(
    'OUTSIDE_THE_CLUSTER',
    `both \`${from}\` and \`${to}\` are outside the cluster`,
    'NetworkPolicies decide about Pods: name a Pod, a workload or a Service at one end',
  )
}

function resolveSource(world: World, question: ReachQuestion): Parties {
  const { name, port } = splitPort(question.from)
  if (port !== undefined)
    cannotAnswer(
      'SOURCE_HAS_NO_PORT',
      `\`${question.from}\`: the source cannot have a port`,
      'policies look at the port of the destination only: write it behind TO, or as `--port`',
    )
  const source = resolve(world, name, question.namespace)
  if (source.kind === 'service')
    cannotAnswer(
      'SOURCE_IS_A_SERVICE',
      `${source.endpoint.id} is a Service, and Services open no connections`,
      'ask from a Pod or a workload behind it',
    )
  return source
}
