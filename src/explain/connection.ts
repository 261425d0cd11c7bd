import type { Endpoint } from '../network/endpoint.ts'
import { endpointId } from '../network/endpoint-ids.ts'
import type { Flow } from '../network/flow.ts'
import type { PairVerdict, PluginDoubt } from '../network/pair.ts'
import { type PolicySide, policySides, verdictWord, wordOfSide } from '../network/policy-side.ts'
import type { ConnectionHop, SourceHop } from '../path/path.ts'
import type { Conclusion } from '../report/facts/paths.ts'
import type { Direction } from '../report/facts/rules.ts'
import { contains, union } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import {
  type ExplainedStep,
  type Explanation,
  explanationOf,
  inferred,
  NEITHER_SUBJECT,
  SYMPTOMS,
} from './explanation.ts'
import { policiesOfHost } from './ineffective.ts'
import { explainSide } from './side.ts'

/** Why nodes and policies allow or deny a connection. */
export function explainConnection(world: World, hop: ConnectionHop): Explanation {
  const { flow, pair } = hop
  const verdict = verdictWord(flow.ask, pair)
  const steps = stepsOf(world, hop)
  const isPossible = contains(union(pair.allowed, pair.undetermined), flow.ask)
  return {
    verdict,
    why: connectionConclusion(world, flow, pair, verdict, steps),
    // Where nothing is surely denied, nothing is known to time out.
    symptom: SYMPTOMS[verdict === 'partial' && isPossible ? 'undetermined' : verdict],
    steps,
  }
}

/** The decision of the source's policies, where they see another connection than those of the destination (S-067). */
export function explainSource(world: World, { flow, pair }: SourceHop): Explanation | undefined {
  const [step] = policyStep(world, 'egress', flow.from, policySides(flow, pair))
  return step && explanationOf(step)
}

function stepsOf(world: World, { flow, pair }: ConnectionHop): readonly ExplainedStep[] {
  const sides = policySides(flow, pair)
  const policies = [
    ...policyStep(world, 'egress', flow.from, sides),
    ...policyStep(world, 'ingress', flow.to, sides),
  ]
  if (pair.settled !== 'own-node') return policies
  const facts = endsOf(world, flow)
  const why = { code: 'NODE_TRAFFIC', facts } as const
  return [{ step: 'node', verdict: 'yes', why, object: facts.to }, ...policies]
}

/** What the policies of one endpoint decide; nothing where none can select it. */
function policyStep(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
  sides: readonly PolicySide[],
): readonly ExplainedStep[] {
  const decided = sides.find(side => side.direction === direction)
  const object = endpointId(world, endpoint)
  if (decided !== undefined) {
    const side = explainSide(world, decided)
    return [{ step: direction, verdict: wordOfSide(decided), why: side.reason, object, side }]
  }
  const facts = policiesOfHost(world, direction, endpoint)
  if (facts === undefined) return []
  return [{ step: direction, verdict: 'yes', why: { code: 'NOT_SUBJECT_TO_POLICIES', facts }, object }]
}

const endsOf = (world: World, { from, to }: Flow) => ({
  from: endpointId(world, from),
  to: endpointId(world, to),
})

/** The reason for the connection, from those for its steps. */
function connectionConclusion(
  world: World,
  flow: Flow,
  pair: PairVerdict,
  verdict: Explanation['verdict'],
  steps: readonly ExplainedStep[],
): Conclusion {
  switch (pair.settled) {
    case 'finished':
      return { code: 'POD_HAS_TERMINATED', facts: {} }
    case 'no-shared-family':
      return { code: 'NO_SHARED_IP_FAMILY', facts: endsOf(world, flow) }
    case 'self':
      return { code: 'SELF_TRAFFIC', facts: {} }
    case 'own-node':
      return eachOf('NODE_TRAFFIC', steps)
    case 'policies':
      return policiesConclusion(world, flow, pair, verdict, steps)
  }
}

