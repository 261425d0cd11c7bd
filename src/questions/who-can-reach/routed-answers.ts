import { concludeAll, explainPaths } from '../../explain/explain-path.ts'
import { askOf } from '../../naming/port.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/resolve.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import type { PortQuestion } from '../../network/flow.ts'
import { backendsOf, dialed, portsAsked } from '../../network/service-backends.ts'
import type { Path } from '../../path/path.ts'
import type { ClusterSettings } from '../../path/question.ts'
import { type Routed, routedTo, toldOf } from '../../path/routed.ts'
import { connectionOf, openedOnDestination, verdictOf, verdictOfWays } from '../../path/verdict.ts'
import type { VerdictWord } from '../../report/common.ts'
import {
  ALL,
  type Connections,
  intersect,
  isEmpty,
  NONE,
  overlaps,
  subtract,
  unionOf,
} from '../../sets/connections.ts'
import { lazily } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { isOutside } from '../matrix/rows-and-columns.ts'
import type { SourceAnswer } from './source-answer.ts'

/** What one request gets through to the destination, by an Ingress or a route. */
interface RoutedAnswer extends Routed {
  readonly verdict: VerdictWord
  readonly open: Connections
  readonly undetermined: Connections
}

/** Finds what a source outside can reach of a destination through Ingresses and routes. */
export function routedAnswersTo(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  asked: PortQuestion,
  settings: ClusterSettings,
): (source: Group) => readonly RoutedAnswer[] {
  const behind = new Set(endpointsBehind(world, target).map(endpoint => endpointId(world, endpoint)))
  const isBehind = (endpoint: Endpoint): boolean => behind.has(endpointId(world, endpoint))
  const services = world.cluster.services.filter(service =>
    target.kind === 'service'
      ? service === target.service
      : backendsOf(world, service).some(({ endpoint }) => isBehind(endpoint)),
  )
  const isAsked = ({ namespace, name }: { readonly namespace: string; readonly name: string }): boolean =>
    services.some(service => service.namespace === namespace && service.name === name)
  const isWanted = (path: Path): boolean => {
    const flow = connectionOf(path)?.flow
    return (
      flow !== undefined &&
      isBehind(flow.to) &&
      overlaps(openIn(target, path, ALL), askedOf(target, asked, flow.to))
    )
  }
  const routed = lazily(() => routedTo(world, settings, isAsked))
  return ({ ref, endpoints }) => {
    if (services.length === 0 || !isOutside({ ref, endpoints })) return []
    const source: EndpointsTarget = { kind: 'endpoints', ref, endpoints }
    return routed()(source).flatMap(one => {
      const wanted = one.paths.filter(isWanted)
      return wanted.length === 0 ? [] : [answerOf(target, { ...one, paths: wanted }, one.paths)]
    })
  }
}

function answerOf(
  target: EndpointsTarget | ServiceTarget,
  routed: Routed,
  all: readonly Path[],
): RoutedAnswer {
  const of = (words: readonly VerdictWord[]) =>
    unionOf(
      routed.paths
        .filter(path => words.includes(verdictOf(path)))
        .map(path => openIn(target, path, words.includes('yes') ? openedOnDestination(path) : ALL)),
    )
  return {
    ...routed,
    verdict: verdictOfWays(routed.paths, all),
    open: of(['yes', 'partial']),
    undetermined: of(['undetermined']),
  }
}

/** Some connections of a path in the ports of what is asked: those of the Service, or those of its Pods. */
function openIn(target: EndpointsTarget | ServiceTarget, path: Path, some: Connections): Connections {
  const flow = connectionOf(path)?.flow
  if (flow === undefined) return NONE
  const open = intersect(flow.ask, some)
  if (target.kind === 'endpoints') return open
  return flow.through?.service === target.service && !isEmpty(open) ? flow.through.dialed : NONE
}

function askedOf(target: EndpointsTarget | ServiceTarget, asked: PortQuestion, to: Endpoint): Connections {
  return target.kind === 'service'
    ? unionOf(portsAsked(target.service, asked, 'own').map(dialed))
    : (askOf(asked, to.kind === 'pod' ? to.pod : undefined)?.ask ?? NONE)
}

/** From the most to the least. */
const MOST_FIRST: readonly VerdictWord[] = ['yes', 'partial', 'undetermined', 'no']

/** The answer for a source that may take any of these ways, or none. */
export function withRoutes(
  world: World,
  direct: SourceAnswer,
  routed: readonly RoutedAnswer[],
): SourceAnswer {
  if (routed.length === 0) return direct
  const best = MOST_FIRST.find(word => routed.some(({ verdict }) => verdict === word)) ?? 'no'
  const paths = routed.filter(({ verdict }) => verdict === best).flatMap(one => one.paths)
  // Where no Service leads in directly, what keeps the routes out is the reason.
  const isExposed = () => direct.why().code !== 'SERVICE_NOT_EXPOSED'
  const isBetter = MOST_FIRST.indexOf(best) < MOST_FIRST.indexOf(direct.verdict)
  const isTold = isBetter || (direct.verdict === 'no' && !isExposed())
  const explained = lazily(() => explainPaths(world, paths))
  const open = unionOf([direct.open, ...routed.map(one => one.open)])
  const openBy = (word: VerdictWord): readonly Connections[] =>
    routed.filter(({ verdict }) => verdict === word).map(one => one.open)
  const inPart = unionOf([direct.inPart, ...openBy('partial')])
  const everywhere = unionOf([subtract(direct.open, direct.inPart), ...openBy('yes')])
  return {
    verdict: isBetter ? best : direct.verdict,
    open,
    inPart: subtract(inPart, everywhere),
    undetermined: unionOf([direct.undetermined, ...routed.map(one => one.undetermined)]),
    paths: best === 'no' && !isTold ? direct.paths : [...direct.paths, ...paths],
    explained: isTold ? explained : direct.explained,
    why: isTold ? lazily(() => concludeAll(explained()).why) : direct.why,
    via: routed
      .filter(({ verdict }) => verdict !== 'no')
      .map(({ via, url, sends, verdict }) => ({ id: via, url, ...toldOf(sends), verdict })),
    isOnlyVia: direct.verdict === 'no',
  }
}
