import type { Reachability, Step } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { isTold, nearName, openPart, placeText, questionText } from '../phrases.ts'

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

/**
 * What to do for a yes, beside the line: the first suggestion, else what mends the near misses that the answer tells of.
 * Nothing where a side that refuses has none: to mend the other one would open nothing.
 */
export function help({ verdict, steps, suggestions: [suggestion] }: Reachability): readonly string[] {
  if (verdict === 'yes') return []
  if (suggestion !== undefined) return [`help: ${suggestion.message} (\`netpol explain\` has the manifest)`]
  const mends = steps.flatMap(refusing).map(mendOf)
  const known = mends.filter(mend => mend !== undefined)
  return known.length === 0 || known.length < mends.length ? [] : [`help: ${known.join('; and ')}`]
}

/** The sides that keep a step from being open, those of the connection that it needs itself among them. */
function refusing(step: Step): readonly Step[] {
  if (step.verdict === 'yes') return []
  const own = (step.steps ?? []).flatMap(refusing)
  return own.length > 0 ? own : [step]
}

function mendOf(step: Step): string | undefined {
  const near = step.nearMisses?.find(one => isTold(step, one) && one.mend !== undefined)
  return near && `${near.mend} (${nearName(step, near)}, ${placeText(near.source)})`
}
