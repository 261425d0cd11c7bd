/** More parts than these are not tried one by one. */
export const MOST_TRIED = 20

/** Parts of a list that are enough: `each` of them alone, or all of them `together` and no fewer. */
export interface Enough<T> {
  readonly how: 'each' | 'together'
  readonly parts: readonly T[]
}

/** The parts of a list that are enough alone; where there are none, a minimal number that is. Undefined where not even all are. */
export function enoughOf<T>(
  parts: readonly T[],
  isEnough: (some: readonly T[]) => boolean,
): Enough<T> | undefined {
  const alone = parts.filter(part => isEnough([part]))
  if (alone.length > 0) return { how: 'each', parts: alone }
  const together = isEnough(parts) ? minimal(parts, isEnough) : undefined
  return together && { how: 'together', parts: together }
}

/** A minimal part of a list that is enough: without any of its items it is not. */
function minimal<T>(items: readonly T[], isEnough: (some: readonly T[]) => boolean): readonly T[] {
  const fewer = items.reduce((left, item) => {
    const others = left.filter(other => other !== item)
    return isEnough(others) ? others : left
  }, items)
  // One that was needed beside another may not be needed without it.
  return fewer.length === items.length ? items : minimal(fewer, isEnough)
}
