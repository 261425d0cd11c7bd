import type { Entry } from './codes/page.ts'
import type { Overview } from './overview.ts'
import type { Matrix, Report, WhoCanReach } from './report.ts'
import type { Tree } from './tree.ts'

/*
 * What a terminal shows instead of a report that is too large to be read: made when it is asked for.
 */

/** The key of the views of a report: a symbol, so that JSON leaves them out. */
export const VIEWS: unique symbol = Symbol('views')

/** The answer of `matrix`, with its views. */
export interface MatrixAnswer extends Matrix {
  readonly [VIEWS]: {
    readonly overview: () => Overview
    /** Undefined unless one source was asked for. */
    readonly tree: (() => Tree) | undefined
  }
}

/** The answer of `who-can-reach`, with its view. */
export interface WhoCanReachAnswer extends WhoCanReach {
  readonly [VIEWS]: {
    readonly tree: () => Tree
    /** Whether something of the answer is unknown. */
    readonly isUndetermined: boolean
  }
}

/** Codes and what they mean, without their examples. */
export interface CodeList {
  readonly kind: 'CodeList'
  readonly codes: readonly Entry[]
}

/** The output of a question: a report, with its views if it has some. */
export type Output = Exclude<Report, Matrix | WhoCanReach> | MatrixAnswer | WhoCanReachAnswer | CodeList
