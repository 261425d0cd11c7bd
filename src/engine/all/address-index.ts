import { countUpTo } from '../../sets/address-classes.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { type Bits, bitsOf, subtractBits, unionBits } from '../../sets/bits.ts'
import { stretches } from '../../sets/intervals.ts'
import type { Identity } from '../evidence.ts'
import type { Matches } from '../matches.ts'
import { isWithin } from '../predicates.ts'

/** Which of many ends are in a block, without asking each: their addresses stand in order, and a block is a stretch. */
export function addressIndex(identities: readonly Identity[]): (block: Addresses) => Matches {
  const unknown: number[] = []
  const placed: { readonly index: number; readonly point: bigint }[] = []
  for (const [index, identity] of identities.entries()) {
    const addresses = identity.kind === 'pod' ? identity.address : identity.addresses
    if (addresses === undefined) unknown.push(index)
    // Policies do not tell the addresses of one end apart (evidence.ts), so that its first one stands for all.
    for (const point of addresses?.slice(0, 1) ?? []) placed.push({ index, point })
  }
  placed.sort((a, b) => (a.point < b.point ? -1 : Number(a.point > b.point)))
  const points = placed.map(({ point }) => point)
  const unknowns = bitsOf(unknown)
  const known = bitsOf(placed.map(({ index }) => index))
  const standing = (runs: readonly Run[]): Bits =>
    bitsOf(runs.flatMap(([from, to]) => placed.slice(from, to).map(({ index }) => index)))
  return block => {
    const runs = stretches(block).map(
      ([start, end]): Run => [countBelow(points, start), countBelow(points, end)],
    )
    // Of a block with exceptions those outside are often the fewer.
    const inside = runs.reduce((count, [from, to]) => count + to - from, 0)
    const within =
      inside > placed.length / 2
        ? subtractBits(known, standing(between(runs, placed.length)))
        : standing(runs)
    const ofUnknown = unknown.length === 0 ? 'no' : isWithin(block, undefined)
    const maybe = ofUnknown === 'no' ? within : unionBits(within, unknowns)
    return { yes: ofUnknown === 'yes' ? maybe : within, maybe }
  }
}

/** Places in the order of addresses: the first, and the one behind the last. */
type Run = readonly [from: number, to: number]

const countBelow = (points: readonly bigint[], limit: bigint): number => countUpTo(points, limit - 1n)

/** What some runs leave out of so many places. */
function between(runs: readonly Run[], size: number): readonly Run[] {
  const starts = [0, ...runs.map(([, to]) => to)]
  const ends = [...runs.map(([from]) => from), size]
  return starts.map((start, index) => [start, ends[index] ?? size])
}
