import { type PolicySide, policySides, verdictWord } from '../network/policy-side.ts'
import type { VerdictWord } from '../report/common.ts'
import { ALL, type Connections, contains, intersect, isEmpty, NONE } from '../sets/connections.ts'
import type { RouteBackend, Routing } from './http/request.ts'
import type { ConnectionHop, DeadEnd, EitherHop, Hop, NameHop, Path, RouteHop } from './path.ts'

/*
 * The verdict of a path is a fold over its hops: a connection has to pass every one of them.
 */

/** From the most restrictive to the least. */
const LEAST_FIRST: readonly VerdictWord[] = ['no', 'undetermined', 'partial', 'yes']

/** Whether a connection passes every hop. */
export function verdictOf({ hops }: Pick<Path, 'hops'>): VerdictWord {
  const words = hops.map(verdictOfHop)
  return LEAST_FIRST.find(word => words.includes(word)) ?? 'yes'
}

/** Of several paths together: S-063. */
export const verdictOfAll = (paths: readonly Path[]): VerdictWord => together(paths.map(verdictOf))

/** Of some of the ways of one request, with what its controller refuses of the source before any of them. */
export function verdictOfWays(some: readonly Path[], all: readonly Path[]): VerdictWord {
  const refuses = all.some(path => endOf(path, 'no')?.kind === 'refused-by-controller')
  return together([...some.map(verdictOf), ...(refuses ? (['no'] as const) : [])])
}

/** Of several answers all, some or none (S-063). */
export function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.length > 0 && words.every(word => word === 'yes')) return 'yes'
  if (words.some(word => word === 'yes' || word === 'partial')) return 'partial'
  return words.includes('undetermined') ? 'undetermined' : 'no'
}

/** The hop that makes the verdict what it is: the first that refuses, else the first that is not open, else the last. */
export function decisiveHop({ hops }: Pick<Path, 'hops'>): Hop | undefined {
  return (
    hops.find(hop => verdictOfHop(hop) === 'no') ??
    hops.find(hop => verdictOfHop(hop) !== 'yes') ??
    hops.findLast(({ kind }) => kind !== 'assumed')
  )
}

/** What ends a path with a verdict: what is only in doubt says nothing of what comes after it. */
export const endOf = ({ hops }: Path, verdict: VerdictWord): DeadEnd | undefined =>
  hops.filter(hop => hop.kind === 'dead-end').find(({ why }) => verdictOfDeadEnd(why) === verdict)?.why

/** The connection at the end of a path; undefined where it ends before. */
export const connectionOf = ({ hops }: Path): ConnectionHop | undefined =>
  hops.findLast(hop => hop.kind === 'connection')

/** What of the client's question a path is for, in the ports that it dials; everything where it ends before a connection. */
export function askedOf(path: Path): Connections {
  const flow = connectionOf(path)?.flow
  return path.dialed ?? flow?.through?.dialed ?? flow?.ask ?? ALL
}

/** What of the client's question is open, in the ports that it dials. */
export function openedBy(path: Path): Connections {
  const ending = endingReached(path)
  if (ending === undefined) return NONE
  const open = ending.kind === 'connection' ? openedByConnection(ending) : openedByWays(ending)
  return path.dialed === undefined || isEmpty(open) ? open : path.dialed
}

/** In the ports of the destination, which may not be those that the client dials. */
export function openedOnDestination(path: Path): Connections {
  const ending = endingReached(path)
  if (ending === undefined) return NONE
  return ending.kind === 'connection' ? openedOf(ending) : openedByWays(ending)
}

type Ending = ConnectionHop | EitherHop

const isEnding = (hop: Hop): hop is Ending => hop.kind === 'connection' || hop.kind === 'either'

/** The connection at the end of a path, if it is sure that the client gets so far. */
function endingReached(path: Path): Ending | undefined {
  const ending = path.hops.findLast(isEnding)
  const isBlocked = path.hops.some(
    hop => hop !== ending && ['no', 'undetermined'].includes(verdictOfHop(hop)),
  )
  return isBlocked ? undefined : ending
}

/** What is open whichever way is taken. */
const openedByWays = (hop: EitherHop): Connections => (verdictOfHop(hop) === 'yes' ? hop.ask : NONE)

/**
 * What cannot be determined: of the connection, or all that it allows, where an earlier hop is undetermined;
 * undefined where everything is known.
 */
export function undeterminedBy(path: Path): Connections | undefined {
  const connection = connectionOf(path)
  const unknown =
    connection === undefined ? NONE : intersect(connection.pair.undetermined, connection.flow.ask)
  const decisive = decisiveHop(path)
  if (decisive === connection) return isEmpty(unknown) ? undefined : unknown
  if (decisive?.kind === 'dead-end' && decisive.why.kind === 'not-in-input')
    return decisive.why.what.kind === 'name' ? decisive.why.what.ask : undefined
  if (decisive?.kind === 'dead-end' || verdictOf(path) !== 'undetermined') return undefined
  if (decisive?.kind === 'either') return path.dialed ?? decisive.ask
  return isEmpty(unknown) && connection !== undefined ? openedOf(connection) : unknown
}

