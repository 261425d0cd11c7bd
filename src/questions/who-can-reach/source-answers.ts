import { concludeAll, type ExplainedPath, explainPaths } from '../../explain/explain-path.ts'
import type { ServicePort } from '../../model/objects.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/names.ts'
import { type Endpoint, nodeOf } from '../../network/endpoint.ts'
import { endpointClassifier, firstOfEach } from '../../network/endpoint-classes.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { dialed, portsAsked } from '../../network/service-backends.ts'
import type { Path } from '../../path/path.ts'
import { serviceAddressOf } from '../../path/through-service.ts'
import { isOpenEnded, pathsToTarget } from '../../path/to-target.ts'
import { openedBy, undeterminedBy, verdictOf, verdictOfAll } from '../../path/verdict.ts'
import type { VerdictWord } from '../../report/common.ts'
import type { Conclusion } from '../../report/facts/paths.ts'
import { type Connections, intersect, NONE, subtract, unionOf } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { type Sample, samplesOf } from './backend-samples.ts'

/** What a source gets of a target: what `can-reach` says of the two. */
export interface SourceAnswer {
  readonly verdict: VerdictWord
  /** What at least one pair of endpoints has open, and of that what not every pair has. */
  readonly open: Connections
  readonly inPart: Connections
  readonly undetermined: Connections
  readonly paths: readonly Path[]
  /** Why it is so: worked out where it is shown or compared. */
  readonly explained: () => readonly ExplainedPath[]
  readonly why: () => Conclusion
}

/** Asks all sources about one target; sources of the same kind get the same, but for the names in the words. */
export interface Asker {
  readonly kindOf: (source: Group) => string
  readonly ask: (source: Group) => SourceAnswer
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
  const ask = (source: Group): SourceAnswer => {
    const { ref, endpoints } = source
    const own = endpoints.filter(isBehind)
    // A Pod is not asked about itself, so that of its class there has to be another one.
    return own.length === 0
      ? answerTo(world, { kind: 'endpoints', ref, endpoints: firsts(endpoints) }, everyEnd, asked)
      : answerTo(world, { kind: 'endpoints', ref, endpoints: pairs(endpoints) }, samples(isOneOf(own)), asked)
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

function answerTo(
  world: World,
  from: EndpointsTarget,
  { target, alike }: Sample,
  asked: PortQuestion,
): SourceAnswer {
  const find = (question: PortQuestion) => pathsToTarget(world, from, target, question)
  const paths = find(asked)
  const verdict = verdictOfAll(paths)
  const isClear = verdict === 'yes' || verdict === 'no'
  const ports =
    target.kind === 'service' && !isClear && !isOpenEnded(target.service, asked)
      ? portsAsked(target.service, asked, serviceAddressOf(from, target))
      : []
  // A port of a Service is open as a whole or not at all, so each is asked by itself.
  const shares = ports.map(port =>
    sharesOfPort(port, ports.length === 1 ? paths : find({ protocol: port.protocol, port: port.port })),
  )
  const explained = memo(() => explainPaths(world, paths))
  return {
    verdict,
    ...(ports.length === 0 ? sharesOfPairs(paths) : together(shares)),
    paths,
    explained,
    why: memo(() => concludeAll(explained().flatMap(standingFor(alike))).why),
  }
}

/** Works an answer out when it is first asked for. */
export function memo<T>(answer: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: answer() }
    return known.value
  }
}

/** How many endpoints answer in one way counts, and each that was asked stands for those that would answer alike. */
function standingFor(alike: Sample['alike']): (one: ExplainedPath) => readonly ExplainedPath[] {
  return one => [one, ...(alike.get(one.path.to.id) ?? []).map(to => ({ ...one, path: { ...one.path, to } }))]
}

type Shares = Pick<SourceAnswer, 'open' | 'inPart' | 'undetermined'>

const together = (shares: readonly Shares[]): Shares => ({
  open: unionOf(shares.map(share => share.open)),
  inPart: unionOf(shares.map(share => share.inPart)),
  undetermined: unionOf(shares.map(share => share.undetermined)),
})

function sharesOfPairs(paths: readonly Path[]): Shares {
  const opened = paths.map(openedBy)
  const open = unionOf(opened)
  if (verdictOfAll(paths) === 'yes') return { open, inPart: NONE, undetermined: NONE }
  const everywhere = opened.reduce(intersect, open)
  return {
    open,
    inPart: subtract(open, everywhere),
    undetermined: unionOf(paths.map(path => undeterminedBy(path) ?? NONE)),
  }
}

function sharesOfPort(port: ServicePort, paths: readonly Path[]): Shares {
  const open = unionOf(paths.map(openedBy))
  const words = paths.map(verdictOf)
  return {
    open,
    inPart: words.every(word => word === 'yes') ? NONE : open,
    undetermined: words.includes('undetermined') ? dialed(port) : NONE,
  }
}
