import type { Direction, Policy } from '../../policy/policy.ts'
import type { Bits } from '../../sets/bits.ts'
import { type ConnectionTable, connectionTable } from '../../sets/identifiers.ts'
import { type SetVector, vectorAlgebra, wordsFor } from '../../sets/vector.ts'
import { bothWays } from '../decide.ts'
import type { PolicySet } from '../evaluate.ts'
import type { Identity } from '../evidence.ts'
import { someOf } from '../matches.ts'
import { type DirectionMatrix, directionMatrix, exchanged } from './direction.ts'
import { identityIndex } from './identity-index.ts'

/** What passes between one end and each of the others. */
export interface Line {
  readonly allowed: SetVector
  readonly undetermined: SetVector
}

/**
 * The evaluation of every pair of many ends, a row or a column at a time: the same rules over the same algebra as
 * `evaluate`, without the evidence. `table` says what the numbers in a line stand for.
 */
export interface ReachabilityMatrix {
  /** From one end to each. */
  readonly row: (from: number) => Line
  /** From each end to one. */
  readonly column: (to: number) => Line
  /** Whether nothing is undetermined in any line. */
  readonly isKnown: boolean
  /** The same with other policies in some namespaces: all else is taken over as it is. */
  readonly edited: (edit: MatrixEdit) => ReachabilityMatrix
}

/** Other policies in some namespaces, and ends that these do not tell apart. */
export interface MatrixEdit {
  readonly policies: PolicySet
  readonly namespaces: readonly string[]
  /** The ends in their old order, and behind them those that were one with another end before. */
  readonly identities: readonly Identity[]
  /** With which end each of those behind was one. */
  readonly like: readonly number[]
}

export function evaluateMatrix(
  policies: readonly Policy[],
  identities: readonly Identity[],
  table: ConnectionTable = connectionTable(),
): ReachabilityMatrix {
  const index = identityIndex(identities)
  const of = (direction: Direction): DirectionMatrix => directionMatrix(direction, policies, index, table)
  return inBothDirections(of('egress'), of('ingress'), identities.length, table)
}

function inBothDirections(
  egress: DirectionMatrix,
  ingress: DirectionMatrix,
  size: number,
  table: ConnectionTable,
): ReachabilityMatrix {
  const sets = vectorAlgebra(table, wordsFor(size))
  return {
    row: from => bothWays(sets, egress.ofSubject(from), ingress.ofOther(from)),
    column: to => bothWays(sets, egress.ofOther(to), ingress.ofSubject(to)),
    isKnown: egress.isKnown && ingress.isKnown,
    edited: ({ policies, namespaces, identities, like }) => {
      const index = identityIndex(identities)
      const inThem: Bits = someOf(namespaces.map(index.inNamespace)).yes
      // A policy acts on its own namespace only (S-001).
      const of = (direction: Direction, old: DirectionMatrix): DirectionMatrix => {
        const here = namespaces.flatMap(namespace => policies.in(namespace, direction))
        return exchanged(old, directionMatrix(direction, here, index, table), { inThem, size, like, table })
      }
      return inBothDirections(of('egress', egress), of('ingress', ingress), identities.length, table)
    },
  }
}
