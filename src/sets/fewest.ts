/** A minimal part of a list that is enough: without any of its items it is not. Undefined where not even the whole list is. */
export function fewest<T>(
  items: readonly T[],
  isEnough: (some: readonly T[]) => boolean,
): readonly T[] | undefined {
  if (!isEnough(items)) return undefined
  const fewer = items.reduce((left, item) => {
    const others = left.filter(other => other !== item)
    return isEnough(others) ? others : left
  }, items)
  // One that was needed beside another may not be needed without it.
  return fewer.length === items.length ? items : fewest(fewer, isEnough)
}
