import { ALL, type Connections, intersect, NONE, subtract, union } from './connections.ts'
import type { NonEmpty } from './group-by.ts'
import { memoizedPairs } from './memoized.ts'

/*
 * Interning: each different set is kept once under a number, so that equal sets have equal numbers.
 */

/** The identifier of a set of connections. */
export type ConnectionsId = number

export const NONE_ID: ConnectionsId = 0
export const ALL_ID: ConnectionsId = 1

/** Sets of connections by their identifiers. Operations on two of them are memoized. */
export interface ConnectionTable {
  readonly idOf: (set: Connections) => ConnectionsId
  readonly at: (id: ConnectionsId) => Connections
  readonly union: Operation
  readonly intersect: Operation
  readonly subtract: Operation
}

export type Operation = (a: ConnectionsId, b: ConnectionsId) => ConnectionsId

export function connectionTable(): ConnectionTable {
  const { idOf, at } = internedConnections()
  const memoized = (work: (a: Connections, b: Connections) => Connections): Operation =>
    memoizedPairs((a, b) => idOf(work(at(a), at(b))))
  const [joined, shared, rest] = [memoized(union), memoized(intersect), memoized(subtract)]
  return {
    idOf,
    at,
    union: (a, b) => (a === b || b === NONE_ID ? a : a === NONE_ID ? b : joined(a, b)),
    intersect: (a, b) => (a === b || b === ALL_ID ? a : a === ALL_ID ? b : shared(a, b)),
    subtract: (a, b) => (b === NONE_ID ? a : a === b ? NONE_ID : rest(a, b)),
  }
}

/** By a hash: as a text, a set of many ports would be several times as long. */
function internedConnections(): Pick<ConnectionTable, 'idOf' | 'at'> {
  const sets: Connections[] = []
  const withHash = new Map<number, ConnectionsId[]>()
  const idOf = (set: Connections): ConnectionsId => {
    const hash = set.reduce(mixed, set.length)
    const alike = withHash.get(hash) ?? []
    const known = alike.find(id => isSame(sets[id] ?? NONE, set))
    if (known !== undefined) return known
    const id = sets.push(set) - 1
    withHash.set(hash, [...alike, id])
    return id
  }
  for (const set of [NONE, ALL]) idOf(set)
  return { idOf, at: id => sets[id] ?? NONE }
}

/** The step of a hash (FNV-1a over whole numbers, with the high bits brought down): neighboring ports are far apart. */
function mixed(hash: number, boundary: number): number {
  const product = Math.imul(hash ^ boundary, 0x9e3779b1)
  return product ^ (product >>> 15)
}

const isSame = (one: Connections, other: Connections): boolean =>
  one.length === other.length && one.every((boundary, index) => boundary === other[index])

/** Identifiers of values, from 0 on for those of `first`. Values with equal keys have equal identifiers. */
export function interned<T>(
  keyOf: (value: T) => string,
  first: NonEmpty<T>,
): { readonly idOf: (value: T) => number; readonly at: (id: number) => T } {
  const values: T[] = [...first]
  const ids = new Map(values.map((value, id) => [keyOf(value), id]))
  const idOf = (value: T): number => {
    const key = keyOf(value)
    const id = ids.get(key) ?? values.push(value) - 1
    ids.set(key, id)
    return id
  }
  return { idOf, at: id => values[id] ?? first[0] }
}

/** The identifier of a set of small numbers. */
export type SetId = number

export const EMPTY_SET: SetId = 0

/** The leaf of a member. */
const PRESENT = 1

/** More than there are, so that two identifiers make one key. */
const MOST_SETS = 2 ** 26

/**
 * Sets of the numbers below `size`, each made by one change of another: binary trees with shared subtrees (hash consing), so
 * that a change takes the depth of the tree and not the size of the set.
 */
export function internedSets(size: number): {
  /** The set with a number that it does not have, or without one that it has. */
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
