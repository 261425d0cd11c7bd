import { portText } from '../report/open.ts'
import type { Reachability } from '../report/report.ts'
import { NONE } from '../sets/connections.ts'
import { answerLeg, type Detail, type Judged } from './answer.ts'
import { assumptionsOfParties } from './assumptions.ts'
import { cannotAnswer } from './cannot-answer.ts'
import { partyEndpoint } from './endpoints.ts'
import { resolve, type Target } from './names.ts'
import { pairsOf } from './pairs.ts'
import type { Party } from './party.ts'
import { askOf, asPort, type PortQuestion, portQuestion, splitPort } from './port-question.ts'
import { reachService } from './reach-service.ts'
import { summarize } from './summary.ts'
import type { World } from './world.ts'

/** A question as it was typed. */
export interface ReachQuestion {
  readonly from: string
  readonly to: string
  readonly port: string | undefined
  readonly protocol: string | undefined
  /** The namespace of names that are given without one. */
  readonly namespace: string
}

/** Whether a new connection from one end to another succeeds. Throws CannotAnswer for a question that has no answer. */
export function reach(world: World, question: ReachQuestion, detail: Detail): Reachability {
  const source = resolveSource(world, question)
  const { name, port } = splitPort(question.to)
  const target = resolve(world, name, question.namespace)
  const asked = portQuestion(port, question.port, question.protocol)
  if (source.endpoint.kind === 'External' && target.endpoint.kind === 'External')
    cannotAnswer(
      'OUTSIDE_THE_CLUSTER',
      `both \`${question.from}\` and \`${question.to}\` are outside the cluster`,
      'NetworkPolicies decide about Pods: name a Pod, a workload or a Service at one end',
    )
  if (source.parties.length === 0) return withoutPods(source, target, source, asked)
  switch (target.kind) {
    case 'service':
      return reachService(world, source, target, asked, detail)
    case 'parties':
      return reachParties(world, source, target, asked, detail)
  }
}

type Parties = Extract<Target, { kind: 'parties' }>

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

/** S-302: an object that stands for no Pods is there to be asked about, but nothing connects. */
function withoutPods(from: Parties, to: Target, empty: Parties, asked: PortQuestion): Reachability {
  return {
    kind: 'Reachability',
    from: from.endpoint,
    to: to.endpoint,
    port: asPort(asked),
    verdict: 'no',
    reason: 'WORKLOAD_HAS_NO_PODS',
    message: `${empty.endpoint.id} has no Pods`,
    symptom: from === empty ? 'nothing runs that could connect' : 'connection times out',
    open: [],
    steps: [],
    assumptions: [],
  }
}

function reachParties(
  world: World,
  source: Parties,
  target: Parties,
  asked: PortQuestion,
  detail: Detail,
): Reachability {
  if (target.parties.length === 0) return withoutPods(source, target, target, asked)
  const judged = pairsOf(world, source.parties, target.parties).flatMap(([from, to]) =>
    judgeLeg(world, from, to, asked, detail),
  )
  return summarize(
    world,
    judged,
    { from: source.endpoint, to: target.endpoint, port: asPort(asked) },
    undefined,
  )
}

function judgeLeg(
  world: World,
  from: Party,
  to: Party,
  asked: PortQuestion,
  detail: Detail,
): readonly Judged[] {
  const asking = askOf(asked, to.kind === 'pod' ? to.pod : undefined)
  if (asking !== undefined) return answerLeg(world, { from, to, ...asking, through: undefined }, detail)
  const target = partyEndpoint(world, to)
  const answer: Judged['answer'] = {
    from: partyEndpoint(world, from),
    to: target,
    port: asPort(asked),
    verdict: 'no',
    reason: 'NAMED_PORT_UNRESOLVED',
    message: `${target.id} declares no port ${portText(asPort(asked))}`,
    symptom: 'the name of the port means nothing here',
    open: [],
    steps: [],
  }
  return [{ answer, open: NONE, assumptions: assumptionsOfParties(world, [from, to]) }]
}
