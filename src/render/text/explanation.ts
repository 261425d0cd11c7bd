import type { Assumption } from '../../report/assumption.ts'
import { isUsual } from '../../report/code-families.ts'
import type { Answer, Reachability } from '../../report/report.ts'
import { openPart, questionText } from '../../words/answer.ts'
import { counted, listed } from '../../words/lists.ts'
import { equalAnswers, sharedSteps } from '../answer.ts'
import type { Paper } from '../paper.ts'
import { numbered } from './steps.ts'
import { causeParagraphs, suggestionsText } from './suggestions.ts'
import { faintly, indented, narrower, paragraph } from './wrap.ts'

/**
 * `explain`: the answer, the steps of the path, what decides, what to do, and the assumptions. The decisive facts fit on a
 * screen; with `-v` there are all policies and rules, near misses, suggestions and endpoints.
 */
export function* trace(report: Reachability, paper: Paper): Iterable<string> {
  yield verdictLine(report, paper)
  yield* reason(report, paper)
  const { endpoints = [report] } = report
  // The path to a single endpoint is the whole path.
  const shared = endpoints.length > 1 ? sharedSteps(endpoints) : report.steps
  yield* numbered(shared, 1, paper)
  if (endpoints.length > 1) yield* severalEndpoints(endpoints, shared.length, paper)
  if (report.cause !== undefined) yield* causeParagraphs(report.cause, paper)
  yield* suggestionsText(report, paper)
  yield* remarks('Warnings', report.warnings, paper)
  yield* assumptionsText(report.assumptions, paper)
}

function verdictLine(answer: Answer, { style }: Paper): string {
  const verdict = style.verdict(answer.verdict, `${answer.verdict}:`)
  return `${verdict} ${style.heading(questionText(answer))}${openPart(answer)}`
}

function* reason({ message, reason: code, symptom }: Answer, paper: Paper): Iterable<string> {
  yield* paragraph(`${message} [${code}]`, 2, paper)
  yield* paragraph(`the client sees: ${symptom}`, 2, paper)
}

/** How many different paths are shown without `-v`. */
const MOST_PATHS = 3

/** The paths to several endpoints, after the steps that they have in common. */
function* severalEndpoints(endpoints: readonly Answer[], shared: number, paper: Paper): Iterable<string> {
  const paths = paper.verbose ? [] : equalAnswers(endpoints, shared)
  const shown = paper.verbose ? endpoints.map(one => [one] as const) : paths.slice(0, MOST_PATHS)
  for (const [first, ...others] of shown) {
    yield ''
    yield verdictLine(first, paper)
    // What is the same for all is shown above.
    if (!first.repeatsReason) yield* reason(first, paper)
    yield* numbered(first.steps.slice(shared), shared + 1, paper)
    if (others.length > 0) yield* paragraph(`and likewise ${listed(others.map(questionText))}`, 0, paper)
  }
  const left = paths.slice(shown.length).flat().length
  if (left === 0) return
  yield ''
  yield* faintly(`and ${counted(left, 'more end')} that differ${left === 1 ? 's' : ''} (-v shows all)`, paper)
}

function* remarks(
  title: string,
  all: readonly { readonly code: string; readonly message: string }[],
  paper: Paper,
): Iterable<string> {
  if (all.length === 0) return
  yield* ['', paper.style.heading(title)]
  for (const { code, message } of all) yield* paragraph(`${message} [${code}]`, 2, paper)
}

/** Of what is assumed for nearly every answer, only the codes are shown. */
function* assumptionsText(assumptions: readonly Assumption[], paper: Paper): Iterable<string> {
  const title = 'Taken for granted'
  if (paper.verbose) return yield* remarks(title, assumptions, paper)
  const usual = assumptions.map(({ code }) => code).filter(isUsual)
  const others = assumptions.filter(({ code }) => !isUsual(code))
  yield* remarks(title, others, paper)
  if (usual.length === 0) return
  const codes = `${listed(usual)} (-v tells more)`
  if (others.length > 0) return yield* indented(faintly(`and ${codes}`, narrower(paper, 2)), 2)
  yield ''
  yield* faintly(`${title}: ${codes}`, paper)
}
