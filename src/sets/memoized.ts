/** A result that is known, also where it is undefined. */
interface Memo<V> {
  readonly value: V
}

/** A value that is computed when it is first asked for. */
export function lazily<V>(compute: () => V): () => V {
  let known: Memo<V> | undefined
  return () => {
    known ??= { value: compute() }
    return known.value
  }
}

/**
 * A function of objects, computed once for each of them. A result lives no longer than its argument; of arguments that are
 * not kept, only the last one's result does.
 */
export function memoized<A extends object, V>(
  compute: (argument: A) => V,
  isKept: (argument: A) => boolean = () => true,
): (argument: A) => V {
  const kept = new WeakMap<A, Memo<V>>()
  let last = new WeakMap<A, Memo<V>>()
  return argument => {
    const known = kept.get(argument) ?? last.get(argument)
    if (known !== undefined) return known.value
    const value = compute(argument)
    if (isKept(argument)) kept.set(argument, { value })
    else last = new WeakMap([[argument, { value }]])
    return value
  }
}

/** A function computed once for each key: arguments with equal keys have the same result. */
export function memoizedBy<A, K, V>(
  keyOf: (argument: A) => K,
  compute: (argument: A, key: K) => V,
): (argument: A) => V {
  const results = new Map<K, Memo<V>>()
  return argument => {
    const key = keyOf(argument)
    const known = results.get(key) ?? { value: compute(argument, key) }
    results.set(key, known)
    return known.value
  }
}

/** A function of two numbers, computed once for each pair. */
export function memoizedPairs(compute: (a: number, b: number) => number): (a: number, b: number) => number {
  const results: Map<number, number>[] = []
  return (a, b) => {
    const ofFirst = results[a] ?? new Map<number, number>()
    results[a] = ofFirst
    const known = ofFirst.get(b)
    if (known !== undefined) return known
    const result = compute(a, b)
    ofFirst.set(b, result)
    return result
  }
}
