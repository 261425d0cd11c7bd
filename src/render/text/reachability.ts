import { openText, portText } from '../../report/open.ts'
import type { Answer, Reachability } from '../../report/report.ts'
import type { Paper } from '../paper.ts'

/** `can-reach`: the answer in one line. */
export function* line(report: Reachability, { style }: Paper): Iterable<string> {
  yield `${style.verdict(report.verdict, `${report.verdict}:`)} ${questionText(report)}${openPart(report)}: ${report.message}`
}

/** `app/frontend -> app/backend TCP 8080`. */
export function questionText({ from, to, port }: Pick<Answer, 'from' | 'to' | 'port'>): string {
  const asked = portText(port)
  return `${from.id} -> ${to.id}${asked === '' ? '' : ` ${asked}`}`
}

/** What is open, where that is neither everything nor nothing. */
export function openPart({ verdict, open }: Pick<Answer, 'verdict' | 'open'>): string {
  return verdict === 'partial' ? `, open: ${openText(open)}` : ''
}
