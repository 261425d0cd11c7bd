import { connectionsOf } from '../../explain/phrases.ts'
import type { ServicePort } from '../../model/objects.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/names.ts'
import { type Endpoint, nodeOf } from '../../network/endpoint.ts'
import { endpointClassifier } from '../../network/endpoint-classes.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { firstOfEach } from '../../network/representatives.ts'
import { dialled, portsAsked } from '../../network/service-backends.ts'
import type { Judged } from '../../path/answer.ts'
import { verdictOf } from '../../path/summary.ts'
import { serviceAddressOf } from '../../path/through-service.ts'
import { isOpenEnded, reachTarget } from '../../path/to-target.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { ReasonCode } from '../../report/codes.ts'
import type { VerdictWord } from '../../report/common.ts'
import type { Answer, Step } from '../../report/report.ts'
import { type Connections, intersect, NONE, subtract, unionOf } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { type Sample, samplesOf } from './backend-samples.ts'

/** What a source gets of a target: what `reach` says of the two. */
export interface Reached {
  readonly verdict: VerdictWord
  readonly reason: ReasonCode
  readonly message: string
  /** What keeps the source out, in a form that is the same for all who are kept out by it. */
  readonly refusedBy: string
  /** What at least one pair of ends has open, and of that what not every pair has. */
  readonly open: Connections
  readonly inPart: Connections
  readonly undetermined: Connections
  readonly assumptions: readonly AssumptionReason[]
}

/** Asks all sources about one target; sources of the same kind get the same, but for the names in the words. */
export interface Asker {
  readonly kindOf: (source: Group) => string
  readonly ask: (source: Group) => Reached
  /** The source in parts that get the same each: one, unless its Pods can be told apart. */
  readonly partsOf: (source: Group) => readonly Group[]
}

export function askerOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  sources: readonly Group[],
): Asker {
  const behind = endpointsBehind(world, target)
  const classOf = classifierFor(world, [...sources.flatMap(source => source.endpoints), ...behind])
  const samples = samplesOf(world, target, asked, classOf)
  const everyEnd = samples(() => false)
  const podsBehind = new Set(behind.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : [])))
  const isBehind = (endpoint: Endpoint): boolean => endpoint.kind === 'pod' && podsBehind.has(endpoint.pod)
  const firsts = firstOfEach(classOf)
  const pairs = firstOfEach(classOf, 2)
  const ask = (source: Group): Reached => {
    const { ref, endpoints } = source
    const own = endpoints.filter(isBehind)
    // A Pod is not asked about itself, so that of its class there has to be another one.
    return own.length === 0
      ? reached(world, { kind: 'endpoints', ref, endpoints: firsts(endpoints) }, everyEnd, asked)
      : reached(world, { kind: 'endpoints', ref, endpoints: pairs(endpoints) }, samples(isOneOf(own)), asked)
  }
  return {
    ask,
    kindOf: ({ ref, endpoints }) =>
      endpoints.some(isBehind) ? `${ref.kind} ${ref.id}` : firsts(endpoints).map(classOf).sort().join(' '),
    partsOf: source => (source.endpoints.some(isBehind) ? [source] : partsOf(source, classOf)),
  }
}

function isOneOf(endpoints: readonly Endpoint[]): (endpoint: Endpoint) => boolean {
  const pods = new Set(endpoints.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : [])))
  return endpoint => endpoint.kind === 'pod' && pods.has(endpoint.pod)
}

/** What tells endpoints apart, with their nodes where a Service keeps to one (S-205). */
function classifierFor(world: World, endpoints: readonly Endpoint[]): (endpoint: Endpoint) => string {
  const classOf = endpointClassifier(world, endpoints)
  const isLocal = world.cluster.services.some(
    ({ internalTrafficPolicy, externalTrafficPolicy }) =>
      internalTrafficPolicy === 'Local' || externalTrafficPolicy === 'Local',
  )
  const known = new Map<Endpoint, string>()
  return endpoint => {
    const key = known.get(endpoint) ?? `${classOf(endpoint)}${isLocal ? ` ${nodeOf(endpoint)}` : ''}`
    known.set(endpoint, key)
    return key
  }
}

function partsOf({ ref, endpoints }: Group, classOf: (endpoint: Endpoint) => string): readonly Group[] {
  const parts = new Map<string, Endpoint[]>()
  for (const endpoint of endpoints) {
    const part = parts.get(classOf(endpoint))
    if (part === undefined) parts.set(classOf(endpoint), [endpoint])
    else part.push(endpoint)
  }
  return [...parts.values()].map(part => ({ ref, endpoints: part }))
}

