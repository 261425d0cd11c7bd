import { assumptionsOfEndpoints } from '../explain/assumptions/endpoints.ts'
import { assumptionsOfPair } from '../explain/assumptions/pair.ts'
import { inVain } from '../explain/enforcement.ts'
import { besidePolicies } from '../explain/host-network.ts'
import { openOf } from '../explain/phrases.ts'
import { sideStep } from '../explain/side.ts'
import { endpointRef } from '../network/endpoint-ids.ts'
import type { Flow } from '../network/flow.ts'
import { judgePair, judgeThroughService, type PairVerdict, type PluginDoubt } from '../network/pair.ts'
import { type PolicySide, policySides, verdictWord } from '../network/policy-side.ts'
import type { AssumptionReason, WarningReason } from '../report/assumption.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { EndpointRef, VerdictWord } from '../report/common.ts'
import type { Answer, Step } from '../report/report.ts'
import { type Connections, contains, intersect, isEmpty, NONE } from '../sets/connections.ts'
import { say } from '../words/reason.ts'
import type { World } from '../world/world.ts'
import { SYMPTOMS } from './symptoms.ts'

/** An answer, and what it takes for granted. */
export interface Judged {
  readonly answer: Answer
  /** What of the client's question is open, in the ports that it dials. */
  readonly open: Connections
  readonly assumptions: readonly AssumptionReason[]
  readonly warnings: readonly WarningReason[]
  /** The sides of it that policies decide: those of what a step needs for itself among them. */
  readonly sides: readonly PolicySide[]
}

/** Whether an answer carries each policy and rule (`explain`), only what decided, or not even what came near to it. */
export type Detail = 'verdict' | 'decisive' | 'every rule'

/** What a client sees of an answer, why, and on which way. */
export type Why = Pick<Answer, 'reason' | 'message' | 'symptom' | 'steps'>

export const POD_HAS_FINISHED = 'the Pod has finished and has no network any more'

/** A no that no policy has been asked for. */
export function refusal(
  question: Pick<Answer, 'from' | 'to' | 'port'>,
  why: Why,
  assumptions: readonly AssumptionReason[] = [],
): Judged {
  const answer = { ...question, verdict: 'no', ...why, open: [] } as const
  return { answer, open: NONE, assumptions, warnings: [], sides: [] }
}

/** The answers for one leg: one, or one for each IP family where they differ. */
export function answerFlow(world: World, flow: Flow, detail: Detail): readonly Judged[] {
  const { from, to } = flow
  // Nothing stands between a client and the Pods of a headless Service (S-215).
  const isTranslated = flow.through !== undefined && !flow.through.service.headless
  const verdicts = isTranslated ? judgeThroughService(world, from, to) : judgePair(world, from, to)
  return verdicts.map(verdict => {
    const sides = policySides(flow, verdict)
    return {
      answer: answerPair(world, flow, verdict, sides, detail),
      open: openedFor(flow, verdict),
      assumptions: [...assumptionsOfEndpoints(world, [from, to]), ...assumptionsOfPair(world, flow, verdict)],
      warnings: [],
      sides,
    }
  })
}

/** A port of a Service is open if the port of the Pod that it leads to is. */
function openedFor({ ask, through }: Flow, { allowed }: PairVerdict): Connections {
  if (through === undefined) return intersect(allowed, ask)
  return contains(allowed, ask) ? through.dialled : NONE
}

function answerPair(
  world: World,
  flow: Flow,
  verdict: PairVerdict,
  sides: readonly PolicySide[],
  detail: Detail,
): Answer {
  const from = endpointRef(world, flow.from)
  const to = endpointRef(world, flow.to)
  const word = verdictWord(flow.ask, verdict)
  const steps = stepsOf(world, flow, verdict, sides, { from, to }, detail)
  const undetermined = intersect(verdict.undetermined, flow.ask)
  return {
    from,
    to,
    port: flow.port,
    verdict: word,
    ...reasonOf(verdict, word, steps, flow, { from, to }),
    symptom: SYMPTOMS[word],
    open: openOf(intersect(verdict.allowed, flow.ask)),
    ...(!isEmpty(undetermined) && { undetermined: openOf(undetermined) }),
    steps,
  }
}

interface Ends {
  readonly from: EndpointRef
  readonly to: EndpointRef
}

function stepsOf(
  world: World,
  flow: Flow,
  verdict: PairVerdict,
  sides: readonly PolicySide[],
  { from, to }: Ends,
  detail: Detail,
): readonly Step[] {
  const steps: Step[] = []
  if (verdict.settled === 'own-node')
    steps.push({
      step: 'node',
      verdict: 'yes',
      reason: 'NODE_TRAFFIC',
      message: `${from.id} and ${to.id} are on the same node, and a node reaches its own Pods whatever the policies`,
      object: to.id,
    })
  for (const [direction, endpoint, { id }] of [
    ['egress', flow.from, from],
    ['ingress', flow.to, to],
  ] as const) {
    const decided = sides.find(side => side.direction === direction)
    const beside = besidePolicies(world, direction, endpoint, id)
    if (decided !== undefined) steps.push(decidedStep(world, decided, detail))
    else if (beside !== undefined) steps.push(beside)
  }
  return steps
}

