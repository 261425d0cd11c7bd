/** A set of small numbers, by the number that it has itself: equal sets have equal ones. */
export type SetId = number

export const EMPTY_SET: SetId = 0

/** The leaf of a number that is in the set. */
const PRESENT = 1

/** More than there can be, so that two numbers of sets are one key. */
const MOST_SETS = 2 ** 26

/**
 * Sets of the numbers below `size` that are made one change at a time, each different set once however it was come by:
 * a tree of halves, of which equal ones are shared, so that a change costs the depth of the tree and not the set.
 */
export function internedSets(size: number): {
  /** The set with a number that it did not have, or without one that it had. */
  readonly toggled: (set: SetId, member: number) => SetId
} {
  const halves: (readonly [SetId, SetId])[] = []
  const known = new Map<number, SetId>()
  const join = (left: SetId, right: SetId): SetId => {
    if (left === EMPTY_SET && right === EMPTY_SET) return EMPTY_SET
    const key = left * MOST_SETS + right
    const id = known.get(key) ?? halves.push([left, right]) + PRESENT
    known.set(key, id)
    return id
  }
  const depth = Math.ceil(Math.log2(Math.max(size, 1)))
  const toggle = (set: SetId, member: number, level: number): SetId => {
    if (level === 0) return set === EMPTY_SET ? PRESENT : EMPTY_SET
    const [left, right] = halves[set - PRESENT - 1] ?? [EMPTY_SET, EMPTY_SET]
    return ((member >>> (level - 1)) & 1) === 0
      ? join(toggle(left, member, level - 1), right)
      : join(left, toggle(right, member, level - 1))
  }
  return { toggled: (set, member) => toggle(set, member, depth) }
}
