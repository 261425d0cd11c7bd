import type { RoutedConnection } from '../../report/report.ts'
import { withCommas } from '../../words/lists.ts'
import { routedText } from '../../words/matrix.ts'
import type { Paper } from '../paper.ts'
import { wrapAfter } from './wrap.ts'

/** How many ways through routes are shown without `-o wide`. */
const MOST = 10

/** What is reached through Ingresses and routes, a line each, after an empty line. */
export function* routedLines(
  routed: readonly RoutedConnection[] = [],
  { wide, width }: Pick<Paper, 'wide' | 'width'>,
): Iterable<string> {
  if (routed.length === 0) return
  yield ''
  // What is open in other ways as well says less.
  const first = [...routed].sort((a, b) => Number(b.isOnlyWay ?? false) - Number(a.isOnlyWay ?? false))
  const shown = wide ? routed : first.slice(0, MOST)
  for (const one of shown) yield* wrapAfter('', routedText(one), 2, width)
  const rest = routed.length - shown.length
  if (rest > 0) yield `and ${withCommas(rest)} more through Ingresses and routes: -o wide shows them`
}
