/**
 * A set of small whole numbers, 32 to a word, from the first word that has any to the last, so that a set of neighbors is
 * small however large they are. Invariant: neither the first nor the last word is 0.
 */
export interface Bits {
  /** The offset of the words: the first has the numbers from `32 * start` on. */
  readonly start: number
  readonly words: Int32Array
}

export const NO_BITS: Bits = { start: 0, words: new Int32Array(0) }

/** The numbers from `first` to `last`, both included. */
export function bitsBetween(first: number, last: number): Bits {
  if (first > last) return NO_BITS
  const start = first >>> 5
  const words = new Int32Array((last >>> 5) - start + 1).fill(-1)
  words[0] = (words[0] ?? 0) & (-1 << (first & 31))
  words[words.length - 1] = (words[words.length - 1] ?? 0) & (-1 >>> (31 - (last & 31)))
  return { start, words }
}

export function bitsOf(members: readonly number[]): Bits {
  let least = Number.POSITIVE_INFINITY
  let most = -1
  for (const member of members) {
    if (member < least) least = member
    if (member > most) most = member
  }
  if (most < 0) return NO_BITS
  const start = least >>> 5
  const words = new Int32Array((most >>> 5) - start + 1)
  for (const member of members) {
    const at = (member >>> 5) - start
    words[at] = (words[at] ?? 0) | (1 << (member & 31))
  }
  return { start, words }
}

export const isNoBit = ({ words }: Bits): boolean => words.length === 0

export const hasBit = ({ start, words }: Bits, member: number): boolean =>
  (((words[(member >>> 5) - start] ?? 0) >>> (member & 31)) & 1) === 1

export function countBits({ words }: Bits): number {
  let count = 0
  for (const word of words) count += countOfWord(word)
  return count
}

/** How many bits of a word are 1. */
function countOfWord(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** In ascending order. */
export function forEachBit({ start, words }: Bits, visit: (member: number) => void): void {
  for (let at = 0; at < words.length; at++)
    for (let left = words[at] ?? 0; left !== 0; left &= left - 1)
      visit(((start + at) << 5) + 31 - Math.clz32(left & -left))
}

export function unionBits(sets: readonly Bits[]): Bits {
  const filled = sets.filter(set => !isNoBit(set))
  const [only] = filled
  if (only === undefined) return NO_BITS
  if (filled.length === 1) return only
  const start = filled.reduce((least, set) => Math.min(least, set.start), only.start)
  const end = filled.reduce((most, set) => Math.max(most, set.start + set.words.length), 0)
  const words = new Int32Array(end - start)
  for (const set of filled) {
    const shift = set.start - start
    for (let at = 0; at < set.words.length; at++)
      words[at + shift] = (words[at + shift] ?? 0) | (set.words[at] ?? 0)
  }
  return { start, words }
}

export function intersectBits(a: Bits, b: Bits): Bits {
  const start = Math.max(a.start, b.start)
  const end = Math.min(a.start + a.words.length, b.start + b.words.length)
  if (end <= start) return NO_BITS
  const words = new Int32Array(end - start)
  for (let at = 0; at < words.length; at++)
    words[at] = (a.words[at + start - a.start] ?? 0) & (b.words[at + start - b.start] ?? 0)
  return trimmed(start, words)
}

export function subtractBits(a: Bits, b: Bits): Bits {
  const shift = a.start - b.start
  return trimmed(
    a.start,
    a.words.map((word, at) => word & ~(b.words[at + shift] ?? 0)),
  )
}

/** Without empty words at the ends. */
export function trimmed(start: number, words: Int32Array): Bits {
  let first = 0
  let end = words.length
  while (first < end && words[first] === 0) first++
  while (end > first && words[end - 1] === 0) end--
  if (first === end) return NO_BITS
  if (first === 0 && end === words.length) return { start, words }
  return { start: start + first, words: words.slice(first, end) }
}

/** Which of many sets of numbers below `size` contain a number. */
export function memberships(sets: readonly Bits[], size: number): (member: number) => readonly number[] {
  // Large sets are asked one by one: to list them for each of their members would take more memory than they do.
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
