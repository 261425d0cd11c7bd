import { type Bits, intersectBits, NO_BITS, unionBits } from '../sets/bits.ts'

/** Of many ends, those that match: surely, and surely or perhaps. */
export interface Matches {
  readonly yes: Bits
  /** Holds all of `yes`; the very same where nothing is unknown. */
  readonly maybe: Bits
}

export const NOBODY: Matches = { yes: NO_BITS, maybe: NO_BITS }

export const surely = (yes: Bits): Matches => ({ yes, maybe: yes })

export const isSure = ({ yes, maybe }: Matches): boolean => yes === maybe

/** Those that match all: `every` of single matches (model/selector.ts), for many at once. */
export function everyOf(matches: readonly Matches[]): Matches {
  const yes = matches.map(match => match.yes).reduce(intersectBits)
  return matches.every(isSure)
    ? surely(yes)
    : { yes, maybe: matches.map(match => match.maybe).reduce(intersectBits) }
}

/** Those that match any. */
export function someOf(matches: readonly Matches[]): Matches {
  const yes = unionBits(...matches.map(match => match.yes))
  return matches.every(isSure) ? surely(yes) : { yes, maybe: unionBits(...matches.map(match => match.maybe)) }
}
