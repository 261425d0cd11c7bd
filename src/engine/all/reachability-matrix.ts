import type { Policy } from '../../policy/policy.ts'
import type { Direction } from '../../report/facts/rules.ts'
import { forEachBit, isNoBit, unionBits } from '../../sets/bits.ts'
import { type ConnectionTable, connectionTable } from '../../sets/identifiers.ts'
import { type SetVector, vectorAlgebra, wordCount } from '../../sets/vector.ts'
import { bothWays } from '../decide.ts'
import type { Identity } from '../evidence.ts'
import type { PolicyIndex } from '../policy-index.ts'
import { subjectOf } from '../predicates.ts'
import { type DirectionMatrix, directionMatrix, extended, replacedFor } from './direction.ts'
import { type IdentityIndex, identityIndex } from './identity-index.ts'

/** A row or a column of the matrix: what passes between one identity and each. */
interface AllowedVector {
  readonly allowed: SetVector
  readonly undetermined: SetVector
}

/**
 * The evaluation of every pair of many identities, a row or a column at a time: the same rules over the same algebra as
 * `evaluate`, without the evidence. `table` has the connections that the numbers in a vector mean.
 */
export interface ReachabilityMatrix {
  /** From one identity to each. */
  readonly row: (from: number) => AllowedVector
  /** From each identity to one. */
  readonly column: (to: number) => AllowedVector
  /** Whether nothing is undetermined. */
  readonly isKnown: boolean
  /** The same after an edit of some policies: subjects that they do not select keep what was decided. */
  readonly edited: (edit: MatrixEdit) => ReachabilityMatrix
}

/** Other policies, over identities that none of them tells apart. */
export interface MatrixEdit {
  /** All policies after the edit. */
  readonly policies: PolicyIndex
  /** The policies that were removed or added. */
  readonly changed: readonly Policy[]
  /** The identities in their old order, and after them those that were split off another. */
  readonly identities: readonly Identity[]
  /** For each identity that was split off, the index of the one that it was part of. */
  readonly splitFrom: readonly number[]
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
  const sets = vectorAlgebra(table, wordCount(size))
  return {
    row: from => bothWays(sets, egress.decision('subject', from), ingress.decision('other', from)),
    column: to => bothWays(sets, egress.decision('other', to), ingress.decision('subject', to)),
    isKnown: egress.isKnown && ingress.isKnown,
    edited: edit => {
      const index = identityIndex(edit.identities)
      const of = (direction: Direction, old: DirectionMatrix): DirectionMatrix =>
        editedDirection(direction, extended(old, size, edit.splitFrom), edit, index, table)
      return inBothDirections(of('egress', egress), of('ingress', ingress), index.size, table)
    },
  }
}

/** Only subjects that a changed policy selects, or may select, are decided again, by all policies that may select them. */
function editedDirection(
  direction: Direction,
  before: DirectionMatrix,
  { policies, changed, identities }: MatrixEdit,
  index: IdentityIndex,
  table: ConnectionTable,
): DirectionMatrix {
  const subjects = unionBits(
    changed.filter(policy => policy.direction === direction).map(policy => subjectOf(policy, index).maybe),
  )
  if (isNoBit(subjects)) return before
  const namespaces = new Set<string>()
  forEachBit(subjects, subject => {
    const identity = identities[subject]
    if (identity?.kind === 'pod') namespaces.add(identity.namespace)
  })
  const here = new Set([...namespaces].flatMap(namespace => policies.candidates(namespace, direction)))
  const now = directionMatrix(direction, [...here], index, table)
  return replacedFor(subjects, now, before, vectorAlgebra(table, wordCount(index.size)))
}
