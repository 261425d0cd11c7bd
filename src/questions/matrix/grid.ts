import type { AllPairs } from '../../network/all-pairs.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { EndpointRef } from '../../report/common.ts'
import { forEachBit } from '../../sets/bits.ts'
import { type ConnectionsId, NONE_ID } from '../../sets/identifiers.ts'
import { forEachSegment, type SetVector, wordsFor } from '../../sets/vector.ts'

/*
 * The matrix before it is written: rows and columns are groups of endpoints, and groups that are made of the same classes
 * of endpoints are of one kind, which has one row and one column whatever their number.
 */

/** One row or column: an endpoint and the endpoints behind it. */
export interface Group {
  readonly ref: EndpointRef
  readonly endpoints: readonly Endpoint[]
}

/** The number of a cell: equal cells have equal ones. */
export type CellId = number

/** What is open between two groups; of several pairs of endpoints, what at least one of them has. */
export interface Cell {
  readonly open: ConnectionsId
  readonly undetermined: ConnectionsId
  /** Not all pairs have it open. */
  readonly partial: boolean
}

export const NO_CELL: CellId = 0

export interface Grid {
  readonly kindOf: (group: Group) => number
  readonly kinds: number
  readonly cellAt: (id: CellId) => Cell
  /** The cells from a group of one kind to a group of each, where they are two groups. */
  readonly row: (kind: number) => Int32Array
  /** The cell of two groups that may have endpoints in common, none of which is asked about itself. */
  readonly overlapping: (from: Group, to: Group) => CellId
}

/** A class of endpoints in a group, and whether the group has but one endpoint of it. */
interface Part {
  readonly classIndex: number
  readonly isAlone: boolean
}

export function gridOf(pairs: AllPairs, groups: readonly Group[]): Grid {
  const classOf = classOfEndpoint(pairs)
  const { kinds, kindOf } = kindsOf(classOf, groups)
  const cells = cellTable(pairs)
  const row = (kind: number): Int32Array => {
    const out = new Int32Array(kinds.length).fill(UNSET)
    for (const { classIndex } of kinds[kind] ?? []) {
      const line = cells.line(classIndex)
      for (const [index, parts] of kinds.entries())
        for (const part of parts)
          out[index] = cells.join(out[index] ?? UNSET, line[part.classIndex] ?? NO_CELL)
    }
    return out.map(cell => (cell === UNSET ? NO_CELL : cell))
  }
  const overlapping = (from: Group, to: Group): CellId => {
    let cell = UNSET
    for (const ours of kinds[kindOf(from)] ?? []) {
      const line = cells.line(ours.classIndex)
      for (const theirs of kinds[kindOf(to)] ?? []) {
        const isOne = ours.isAlone && theirs.isAlone && memberOf(from, ours) === memberOf(to, theirs)
        if (!isOne) cell = cells.join(cell, line[theirs.classIndex] ?? NO_CELL)
      }
    }
    return cell === UNSET ? NO_CELL : cell
  }
  const memberOf = ({ endpoints }: Group, { classIndex }: Part): Endpoint | undefined =>
    endpoints.find(endpoint => classOf(endpoint) === classIndex)
  return { kindOf, kinds: kinds.length, cellAt: cells.at, row, overlapping }
}

function classOfEndpoint({ classes }: AllPairs): (endpoint: Endpoint) => number {
  const numbers = new Map<Endpoint, number>()
  for (const [index, members] of classes.entries())
    for (const endpoint of members) numbers.set(endpoint, index)
  return endpoint => known(numbers.get(endpoint))
}

function kindsOf(
  classOf: (endpoint: Endpoint) => number,
  groups: readonly Group[],
): { readonly kinds: readonly (readonly Part[])[]; readonly kindOf: (group: Group) => number } {
  const kinds: Part[][] = []
  const numbers = new Map<string, number>()
  const kindOf = new Map<Group, number>()
  for (const group of groups) {
    const counts = new Map<number, number>()
    for (const endpoint of group.endpoints) {
      const index = classOf(endpoint)
      counts.set(index, (counts.get(index) ?? 0) + 1)
    }
    const parts = [...counts].map(([classIndex, count]): Part => ({ classIndex, isAlone: count === 1 }))
    const key = parts
      .map(({ classIndex, isAlone }) => `${classIndex}${isAlone ? '!' : ''}`)
      .sort()
      .join()
    const kind = numbers.get(key) ?? kinds.push(parts) - 1
    numbers.set(key, kind)
    kindOf.set(group, kind)
  }
  return { kinds, kindOf: group => known(kindOf.get(group)) }
}

/** A number that every endpoint and every group has: to take another one for it would be another's answer. */
function known(number: number | undefined): number {
  if (number === undefined) throw new Error('an end of the matrix has no class')
  return number
}

/** No pair of endpoints so far. */
const UNSET = -1

function cellTable({ classes, table, from }: AllPairs) {
  const cells: Cell[] = [{ open: NONE_ID, undetermined: NONE_ID, partial: false }]
  const ids = new Map<string, CellId>([['0 0 false', NO_CELL]])
  const idOf = (cell: Cell): CellId => {
    const key = `${cell.open} ${cell.undetermined} ${cell.partial}`
    const id = ids.get(key) ?? cells.push(cell) - 1
    ids.set(key, id)
    return id
  }
  const at = (id: CellId): Cell => cells[id] ?? { open: NONE_ID, undetermined: NONE_ID, partial: false }
  const joined: Map<CellId, CellId>[] = []
  const joinTwo = (a: Cell, b: Cell): CellId =>
    idOf({
      open: table.union(a.open, b.open),
      undetermined: table.union(a.undetermined, b.undetermined),
      partial: a.partial || b.partial || a.open !== b.open,
    })
  const join = (a: CellId, b: CellId): CellId => {
    if (a === b || a === UNSET) return b
    const withFirst = joined[a] ?? new Map<CellId, CellId>()
    joined[a] = withFirst
    const id = withFirst.get(b) ?? joinTwo(at(a), at(b))
    withFirst.set(b, id)
    return id
  }
  /** The cells from one class to each. */
  const line = (classIndex: number): Int32Array => {
    const { open, undetermined, mixed } = from(classIndex)
    const isPlain = undetermined === NONE_ID && mixed.words.length === 0
    const plain = new Map<ConnectionsId, CellId>()
    const out = expanded(open, classes.length)
    if (isPlain)
      return out.map(id => {
        const cell = plain.get(id) ?? idOf({ open: id, undetermined: NONE_ID, partial: false })
        plain.set(id, cell)
        return cell
      })
    const unknown = expanded(undetermined, classes.length)
    const isMixed = new Uint8Array(classes.length)
    forEachBit(mixed, index => {
      isMixed[index] = 1
    })
    return out.map((id, index) =>
      idOf({ open: id, undetermined: unknown[index] ?? NONE_ID, partial: isMixed[index] === 1 }),
    )
  }
  return { at, join, line }
}

/** A vector, end by end. */
function expanded(vector: SetVector, size: number): Int32Array {
  const words = wordsFor(size)
  const out = new Int32Array(words * 32)
  forEachSegment(vector, words, (word, mask, id) => {
    if (id === NONE_ID) return
    if (mask === -1) out.fill(id, word * 32, word * 32 + 32)
    else
      for (let left = mask; left !== 0; left &= left - 1) out[word * 32 + 31 - Math.clz32(left & -left)] = id
  })
  return out.subarray(0, size)
}
