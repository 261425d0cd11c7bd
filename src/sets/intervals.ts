/**
 * A set on a line, as the sorted points where membership flips: `[80, 81, 443, 444]` holds 80 and 443.
 * Invariant: strictly ascending and of even length, so equal sets have equal boundaries.
 */
export type Intervals<T extends number | bigint> = readonly T[]

/** Joins two sets point by point; union, intersection and difference are all this one walk. */
export function combine<T extends number | bigint>(
  a: Intervals<T>,
  b: Intervals<T>,
  keep: (inA: boolean, inB: boolean) => boolean,
): Intervals<T> {
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
  return out
}

/** Whether both sets hold the same points. */
export function same<T extends number | bigint>(a: Intervals<T>, b: Intervals<T>): boolean {
  return a === b || (a.length === b.length && a.every((point, index) => point === b[index]))
}

/** The stretches of a set as pairs: first point, and the point after the last. */
export function stretches<T extends number | bigint>(set: Intervals<T>): readonly (readonly [T, T])[] {
  const out: (readonly [T, T])[] = []
  for (let i = 0; i + 1 < set.length; i += 2) {
    const start = set[i]
    const end = set[i + 1]
    if (start !== undefined && end !== undefined) out.push([start, end])
  }
  return out
}