function policiesConclusion(
  world: World,
  flow: Flow,
  pair: PairVerdict,
  verdict: Explanation['verdict'],
  steps: readonly ExplainedStep[],
): Conclusion {
  switch (verdict) {
    case 'yes':
      return allowedBecause(steps)
    case 'no':
      return deniedBecause(steps)
    case 'partial':
      return eachOf(
        'OPEN_IN_PART',
        steps.filter(step => step.verdict !== 'yes'),
      )
    case 'undetermined':
      return pair.doubt === undefined
        ? undeterminedBecause(world, flow, pair, steps)
        : leftToPlugin(world, flow, pair.doubt, steps)
  }
}

/** The node, or the address, of a Pod is unknown; a Pod on its node's network counts as the node (S-043). */
function undeterminedBecause(
  world: World,
  flow: Flow,
  { maybeOwnNode }: PairVerdict,
  steps: readonly ExplainedStep[],
): Conclusion {
  const onHost = [flow.from, flow.to].some(one => one.kind === 'pod' && one.pod.hostNetwork)
  const unknown = steps.find(step => step.verdict === 'undetermined')
  const deciding = unknown === undefined ? steps : [unknown]
  if (!maybeOwnNode)
    return eachOf(onHost ? 'UNDETERMINED_HOST_NETWORK' : (unknown?.why.code ?? 'UNDETERMINED_NODE'), deciding)
  const facts = { ...endsOf(world, flow), otherwise: deciding.map(({ why }) => why) }
  return onHost ? { code: 'UNDETERMINED_HOST_NETWORK', facts } : { code: 'UNDETERMINED_NODE', facts }
}

/** S-046, S-064. */
function leftToPlugin(
  world: World,
  flow: Flow,
  { about, plugin }: PluginDoubt,
  steps: readonly ExplainedStep[],
): Conclusion {
  const otherwise = steps.filter(({ verdict }) => verdict !== 'yes').map(({ why }) => why)
  const { from } = endsOf(world, flow)
  return { code: 'UNDETERMINED_CNI_BEHAVIOUR', facts: { about, plugin, from, otherwise } }
}

/** The only reason, or all of them together. */
function eachOf(code: Conclusion['code'], steps: readonly ExplainedStep[]): Conclusion {
  const reasons = steps.map(({ why }) => why)
  const [only, ...more] = reasons
  return only?.code === code && more.length === 0 ? only : inferred(code, { because: 'each-of', reasons })
}

const hasNearMiss = ({ side }: ExplainedStep): boolean => side?.decisive !== undefined

function allowedBecause(steps: readonly ExplainedStep[]): Conclusion {
  const isRule = ({ why }: ExplainedStep): boolean => why.code === 'ALLOWED_BY_RULE'
  // A policy that was likely intended to isolate an endpoint is reported as well.
  const reported = steps.filter(
    step => isRule(step) || hasNearMiss(step) || step.why.code === 'NOT_SUBJECT_TO_POLICIES',
  )
  if (steps.some(isRule)) return eachOf('ALLOWED_BY_RULE', reported)
  const unenforced = steps.filter(({ why }) => why.code === 'POLICY_NOT_ENFORCED')
  if (unenforced.length > 0) return eachOf('POLICY_NOT_ENFORCED', unenforced)
  const last = steps.at(-1)
  if (last === undefined) return NEITHER_SUBJECT
  if (reported.length > 0) return eachOf(last.why.code, reported)
  return steps.length > 1 ? inferred(last.why.code, { because: 'neither-isolated' }) : last.why
}

/** For several ports, both sides may allow some and have none in common. */
function deniedBecause(steps: readonly ExplainedStep[]): Conclusion {
  const refusing = steps.filter(step => step.verdict === 'no')
  const [only, ...more] = refusing
  if (only === undefined || more.length > 0) {
    const sides = (refusing.length > 0 ? refusing : steps).map(({ why }) => why)
    return { code: 'DENIED_BY_BOTH', facts: { sides } }
  }
  const opened = steps.find(({ why }) => why.code === 'ALLOWED_BY_RULE')
  // A rule that allows one of the sides is reported, so that nobody looks for the mistake there.
  return opened === undefined || (opened.step !== 'egress' && opened.step !== 'ingress')
    ? only.why
    : inferred(only.why.code, {
        because: 'one-side-refuses',
        refused: only.why,
        openSide: opened.step,
        opened: opened.why,
      })
}
