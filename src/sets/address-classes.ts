import type { Addresses } from './addresses.ts'
import { groupBy } from './group-by.ts'
import { EMPTY_SET, internedSets, type SetId } from './identifiers.ts'
import { fromBoundaries } from './intervals.ts'

/** Equivalence classes of addresses. */
interface AddressClasses {
  /** In the order of their first addresses. */
  readonly parts: readonly Addresses[]
  /** The class of an address; undefined outside the universe. */
  readonly partOf: (address: bigint) => number | undefined
}

/** Two addresses of `universe` are equivalent when exactly the same blocks hold both. */
export function classesOfAddresses(universe: Addresses, blocks: readonly Addresses[]): AddressClasses {
  const boundaries = [universe, ...blocks].flatMap((set, index) => set.map(point => ({ point, index })))
  const flips = groupBy(boundaries, ({ point }) => point)
  const sets = internedSets(blocks.length + 1)
  const parts: bigint[][] = []
  const partOfSet = new Map<SetId, number>()
  const points = [...flips.keys()].sort(ascending)
  // The class from each point on.
  const partsFrom: (number | undefined)[] = []
  let isInside = false
  let holding = EMPTY_SET
  for (const point of points) {
    const before = partsFrom.at(-1)
    for (const { index } of flips.get(point) ?? []) {
      if (index === 0) isInside = !isInside
      holding = sets.toggled(holding, index)
    }
    const after = isInside ? (partOfSet.get(holding) ?? parts.push([]) - 1) : undefined
    if (after !== undefined) partOfSet.set(holding, after)
    partsFrom.push(after)
    // Adjacent intervals of one class are one interval.
    if (after === before) continue
    if (before !== undefined) parts[before]?.push(point)
    if (after !== undefined) parts[after]?.push(point)
  }
  return {
    parts: parts.map(part => fromBoundaries(part)),
    partOf: address => partsFrom[countUpTo(points, address) - 1],
  }
}

/** How many of some ascending points are at most the limit. */
export function countUpTo(points: readonly bigint[], limit: bigint): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((points[middle] ?? limit) <= limit) low = middle + 1
    else high = middle
  }
  return low
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
