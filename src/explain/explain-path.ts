import { endpointsTarget } from '../naming/names.ts'
import { endpointId, serviceRef } from '../network/endpoint-ids.ts'
import { nameOfController } from '../path/http/controllers.ts'
import type { Hop, NameHop, Path, RouteHop, ServiceHop } from '../path/path.ts'
import { together, verdictOfHop } from '../path/verdict.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { EndpointsDiffer, ServiceForwards } from '../report/facts/paths.ts'
import type { Symptom } from '../report/symptom.ts'
import type { World } from '../world/world.ts'
import { explainConnection, explainSource } from './connection.ts'
import { explainDeadEnd } from './dead-end.ts'
import { type Explanation, SYMPTOMS } from './explanation.ts'
import { explainName } from './name.ts'
import { explainRoute } from './route.ts'

/*
 * Why a path ends as it does: hop by hop, what each adds to the explanation of what comes after it.
 */

/** A path with why it is what it is. */
export interface ExplainedPath {
  readonly path: Path
  readonly explanation: Explanation
}

/** Explains paths that belong to one question: of those that share a name, all say what it would be by address. */
export function explainPaths(world: World, paths: readonly Path[]): readonly ExplainedPath[] {
  const context = { world, paths }
  return paths.map(path => ({ path, explanation: explainFrom(context, path, path.hops) }))
}

/** Several paths together: why not all of them are open, if they are not. */
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
  if (closed === undefined)
    return {
      verdict,
      why: { code: 'NOT_SUBJECT_TO_POLICIES', facts: { because: 'neither-subject' } },
      symptom: SYMPTOMS[verdict],
    }
  return {
    verdict,
    why: { code: 'ENDPOINTS_DIFFER', facts: differences(closed, explained) },
    symptom: symptomOfAll(closed, explained),
  }
}

interface Context {
  readonly world: World
  readonly paths: readonly Path[]
}

function explainFrom(context: Context, path: Path, [hop, ...rest]: readonly Hop[]): Explanation {
  if (hop === undefined) return NOTHING
  const own = explainHop(context, hop)
  if (own === undefined) return explainFrom(context, path, rest)
  if (rest.every(({ kind }) => kind === 'assumed')) return own
  const behind = explainFrom(context, path, rest)
  const seen = hop.kind === 'route' ? seenThrough(context.world, hop, path, behind) : behind
  return past(own, seen, byAddress(context, hop, rest))
}

/** What nothing is left of. */
const NOTHING: Explanation = {
  verdict: 'yes',
  why: { code: 'NOT_SUBJECT_TO_POLICIES', facts: { because: 'neither-subject' } },
  symptom: SYMPTOMS.yes,
  steps: [],
}

