import type { AllPairs } from '../../network/all-pairs.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import type { EndpointRef } from '../../report/common.ts'
import { hasBit, isNoBit } from '../../sets/bits.ts'
import { groupBy } from '../../sets/group-by.ts'
import { type ConnectionsId, interned, NONE_ID } from '../../sets/identifiers.ts'
import { memoizedPairs } from '../../sets/memoized.ts'
import { forEachSegment, type SetVector, wordCount } from '../../sets/vector.ts'

/*
 * The matrix before it is written. Rows and columns are groups of endpoints. Groups that consist of the same equivalence
 * classes of endpoints are of one kind, which has one row and one column however many they are.
 */

/** One row or column: a Pod, workload, namespace or set of addresses, and its endpoints. */
export interface Group {
  readonly ref: EndpointRef
  readonly endpoints: readonly Endpoint[]
}

/** The identifier of a cell: equal cells have equal ones. */
export type CellId = number

/** The connections between two groups: those that at least one pair of their endpoints has. */
interface GridCell {
  readonly open: ConnectionsId
  readonly undetermined: ConnectionsId
  /** Not all pairs have all of `open`. */
  readonly partial: boolean
}

export const NO_CELL: CellId = 0

export interface Grid {
  readonly kindOf: (group: Group) => number
  readonly cellAt: (id: CellId) => GridCell
  /** The cells from a group of one kind to another group of each kind. */
  readonly row: (kind: number) => Int32Array
  /** The cell of two groups that may share endpoints; no endpoint is asked about itself. */
  readonly overlapping: (from: Group, to: Group) => CellId
}

/** The endpoints of a class in a group that are selected, or those that are not. */
interface GroupPart {
  /** The same number for all that are of the same class, and selected or not. */
  readonly number: number
  readonly classIndex: number
  readonly isSelected: boolean
  /** Whether there is only one of them. */
  readonly isAlone: boolean
}

/** The cells of the pairs of which at least one endpoint is selected. */
export function gridOf(
  pairs: AllPairs,
  groups: readonly Group[],
  isSelected: (endpoint: Endpoint) => boolean,
): Grid {
  const classOf = classOfEndpoint(pairs)
  const partOf = (endpoint: Endpoint): number => 2 * classOf(endpoint) + Number(isSelected(endpoint))
  const { kinds, kindOf } = kindsOf(partOf, groups)
  const { at, join, cellsFrom } = cellTable(pairs)
  const withCells = (parts: readonly GroupPart[] = []) =>
    parts.map(part => ({ part, cells: cellsFrom(part.classIndex) }))
  /** The cell of all pairs of parts. */
  const between = (
    from: ReturnType<typeof withCells>,
    to: readonly GroupPart[] = [],
    isPair?: (from: GroupPart, to: GroupPart) => boolean,
  ): CellId => {
    let joined: CellId | undefined
    for (const { part, cells } of from)
      for (const other of to) {
        if (!part.isSelected && !other.isSelected) continue
        if (isPair?.(part, other) === false) continue
        const cell = cells[other.classIndex] ?? NO_CELL
        joined = joined === undefined ? cell : join(joined, cell)
      }
    return joined ?? NO_CELL
  }
  const onlyMember = ({ endpoints }: Group, { number, isAlone }: GroupPart): Endpoint | undefined =>
    isAlone ? endpoints.find(endpoint => partOf(endpoint) === number) : undefined
  return {
    kindOf,
    cellAt: at,
    row: kind => {
      const from = withCells(kinds[kind])
      return new Int32Array(kinds.map(to => between(from, to)))
    },
    overlapping: (from, to) =>
      between(withCells(kinds[kindOf(from)]), kinds[kindOf(to)], (ours, theirs) => {
        const only = onlyMember(from, ours)
        return only === undefined || only !== onlyMember(to, theirs)
      }),
  }
}

