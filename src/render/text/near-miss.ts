import type { NearMissReport, Step } from '../../report/report.ts'
import { placeText } from '../../words/names.ts'
import type { Paper } from '../paper.ts'
import { nearLead, nearName } from '../phrases.ts'
import { hanging, indented, narrower, paragraph } from './wrap.ts'

/**
 * What nearly made a step another, as compilers show a mistake: the line that it is about, the place marked, what is
 * and what is wanted beside it unless it `isSaid` already, and what to do.
 */
export function* nearMissText(
  step: Step,
  near: NearMissReport,
  isSaid: boolean,
  paper: Paper,
): Iterable<string> {
  const { reason, message, mend, source } = near
  const { heading, warning, faint } = paper.style
  const lead = nearLead(step)
  yield* hanging(`${warning(lead)} `, `${nearName(step, near)} [${reason}]`, paper, lead.length + 1)
  const drawn = paper.excerpt(source, isSaid ? undefined : { text: message, width: paper.width - 2 })
  yield* indented(drawn, 2)
  if (drawn.length === 0)
    yield* paragraph(isSaid ? placeText(source) : `${message} (${placeText(source)})`, 2, paper)
  if (mend === undefined) return
  const gutter = drawn.length === 0 ? 0 : String(source.line).length + 3
  const sign = drawn.length === 0 ? '' : `${faint('=')} `
  const head = `${' '.repeat(Math.max(0, gutter - 2))}${sign}${heading('help:')} `
  yield* indented(hanging(head, mend, narrower(paper, 2), gutter + 'help: '.length), 2)
}
