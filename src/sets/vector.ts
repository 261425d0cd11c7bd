import type { Algebra } from './algebra.ts'
import { type Bits, isNoBit, trimmed } from './bits.ts'
import {
  ALL_ID,
  type ConnectionsId,
  type ConnectionTable,
  NONE_ID,
  type Operation,
} from './connection-table.ts'

/**
 * A set of connections for each of many ends: one for all of them, or segments. The ends come 32 to a word, and each word
 * is a chain of segments that share its bits among them, so that the work on ends that are alike is done once.
 */
export type SetVector = ConnectionsId | Segments

export interface Segments {
  /** The set that the ends of a segment have. The first segment of each word is under the number of the word. */
  ids: Int32Array
  /** Which of the word's ends they are; of different segments, different ones, and together all of them. */
  masks: Int32Array
  /** The word's next segment; LAST where there is none. */
  next: Int32Array
  used: number
}

/** For whom something holds: for all ends, for none, or for some. */
export type Where = boolean | Bits

export const LAST = -1
const FULL = -1

/** The operations on vectors over so many words of ends, each of them end by end. */
export function vectorAlgebra(table: ConnectionTable, words: number): Algebra<SetVector, Where> {
  const lifted = (operation: Operation) => (a: SetVector, b: SetVector) => combine(a, b, words, operation)
  return {
    none: NONE_ID,
    all: ALL_ID,
    union: lifted(table.union),
    intersect: lifted(table.intersect),
    subtract: lifted(table.subtract),
    choose: (where, a, b) => choose(where, a, b, words),
  }
}

/** How many words so many ends take. */
export const wordsFor = (ends: number): number => (ends + 31) >>> 5

/** The vector that gives each end the set under its place in a list. */
export function vectorOf(ids: readonly ConnectionsId[]): SetVector {
  const [first = NONE_ID] = ids
  if (ids.every(id => id === first)) return first
  const out = unfilled(wordsFor(ids.length))
  for (const [index, id] of ids.entries()) fill(out, index >>> 5, 1 << (index & 31), id)
  return out
}

/** The ends to which two vectors give different sets. */
export function bitsDifferent(a: SetVector, b: SetVector, words: number): Bits {
  const SAME = 0
  const DIFFERENT = 1
  const compared = combine(a, b, words, (x, y) => (x === y ? SAME : DIFFERENT))
  const out = new Int32Array(words)
  forEachSegment(compared, words, (word, mask, id) => {
    if (id === DIFFERENT) out[word] = mask
  })
  return trimmed(0, out)
}

/** A vector over `size` ends for more of them: each further one has what the end under its number in `like` has. */
export function widened(vector: SetVector, size: number, like: readonly number[]): SetVector {
  if (typeof vector === 'number' || like.length === 0) return vector
  const out = unfilled(wordsFor(size + like.length))
  const within = (word: number): number => (word === size >>> 5 ? (1 << (size & 31)) - 1 : FULL)
  forEachSegment(vector, wordsFor(size), (word, mask, id) => fill(out, word, mask & within(word), id))
  for (const [further, end] of like.entries()) {
    const place = size + further
    fill(out, place >>> 5, 1 << (place & 31), idAt(vector, end))
  }
  return out
}

/** The set of one end. */
export function idAt(vector: SetVector, end: number): ConnectionsId {
  if (typeof vector === 'number') return vector
  const bit = 1 << (end & 31)
  for (let segment = end >>> 5; segment !== LAST; segment = vector.next[segment] ?? LAST)
    if (((vector.masks[segment] ?? 0) & bit) !== 0) return vector.ids[segment] ?? NONE_ID
  return NONE_ID
}

/** Nothing for anybody, to be painted on. */
export function blank(words: number): Segments {
  const segments = unfilled(words)
  segments.masks.fill(FULL, 0, words)
  return segments
}

