import { isUndetermined } from '../../report/code-families.ts'
import type { RuleReport, Step } from '../../report/report.ts'
import { counted } from '../../words/names.ts'
import type { Paper } from '../paper.ts'
import { isolationText, isTold, nearName } from '../phrases.ts'
import { nearMissText } from './near-miss.ts'
import { faintly, paragraph } from './wrap.ts'

/** What decides a step that is not simply open: who isolates the Pod and what comes nearest; the rest is a number. */
export function* decisiveText(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], verdict, message } = step
  const isSaid = verdict !== 'no' || policies.length === 0
  yield* paragraph(isSaid ? message : isolationText(step, policies), 0, paper)
  const told = toldOf(step)
  for (const near of told) yield* nearMissText(step, near, isSaid, paper)
  const [nearest] = told.length > 0 ? [] : nearMisses
  if (nearest !== undefined) {
    const { source, message: difference, reason } = nearest
    const title = `nearest is ${nearName(step, nearest)} (line ${source.line})`
    yield* paragraph(`${title}: ${difference} [${reason}]`, 0, paper)
  }
  yield* faintly(restText(step, told.length > 0 ? told.length : 1), paper)
}

/** The near misses that a step's own sentence tells of: those that the reader has to see. */
export const toldOf = (step: Step): NonNullable<Step['nearMisses']> =>
  (step.nearMisses ?? []).filter(near => isTold(step, near))

/** How many near misses there are beside those that are shown, and rules that are none. */
function restText({ policies = [], nearMisses = [], verdict }: Step, shown: number): string {
  const misses = Math.max(0, nearMisses.length - shown)
  const near = nearMisses.filter(({ rule }) => rule !== undefined).length
  const idle = policies.flatMap(({ rules }) => rules.filter(isIdle)).length - near
  const parts = [
    ...(misses > 0 ? [counted(misses, 'other near miss')] : []),
    ...(idle > 0
      ? [verdict === 'no' ? `${counted(idle, 'rule')} about something else` : counted(idle, 'other rule')]
      : []),
  ]
  return parts.length === 0 ? '' : `and ${parts.join(' and ')} (-v shows all)`
}

const isIdle = ({ matches, reason }: RuleReport): boolean => !matches && !isUndetermined(reason)
