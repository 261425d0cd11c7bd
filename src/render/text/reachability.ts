import { openText, portText } from '../../report/open.ts'
import type { Answer, Reachability } from '../../report/report.ts'
import type { Paper } from '../paper.ts'

/** `can-reach`: the answer in one line. */
export function* line(report: Reachability, { style }: Paper): Iterable<string> {
  yield `${style.verdict(report.verdict, `${report.verdict}:`)} ${questionText(report)}${openPart(report)}: ${report.message}${marks(report)}`
}

/** The codes of what could make the answer another; what they stand for is said beside the answer. */
function marks({ verdict, assumptions }: Reachability): string {
  if (verdict === 'undetermined') return ''
  const codes = new Set(assumptions.map(({ code }) => code).filter(code => code.startsWith('UNDETERMINED_')))
  return [...codes].map(code => ` [${code}]`).join('')
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
