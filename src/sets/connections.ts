import type { Algebra } from './algebra.ts'
import {
  equal,
  fromBoundaries,
  type Intervals,
  intersect,
  overlaps,
  rangesOf,
  subtract,
  union,
} from './intervals.ts'

export { contains, equal, intersect, isEmpty, overlaps, subtract, union, unionOf } from './intervals.ts'

/** The protocols that a NetworkPolicy knows (S-054). */
export const PROTOCOLS = ['TCP', 'UDP', 'SCTP'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/**
 * A set of connections: each protocol's ports 1 to 65535 laid end to end on one line, TCP first, then UDP and SCTP,
 * then one last point for everything that has no ports (ICMP and the rest, S-054).
 */
export type Connections = Intervals<number, 'connections'>

/** The ports of one protocol in a set, as closed intervals; `OTHER` is everything without ports. */
export interface ProtocolPorts {
  readonly protocol: Protocol | 'OTHER'
  readonly ports: readonly (readonly [number, number])[]
}

export const LOWEST_PORT = 1
export const HIGHEST_PORT = 65535
const PORTS = HIGHEST_PORT - LOWEST_PORT + 1
const PORTLESS_POINT = PORTS * PROTOCOLS.length

export const NONE: Connections = fromBoundaries([])
export const ALL: Connections = fromBoundaries([0, PORTLESS_POINT + 1])
/** Everything without ports. */
export const PORTLESS: Connections = fromBoundaries([PORTLESS_POINT, PORTLESS_POINT + 1])

/** The ports `first` to `last` of a protocol, both included; both lie in 1 to 65535. */
export function ports(
  protocol: Protocol,
  first: number = LOWEST_PORT,
  last: number = HIGHEST_PORT,
): Connections {
  const start = PROTOCOLS.indexOf(protocol) * PORTS - LOWEST_PORT
  return first > last ? NONE : fromBoundaries([start + first, start + last + 1])
}

export const isAll = (set: Connections): boolean => equal(set, ALL)

/** For one pair of identities. */
export const CONNECTIONS: Algebra<Connections, boolean> = {
  none: NONE,
  all: ALL,
  union,
  intersect,
  subtract,
  choose: (where, a, b) => (where ? a : b),
}

/** By protocol, in the order TCP, UDP, SCTP, OTHER, without protocols that have no port in the set. */
export function byProtocol(set: Connections): readonly ProtocolPorts[] {
  const out: ProtocolPorts[] = []
  for (const [index, protocol] of PROTOCOLS.entries()) {
    const shift = index * PORTS - LOWEST_PORT
    const within = rangesOf(intersect(set, ports(protocol)))
    if (within.length > 0)
      out.push({
        protocol,
        ports: within.map(([start, end]) => [start - shift, end - 1 - shift]),
      })
  }
  if (overlaps(set, PORTLESS)) out.push({ protocol: 'OTHER', ports: [] })
  return out
}
