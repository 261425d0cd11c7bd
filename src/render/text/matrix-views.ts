import { type MatrixAnswer, VIEWS } from '../../report/views.ts'
import type { Paper } from '../paper.ts'
import { matrixText } from './matrix.ts'
import { overviewText } from './overview.ts'
import { treeText } from './tree.ts'

/** More ends than these are no table that anybody reads. */
const MOST_ENDS = 40

/** A matrix of one source is a tree and a large one an overview; else, and where everything is wanted, it is a table. */
export function matrixView(matrix: MatrixAnswer, paper: Paper): Iterable<string> {
  const { overview, tree } = matrix[VIEWS]
  if (paper.wide) return matrixText(matrix, paper)
  if (tree !== undefined) return treeText(tree(), paper)
  return matrix.endpoints.length > MOST_ENDS ? overviewText(overview(), paper) : matrixText(matrix, paper)
}