/** Adds connections to what the ends in `to` have, and in `within` where that is given. */
export function add(segments: Segments, union: Operation, id: ConnectionsId, to: Bits, within?: Bits): void {
  for (let at = 0; at < to.words.length; at++) {
    const word = to.start + at
    let left = to.words[at] ?? 0
    if (within !== undefined) left &= within.words[word - within.start] ?? 0
    for (let segment = word; left !== 0 && segment !== LAST; segment = segments.next[segment] ?? LAST) {
      const mask = segments.masks[segment] ?? 0
      const both = mask & left
      if (both === 0) continue
      left &= ~both
      const before = segments.ids[segment] ?? NONE_ID
      const after = union(before, id)
      if (after === before) continue
      if (both === mask) segments.ids[segment] = after
      else {
        segments.masks[segment] = mask & ~both
        insert(segments, segment, both, after)
      }
    }
  }
}

/** What each end of a word has, segment by segment; a vector that is the same for all is one segment a word. */
export function forEachSegment(
  vector: SetVector,
  words: number,
  visit: (word: number, mask: number, id: ConnectionsId) => void,
): void {
  for (let word = 0; word < words; word++)
    if (typeof vector === 'number') visit(word, FULL, vector)
    else
      for (let segment = word; segment !== LAST; segment = vector.next[segment] ?? LAST)
        visit(word, vector.masks[segment] ?? 0, vector.ids[segment] ?? NONE_ID)
}

function combine(a: SetVector, b: SetVector, words: number, operation: Operation): SetVector {
  if (typeof a === 'number' && typeof b === 'number') return operation(a, b)
  const out = unfilled(words)
  if (typeof a === 'number')
    forEachSegment(b, words, (word, mask, id) => fill(out, word, mask, operation(a, id)))
  else if (typeof b === 'number')
    forEachSegment(a, words, (word, mask, id) => fill(out, word, mask, operation(id, b)))
  else
    for (let word = 0; word < words; word++)
      for (let i = word; i !== LAST; i = a.next[i] ?? LAST)
        for (let j = word; j !== LAST; j = b.next[j] ?? LAST) {
          const mask = (a.masks[i] ?? 0) & (b.masks[j] ?? 0)
          if (mask !== 0) fill(out, word, mask, operation(a.ids[i] ?? NONE_ID, b.ids[j] ?? NONE_ID))
        }
  return out
}

function choose(where: Where, a: SetVector, b: SetVector, words: number): SetVector {
  if (where === true || a === b) return a
  if (where === false || isNoBit(where)) return b
  const out = unfilled(words)
  const maskOf = (word: number): number => where.words[word - where.start] ?? 0
  forEachSegment(a, words, (word, mask, id) => fill(out, word, mask & maskOf(word), id))
  forEachSegment(b, words, (word, mask, id) => fill(out, word, mask & ~maskOf(word), id))
  return out
}

function unfilled(words: number): Segments {
  const room = words + 16
  return {
    ids: new Int32Array(room),
    masks: new Int32Array(room),
    next: new Int32Array(room).fill(LAST),
    used: words,
  }
}

/** Gives ends of a word that have nothing yet a set. */
function fill(segments: Segments, word: number, mask: number, id: ConnectionsId): void {
  if (mask === 0) return
  if (segments.masks[word] === 0) {
    segments.masks[word] = mask
    segments.ids[word] = id
    return
  }
  for (let segment = word; segment !== LAST; segment = segments.next[segment] ?? LAST)
    if (segments.ids[segment] === id) {
      segments.masks[segment] = (segments.masks[segment] ?? 0) | mask
      return
    }
  insert(segments, word, mask, id)
}

function insert(segments: Segments, behind: number, mask: number, id: ConnectionsId): void {
  const segment = segments.used++
  if (segment === segments.ids.length) grow(segments)
  segments.ids[segment] = id
  segments.masks[segment] = mask
  segments.next[segment] = segments.next[behind] ?? LAST
  segments.next[behind] = segment
}

function grow(segments: Segments): void {
  const longer = (old: Int32Array): Int32Array => {
    const out = new Int32Array(old.length * 2)
    out.set(old)
    return out
  }
  segments.ids = longer(segments.ids)
  segments.masks = longer(segments.masks)
  segments.next = longer(segments.next)
}