/** Undefined for a hop of which there is nothing to say. */
function explainHop({ world }: Context, hop: Hop): Explanation | undefined {
  const asOne = (paths: readonly Path[]): Explanation | undefined => {
    const explained = explainPaths(world, paths)
    const telling = explained.find(({ explanation }) => explanation.verdict !== 'yes') ?? explained[0]
    return telling && { ...concludeAll(explained), steps: telling.explanation.steps }
  }
  switch (hop.kind) {
    case 'name':
      return explainName(world, hop, hop.query && asOne(hop.query.udp))
    case 'route':
      return explainRoute(world, hop, asOne(hop.entry))
    case 'unverified-name': {
      const verdict = verdictOfHop(hop)
      const facts = { why: 'unverified-name', namespace: hop.namespace } as const
      const why = { code: 'UNDETERMINED_ADDRESS', facts } as const
      return {
        verdict,
        why,
        symptom: SYMPTOMS[verdict],
        steps: [{ step: 'ingress', verdict, why, object: hop.typed }],
      }
    }
    case 'service':
      return explainService(world, hop)
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

/** So many of the places that a Service forwards to are named. */
const NAMED = 3

/** Where a Service forwards to. */
function explainService(world: World, hop: ServiceHop): Explanation {
  const why = { code: 'SERVICE_FORWARDS', facts: forwardsFacts(world, hop) } as const
  const step = { step: 'service', verdict: 'yes', why, object: serviceRef(hop.service).id } as const
  return { verdict: 'yes', why, symptom: SYMPTOMS.yes, steps: [step] }
}

export const forwardsFacts = (world: World, { service, arrivals }: ServiceHop): ServiceForwards => ({
  headless: service.headless,
  targets: arrivals.slice(0, NAMED).map(({ to, servicePort, port }) => ({
    id: endpointId(world, to),
    port,
    servicePort: servicePort.port,
  })),
  of: arrivals.length,
})

/** A hop before the rest of a path: the rest counts only as far as something gets past the hop. */
function past(hop: Explanation, rest: Explanation, byAddress: Explanation['byAddress']): Explanation {
  const steps = [...hop.steps, ...rest.steps]
  const isRest = hop.verdict === 'yes' || (hop.verdict !== 'no' && rest.verdict === 'no')
  if (isRest) return { ...rest, steps, ...(byAddress && { byAddress }) }
  const verdict = hop.verdict === 'partial' && rest.verdict === 'undetermined' ? rest.verdict : hop.verdict
  const why = byAddress
    ? ({ code: hop.why.code, facts: { because: 'name', name: hop.why, byAddress } } as const)
    : hop.why
  return { verdict, why, symptom: hop.symptom, steps, ...(byAddress && { byAddress }) }
}

/**
 * What it would be by address, where it is the name that does not get through. A way out that comes back in through a
 * route has no address to go by.
 */
function byAddress(context: Context, hop: Hop, rest: readonly Hop[]): Explanation['byAddress'] {
  if (hop.kind !== 'name' || hop.lookup.kind === 'not-found' || verdictOfHop(hop) === 'yes') return undefined
  if (rest.some(({ kind }) => kind === 'route')) return undefined
  const { verdict, why } = concludeAll(context.paths.flatMap(path => afterName(context, path, hop)))
  return { verdict, why }
}

function afterName(context: Context, path: Path, hop: NameHop): readonly ExplainedPath[] {
  const place = path.hops.indexOf(hop)
  if (place < 0) return []
  return [{ path, explanation: explainFrom(context, path, path.hops.slice(place + 1)) }]
}

/** What the client sees of a backend that its controller does not get to. */
function seenThrough(
  world: World,
  { entryPoint: { controller } }: RouteHop,
  path: Path,
  behind: Explanation,
): Explanation {
  if (behind.verdict === 'yes' || path.hops.some(isBackendStop)) return behind
  if (NOTHING_THERE.includes(behind.why.code)) return { ...behind, symptom: 503 }
  const facts = {
    because: 'not-forwarded',
    controller: endpointsTarget(world, controller.endpoints, nameOfController(world, controller)).ref.id,
    to: path.to.id,
    why: behind.why,
  } as const
  return {
    ...behind,
    symptom: behind.verdict === 'no' ? 504 : behind.symptom,
    why: { code: behind.why.code, facts },
  }
}

const isBackendStop = (hop: Hop): boolean => hop.kind === 'dead-end' && hop.why.kind === 'backend'

const NOTHING_THERE: readonly ReasonCode[] = [
  'SERVICE_HAS_NO_ENDPOINTS',
  'SERVICE_PORT_UNKNOWN',
  'NAMED_PORT_UNRESOLVED',
]

/** Some endpoints answer, and others do not: a proxy in between tells the client so. */
function symptomOfAll(closed: ExplainedPath, all: readonly ExplainedPath[]): Symptom {
  const isClear = all.every(({ explanation: { verdict } }) => verdict === 'yes' || verdict === 'no')
  if (!isClear) return SYMPTOMS.partial
  const { symptom } = closed.explanation
  return { someAnswer: typeof symptom === 'number' ? symptom : 'times-out' }
}

function differences(
  { path: { to, from, port }, explanation: { verdict, why } }: ExplainedPath,
  all: readonly ExplainedPath[],
): EndpointsDiffer {
  const count = (word: Explanation['verdict']): number =>
    all.filter(({ explanation }) => explanation.verdict === word).length
  // The port says which one it is where the others have another one.
  const isPortOwn = all.some(({ path }) => path.port?.number !== port?.number)
  const keyOf = (path: Path): string => `${path.to.id} ${isPortOwn ? path.port?.number : ''}`
  const isOneTo = all.every(({ path }) => keyOf(path) === keyOf({ from, to, port, hops: [] }))
  const isOneFrom = all.every(({ path }) => path.from.id === from.id)
  return {
    open: count('yes'),
    partial: count('partial'),
    of: all.length,
    closed: {
      verdict,
      to: { id: to.id, port: isPortOwn ? port : null },
      from: from.id,
      differsBy: isOneTo
        ? isOneFrom
          ? // Of one pair of endpoints there are several answers where its IP families differ (S-035).
            'ip-family'
          : 'source'
        : isOneFrom
          ? 'destination'
          : 'both',
      why,
    },
  }
}
