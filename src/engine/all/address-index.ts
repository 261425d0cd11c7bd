import { countUpTo } from '../../sets/address-classes.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { type Bits, bitsOf, subtractBits, unionBits } from '../../sets/bits.ts'
import { rangesOf } from '../../sets/intervals.ts'
import { addressesOf, type Identity } from '../evidence.ts'
import { isWithin } from '../predicates.ts'
import type { Matches } from './bounds.ts'

/** Which of many identities are in a block, by binary search: their addresses are sorted, and a block is an interval. */
export function addressIndex(identities: readonly Identity[]): (block: Addresses) => Matches {
  const unknown: number[] = []
  const sorted: { readonly index: number; readonly address: bigint }[] = []
  for (const [index, identity] of identities.entries()) {
    const addresses = addressesOf(identity)
    if (addresses === undefined) unknown.push(index)
    // No policy tells the addresses of one identity apart (evidence.ts), so that the first one represents all.
    for (const address of addresses?.slice(0, 1) ?? []) sorted.push({ index, address })
  }
  sorted.sort((a, b) => (a.address < b.address ? -1 : Number(a.address > b.address)))
  const addresses = sorted.map(({ address }) => address)
  const unknowns = bitsOf(unknown)
  const known = bitsOf(sorted.map(({ index }) => index))
  const identitiesIn = (ranges: readonly IndexRange[]): Bits =>
    bitsOf(ranges.flatMap(([from, to]) => sorted.slice(from, to).map(({ index }) => index)))
  return block => {
    const ranges = rangesOf(block).map(
      ([start, end]): IndexRange => [countUpTo(addresses, start - 1n), countUpTo(addresses, end - 1n)],
    )
    const count = ranges.reduce((sum, [from, to]) => sum + to - from, 0)
    // Of a block with exceptions, those that it does not hold are often the fewer.
    const within =
      count > sorted.length / 2
        ? subtractBits(known, identitiesIn(between(ranges, sorted.length)))
        : identitiesIn(ranges)
    const ofUnknown = unknown.length === 0 ? 'no' : isWithin(block, undefined)
    const maybe = ofUnknown === 'no' ? within : unionBits([within, unknowns])
    return { yes: ofUnknown === 'yes' ? maybe : within, maybe }
  }
}

/** Places in the sorted list: the first, and the one behind the last. */
type IndexRange = readonly [from: number, to: number]

/** What some ranges leave out of a list. */
function between(ranges: readonly IndexRange[], length: number): readonly IndexRange[] {
  const starts = [0, ...ranges.map(([, to]) => to)]
  const ends = [...ranges.map(([from]) => from), length]
  return starts.map((start, index) => [start, ends[index] ?? length])
}
