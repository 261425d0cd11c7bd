interface Result<V> {
  readonly value: V
}

/**
 * A function of objects that works once for each of them. A result lives no longer than its argument; of arguments that are
 * not kept, only the last one's result does.
 */
export function memoized<K extends object, V>(
  work: (key: K) => V,
  isKept: (key: K) => boolean = () => true,
): (key: K) => V {
  const kept = new WeakMap<K, Result<V>>()
  let last = new WeakMap<K, Result<V>>()
  return key => {
    const known = kept.get(key) ?? last.get(key)
    if (known !== undefined) return known.value
    const value = work(key)
    if (isKept(key)) kept.set(key, { value })
    else last = new WeakMap([[key, { value }]])
    return value
  }
}