function classOfEndpoint({ classes }: AllPairs): (endpoint: Endpoint) => number {
  const numbers = new Map<Endpoint, number>()
  for (const [index, members] of classes.entries())
    for (const endpoint of members) numbers.set(endpoint, index)
  return endpoint => known(numbers.get(endpoint))
}

function kindsOf(
  partOf: (endpoint: Endpoint) => number,
  groups: readonly Group[],
): { readonly kinds: readonly (readonly GroupPart[])[]; readonly kindOf: (group: Group) => number } {
  const kinds: (readonly GroupPart[])[] = []
  const kindOf = new Map<Group, number>()
  for (const equal of groupBy(groups, group => groupKey(partsOf(partOf, group))).values()) {
    for (const group of equal) kindOf.set(group, kinds.length)
    kinds.push(partsOf(partOf, equal[0]))
  }
  return { kinds, kindOf: group => known(kindOf.get(group)) }
}

const partsOf = (partOf: (endpoint: Endpoint) => number, { endpoints }: Group): readonly GroupPart[] =>
  [...groupBy(endpoints, partOf)].map(([number, { length }]) => ({
    number,
    classIndex: Math.floor(number / 2),
    isSelected: number % 2 === 1,
    isAlone: length === 1,
  }))

const groupKey = (parts: readonly GroupPart[]): string =>
  parts
    .map(({ number, isAlone }) => `${number}${isAlone ? '!' : ''}`)
    .sort()
    .join()

/** Every endpoint and every group has a number; a default would be the answer for another one. */
function known(number: number | undefined): number {
  if (number === undefined) throw new Error('an endpoint of the matrix has no class')
  return number
}

/** The cells between classes of endpoints. */
interface CellTable {
  readonly at: (id: CellId) => GridCell
  /** The cell of the pairs of both cells. */
  readonly join: (a: CellId, b: CellId) => CellId
  /** The cells from a class to each class. */
  readonly cellsFrom: (classIndex: number) => Int32Array
}

function cellTable({ classes, table, from }: AllPairs): CellTable {
  const { idOf, at } = interned<GridCell>(
    ({ open, undetermined, partial }) => `${open} ${undetermined} ${partial}`,
    [{ open: NONE_ID, undetermined: NONE_ID, partial: false }],
  )
  const joinDifferent = memoizedPairs((first, second) => {
    const [a, b] = [at(first), at(second)]
    return idOf({
      open: table.union(a.open, b.open),
      undetermined: table.union(a.undetermined, b.undetermined),
      partial: a.partial || b.partial || a.open !== b.open,
    })
  })
  /** Most cells are sets that all pairs have, and these are few. */
  const known: CellId[] = []
  const wholeCell = (open: ConnectionsId): CellId => {
    known[open] ??= idOf({ open, undetermined: NONE_ID, partial: false })
    return known[open]
  }
  return {
    at,
    join: (a, b) => (a === b ? a : joinDifferent(a, b)),
    cellsFrom: classIndex => {
      const { open, undetermined, mixed } = from(classIndex)
      const sets = expanded(open, classes.length)
      if (undetermined === NONE_ID && isNoBit(mixed)) return sets.map(wholeCell)
      const unknown = expanded(undetermined, classes.length)
      return sets.map((set, index) =>
        idOf({ open: set, undetermined: unknown[index] ?? NONE_ID, partial: hasBit(mixed, index) }),
      )
    },
  }
}

/** The sets of a vector, identity by identity. */
function expanded(vector: SetVector, size: number): Int32Array {
  const words = wordCount(size)
  const out = new Int32Array(words * 32)
  forEachSegment(vector, words, (word, mask, id) => {
    if (id === NONE_ID) return
    if (mask === -1) out.fill(id, word * 32, word * 32 + 32)
    else
      for (let left = mask; left !== 0; left &= left - 1) out[word * 32 + 31 - Math.clz32(left & -left)] = id
  })
  return out.subarray(0, size)
}
