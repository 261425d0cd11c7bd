/** Asks once for each key: two questions with the same key have the same answer. */
export function memoized<Q, A>(
  keyOf: (question: Q) => string,
  answer: (question: Q) => A,
): (question: Q) => A {
  const known = new Map<string, A>()
  return question => {
    const key = keyOf(question)
    const before = known.get(key)
    if (before !== undefined) return before
    const now = answer(question)
    known.set(key, now)
    return now
  }
}

/** Asks once for each object, as long as it is in use. */
export function memoizedByObject<T extends object, A>(answer: (question: T) => A): (question: T) => A {
  const known = new WeakMap<T, { readonly answer: A }>()
  return question => {
    const before = known.get(question)
    if (before !== undefined) return before.answer
    const now = answer(question)
    known.set(question, { answer: now })
    return now
  }
}
