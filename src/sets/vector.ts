import type { Algebra } from './algebra.ts'
import { type Bits, isNoBit, trimmed } from './bits.ts'
import { ALL_ID, type ConnectionsId, type ConnectionTable, NONE_ID, type Operation } from './identifiers.ts'

/**
 * A set of connections for each of many identities: one set for all of them, or segments. The identities come 32 to a
 * word, and each word is a linked list of segments that partition its bits, so that the work on identities with equal sets
 * is done once.
 */
export type SetVector = ConnectionsId | Segments

interface Segments {
  /** The set of the identities of each segment. The first segment of a word has the number of the word. */
  readonly ids: Int32Array
  /** The bits of its identities: the masks of a word's segments are disjoint and cover it. */
  readonly masks: Int32Array
  /** The word's next segment; LAST where there is none. */
  readonly next: Int32Array
  readonly used: number
}

/** Segments under construction: as a SetVector they do not change any more. */
type SegmentsBuilder = { -readonly [Key in keyof Segments]: Segments[Key] }

/** For which identities something holds: for all, for none, or for some. */
export type Where = boolean | Bits

const LAST = -1
const FULL = -1

/** The operations on vectors over so many words of identities, each of them identity by identity. */
export function vectorAlgebra(table: ConnectionTable, words: number): Algebra<SetVector, Where> {
  const { union, intersect, subtract } = table
  // With the empty or the full set the result is known without a walk over the vector.
  return {
    none: NONE_ID,
    all: ALL_ID,
    union: (a, b) => {
      if (a === NONE_ID || b === ALL_ID) return b
      return b === NONE_ID || a === ALL_ID ? a : combineVectors(a, b, words, union)
    },
    intersect: (a, b) => {
      if (a === ALL_ID || b === NONE_ID) return b
      return b === ALL_ID || a === NONE_ID ? a : combineVectors(a, b, words, intersect)
    },
    subtract: (a, b) => {
      if (a === NONE_ID || b === NONE_ID) return a
      return b === ALL_ID ? NONE_ID : combineVectors(a, b, words, subtract)
    },
    choose: (where, a, b) => choose(where, a, b, words),
  }
}

/** How many words so many identities take. */
export const wordCount = (identities: number): number => (identities + 31) >>> 5

/** The vector of the sets in a list, each for the identity with its index. */
export function vectorOf(ids: readonly ConnectionsId[]): SetVector {
  const [first = NONE_ID] = ids
  if (ids.every(id => id === first)) return first
  const out = unassigned(wordCount(ids.length))
  for (const [index, id] of ids.entries()) assign(out, index >>> 5, 1 << (index & 31), id)
  return out
}

/** The identities to which two vectors give different sets. */
export function bitsDifferent(a: SetVector, b: SetVector, words: number): Bits {
  const SAME = 0
  const DIFFERENT = 1
  const compared = combineVectors(a, b, words, (x, y) => (x === y ? SAME : DIFFERENT))
  const out = new Int32Array(words)
  forEachSegment(compared, words, (word, mask, id) => {
    if (id === DIFFERENT) out[word] = mask
  })
  return trimmed(0, out)
}

/** A vector over `size` identities with further ones, each of which has the set of the identity in `copied` at its place. */
export function widened(vector: SetVector, size: number, copied: readonly number[]): SetVector {
  if (typeof vector === 'number' || copied.length === 0) return vector
  const out = unassigned(wordCount(size + copied.length))
  const within = (word: number): number => (word === size >>> 5 ? (1 << (size & 31)) - 1 : FULL)
  forEachSegment(vector, wordCount(size), (word, mask, id) => assign(out, word, mask & within(word), id))
  for (const [further, identity] of copied.entries()) {
    const place = size + further
    assign(out, place >>> 5, 1 << (place & 31), idAt(vector, identity))
  }
  return out
}

/** The set of one identity. */
export function idAt(vector: SetVector, identity: number): ConnectionsId {
  if (typeof vector === 'number') return vector
  const bit = 1 << (identity & 31)
  for (let segment = identity >>> 5; segment !== LAST; segment = vector.next[segment] ?? LAST)
    if (((vector.masks[segment] ?? 0) & bit) !== 0) return vector.ids[segment] ?? NONE_ID
  return NONE_ID
}

/** The empty set for every identity, to be added to. */
export function emptyVector(words: number): SegmentsBuilder {
  const segments = unassigned(words)
  segments.masks.fill(FULL, 0, words)
  return segments
}

/** Adds connections to the sets of some identities; a segment of which only some are meant is split. */
export function addConnections(
  segments: SegmentsBuilder,
  union: Operation,
  id: ConnectionsId,
  identities: Bits,
): void {
  for (let at = 0; at < identities.words.length; at++) {
    const word = identities.start + at
    let left = identities.words[at] ?? 0
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
        insertAfter(segments, segment, both, after)
      }
    }
  }
}

/** Each segment of each word; a vector with one set for all has one segment a word. */
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

function combineVectors(a: SetVector, b: SetVector, words: number, operation: Operation): SetVector {
  if (typeof a === 'number' && typeof b === 'number') return operation(a, b)
  const out = unassigned(words)
  if (typeof a === 'number')
    forEachSegment(b, words, (word, mask, id) => assign(out, word, mask, operation(a, id)))
  else if (typeof b === 'number')
    forEachSegment(a, words, (word, mask, id) => assign(out, word, mask, operation(id, b)))
  else
    for (let word = 0; word < words; word++)
      for (let i = word; i !== LAST; i = a.next[i] ?? LAST)
        for (let j = word; j !== LAST; j = b.next[j] ?? LAST) {
          const mask = (a.masks[i] ?? 0) & (b.masks[j] ?? 0)
          if (mask !== 0) assign(out, word, mask, operation(a.ids[i] ?? NONE_ID, b.ids[j] ?? NONE_ID))
        }
  return out
}

function choose(where: Where, a: SetVector, b: SetVector, words: number): SetVector {
  if (where === true || a === b) return a
  if (where === false || isNoBit(where)) return b
  const out = unassigned(words)
  const maskOf = (word: number): number => where.words[word - where.start] ?? 0
  forEachSegment(a, words, (word, mask, id) => assign(out, word, mask & maskOf(word), id))
  forEachSegment(b, words, (word, mask, id) => assign(out, word, mask & ~maskOf(word), id))
  return out
}

/** Segments whose identities have no set yet: all masks are empty. */
function unassigned(words: number): SegmentsBuilder {
  const room = words + 16
  return {
    ids: new Int32Array(room),
    masks: new Int32Array(room),
    next: new Int32Array(room).fill(LAST),
    used: words,
  }
}

/** Gives a set to identities of a word that have none yet: they join the segment of this set if there is one. */
function assign(segments: SegmentsBuilder, word: number, mask: number, id: ConnectionsId): void {
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
  insertAfter(segments, word, mask, id)
}

function insertAfter(segments: SegmentsBuilder, before: number, mask: number, id: ConnectionsId): void {
  const segment = segments.used++
  if (segment === segments.ids.length) grow(segments)
  segments.ids[segment] = id
  segments.masks[segment] = mask
  segments.next[segment] = segments.next[before] ?? LAST
  segments.next[before] = segment
}

function grow(segments: SegmentsBuilder): void {
  const longer = (old: Int32Array): Int32Array => {
    const out = new Int32Array(old.length * 2)
    out.set(old)
    return out
  }
  segments.ids = longer(segments.ids)
  segments.masks = longer(segments.masks)
  segments.next = longer(segments.next)
}
