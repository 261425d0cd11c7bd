import type { Policy } from '../policy/policy.ts'
import { type ConnectionTable, connectionTable } from '../sets/connection-table.ts'
import { type Spread, spreadAlgebra, wordsFor } from '../sets/spread.ts'
import { bothWays } from './decide.ts'
import { directionOfAll } from './direction.ts'
import type { End } from './evidence.ts'
import { population } from './population.ts'

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
}

export function evaluateAll(
  policies: readonly Policy[],
  ends: readonly End[],
  table: ConnectionTable = connectionTable(),
): Everyone {
  const everyone = population(ends)
  const sets = spreadAlgebra(table, wordsFor(ends.length))
  const egress = directionOfAll('egress', policies, everyone, table)
  const ingress = directionOfAll('ingress', policies, everyone, table)
  return {
    row: from => bothWays(sets, egress.ofSubject(from), ingress.ofOther(from)),
    isKnown: egress.isKnown && ingress.isKnown,
    column: to => bothWays(sets, egress.ofOther(to), ingress.ofSubject(to)),
  }
}
