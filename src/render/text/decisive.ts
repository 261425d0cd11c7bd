import { isUndetermined } from '../../report/code-families.ts'
import type { RuleReport, Step } from '../../report/report.ts'
import { counted } from '../../words/names.ts'
import type { Paper } from '../paper.ts'
import { decisiveNearMiss, isolationText, nearName } from '../phrases.ts'
import { nearMissText } from './near-miss.ts'
import { faintly, paragraph } from './wrap.ts'

/** What decides a step that is not simply open: who isolates the Pod and what comes nearest; the rest is a number. */
export function* decisiveText(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], verdict, message } = step
  const isSaid = verdict !== 'no' || policies.length === 0
  yield* paragraph(isSaid ? message : isolationText(step, policies), 0, paper)
  const decisive = decisiveNearMiss(step)
  const [nearest] = nearMisses
  if (decisive !== undefined) yield* nearMissText(step, decisive, isSaid, paper)
  else if (nearest !== undefined) {
    const { source, message: difference, reason } = nearest
    const title = `nearest is ${nearName(step, nearest)} (line ${source.line})`
    yield* paragraph(`${title}: ${difference} [${reason}]`, 0, paper)
  }
  yield* faintly(restText(step), paper)
}

/** How many near misses there are beside the one that is shown, and rules that are none. */
function restText({ policies = [], nearMisses = [], verdict }: Step): string {
  const misses = Math.max(0, nearMisses.length - 1)
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
