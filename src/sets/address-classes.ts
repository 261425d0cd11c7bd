import type { Addresses } from './addresses.ts'

/**
 * Cuts `universe` into the fewest sets that `blocks` cannot tell apart: two addresses are in the same set when
 * exactly the same blocks hold both. In the order of their first addresses.
 */
export function cut(universe: Addresses, blocks: readonly Addresses[]): readonly Addresses[] {
  const flips = new Map<bigint, number[]>()
  for (const [index, set] of [universe, ...blocks].entries())
    for (const point of set) flips.set(point, [...(flips.get(point) ?? []), index])

  const holding = new Set<number>()
  const classes = new Map<string, bigint[]>()
  let key = ''
  for (const point of [...flips.keys()].sort(ascending)) {
    // Between two points nothing changes: what held until here ends, what holds from here on starts.
    if (holding.has(0)) append(classes, key, point)
    for (const index of flips.get(point) ?? []) if (!holding.delete(index)) holding.add(index)
    key = [...holding].sort((a, b) => a - b).join()
    if (holding.has(0)) append(classes, key, point)
  }
  return [...classes.values()]
}

/** Adds a boundary to a class; a stretch that goes on where the last one ended is the same stretch. */
function append(classes: Map<string, bigint[]>, key: string, point: bigint): void {
  const points = classes.get(key)
  if (points === undefined) classes.set(key, [point])
  else if (points.at(-1) === point) points.pop()
  else points.push(point)
}

const ascending = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0)
