import { isUndetermined } from '../../report/code-families.ts'
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
  const codes = new Set(assumptions.map(({ code }) => code).filter(isUndetermined))
  return [...codes].map(code => ` [${code}]`).join('')
}

/** What to do, beside the line: the suggestion that mends what the line tells of, and the first one. Both are proven. */
export function help({ verdict, steps, suggestions }: Reachability, program = 'netpol'): readonly string[] {
  if (verdict === 'yes') return closing(steps)
  const [first] = suggestions
  const told = fixesOf(steps)
  const fixing = suggestions.find(
    ({ fixes }) => told.length > 0 && told.every(({ nearMiss }) => fixes.includes(nearMiss)),
  )
  const shown = [fixing, first].filter((one, index, all) => one !== undefined && all.indexOf(one) === index)
  return shown.map((one, index) => {
    const text = `${one?.message} (\`${program} explain\` has the manifest)`
    return `help: ${index === 0 ? text : `or ${text}`}`
  })
}

/** What would have kept a way closed, if that was meant. */
function closing(steps: readonly Step[]): readonly string[] {
  const fixes = steps.map(mendOf).filter(mend => mend !== undefined)
  return fixes.length === 0 ? [] : [`help: to close it: ${fixesText(fixes)}`]
}

const fixesText = (fixes: readonly Mended[]): string =>
  fixes.map(({ text, at }) => `${text} (${at})`).join('; and ')

interface Mended {
  /** Its id. */
  readonly nearMiss: string
  readonly text: string
  /** The rule and its place. */
  readonly at: string
}

/** Nothing where a side that refuses has none: to mend the other one would open nothing. */
function fixesOf(steps: readonly Step[]): readonly Mended[] {
  const sides = steps.flatMap(refusing).map(mendOf)
  return sides.every(mend => mend !== undefined) ? sides : []
}

/** The sides that keep a step from being open, those of the connection that it needs itself among them. */
function refusing(step: Step): readonly Step[] {
  if (step.verdict === 'yes') return []
  const own = (step.steps ?? []).flatMap(refusing)
  return own.length > 0 ? own : [step]
}

function mendOf(step: Step): Mended | undefined {
  const near = step.nearMisses?.find(one => isTold(step, one) && one.mend !== undefined)
  if (near?.mend === undefined) return undefined
  return { nearMiss: near.id, text: near.mend, at: `${nearName(step, near)}, ${placeText(near.source)}` }
}
