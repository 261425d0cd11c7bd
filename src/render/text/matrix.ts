import { openText } from '../../report/open.ts'
import type { Matrix } from '../../report/report.ts'
import type { Paper } from '../paper.ts'

/** Placeholder until the table is drawn. */
export function* matrixText(report: Matrix, _paper: Paper): Iterable<string> {
  for (const { from, to, open } of report.connections) yield `${from} -> ${to}: ${openText(open)}`
}