function decidedStep(world: World, decided: PolicySide, detail: Detail): Step {
  const step = sideStep(world, decided, {
    wantsNear: detail !== 'verdict',
    wantsRules: detail === 'every rule',
  })
  return inVain(world, step, decided.subject)
}

/** The reason for the whole, out of the reasons for the steps. */
function reasonOf(
  { settled, maybeOwnNode, doubt }: PairVerdict,
  word: VerdictWord,
  steps: readonly Step[],
  flow: Flow,
  ends: Ends,
): { readonly reason: ReasonCode; readonly message: string } {
  switch (settled) {
    case 'finished':
      return { reason: 'POD_HAS_TERMINATED', message: POD_HAS_FINISHED }
    case 'no-shared-family':
      return {
        reason: 'NO_SHARED_IP_FAMILY',
        message: `${ends.from.id} and ${ends.to.id} have no IP family in common: one has only IPv4 addresses, the other only IPv6 ones`,
      }
    case 'self':
      return { reason: 'SELF_TRAFFIC', message: say({ code: 'SELF_TRAFFIC', facts: {} }) }
    case 'own-node':
      return { reason: 'NODE_TRAFFIC', message: steps.map(step => step.message).join() }
    case 'policies':
  }
  switch (word) {
    case 'yes':
      return allowedBecause(steps)
    case 'no':
      return deniedBecause(steps)
    case 'partial':
      return { reason: 'OPEN_IN_PART', message: messagesOf(steps.filter(step => step.verdict !== 'yes')) }
    case 'undetermined':
      return doubt === undefined
        ? undeterminedBecause(maybeOwnNode, steps, flow, ends)
        : leftToPlugin(doubt, steps, ends)
  }
}

/** What is not known is the node, or the address, of a Pod; one on its node's network is judged as the node (S-043). */
function undeterminedBecause(
  maybeOwnNode: boolean,
  steps: readonly Step[],
  flow: Flow,
  { from, to }: Ends,
): { readonly reason: ReasonCode; readonly message: string } {
  const onHost = [flow.from, flow.to].some(endpoint => endpoint.kind === 'pod' && endpoint.pod.hostNetwork)
  const step = steps.find(({ verdict }) => verdict === 'undetermined')
  const { reason, message } = step ?? { reason: 'UNDETERMINED_NODE' as const, message: messagesOf(steps) }
  const of = onHost ? 'UNDETERMINED_HOST_NETWORK' : maybeOwnNode ? 'UNDETERMINED_NODE' : reason
  if (!maybeOwnNode) return { reason: of, message }
  return {
    reason: of,
    message: `open if ${from.id} and ${to.id} are on the same node, which the input does not tell; else ${message}`,
  }
}

/** S-046, S-064. */
function leftToPlugin({ about, plugin }: PluginDoubt, steps: readonly Step[], { from }: Ends) {
  const reason = 'UNDETERMINED_CNI_BEHAVIOUR'
  const why = messagesOf(steps.filter(({ verdict }) => verdict !== 'yes'))
  switch (about) {
    case 'itself':
      return {
        reason,
        message: `${plugin} usually drops what ${from.id} sends to itself through a Service and no rule opens: ${why}`,
      } as const
    case 'rewritten client':
      return {
        reason,
        message: `open if ${plugin} takes the client, whose address a node replaces, for an address outside, which is not known; else ${why}`,
      } as const
  }
}

const messagesOf = (steps: readonly Step[]): string => steps.map(step => step.message).join('; ')

function allowedBecause(steps: readonly Step[]): { readonly reason: ReasonCode; readonly message: string } {
  const isRule = ({ reason }: Step): boolean => reason === 'ALLOWED_BY_RULE'
  // A policy that was likely meant to isolate an end is as much of an answer.
  const telling = steps.filter(
    step => isRule(step) || step.nearMisses !== undefined || step.reason === 'NOT_SUBJECT_TO_POLICIES',
  )
  if (steps.some(isRule)) return { reason: 'ALLOWED_BY_RULE', message: messagesOf(telling) }
  const inVainOnly = steps.filter(step => step.reason === 'POLICY_NOT_ENFORCED')
  if (inVainOnly.length > 0) return { reason: 'POLICY_NOT_ENFORCED', message: messagesOf(inVainOnly) }
  const last = steps.at(-1)
  if (last === undefined)
    return { reason: 'NOT_SUBJECT_TO_POLICIES', message: 'no policy can select either end' }
  if (telling.length > 0) return { reason: last.reason, message: messagesOf(telling) }
  return { reason: last.reason, message: steps.length > 1 ? 'no policy isolates either end' : last.message }
}

/** Who has opened one of the sides looks for a fault there: it is on the other one. */
function otherSide(steps: readonly Step[]): string {
  const opened = steps.find(({ reason, step }) => reason === 'ALLOWED_BY_RULE' && step !== 'node')
  return opened === undefined ? '' : `; its ${opened.step} is open: ${opened.message}`
}

/** With several ports asked, both sides may be open in part and still have nothing in common. */
function deniedBecause(steps: readonly Step[]): { readonly reason: ReasonCode; readonly message: string } {
  const refusing = steps.filter(step => step.verdict === 'no')
  const [only] = refusing
  if (only !== undefined && refusing.length === 1)
    return { reason: only.reason, message: messagesOf([only]) + otherSide(steps) }
  return { reason: 'DENIED_BY_BOTH', message: messagesOf(refusing.length > 0 ? refusing : steps) }
}