function reached(
  world: World,
  from: EndpointsTarget,
  { target, alike }: Sample,
  asked: PortQuestion,
): Reached {
  const judge = (question: PortQuestion) => reachTarget(world, from, target, question, 'decisive')
  const judged = judge(asked)
  const answers = judged.map(({ answer }) => answer)
  const { verdict, reason, message } = verdictFor(answers, alike)
  const isClear = verdict === 'yes' || verdict === 'no'
  const ports =
    target.kind === 'service' && !isClear && !isOpenEnded(target.service, asked)
      ? portsAsked(target.service, asked, serviceAddressOf(from, target))
      : []
  // A port of a Service is open as a whole or not at all, so each is asked by itself.
  const shares = ports.map(port =>
    sharesOfPort(port, ports.length === 1 ? judged : judge({ protocol: port.protocol, port: port.port })),
  )
  const { open, inPart, undetermined } = ports.length === 0 ? sharesOfPairs(judged) : together(shares)
  const assumptions = judged.flatMap(one => one.assumptions)
  return {
    verdict,
    reason,
    message,
    refusedBy: verdict === 'no' ? refusedBy(answers) : '',
    open,
    inPart,
    undetermined,
    assumptions,
  }
}

/** How many ends answer in one way matters only where they differ. */
function verdictFor(
  answers: readonly Answer[],
  alike: Sample['alike'],
): Pick<Reached, 'verdict' | 'reason' | 'message'> {
  const verdict = verdictOf(answers)
  if (verdict.reason !== 'ENDPOINTS_DIFFER' || alike.size === 0) return verdict
  return verdictOf(
    answers.flatMap(answer => {
      const [to, ...others] = alike.get(answer.to.id) ?? []
      return to === undefined
        ? [answer]
        : [answer, ...new Array<Answer>(others.length + 1).fill({ ...answer, to })]
    }),
  )
}

type Shares = Pick<Reached, 'open' | 'inPart' | 'undetermined'>

const together = (shares: readonly Shares[]): Shares => ({
  open: unionOf(shares.map(share => share.open)),
  inPart: unionOf(shares.map(share => share.inPart)),
  undetermined: unionOf(shares.map(share => share.undetermined)),
})

function sharesOfPairs(judged: readonly Judged[]): Shares {
  const open = unionOf(judged.map(one => one.open))
  if (judged.every(({ answer }) => answer.verdict === 'yes'))
    return { open, inPart: NONE, undetermined: NONE }
  const everywhere = judged.reduce((set, one) => intersect(set, one.open), open)
  return {
    open,
    inPart: subtract(open, everywhere),
    undetermined: unionOf(judged.map(({ answer }) => connectionsOf(answer.undetermined ?? []))),
  }
}

function sharesOfPort(port: ServicePort, judged: readonly Judged[]): Shares {
  const open = unionOf(judged.map(one => one.open))
  const words = judged.map(({ answer }) => answer.verdict)
  return {
    open,
    inPart: words.every(word => word === 'yes') ? NONE : open,
    undetermined: words.includes('undetermined') ? dialled(port) : NONE,
  }
}

/**
 * What keeps a source out, the same for all who are kept out by it: the rule that comes nearest and what it lacks, and where
 * none does, the words, which then are about policies alone. Where the destination lets nobody in, it does not matter who
 * would not let out.
 */
export function refusedBy(answers: readonly Answer[]): string {
  const answer = answers.find(({ verdict }) => verdict === 'no')
  const refusing = (answer?.steps ?? []).filter(({ verdict }) => verdict === 'no')
  const atTheEnd = refusing.filter(({ step }) => step === 'ingress')
  return (atTheEnd.length > 0 ? atTheEnd : refusing)
    .map(step => refusalOf(step, answer?.from.id ?? ''))
    .join('; ')
}

export function refusalOf({ step, reason, message, nearMisses = [] }: Step, from: string): string {
  const near = nearMisses.find(one => message.includes(one.message))
  if (near === undefined) return `${step} ${reason} ${message.replaceAll(from, '')}`
  const { namespace, name } = near.policy
  return `${step} ${reason} ${namespace}/${name} ${near.rule} ${near.reason}`
}
