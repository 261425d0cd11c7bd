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
 * A set of connections for each of many ends: one for all of them, or pieces. The ends come 32 to a word, and each word
 * is a chain of pieces that share its bits among them, so that the work on ends that are alike is done once.
 */
export type Spread = ConnectionsId | Pieces

export interface Pieces {
  /** The set that the ends of a piece have. The first piece of each word is under the number of the word. */
  ids: Int32Array
  /** Which of the word's ends they are; of different pieces, different ones, and together all of them. */
  masks: Int32Array
  /** The word's next piece; LAST where there is none. */
  next: Int32Array
  used: number
}

/** For whom something holds: for all ends, for none, or for some. */
export type Where = boolean | Bits

export const LAST = -1
const FULL = -1

/** The operations on spreads over so many words of ends, each of them end by end. */
export function spreadAlgebra(table: ConnectionTable, words: number): Algebra<Spread, Where> {
  const lifted = (operation: Operation) => (a: Spread, b: Spread) => combine(a, b, words, operation)
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

/** The spread that gives each end the set under its place in a list. */
export function spreadOf(ids: readonly ConnectionsId[]): Spread {
  const [first = NONE_ID] = ids
  if (ids.every(id => id === first)) return first
  const out = unfilled(wordsFor(ids.length))
  for (const [index, id] of ids.entries()) add(out, index >>> 5, 1 << (index & 31), id)
  return out
}

/** The ends to which two spreads give different sets. */
export function bitsDifferent(a: Spread, b: Spread, words: number): Bits {
  const SAME = 0
  const DIFFERENT = 1
  const compared = combine(a, b, words, (x, y) => (x === y ? SAME : DIFFERENT))
  const out = new Int32Array(words)
  forEachPiece(compared, words, (word, mask, id) => {
    if (id === DIFFERENT) out[word] = mask
  })
  return trimmed(0, out)
}

/** A spread over `size` ends for more of them: each further one has what the end under its number in `like` has. */
export function widened(spread: Spread, size: number, like: readonly number[]): Spread {
  if (typeof spread === 'number' || like.length === 0) return spread
  const out = unfilled(wordsFor(size + like.length))
  const within = (word: number): number => (word === size >>> 5 ? (1 << (size & 31)) - 1 : FULL)
  forEachPiece(spread, wordsFor(size), (word, mask, id) => add(out, word, mask & within(word), id))
  for (const [further, end] of like.entries()) {
    const place = size + further
    add(out, place >>> 5, 1 << (place & 31), idAt(spread, end))
  }
  return out
}

/** The set of one end. */
export function idAt(spread: Spread, end: number): ConnectionsId {
  if (typeof spread === 'number') return spread
  const bit = 1 << (end & 31)
  for (let piece = end >>> 5; piece !== LAST; piece = spread.next[piece] ?? LAST)
    if (((spread.masks[piece] ?? 0) & bit) !== 0) return spread.ids[piece] ?? NONE_ID
  return NONE_ID
}

/** Nothing for anybody, to be painted on. */
export function blank(words: number): Pieces {
  const pieces = unfilled(words)
  pieces.masks.fill(FULL, 0, words)
  return pieces
}

/** Adds connections to what the ends in `to` have, and in `within` where that is given. */
export function paint(pieces: Pieces, union: Operation, id: ConnectionsId, to: Bits, within?: Bits): void {
  for (let at = 0; at < to.words.length; at++) {
    const word = to.start + at
    let left = to.words[at] ?? 0
    if (within !== undefined) left &= within.words[word - within.start] ?? 0
    for (let piece = word; left !== 0 && piece !== LAST; piece = pieces.next[piece] ?? LAST) {
      const mask = pieces.masks[piece] ?? 0
      const both = mask & left
      if (both === 0) continue
      left &= ~both
      const before = pieces.ids[piece] ?? NONE_ID
      const after = union(before, id)
      if (after === before) continue
      if (both === mask) pieces.ids[piece] = after
      else {
        pieces.masks[piece] = mask & ~both
        insert(pieces, piece, both, after)
      }
    }
  }
}

/** What each end of a word has, piece by piece; a spread that is the same for all is one piece a word. */
export function forEachPiece(
  spread: Spread,
  words: number,
  visit: (word: number, mask: number, id: ConnectionsId) => void,
): void {
  for (let word = 0; word < words; word++)
    if (typeof spread === 'number') visit(word, FULL, spread)
    else
      for (let piece = word; piece !== LAST; piece = spread.next[piece] ?? LAST)
        visit(word, spread.masks[piece] ?? 0, spread.ids[piece] ?? NONE_ID)
}

function combine(a: Spread, b: Spread, words: number, operation: Operation): Spread {
  if (typeof a === 'number' && typeof b === 'number') return operation(a, b)
  const out = unfilled(words)
  if (typeof a === 'number')
    forEachPiece(b, words, (word, mask, id) => add(out, word, mask, operation(a, id)))
  else if (typeof b === 'number')
    forEachPiece(a, words, (word, mask, id) => add(out, word, mask, operation(id, b)))
  else
    for (let word = 0; word < words; word++)
      for (let i = word; i !== LAST; i = a.next[i] ?? LAST)
        for (let j = word; j !== LAST; j = b.next[j] ?? LAST) {
          const mask = (a.masks[i] ?? 0) & (b.masks[j] ?? 0)
          if (mask !== 0) add(out, word, mask, operation(a.ids[i] ?? NONE_ID, b.ids[j] ?? NONE_ID))
        }
  return out
}

function choose(where: Where, a: Spread, b: Spread, words: number): Spread {
  if (where === true || a === b) return a
  if (where === false || isNoBit(where)) return b
  const out = unfilled(words)
  const maskOf = (word: number): number => where.words[word - where.start] ?? 0
  forEachPiece(a, words, (word, mask, id) => add(out, word, mask & maskOf(word), id))
  forEachPiece(b, words, (word, mask, id) => add(out, word, mask & ~maskOf(word), id))
  return out
}

function unfilled(words: number): Pieces {
  const room = words + 16
  return {
    ids: new Int32Array(room),
    masks: new Int32Array(room),
    next: new Int32Array(room).fill(LAST),
    used: words,
  }
}

/** Gives ends of a word that have nothing yet a set. */
function add(pieces: Pieces, word: number, mask: number, id: ConnectionsId): void {
  if (mask === 0) return
  if (pieces.masks[word] === 0) {
    pieces.masks[word] = mask
    pieces.ids[word] = id
    return
  }
  for (let piece = word; piece !== LAST; piece = pieces.next[piece] ?? LAST)
    if (pieces.ids[piece] === id) {
      pieces.masks[piece] = (pieces.masks[piece] ?? 0) | mask
      return
    }
  insert(pieces, word, mask, id)
}

function insert(pieces: Pieces, behind: number, mask: number, id: ConnectionsId): void {
  const piece = pieces.used++
  if (piece === pieces.ids.length) grow(pieces)
  pieces.ids[piece] = id
  pieces.masks[piece] = mask
  pieces.next[piece] = pieces.next[behind] ?? LAST
  pieces.next[behind] = piece
}

function grow(pieces: Pieces): void {
  const longer = (old: Int32Array): Int32Array => {
    const out = new Int32Array(old.length * 2)
    out.set(old)
    return out
  }
  pieces.ids = longer(pieces.ids)
  pieces.masks = longer(pieces.masks)
  pieces.next = longer(pieces.next)
}
