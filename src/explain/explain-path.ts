import { endpointId, podRef, serviceRef } from '../network/endpoint-ids.ts'
import type { EitherHop, Hop, HostPortHop, NameHop, Path, ServiceHop } from '../path/path.ts'
import { decisiveHop, together, verdictOf, verdictOfHop } from '../path/verdict.ts'
import type { Symptom } from '../report/common.ts'
import type { Conclusion, EndpointsDiffer, HostPortFacts, ServiceForwards } from '../report/facts/paths.ts'
import { isSameData } from '../report/reason.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { explainConnection, explainSource } from './connection.ts'
import { explainDeadEnd } from './dead-end.ts'
import { FEW } from './differences/services.ts'
import { type Explanation, explanationOf, inferred, NEITHER_SUBJECT, SYMPTOMS } from './explanation.ts'
import { explainName } from './name.ts'
import { afterRoute, explainAuthorization, explainRoute } from './route.ts'

/*
 * Why a path has its verdict: the explanations of its hops, put together. From here a reader gets to the policies by
 * connection.ts, side.ts, near-misses.ts and differences/.
 */

export interface ExplainedPath {
  readonly path: Path
  readonly explanation: Explanation
}

/** Explains the paths of one question: those through the same name say together what the answer would be by address. */
export function explainPaths(world: World, paths: readonly Path[]): readonly ExplainedPath[] {
  const context: HopContext = {
    world,
    explainHop: memoized(hop => explainHop(world, hop)),
    afterName: memoized(hop => concludeAll(paths.flatMap(path => pathAfter(context, path, hop)))),
  }
  return paths.map(path => ({ path, explanation: explainFrom(context, path, path.hops) }))
}

/** The answer for several paths together. */
export function concludeAll(
  explained: readonly ExplainedPath[],
): Pick<Explanation, 'verdict' | 'why' | 'symptom'> {
  const [first] = explained.map(({ explanation }) => explanation)
  const verdict = together(explained.map(({ explanation }) => explanation.verdict))
  const isAlike = explained.every(
    ({ explanation: one }) => one.verdict === first?.verdict && one.why.code === first.why.code,
  )
  if (first !== undefined && (isAlike || verdict !== 'partial'))
    return explained.find(({ explanation }) => explanation.verdict === verdict)?.explanation ?? first
  const partial = explained.find(({ explanation }) => explanation.verdict === 'partial')
  const closed =
    explained.find(({ explanation }) => !['yes', 'partial'].includes(explanation.verdict)) ?? partial
  if (closed === undefined) return { verdict, why: NEITHER_SUBJECT, symptom: SYMPTOMS[verdict] }
  return {
    verdict,
    why: { code: 'ENDPOINTS_DIFFER', facts: endpointsDiffer(closed, explained) },
    symptom: symptomOfAll(closed, explained),
  }
}

/** What the paths of one question share is explained once. */
interface HopContext {
  readonly world: World
  /** Undefined for a hop without a step. */
  readonly explainHop: (hop: Hop) => Explanation | undefined
  /** What all paths that begin with a name say together of what comes after it. */
  readonly afterName: (hop: NameHop) => Pick<Explanation, 'verdict' | 'why'>
}

function explainFrom(context: HopContext, path: Path, hops: readonly Hop[]): Explanation {
  const [hop, ...rest] = hops
  if (hop === undefined) return { verdict: 'yes', why: NEITHER_SUBJECT, symptom: SYMPTOMS.yes, steps: [] }
  const own = context.explainHop(hop)
  if (own === undefined) return explainFrom(context, path, rest)
  if (rest.every(({ kind }) => kind === 'assumed')) return own
  const after = explainFrom(context, path, rest)
  const seen = seenThrough(context.world, hop, path, after)
  const steps = [...own.steps, ...seen.steps]
  const byAddress = answerByAddress(context, hop, rest)
  const isDecisive = decisiveHop({ hops }) === hop
  return {
    ...(isDecisive ? conclusionOf(own, byAddress) : seen),
    verdict: verdictOf({ hops }),
    steps,
    ...(byAddress !== undefined && { byAddress }),
  }
}

