import type { Direction, Policy } from '../../policy/policy.ts'
import type { Bits } from '../../sets/bits.ts'
import { type ConnectionTable, connectionTable } from '../../sets/connection-table.ts'
import { type Spread, spreadAlgebra, wordsFor } from '../../sets/vector.ts'
import { bothWays } from '../decide.ts'
import type { PolicySet } from '../evaluate.ts'
import type { End } from '../evidence.ts'
import { someOf } from '../matches.ts'
import { type DirectionOfAll, directionOfAll, exchanged } from './direction.ts'
import { population } from './identity-index.ts'

/** What passes between one end and each of the others. */
export interface Line {
  readonly allowed: Spread
  readonly undetermined: Spread
}

/**
 * The evaluation of every pair of many ends, a row or a column at a time: the same rules over the same algebra as
 * `evaluate`, without the evidence. `table` says what the numbers in a line stand for.
 */
export interface Everyone {
  /** From one end to each. */
  readonly row: (from: number) => Line
  /** From each end to one. */
  readonly column: (to: number) => Line
  /** Whether nothing is undetermined in any line. */
  readonly isKnown: boolean
  /** The same with other policies in some namespaces: all else is taken over as it is. */
  readonly edited: (edit: Edit) => Everyone
}

/** Other policies in some namespaces, and ends that these do not tell apart. */
export interface Edit {
  readonly policies: PolicySet
  readonly namespaces: readonly string[]
  /** The ends in their old order, and behind them those that were one with another end before. */
  readonly ends: readonly End[]
  /** With which end each of those behind was one. */
  readonly like: readonly number[]
}

export function evaluateAll(
  policies: readonly Policy[],
  ends: readonly End[],
  table: ConnectionTable = connectionTable(),
): Everyone {
  const everyone = population(ends)
  const of = (direction: Direction): DirectionOfAll => directionOfAll(direction, policies, everyone, table)
  return inBothDirections(of('egress'), of('ingress'), ends.length, table)
}

function inBothDirections(
  egress: DirectionOfAll,
  ingress: DirectionOfAll,
  size: number,
  table: ConnectionTable,
): Everyone {
  const sets = spreadAlgebra(table, wordsFor(size))
  return {
    row: from => bothWays(sets, egress.ofSubject(from), ingress.ofOther(from)),
    column: to => bothWays(sets, egress.ofOther(to), ingress.ofSubject(to)),
    isKnown: egress.isKnown && ingress.isKnown,
    edited: ({ policies, namespaces, ends, like }) => {
      const everyone = population(ends)
      const inThem: Bits = someOf(namespaces.map(everyone.inNamespace)).yes
      // A policy acts on its own namespace only (S-001).
      const of = (direction: Direction, old: DirectionOfAll): DirectionOfAll => {
        const here = namespaces.flatMap(namespace => policies.in(namespace, direction))
        return exchanged(old, directionOfAll(direction, here, everyone, table), { inThem, size, like, table })
      }
      return inBothDirections(of('egress', egress), of('ingress', ingress), ends.length, table)
    },
  }
}
