import { type Bits, countBits, forEachBit, hasBit, NO_BITS } from './bits.ts'

/** Which of many sets of numbers below `size` hold a number. */
export function memberships(sets: readonly Bits[], size: number): (member: number) => readonly number[] {
  // Sets that hold much are asked one by one: to list them with each of their members would take more than they do.
  const wide: number[] = []
  const narrow = new Map<number, number[]>()
  for (const [place, set] of sets.entries())
    if (countBits(set) > size / 32) wide.push(place)
    else
      forEachBit(set, member => {
        const holders = narrow.get(member)
        if (holders === undefined) narrow.set(member, [place])
        else holders.push(place)
      })
  return member => {
    const holders = wide.filter(place => hasBit(sets[place] ?? NO_BITS, member))
    return [...(narrow.get(member) ?? []), ...holders]
  }
}
