/**
 * As few of some items as are still enough: with any one of them less they are not. Undefined where not even all are.
 */
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
