import { concludeAll, type ExplainedPath, explainPaths } from '../../explain/explain-path.ts'
import type { ServicePort } from '../../model/objects.ts'
import { askOf } from '../../naming/port.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/resolve.ts'
import { type Endpoint, isPodAmong, nodeOf } from '../../network/endpoint.ts'
import { endpointClassifier, firstOfEach } from '../../network/endpoint-classes.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { hostPortsOf } from '../../network/host-ports.ts'
import { backendsOf, dialed, portsAsked } from '../../network/service-backends.ts'
import type { Path } from '../../path/path.ts'
import { settingsOf } from '../../path/question.ts'
import { serviceAddressOf } from '../../path/through-service.ts'
import { isOpenEnded, pathsToTarget } from '../../path/to-target.ts'
import { askedOf, openedBy, undeterminedBy, verdictOf, verdictOfAll } from '../../path/verdict.ts'
import type { EndpointRef } from '../../report/common.ts'
import { type Connections, intersect, NONE, subtract, unionOf } from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import { lazily, memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { routedAnswersTo, withRoutes } from './routed-answers.ts'
import type { AnswerShares, SourceAnswer } from './source-answer.ts'

/** Asks all sources about one target; the answers for sources of one kind differ only in names. */
export interface Asker {
  readonly kindOf: (source: Group) => string
  readonly ask: (source: Group) => SourceAnswer
  /** The source divided into equivalence classes: one, unless its Pods differ. */
  readonly partsOf: (source: Group) => readonly Group[]
}

export function askerOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  sources: readonly Group[],
  ingressController?: string | undefined,
): Asker {
  const behind = endpointsBehind(world, target)
  const isBehind = isPodAmong(behind)
  const classOf = classifierFor(world, [...sources.flatMap(source => source.endpoints), ...behind], behind)
  const representatives = representativesOf(world, target, asked, classOf)
  const ofAll = representatives(() => false)
  const firsts = firstOfEach(classOf)
  const firstTwo = firstOfEach(classOf, 2)
  const routedTo = routedAnswersTo(world, target, asked, settingsOf({ ingressController }))
  return {
    ask: source => {
      const { ref, endpoints } = source
      const own = endpoints.filter(isBehind)
      // A Pod is not asked about itself, so that of its class there has to be another one.
      return own.length === 0
        ? withRoutes(
            world,
            answerTo(world, { kind: 'endpoints', ref, endpoints: firsts(endpoints) }, ofAll, asked),
            routedTo(source),
          )
        : answerTo(
            world,
            { kind: 'endpoints', ref, endpoints: firstTwo(endpoints) },
            representatives(isPodAmong(own)),
            asked,
          )
    },
    kindOf: ({ ref, endpoints }) =>
      endpoints.some(isBehind) ? `${ref.kind} ${ref.id}` : firsts(endpoints).map(classOf).sort().join(' '),
    partsOf: source =>
      source.endpoints.some(isBehind)
        ? [source]
        : Array.from(groupBy(source.endpoints, classOf).values(), endpoints => ({ ...source, endpoints })),
  }
}

/**
 * The class of an endpoint, with its node where a Service keeps to that of the client (S-205), and with the ports of the asked nodes
 * by which it would come to itself.
 */
function classifierFor(
  world: World,
  endpoints: readonly Endpoint[],
  asked: readonly Endpoint[],
): (endpoint: Endpoint) => string {
  const ofPolicies = endpointClassifier(world, endpoints)
  const onNodes = hostPortsByPod(world, asked)
  const classOf = (endpoint: Endpoint): string => {
    const own = endpoint.kind === 'pod' ? onNodes.get(endpoint.pod) : undefined
    return `${ofPolicies(endpoint)} ${own?.map(({ hostPort }) => `${hostPort.protocol} ${hostPort.number}`).join() ?? ''}`
  }
  const isLocal = world.cluster.services.some(
    ({ internalTrafficPolicy, externalTrafficPolicy }) =>
      internalTrafficPolicy === 'Local' || externalTrafficPolicy === 'Local',
  )
  return memoized(endpoint => `${classOf(endpoint)}${isLocal ? ` ${nodeOf(endpoint)}` : ''}`)
}

/** The Pods that ports of some nodes lead to, with these ports. */
const hostPortsByPod = (world: World, nodes: readonly Endpoint[]) =>
  groupBy(
    nodes.flatMap(endpoint => (endpoint.kind === 'node' ? hostPortsOf(world, endpoint) : [])),
    ({ pod }) => pod,
  )

