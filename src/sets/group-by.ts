/** A list with at least one item. */
export type NonEmpty<T> = readonly [T, ...T[]]

/** The items by their keys: keys in the order of their first items, and in each group the items in their own order. */
export function groupBy<T, K>(items: Iterable<T>, keyOf: (item: T) => K): ReadonlyMap<K, NonEmpty<T>> {
  const groups = new Map<K, [T, ...T[]]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}

/** The first item of each key. */
export const distinctBy = <T>(items: Iterable<T>, keyOf: (item: T) => unknown): readonly T[] =>
  [...groupBy(items, keyOf).values()].map(([first]) => first)