/** Why a hop ends the path, with the answer by address beside it where the hop is a name. */
const conclusionOf = ({ why, symptom }: Explanation, byAddress: Explanation['byAddress']) => ({
  why: byAddress === undefined ? why : inferred(why.code, { because: 'name', name: why, byAddress }),
  symptom,
})

function explainHop(world: World, hop: Hop): Explanation | undefined {
  const asOne = (paths: readonly Path[]): Explanation | undefined => {
    const explained = explainPaths(world, paths)
    const shown = explained.find(({ explanation }) => explanation.verdict !== 'yes') ?? explained[0]
    return shown && { ...concludeAll(explained), steps: shown.explanation.steps }
  }
  switch (hop.kind) {
    case 'name':
      return explainName(world, hop, hop.query && asOne(hop.query.udp))
    case 'route':
      return explainRoute(world, hop, asOne(hop.entry))
    case 'authorization':
      return explainAuthorization(hop, asOne(hop.paths))
    case 'unverified-name': {
      const facts = { about: 'name', why: 'unverified-name', namespace: hop.namespace } as const
      const why = { code: 'UNDETERMINED_ADDRESS', facts } as const
      // It is policies of that namespace that may refuse what comes to it.
      return explanationOf({ step: 'ingress', verdict: verdictOfHop(hop), why, object: hop.typed })
    }
    case 'service':
      return explanationOf({
        step: 'service',
        verdict: 'yes',
        why: { code: 'SERVICE_FORWARDS', facts: forwardsFacts(world, hop) },
        object: serviceRef(hop.service).id,
      })
    case 'host-port':
      return explanationOf({
        step: 'node',
        verdict: 'yes',
        why: { code: 'HOST_PORT_FORWARDS', facts: hostPortFacts(world, hop) },
        object: `node/${hop.node.name}`,
      })
    case 'either':
      return explainWays(world, hop, asOne)
    case 'source':
      return explainSource(world, hop)
    case 'connection':
      return explainConnection(world, hop)
    case 'dead-end':
      return explainDeadEnd(world, hop.why)
    case 'assumed':
      return undefined
  }
}

export const forwardsFacts = (world: World, { service, arrivals }: ServiceHop): ServiceForwards => ({
  headless: service.headless,
  targets: arrivals.slice(0, FEW).map(({ to, servicePort, port }) => ({
    id: endpointId(world, to),
    port,
    servicePort: servicePort.port,
  })),
  of: arrivals.length,
})

/**
 * The answer by address, where the name does not resolve. A path that leads out and back in through a route has no address
 * to ask for.
 */
function answerByAddress(context: HopContext, hop: Hop, rest: readonly Hop[]): Explanation['byAddress'] {
  if (hop.kind !== 'name' || hop.lookup.kind === 'not-found' || verdictOfHop(hop) === 'yes') return undefined
  if (rest.some(({ kind }) => kind === 'route')) return undefined
  const { verdict, why } = context.afterName(hop)
  return { verdict, why }
}

function pathAfter(context: HopContext, path: Path, hop: NameHop): readonly ExplainedPath[] {
  const place = path.hops.indexOf(hop)
  if (place < 0) return []
  return [{ path, explanation: explainFrom(context, path, path.hops.slice(place + 1)) }]
}

function seenThrough(world: World, hop: Hop, path: Path, after: Explanation): Explanation {
  switch (hop.kind) {
    case 'route':
      return afterRoute(world, hop, path, after)
    case 'host-port': {
      const why = { because: 'host-port', ...hostPortFacts(world, hop), why: after.why } as const
      return after.verdict === 'yes' ? after : { ...after, why: inferred(after.why.code, why) }
    }
    case 'name':
    case 'authorization':
    case 'unverified-name':
    case 'service':
    case 'either':
    case 'source':
    case 'connection':
    case 'dead-end':
    case 'assumed':
      return after
  }
}

