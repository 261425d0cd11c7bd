declare const LINE: unique symbol

/**
 * A set of points on a line, as the sorted points where membership flips: `[80, 81, 443, 444]` holds 80 and 443.
 * Invariant: strictly ascending and of even length, so equal sets have equal boundaries. The line is part of the type, so
 * sets on different lines cannot mix.
 */
export type Intervals<T extends number | bigint, Line extends string> = readonly T[] & {
  readonly [LINE]: Line
}

/** Unchecked: the boundaries have to ascend. */
export const fromBoundaries = <T extends number | bigint, Line extends string>(
  points: readonly T[],
): Intervals<T, Line> => points as Intervals<T, Line>

/** Union, intersection and difference are one walk over the boundaries of both. */
function combineIntervals<T extends number | bigint, Line extends string>(
  a: Intervals<T, Line>,
  b: Intervals<T, Line>,
  keep: (inA: boolean, inB: boolean) => boolean,
): Intervals<T, Line> {
  const out: T[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const x = a[i]
    const y = b[j]
    const at = y === undefined || (x !== undefined && x < y) ? x : y
    if (at === undefined) break
    if (x === at) i++
    if (y === at) j++
    if (keep(i % 2 === 1, j % 2 === 1) !== (out.length % 2 === 1)) out.push(at)
  }
  return fromBoundaries(out)
}

type IntervalOperation = <T extends number | bigint, Line extends string>(
  a: Intervals<T, Line>,
  b: Intervals<T, Line>,
) => Intervals<T, Line>

type Relation = <T extends number | bigint, Line extends string>(
  a: Intervals<T, Line>,
  b: Intervals<T, Line>,
) => boolean

export const union: IntervalOperation = (a, b) => combineIntervals(a, b, (x, y) => x || y)
export const intersect: IntervalOperation = (a, b) => combineIntervals(a, b, (x, y) => x && y)
export const subtract: IntervalOperation = (a, b) => combineIntervals(a, b, (x, y) => x && !y)
export const isEmpty = (set: Intervals<number | bigint, string>): boolean => set.length === 0
export const equal: Relation = (a, b) =>
  a === b || (a.length === b.length && a.every((point, index) => point === b[index]))
export const overlaps: Relation = (a, b) => !isEmpty(intersect(a, b))
/** Whether `whole` holds all of `part`. */
export const contains: Relation = (whole, part) => isEmpty(subtract(part, whole))

/** The union of many sets, pair by pair: adding them one after the other would walk the growing result each time. */
export function unionOf<T extends number | bigint, Line extends string>(
  sets: readonly Intervals<T, Line>[],
): Intervals<T, Line> {
  let left = sets
  while (left.length > 1) {
    const pairs: Intervals<T, Line>[] = []
    for (let at = 0; at < left.length; at += 2) {
      const [a, b] = [left[at], left[at + 1]]
      if (a !== undefined) pairs.push(b === undefined ? a : union(a, b))
    }
    left = pairs
  }
  return left[0] ?? fromBoundaries([])
}

/** The ranges of a set: first point, and the point after the last. */
export function rangesOf<T extends number | bigint>(set: Intervals<T, string>): readonly (readonly [T, T])[] {
  const out: (readonly [T, T])[] = []
  for (let i = 0; i + 1 < set.length; i += 2) {
    const start = set[i]
    const end = set[i + 1]
    if (start !== undefined && end !== undefined) out.push([start, end])
  }
  return out
}
