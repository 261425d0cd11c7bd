import { verdictWord } from '../network/policy-side.ts'
import type { VerdictWord } from '../report/common.ts'
import { type Connections, contains, intersect, isEmpty, NONE } from '../sets/connections.ts'
import type { Routing } from './http/request.ts'
import type { ConnectionHop, DeadEnd, Hop, NameHop, Path, RouteHop, SourceHop } from './path.ts'

/*
 * The verdict of a path is a fold over its hops: what does not get past one does not get past the rest.
 */

/** From what lets least pass to what lets all pass. */
const LEAST_FIRST: readonly VerdictWord[] = ['no', 'undetermined', 'partial', 'yes']

/** Whether a connection gets all the way. */
export const verdictOf = ({ hops }: Path): VerdictWord => leastOf(hops.map(verdictOfHop))

/** The verdict of what has to get past several hops. */
export const leastOf = (words: readonly VerdictWord[]): VerdictWord =>
  LEAST_FIRST.find(word => words.includes(word)) ?? 'yes'

/** Of several paths together: S-063. */
export const verdictOfAll = (paths: readonly Path[]): VerdictWord => together(paths.map(verdictOf))

/** Of several answers all, some or none (S-063). */
export function together(words: readonly VerdictWord[]): VerdictWord {
  if (words.length > 0 && words.every(word => word === 'yes')) return 'yes'
  if (words.some(word => word === 'yes' || word === 'partial')) return 'partial'
  return words.includes('undetermined') ? 'undetermined' : 'no'
}

/** The hop that makes the verdict what it is: the first that refuses, else the first that is not open, else the last. */
export function decisiveHop({ hops }: Path): Hop | undefined {
  return (
    hops.find(hop => verdictOfHop(hop) === 'no') ??
    hops.find(hop => verdictOfHop(hop) !== 'yes') ??
    hops.findLast(({ kind }) => kind !== 'assumed')
  )
}

/** The connection at the end of a path; undefined where it ends before. */
export const connectionOf = ({ hops }: Path): ConnectionHop | undefined =>
  hops.findLast(hop => hop.kind === 'connection')

/** What of the client's question is open, in the ports that it dials. */
export function openedBy(path: Path): Connections {
  const connection = connectionOf(path)
  if (connection === undefined) return NONE
  const isBlocked = path.hops.some(hop => hop !== connection && blocks(hop))
  const open = isBlocked ? NONE : openedByConnection(connection)
  return path.dialed === undefined || isEmpty(open) ? open : path.dialed
}

/** In the ports of the destination, which may not be those that the client dials. */
export function openedOnDestination(path: Path): Connections {
  const connection = connectionOf(path)
  const isOpen = ['yes', 'partial'].includes(verdictOf(path))
  return connection === undefined || !isOpen ? NONE : openedOf(connection)
}

/**
 * What cannot be determined: of the connection, or all that would be open were it sure that anything gets so far;
 * undefined where everything is known.
 */
export function undeterminedBy(path: Path): Connections | undefined {
  const connection = connectionOf(path)
  const unknown =
    connection === undefined ? NONE : intersect(connection.pair.undetermined, connection.flow.ask)
  const decisive = decisiveHop(path)
  if (decisive === undefined || decisive.kind === 'dead-end') return undefined
  if (decisive === connection) return isEmpty(unknown) ? undefined : unknown
  if (verdictOf(path) !== 'undetermined') return undefined
  return isEmpty(unknown) && connection !== undefined ? openedOf(connection) : unknown
}

const openedOf = ({ flow, pair }: ConnectionHop): Connections => intersect(pair.allowed, flow.ask)

const blocks = (hop: Hop): boolean => ['no', 'undetermined'].includes(verdictOfHop(hop))

/** A port of a Service is open if the port of the Pod that it leads to is. */
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
    case 'assumed':
      return 'yes'
    case 'source':
      return verdictOfSource(hop)
    case 'connection':
      return verdictWord(hop.flow.ask, hop.pair)
    case 'dead-end':
      return verdictOfDeadEnd(hop.why)
  }
}

/** The query has to get through, and the name has to be there: whoever answers, and whether or not. */
function verdictOfName({ lookup, query }: NameHop): VerdictWord {
  if (query === undefined) return 'yes'
  return lookup.kind === 'not-found' ? 'no' : verdictOfAll(query.udp)
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

function verdictOfSource({ flow, pair: { egress } }: SourceHop): VerdictWord {
  return egress === undefined ? 'yes' : verdictWord(flow.ask, egress)
}

function verdictOfDeadEnd(why: DeadEnd): VerdictWord {
  switch (why.kind) {
    case 'no-pods':
    case 'source-finished':
    case 'port-not-declared':
    case 'not-exposed':
    case 'port-unknown':
    case 'no-backends':
    case 'no-backend-on-node':
    case 'target-port-unresolved':
    case 'outside-source-ranges':
    case 'api-server-port-unknown':
      return 'no'
    case 'backend':
      return why.backend.kind === 'unmodeled' ? 'undetermined' : 'no'
    case 'controller-port-unknown':
      return 'undetermined'
  }
}
