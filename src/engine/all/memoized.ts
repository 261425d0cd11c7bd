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