function answerTo(
  world: World,
  from: EndpointsTarget,
  { target, represented }: Representatives,
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
  const explained = lazily(() => explainPaths(world, paths))
  // How many endpoints give an answer counts, so that each is repeated for those that it represents.
  const repeated = (one: ExplainedPath): readonly ExplainedPath[] => [
    one,
    ...(represented.get(one.path.to.id) ?? []).map(to => ({ ...one, path: { ...one.path, to } })),
  ]
  return {
    verdict,
    ...(ports.length === 0 ? sharesOfPairs(paths) : joinedAnswers(shares)),
    paths,
    explained,
    why: lazily(() => concludeAll(explained().flatMap(repeated)).why),
    via: [],
    isOnlyVia: false,
  }
}

const joinedAnswers = (shares: readonly AnswerShares[]): AnswerShares => ({
  open: unionOf(shares.map(share => share.open)),
  inPart: unionOf(shares.map(share => share.inPart)),
  undetermined: unionOf(shares.map(share => share.undetermined)),
})

function sharesOfPairs(paths: readonly Path[]): AnswerShares {
  const open = unionOf(paths.map(openedBy))
  if (verdictOfAll(paths) === 'yes') return { open, inPart: NONE, undetermined: NONE }
  return {
    open,
    inPart: intersect(open, unionOf(paths.map(path => subtract(askedOf(path), openedBy(path))))),
    undetermined: unionOf(paths.map(unknownOf)),
  }
}

/** Of a path that perhaps ends early, everything that it is for is unknown. */
const unknownOf = (path: Path): Connections =>
  undeterminedBy(path) ?? (verdictOf(path) === 'undetermined' ? askedOf(path) : NONE)

function sharesOfPort(port: ServicePort, paths: readonly Path[]): AnswerShares {
  const open = unionOf(paths.map(openedBy))
  const words = paths.map(verdictOf)
  return {
    open,
    inPart: words.every(word => word === 'yes') ? NONE : open,
    undetermined: words.includes('undetermined') ? dialed(port) : NONE,
  }
}

/** A target with some of its endpoints, each of which represents others that would give the same answer. */
interface Representatives {
  readonly target: EndpointsTarget | ServiceTarget
  /** By the id of an endpoint that is asked, those that it represents. */
  readonly represented: ReadonlyMap<string, readonly EndpointRef[]>
}

/**
 * Chooses one endpoint of each class, and one more where some are the source's own: a Pod is not asked about itself where
 * there is another one.
 */
function representativesOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  classOf: (endpoint: Endpoint) => string,
): (isOwn: (endpoint: Endpoint) => boolean) => Representatives {
  switch (target.kind) {
    case 'endpoints': {
      // A port that is asked for by name is another one on each Pod.
      const portOf = (endpoint: Endpoint): string | undefined =>
        askOf(asked, endpoint.kind === 'pod' ? endpoint.pod : undefined)?.ask.join()
      const keyed = target.endpoints.map(endpoint => ({
        endpoint,
        key: `${classOf(endpoint)} ${portOf(endpoint)}`,
      }))
      return isOwn => {
        const { first, represented } = chosen(world, keyed, isOwn)
        return { target: { ...target, endpoints: first.map(({ endpoint }) => endpoint) }, represented }
      }
    }
    case 'service': {
      const ports = portsAsked(target.service, asked, 'either')
      const keyed = backendsOf(world, target.service, target.family).map(backend => ({
        endpoint: backend.endpoint,
        backend,
        key: `${classOf(backend.endpoint)} ${ports.map(port => backend.targetOf(port)).join()}`,
      }))
      return isOwn => {
        const { first, represented } = chosen(world, keyed, isOwn)
        return { target: { ...target, backends: first.map(({ backend }) => backend) }, represented }
      }
    }
  }
}

/** The first of each class, and which others it represents. */
function chosen<T extends { readonly endpoint: Endpoint; readonly key: string }>(
  world: World,
  keyed: readonly T[],
  isOwn: (endpoint: Endpoint) => boolean,
) {
  const classes = [...groupBy(keyed, ({ endpoint, key }) => `${isOwn(endpoint)} ${key}`).values()]
  const refOf = ({ endpoint }: T): EndpointRef => endpointRef(world, endpoint)
  return {
    first: classes.map(([first]) => first),
    represented: new Map(classes.map(([first, ...others]) => [refOf(first).id, others.map(refOf)])),
  }
}
