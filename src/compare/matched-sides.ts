import { groupBy } from '../sets/group-by.ts'

/** An item of two lists; undefined in the one that does not have it. */
export interface Sides<T> {
  readonly before: T | undefined
  readonly after: T | undefined
}

/**
 * Pairs the items of two lists in rounds: those with equal keys, in their order, then of the others those with equal keys of
 * the next round. Those of the earlier list come first, then those that only the later one has.
 */
export function matched<T>(
  before: readonly T[],
  after: readonly T[],
  rounds: readonly ((item: T) => unknown)[],
): readonly Sides<T>[] {
  const found = new Map<T, T>()
  const taken = new Set<T>()
  for (const keyOf of rounds) {
    const left = groupBy(
      after.filter(item => !taken.has(item)),
      keyOf,
    )
    const waiting = groupBy(
      before.filter(item => !found.has(item)),
      keyOf,
    )
    for (const [key, items] of waiting)
      for (const [index, item] of items.entries()) {
        const same = left.get(key)?.[index]
        if (same === undefined) break
        found.set(item, same)
        taken.add(same)
      }
  }
  return [
    ...before.map(item => ({ before: item, after: found.get(item) })),
    ...after.filter(item => !taken.has(item)).map(item => ({ before: undefined, after: item })),
  ]
}

/** What became of an item. */
export function changeOfSides({ before, after }: Sides<unknown>): 'added' | 'removed' | 'edited' {
  if (before === undefined) return 'added'
  return after === undefined ? 'removed' : 'edited'
}

/** A text that is the same for equal values, wherever they are written. */
export const contentOf = (value: unknown): string =>
  JSON.stringify(value, (key, own: unknown) => {
    if (key === 'at') return undefined
    if (own instanceof Map) return [...own].map(([label, text]) => [label, String(text)]).sort()
    return typeof own === 'bigint' ? String(own) : own
  }) ?? ''
