import { type Bits, intersectBits, NO_BITS, unionBits } from '../../sets/bits.ts'
import type { NonEmpty } from '../../sets/group-by.ts'

/** Of many identities, those that match: surely, and surely or perhaps. */
export interface Matches {
  readonly yes: Bits
  /** Contains `yes`; the same object where nothing is unknown. */
  readonly maybe: Bits
}

export const NO_MATCHES: Matches = { yes: NO_BITS, maybe: NO_BITS }

export const surely = (yes: Bits): Matches => ({ yes, maybe: yes })

export const isSure = ({ yes, maybe }: Matches): boolean => yes === maybe

/** Conjunction, as `every` is for one identity (model/selector.ts). */
export function everyOf(matches: NonEmpty<Matches>): Matches {
  const yes = matches.map(match => match.yes).reduce(intersectBits)
  return matches.every(isSure)
    ? surely(yes)
    : { yes, maybe: matches.map(match => match.maybe).reduce(intersectBits) }
}

/** Disjunction. */
export function someOf(matches: readonly Matches[]): Matches {
  const yes = unionBits(matches.map(match => match.yes))
  return matches.every(isSure) ? surely(yes) : { yes, maybe: unionBits(matches.map(match => match.maybe)) }
}
