import type { Reachability } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { openPart, questionText } from '../phrases.ts'

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
