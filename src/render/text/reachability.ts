import { isUndetermined } from '../../report/code-families.ts'
import type { NearMissReport, Reachability, Step } from '../../report/report.ts'
import { nearMissTitle, openPart, questionText } from '../../words/answer.ts'
import { placeText } from '../../words/lists.ts'
import { decisiveNearMiss } from '../answer.ts'
import type { Paper } from '../paper.ts'

/** `can-reach`: the answer in one line. */
export function* line(report: Reachability, { style }: Paper): Iterable<string> {
  yield `${style.verdict(report.verdict, `${report.verdict}:`)} ${questionText(report)}${openPart(report)}: ${report.message}${marks(report)}`
}

/** The codes of what could change the answer; their sentences are shown beside it. */
function marks({ verdict, assumptions }: Reachability): string {
  if (verdict === 'undetermined') return ''
  const codes = new Set(assumptions.map(({ code }) => code).filter(isUndetermined))
  return [...codes].map(code => ` [${code}]`).join('')
}

/** What to do, beside the line: the first suggestion, and the one that fixes the near misses that the line names. */
export function help(
  { verdict, expected, steps, suggestions }: Reachability,
  program = 'netpol',
): readonly string[] {
  if (verdict === 'yes') return expected === 'yes' ? [] : closing(steps)
  const [first] = suggestions
  const causes = fixableNearMisses(steps)
  const fixing = suggestions.find(
    ({ fixes }) => causes.length > 0 && causes.every(({ id }) => fixes.includes(id)),
  )
  const shown = [first, fixing].filter((one, index, all) => one !== undefined && all.indexOf(one) === index)
  return shown.map((one, index) => {
    const text = `${one?.message} (\`${program} explain\` has the manifest)`
    if (index > 0) return `help: or ${text}`
    // Many a no is what was wanted.
    return expected === 'yes' ? `help: ${text}` : `help: if this should be allowed: ${text}`
  })
}

/** What would have denied the connection, if that was intended. */
function closing(steps: readonly Step[]): readonly string[] {
  const fixes = steps.flatMap(step => {
    const near = decisiveNearMiss(step)
    if (near?.mend === undefined) return []
    return [`${near.mend} (${nearMissTitle(step, near)}, ${placeText(near.source)})`]
  })
  return fixes.length === 0 ? [] : [`help: to close it: ${fixes.join('; and ')}`]
}

/** The near misses to fix, one for each side that denies; none where a side has none, because to open the others would not do. */
function fixableNearMisses(steps: readonly Step[]): readonly NearMissReport[] {
  const causes = steps.flatMap(denying).map(decisiveNearMiss)
  return causes.every(near => near?.mend !== undefined) ? causes.filter(near => near !== undefined) : []
}

/** The sides that deny a step, or the connection that it needs itself. */
function denying(step: Step): readonly Step[] {
  if (step.verdict === 'yes') return []
  const own = (step.steps ?? []).flatMap(denying)
  return own.length > 0 ? own : [step]
}
