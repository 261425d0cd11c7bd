import { assumptionsOfEndpoints } from '../../explain/assumptions/endpoints.ts'
import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumptionsBetweenEndpoints } from '../../explain/assumptions/path.ts'
import { assumedTogether } from '../../explain/assumptions/together.ts'
import { forwardsFacts } from '../../explain/explain-path.ts'
import type { ExplainedStep } from '../../explain/explanation.ts'
import { askOf, asPort } from '../../naming/port.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/resolve.ts'
import { apiServerOf } from '../../network/api-server.ts'
import { openOf, type PortQuestion } from '../../network/flow.ts'
import { serviceHopFor } from '../../path/through-service.ts'
import { isOpenEnded, portOfTarget } from '../../path/to-target.ts'
import type { Assumption, AssumptionReason } from '../../report/assumption.ts'
import type { EndpointRef, Port } from '../../report/common.ts'
import type { Conclusion, ServiceForwards } from '../../report/facts/paths.ts'
import { isSameData, keyWithout, nameOneOf } from '../../report/reason.ts'
import type { KeptOut, Source } from '../../report/report.ts'
import { type TreeDenied, type TreeItem, VIEWS, type WhoCanReachAnswer } from '../../report/views.ts'
import { isEmpty } from '../../sets/connections.ts'
import { groupBy, type NonEmpty } from '../../sets/group-by.ts'
import { lazily, memoizedBy } from '../../sets/memoized.ts'
import { omitted, withMessage } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import { lazyList } from '../lazy-list.ts'
import type { Group } from '../matrix/grid.ts'
import { concluded } from '../reachability.ts'
import { treeReach, treeReason } from '../tree.ts'
import type { SourceAnswer } from './source-answer.ts'
import { type Asker, askerOf } from './source-answers.ts'
import { type SourceQuestion, sourcesFor } from './sources.ts'
import { type CommonQuestion, readCommonTarget } from './target.ts'

/** A question as it was typed. */
export interface WhoQuestion extends CommonQuestion, SourceQuestion {
  /** As in `ClusterOptions`. */
  readonly ingressController?: string | undefined
}

/** Sources with the same answer but for their names, and that of the first of them. */
interface EqualSources {
  readonly answer: SourceAnswer
  readonly sources: NonEmpty<Group>
}

/**
 * All sources that can reach a destination, with the answers of `reach`. Of sources of one kind, one is asked. Throws
 * CannotAnswer for a destination that does not exist, or is not the same for all sources.
 */
export function sourcesReport(world: World, question: WhoQuestion): WhoCanReachAnswer {
  const { by } = question
  const { target, asked } = readCommonTarget(world, question)
  const sources = sourcesFor(world, target, question)
  const asker = askerOf(world, target, asked, sources, question.ingressController)
  const byKind = groupBy(sources, asker.kindOf)
  const equalTo = memoizedBy(
    asker.kindOf,
    (first: Group, kind): EqualSources => ({
      answer: asker.ask(first),
      sources: byKind.get(kind) ?? [first],
    }),
  )
  const all = Array.from(byKind.values(), ([first]) => equalTo(first))
  const port = portAsked(world, target, asked)
  const denied = lazily(() => deniedTogether(all.filter(({ answer }) => answer.verdict === 'no')))
  return {
    kind: 'WhoCanReach',
    to: target.ref,
    port,
    by,
    sources: lazyList(function* () {
      for (const source of sources) {
        const { answer, sources: equal } = equalTo(source)
        if (answer.verdict !== 'no')
          yield* sourceReport(source, equal[0] === source ? answer : asker.ask(source))
      }
    }),
    keptOut: lazyList(() => denied().map(deniedReport)),
    assumptions: [
      ...assumedServer(world, target, asked).map(withMessage),
      ...assumptionsOfTarget(world, target, sources, all),
    ],
    [VIEWS]: {
      isUndetermined: all.some(
        ({ answer }) => answer.verdict === 'undetermined' || !isEmpty(answer.undetermined),
      ),
      tree: () => ({
        direction: 'to',
        endpoint: target.ref,
        port,
        by,
        forwards: forwardsOf(world, target, asked, all),
        items: sources.flatMap(source => itemsOf(world, asker, source, equalTo(source))),
        denied: lazyList(denied),
      }),
    },
  }
}

function* sourceReport({ ref: from }: Group, answer: SourceAnswer): Iterable<Source> {
  const { verdict, open, undetermined, via, why } = answer
  if (verdict === 'no') return
  yield {
    from,
    verdict,
    open: openOf(open),
    ...(!isEmpty(undetermined) && { undetermined: openOf(undetermined) }),
    ...(via.length > 0 && { via }),
    ...concluded(why()),
  }
}

/** A port that was asked for by name is a number where it is the same on every Pod. */
function portAsked(world: World, target: EndpointsTarget | ServiceTarget, asked: PortQuestion): Port | null {
  const { ref } = target
  if (target.kind === 'service') return portOfTarget({ kind: 'endpoints', ref, endpoints: [] }, target, asked)
  const named = endpointsBehind(world, target).map(endpoint =>
    endpoint.kind === 'pod' ? askOf(asked, endpoint.pod)?.port : undefined,
  )
  const [first] = named
  const isSame = named.every(port => port?.number === first?.number && port?.protocol === first?.protocol)
  return (isSame ? first : undefined) ?? asPort(asked)
}

/** S-069, as in an answer about one source. */
function assumedServer(
  world: World,
  { ref }: EndpointsTarget | ServiceTarget,
  { port }: PortQuestion,
): readonly AssumptionReason[] {
  return ref.kind === 'APIServer' && typeof port === 'number' && apiServerOf(world).isAssumed
    ? [{ code: 'ASSUMED_API_SERVER', facts: { port } }]
    : []
}

