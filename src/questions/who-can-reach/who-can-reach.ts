import { assumptionsOfEndpoints } from '../../explain/assumptions/endpoints.ts'
import { assumptionsOfInput } from '../../explain/assumptions/input.ts'
import { assumptionsBetweenEndpoints } from '../../explain/assumptions/path.ts'
import { forwardsFacts } from '../../explain/explain-path.ts'
import type { EndpointsTarget, ServiceTarget } from '../../naming/names.ts'
import { endpointsBehind } from '../../naming/names.ts'
import { askOf, asPort } from '../../naming/port.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { openOf } from '../../network/open.ts'
import { serviceHopFor } from '../../path/through-service.ts'
import { isOpenEnded, portOfTarget } from '../../path/to-target.ts'
import type { Assumption, AssumptionReason } from '../../report/assumption.ts'
import type { Port } from '../../report/common.ts'
import type { ServiceForwards } from '../../report/facts/paths.ts'
import { distinct } from '../../report/reason.ts'
import type { Source, WhoCanReach } from '../../report/report.ts'
import type { Tree } from '../../report/tree.ts'
import { isEmpty } from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import { omitted, told } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { concluded } from '../reachability.ts'
import { type TreeGets, type TreeItem, treeGets, treeReason } from '../tree/item.ts'
import { type TreeDetail, treeOf } from '../tree/tree.ts'
import { deniedTogether, keptOut } from './denied-sources.ts'
import { type Asker, askerOf, memo, type SourceAnswer } from './source-answers.ts'
import { type SourceQuestion, sourcesFor } from './sources.ts'
import { type CommonQuestion, readCommonTarget } from './target.ts'

/** A question as it was typed. */
export interface WhoQuestion extends CommonQuestion, SourceQuestion {}

/** The answer, as data and as the terminal gets it. */
export interface WhoAnswer {
  readonly report: WhoCanReach
  /** Whether something of it cannot be told from the input. */
  readonly isUndetermined: boolean
  readonly tree: (detail: TreeDetail) => Tree
}

/** Sources that stand alike, and what the first of them gets. */
interface Kind {
  readonly first: Group
  readonly gets: SourceAnswer
  readonly sources: Group[]
}

/**
 * Everyone who can reach a destination: each source gets what `reach` says of it. Sources that nothing tells apart are asked
 * about once. Throws CannotAnswer for a destination that is not there, or not the same for everybody.
 */
export function whoCanReach(world: World, question: WhoQuestion): WhoAnswer {
  const { target, asked } = readCommonTarget(world, question)
  const sources = sourcesFor(world, target, question)
  const asker = askerOf(world, target, asked, sources)
  const kinds = kindsOf(asker, sources)
  const to = target.ref
  const port = portAsked(world, target, asked)
  const denied = memo(() => deniedTogether([...kinds.values()].filter(({ gets }) => gets.verdict === 'no')))
  const report: WhoCanReach = {
    kind: 'WhoCanReach',
    to,
    port,
    by: question.by,
    sources: {
      *[Symbol.iterator]() {
        for (const source of sources) {
          const kind = kinds.get(asker.kindOf(source))
          if (kind === undefined || kind.gets.verdict === 'no') continue
          yield* sourceOf(source, kind.first === source ? kind.gets : asker.ask(source))
        }
      },
    },
    keptOut: {
      *[Symbol.iterator]() {
        yield* denied().map(keptOut)
      },
    },
    assumptions: assumptionsOf(world, target, sources, [...kinds.values()]),
  }
  return {
    report,
    isUndetermined: [...kinds.values()].some(
      ({ gets }) => gets.verdict === 'undetermined' || !isEmpty(gets.undetermined),
    ),
    tree: detail =>
      treeOf(
        {
          direction: 'to',
          end: to,
          port,
          by: question.by,
          forwards: forwardsOf(world, target, asked, [...kinds.values()]),
          denied,
        },
        [...itemsOf(world, asker, sources, kinds)],
        detail,
      ),
  }
}

