import type { Step } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { decisiveNearMiss, stepTitle } from '../phrases.ts'
import { decisiveText } from './decisive.ts'
import { policyText } from './every-rule.ts'
import { nearMissText } from './near-miss.ts'
import { indented, narrower, paragraph, wrap } from './wrap.ts'

/** The steps of a way, numbered. Those that are open stand close together, unless everything is to be shown. */
export function* numbered(steps: readonly Step[], from: number, paper: Paper): Iterable<string> {
  let wasBrief = false
  for (const [index, step] of steps.entries()) {
    const isBrief = !paper.verbose && step.verdict === 'yes' && decisiveNearMiss(step) === undefined
    if (!(wasBrief && isBrief)) yield ''
    wasBrief = isBrief
    yield* stepText(step, `${from + index}. `, paper)
  }
}

function stepText(step: Step, mark: string, paper: Paper): Iterable<string> {
  if (paper.verbose) return withEverything(step, mark, paper)
  return step.verdict === 'yes' ? open(step, mark, paper) : decisive(step, mark, paper)
}

const titleText = (step: Step, { style }: Paper): string =>
  `${style.heading(`${stepTitle(step)}:`)} ${style.verdict(step.verdict, step.verdict)}`

/** A step that is open is told in a sentence; only what was likely meant to close it is shown. */
function* open(step: Step, mark: string, paper: Paper): Iterable<string> {
  const title = `${mark}${stepTitle(step)}: ${step.verdict}`
  const words = step.message.split(' ')
  const [first = '', ...more] = wrap(`${title}, `, words, { width: paper.width, indent: mark.length })
  yield mark + titleText(step, paper) + first.slice(title.length)
  yield* more
  const below = narrower(paper, mark.length)
  const near = decisiveNearMiss(step)
  if (near !== undefined) yield* indented(nearMissText(step, near, true, below), mark.length)
}

function* decisive(step: Step, mark: string, paper: Paper): Iterable<string> {
  const below = narrower(paper, mark.length)
  yield mark + titleText(step, paper)
  yield* indented(decisiveText(step, below), mark.length)
  for (const own of step.steps ?? []) yield* indented(stepText(own, '- ', below), mark.length)
}

function* withEverything(step: Step, mark: string, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], steps = [], message } = step
  const below = narrower(paper, mark.length)
  yield mark + titleText(step, paper)
  if (policies.length === 0) yield* paragraph(message, mark.length, paper)
  for (const policy of policies) yield* indented(policyText(policy, below), mark.length)
  for (const near of nearMisses)
    yield* indented(nearMissText(step, near, policies.length === 0, below), mark.length)
  // What a step needs for itself is part of it, and not of the way.
  for (const own of steps) yield* indented(withEverything(own, '- ', below), mark.length)
}