function assumptionsOfTarget(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  sources: readonly Group[],
  all: readonly EqualSources[],
): readonly Assumption[] {
  const endpoints = [...sources.flatMap(source => source.endpoints), ...endpointsBehind(world, target)]
  const ofPairs = assumedTogether(
    all.flatMap(({ answer }) => answer.paths.flatMap(path => assumptionsBetweenEndpoints(world, path))),
  )
  const ofAll = [...assumptionsOfInput(world), ...assumptionsOfEndpoints(world, endpoints)]
  return [...ofAll.map(withMessage), ...fewOfEach(ofPairs)]
}

/** How many assumptions of one code are told; of the others only the number. */
const FEW = 3

function fewOfEach(assumptions: readonly AssumptionReason[]): readonly Assumption[] {
  return [...groupBy(assumptions, ({ code }) => code)].flatMap(([code, all]) => {
    const rest = all.length - FEW
    return [...all.slice(0, FEW).map(withMessage), ...(rest > 0 ? [omitted(code, rest)] : [])]
  })
}

/** Where the Service leads, for the first source that gets through it. */
function forwardsOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  all: readonly EqualSources[],
): ServiceForwards | undefined {
  const through = all.find(({ answer }) => answer.verdict !== 'no') ?? all[0]
  if (target.kind !== 'service' || through === undefined || isOpenEnded(target.service, asked))
    return undefined
  const { ref, endpoints } = through.sources[0]
  const source: EndpointsTarget = { kind: 'endpoints', ref, endpoints: endpoints.slice(0, 1) }
  const hop = serviceHopFor(world, source, { ...target, asked })
  return hop && forwardsFacts(world, hop)
}

/** A source with its answer; in parts, if the answers of its Pods differ. */
function itemsOf(
  world: World,
  asker: Asker,
  { ref, endpoints }: Group,
  { answer: whole, sources: [first] }: EqualSources,
): readonly TreeItem[] {
  const of = endpoints.length
  const nothing = [{ ref, pods: of, of, reach: undefined }]
  if (whole.verdict === 'no') return nothing
  const classes = asker.partsOf({ ref, endpoints })
  if (classes.length === 1)
    return [
      {
        ref,
        pods: of,
        of,
        reach: treeReach(whole, () => [treeReason(world, first, whole.why())], viaOf(whole)),
      },
    ]
  const answered = classes
    .map(group => ({ group, answer: asker.ask(group) }))
    .filter(({ answer }) => answer.verdict !== 'no')
  const parts = groupBy(answered, ({ answer }) =>
    [answer.open, answer.inPart, answer.undetermined, JSON.stringify(viaOf(answer).via)].join('|'),
  )
  const items = Array.from(parts.values(), part => ({
    ref,
    pods: part.reduce((count, { group }) => count + group.endpoints.length, 0),
    of,
    reach: treeReach(
      part[0].answer,
      () => part.map(({ group, answer }) => treeReason(world, group, answer.why())),
      viaOf(part[0].answer),
    ),
  }))
  return items.length === 0 ? nothing : items
}

/** Each way once: as a plain request, where one comes that way. */
const viaOf = ({ via, isOnlyVia }: SourceAnswer) => ({
  via: Array.from(groupBy(via, ({ id }) => id).values(), same => {
    const { id, sends } = same.find(one => one.sends === undefined) ?? same[0]
    return { id, ...(sends !== undefined && { sends }) }
  }),
  isOnlyVia,
})

/** The sources that are denied, by the reason; most of them first. */
const deniedTogether = (denied: readonly EqualSources[]): readonly TreeDenied[] =>
  [...groupBy(denied, ({ answer }) => `${answer.why().code} ${denialKey(answer)}`).values()]
    .map(joinedDenials)
    .sort((a, b) => b.sources.length - a.sources.length)

function joinedDenials(some: readonly [EqualSources, ...EqualSources[]]): TreeDenied {
  const sources = some.flatMap(one => one.sources).map(({ ref }) => ref)
  const why = some[0].answer.why()
  const isOfAll = some.every(({ answer }) => isSameData(answer.why(), why)) && !isNamed(sources[0], why)
  return { sources, why, isOfAll }
}

/** As a report has them. */
const deniedReport = ({ sources, why }: TreeDenied): KeptOut => ({
  ...concluded(why),
  sources: sources.length,
  from: sources.map(({ id }) => id),
})

/** Whether a conclusion names a source, or a Pod of it: the Pods of a workload have its name. */
function isNamed(source: EndpointRef | undefined, why: Conclusion): boolean {
  const { id = '', namespace, name } = source ?? {}
  return nameOneOf([id, ...(namespace === undefined ? [] : [`${namespace}/${name}`])], why.facts)
}

/**
 * A key for what denies a source: the closest rule and its first difference, or where there is none, the reason. If the
 * ingress policies of the destination deny it, the egress policies of the source do not matter.
 */
function denialKey({ explained }: SourceAnswer): string {
  const denied = explained().find(({ explanation }) => explanation.verdict === 'no')
  const denying = (denied?.explanation.steps ?? []).filter(({ verdict }) => verdict === 'no')
  const atDestination = denying.filter(({ step }) => step === 'ingress')
  return (atDestination.length > 0 ? atDestination : denying)
    .map(step => keyOf(step, denied?.path.from.id ?? ''))
    .join()
}

function keyOf({ step, why, side }: ExplainedStep, from: string): string {
  const near = side?.decisive
  if (near === undefined) return keyWithout([from], step, why)
  const { policy, rule, differences } = near
  const { kind, namespace, name } = policy
  return JSON.stringify([step, why.code, kind, namespace, name, rule?.index, differences[0].code])
}
