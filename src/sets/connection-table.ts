import { ALL, type Connections, intersect, NONE, subtract, union } from './connections.ts'

/*
 * Sets of connections under numbers: each different set once, so that equal sets have equal numbers, and what two of
 * them make together is worked out once however many pairs of ends have them.
 */

/** The number of a set. */
export type ConnectionsId = number

export const NONE_ID: ConnectionsId = 0
export const ALL_ID: ConnectionsId = 1

export interface ConnectionTable {
  readonly idOf: (set: Connections) => ConnectionsId
  readonly at: (id: ConnectionsId) => Connections
  readonly union: Operation
  readonly intersect: Operation
  readonly subtract: Operation
}

export type Operation = (a: ConnectionsId, b: ConnectionsId) => ConnectionsId

export function connectionTable(): ConnectionTable {
  const sets: Connections[] = [NONE, ALL]
  const ids = new Map<string, ConnectionsId>(sets.map((set, id) => [set.join(), id]))
  const at = (id: ConnectionsId): Connections => sets[id] ?? NONE
  const idOf = (set: Connections): ConnectionsId => {
    const key = set.join()
    const known = ids.get(key)
    if (known !== undefined) return known
    ids.set(key, sets.length)
    return sets.push(set) - 1
  }
  const remembered = (work: (a: Connections, b: Connections) => Connections): Operation => {
    const results: Map<ConnectionsId, ConnectionsId>[] = []
    return (a, b) => {
      const ofFirst = results[a] ?? new Map<ConnectionsId, ConnectionsId>()
      results[a] = ofFirst
      const known = ofFirst.get(b)
      if (known !== undefined) return known
      const result = idOf(work(at(a), at(b)))
      ofFirst.set(b, result)
      return result
    }
  }
  const [joined, shared, rest] = [remembered(union), remembered(intersect), remembered(subtract)]
  return {
    idOf,
    at,
    union: (a, b) => (a === b || b === NONE_ID ? a : a === NONE_ID ? b : joined(a, b)),
    intersect: (a, b) => (a === b || b === ALL_ID ? a : a === ALL_ID ? b : shared(a, b)),
    subtract: (a, b) => (b === NONE_ID ? a : a === b ? NONE_ID : rest(a, b)),
  }
}
