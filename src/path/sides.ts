import { type PolicySide, policySides } from '../network/policy-side.ts'
import type { Hop, Path } from './path.ts'
import { verdictOfAll } from './verdict.ts'

/** The sides of paths that policies decide: those of what a hop needs for itself among them. */
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
    case 'source':
      return policySides(hop.flow, hop.pair).filter(({ direction }) => direction === 'egress')
    case 'connection':
      return policySides(hop.flow, hop.pair)
    case 'service':
    case 'unverified-name':
    case 'dead-end':
    case 'assumed':
      return []
  }
}