function kindsOf(asker: Asker, sources: readonly Group[]): ReadonlyMap<string, Kind> {
  const kinds = new Map<string, Kind>()
  for (const source of sources) {
    const key = asker.kindOf(source)
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, { first: source, gets: asker.ask(source), sources: [source] })
    else kind.sources.push(source)
  }
  return kinds
}

function* sourceOf(
  { ref: from }: Group,
  { verdict, open, undetermined, why }: SourceAnswer,
): Iterable<Source> {
  if (verdict === 'no') return
  yield {
    from,
    verdict,
    open: openOf(open),
    ...(!isEmpty(undetermined) && { undetermined: openOf(undetermined) }),
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

function assumptionsOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  sources: readonly Group[],
  kinds: readonly Kind[],
): readonly Assumption[] {
  const endpoints = [...sources.flatMap(source => source.endpoints), ...endpointsBehind(world, target)]
  const ofPairs = distinct(
    kinds.flatMap(({ gets }) => gets.paths.flatMap(path => assumptionsBetweenEndpoints(world, path))),
  )
  const ofAll = [...assumptionsOfInput(world), ...assumptionsOfEndpoints(world, endpoints)]
  return [...ofAll.map(told), ...fewOfEach(ofPairs)]
}

/** So often the same is said of different endpoints. */
const FEW = 3

function fewOfEach(assumptions: readonly AssumptionReason[]): readonly Assumption[] {
  return [...groupBy(assumptions, ({ code }) => code)].flatMap(([code, all]) => {
    const rest = all.length - FEW
    return [...all.slice(0, FEW).map(told), ...(rest > 0 ? [omitted(code, rest)] : [])]
  })
}

/** Where the Service leads, for the first source that gets through it. */
function forwardsOf(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  kinds: readonly Kind[],
): ServiceForwards | undefined {
  const through = kinds.find(({ gets }) => gets.verdict !== 'no') ?? kinds[0]
  if (target.kind !== 'service' || through === undefined || isOpenEnded(target.service, asked))
    return undefined
  const { ref, endpoints } = through.first
  const source: EndpointsTarget = { kind: 'endpoints', ref, endpoints: endpoints.slice(0, 1) }
  const hop = serviceHopFor(world, source, { ...target, asked })
  return hop && forwardsFacts(world, hop)
}

/** For each source what it gets; one whose Pods do not all get the same is in parts. */
function* itemsOf(
  world: World,
  asker: Asker,
  sources: readonly Group[],
  kinds: ReadonlyMap<string, Kind>,
): Iterable<TreeItem> {
  for (const source of sources) {
    const kind = kinds.get(asker.kindOf(source))
    const parts =
      kind === undefined || kind.gets.verdict === 'no' ? [] : partsAlike(world, asker, source, kind)
    if (parts.length === 0) yield { end: source, of: source.endpoints.length, gets: undefined }
    for (const { end, gets: own } of parts) yield { end, of: source.endpoints.length, gets: own }
  }
}

function partsAlike(
  world: World,
  asker: Asker,
  source: Group,
  { first, gets: whole }: Kind,
): readonly { readonly end: Group; readonly gets: TreeGets }[] {
  const classes = asker.partsOf(source)
  if (classes.length === 1)
    return [{ end: source, gets: treeGets(whole, () => [treeReason(world, first, whole.why())]) }]
  const answered = classes
    .map(group => ({ group, gets: asker.ask(group) }))
    .filter(({ gets }) => gets.verdict !== 'no')
  const parts = groupBy(answered, ({ gets }) => [gets.open, gets.inPart, gets.undetermined].join('|'))
  return [...parts.values()].map(part => ({
    end: { ref: source.ref, endpoints: part.flatMap(({ group }) => group.endpoints) },
    gets: treeGets(part[0].gets, () => part.map(({ group, gets }) => treeReason(world, group, gets.why()))),
  }))
}