const hostPortFacts = (
  world: World,
  { node, pod, hostPort }: Pick<HostPortHop, 'node' | 'pod' | 'hostPort'>,
): HostPortFacts => ({
  node: node.name,
  hostPort: { protocol: hostPort.protocol, number: hostPort.number },
  pod: podRef(world, pod).id,
  port: hostPort.containerPort,
})

/** Where the ways agree, the first one stands for all; else what each of them that is not open lacks. */
function explainWays(
  world: World,
  hop: EitherHop,
  asOne: (paths: readonly Path[]) => Explanation | undefined,
): Explanation | undefined {
  const ways = hop.ways.flatMap(paths => asOne(paths) ?? [])
  const verdict = verdictOfHop(hop)
  const [first] = ways
  if (first === undefined || ways.every(way => way.verdict === verdict)) return first
  const reasons = ways.filter(way => way.verdict !== 'yes').map(({ why }) => withoutHostPort(why))
  const otherwise = reasons.filter((why, index) => reasons.findIndex(one => isSameData(one, why)) === index)
  const { depends } = hop
  switch (depends.on) {
    case 'placement':
    case 'client': {
      const { on, from, node } = depends
      const facts = { on, from: endpointId(world, from), ...hostPortFacts(world, depends), otherwise }
      const why = { code: 'UNDETERMINED_HOST_PORT', facts } as const
      return explanationOf({ step: 'node', verdict, why, object: `node/${node.name}` })
    }
    case 'cache':
    case 'platform': {
      const { on, servers } = depends
      const why = { code: 'UNDETERMINED_DNS_SERVER', facts: { on, servers, otherwise } } as const
      return explanationOf({ step: 'egress', verdict, why, object: servers.join(', ') })
    }
  }
}

/** Where the port leads is said already. */
const withoutHostPort = (why: Conclusion): Conclusion =>
  'because' in why.facts && why.facts.because === 'host-port' ? why.facts.why : why

/** What a client sees where some endpoints answer and others do not, perhaps through a proxy. */
function symptomOfAll(closed: ExplainedPath, all: readonly ExplainedPath[]): Symptom {
  if (all.some(({ explanation: { symptom } }) => symptom === 'unknown')) return SYMPTOMS.undetermined
  if (all.some(({ explanation: { verdict } }) => verdict === 'partial')) return SYMPTOMS.partial
  const { symptom } = closed.explanation
  return { someAnswer: typeof symptom === 'number' ? symptom : 'times-out' }
}

function endpointsDiffer(
  { path: { to, from, port, ipFamily }, explanation: { verdict, why } }: ExplainedPath,
  all: readonly ExplainedPath[],
): EndpointsDiffer {
  const count = (word: Explanation['verdict']): number =>
    all.filter(({ explanation }) => explanation.verdict === word).length
  // The port is part of which one it is where the others have another port.
  const isPortOwn = all.some(({ path }) => path.port?.number !== port?.number)
  const isOneTo = !isPortOwn && all.every(({ path }) => path.to.id === to.id)
  const isOneFrom = all.every(({ path }) => path.from.id === from.id)
  return {
    open: count('yes'),
    partial: count('partial'),
    of: all.length,
    closed: {
      verdict,
      to: { id: to.id, port: isPortOwn ? port : null },
      from: from.id,
      differsBy: differsBy(isOneFrom, isOneTo),
      ...(ipFamily !== undefined && { ipFamily }),
      why,
    },
  }
}

/** One pair of endpoints has several answers where its IP families differ (S-035). */
function differsBy(isOneFrom: boolean, isOneTo: boolean): EndpointsDiffer['closed']['differsBy'] {
  if (isOneFrom) return isOneTo ? 'ip-family' : 'destination'
  return isOneTo ? 'source' : 'both'
}