const openedOf = ({ flow, pair }: ConnectionHop): Connections => intersect(pair.allowed, flow.ask)

/** A port of a Service is open if the target port of the Pod is. */
function openedByConnection({ flow: { ask, through }, pair: { allowed } }: ConnectionHop): Connections {
  if (through === undefined) return intersect(allowed, ask)
  return contains(allowed, ask) ? through.dialed : NONE
}

export function verdictOfHop(hop: Hop): VerdictWord {
  switch (hop.kind) {
    case 'name':
      return verdictOfName(hop)
    case 'unverified-name':
      return 'undetermined'
    case 'route':
      return verdictOfRoute(hop)
    case 'service':
    case 'host-port':
    case 'assumed':
      return 'yes'
    case 'either':
      return agreed(hop.ways.map(verdictOfAll))
    case 'authorization':
      return hop.isPerhaps ? agreed(['yes', verdictOfAll(hop.paths)]) : verdictOfAll(hop.paths)
    case 'source':
      return hop.pair.egress === undefined ? 'yes' : verdictWord(hop.flow.ask, hop.pair.egress)
    case 'connection':
      return verdictWord(hop.flow.ask, hop.pair)
    case 'dead-end':
      return verdictOfDeadEnd(hop.why)
  }
}

/** Of several ways of which one is taken. */
function agreed([first = 'yes', ...others]: readonly VerdictWord[]): VerdictWord {
  return others.every(word => word === first) ? first : 'undetermined'
}

/** The query has to be allowed, and the name has to exist. */
function verdictOfName({ lookup, query }: NameHop): VerdictWord {
  if (query === undefined) return 'yes'
  const asked = verdictOfAll(query.udp)
  if (lookup.kind !== 'not-found') return asked
  const isPerhapsThere = lookup.by.length > 0 || lookup.searched !== undefined
  return asked !== 'no' && isPerhapsThere ? 'undetermined' : 'no'
}

function verdictOfRoute({ entry, entryPoint }: RouteHop): VerdictWord {
  const word = entry.length === 0 ? 'yes' : verdictOfAll(entry)
  return word === 'yes' ? verdictOfRouting(entryPoint.routing) : word
}

export function verdictOfRouting({ kind }: Routing): VerdictWord {
  switch (kind) {
    case 'routed':
    case 'redirected':
      return 'yes'
    case 'no-route':
      return 'no'
    case 'unknown':
      return 'undetermined'
  }
}

function verdictOfDeadEnd(why: DeadEnd): VerdictWord {
  switch (why.kind) {
    case 'no-pods':
    case 'source-finished':
    case 'port-not-declared':
    case 'not-exposed':
    case 'port-unknown':
    case 'no-backends':
    case 'target-port-unresolved':
    case 'no-shared-family':
    case 'api-server-port-unknown':
      return 'no'
    case 'no-backend-on-node':
    case 'outside-source-ranges':
      return why.perhaps === undefined ? 'no' : 'undetermined'
    case 'refused-by-controller':
      return why.isSure ? 'no' : 'undetermined'
    case 'backend':
      return verdictOfBackend(why.backend)
    case 'controller-port-unknown':
    case 'limited-by-balancer':
    case 'not-in-input':
      return 'undetermined'
  }
}

function verdictOfBackend(backend: RouteBackend): VerdictWord {
  switch (backend.kind) {
    case 'unmodeled':
      return 'undetermined'
    case 'no-node-port':
      return backend.isSure ? 'no' : 'undetermined'
    case 'not-granted':
      return backend.placeholder === undefined ? 'no' : 'undetermined'
    case 'service':
    case 'none':
    case 'no-port':
      return 'no'
  }
}

/** The sides of paths that policies decide, those of connections that a hop needs for itself included. */
export const sidesOfPaths = (paths: readonly Path[]): readonly PolicySide[] =>
  paths.flatMap(({ hops }) => hops.flatMap(sidesOfHop))

function sidesOfHop(hop: Hop): readonly PolicySide[] {
  switch (hop.kind) {
    case 'name': {
      if (hop.query === undefined) return []
      // Over TCP as well, where the query does not get through over UDP.
      const { udp, tcp } = hop.query
      return udp.length === 0 ? [] : sidesOfPaths(verdictOfAll(udp) === 'yes' ? udp : [...udp, ...tcp])
    }
    case 'route':
      return sidesOfPaths(hop.entry)
    case 'authorization':
      return sidesOfPaths(hop.paths)
    case 'source':
      return policySides(hop.flow, hop.pair).filter(({ direction }) => direction === 'egress')
    case 'connection':
      return policySides(hop.flow, hop.pair)
    case 'either':
      return sidesOfPaths(hop.ways.flat())
    case 'service':
    case 'host-port':
    case 'unverified-name':
    case 'dead-end':
    case 'assumed':
      return []
  }
}
