import type { Answer, Cause, NearMissReport, PolicyReport, Reachability, Step } from '../report/report.ts'
import type { Suggestion } from '../report/suggestion.ts'
import type { Output } from '../report/views.ts'
import {
  nearMissLead,
  nearMissTitle,
  openPart,
  questionText,
  stepTitle,
  withoutText,
} from '../words/answer.ts'
import { atMost, placeText } from '../words/lists.ts'
import { headingText, NO_RULES, stepText } from '../words/policies.ts'
import { effectsOf } from '../words/suggestion.ts'
import { decisiveNearMiss, equalAnswers, sharedSteps } from './answer.ts'
import { code, details, fenced, item, prose } from './markdown-text.ts'
import type { Layout, Paper } from './paper.ts'
import { textLines } from './text/text.ts'

/*
 * `-o markdown`: an answer for a ticket. What does not decide is collapsed.
 */

/** An answer in Markdown; of most kinds it is the text as it is. */
export async function markdown(output: Output, paper: Paper, layout: Layout): Promise<Iterable<string>> {
  return output.kind === 'Reachability'
    ? reachabilityMarkdown(output, paper)
    : fenced(await textLines(output, paper, layout), 'text')
}

/** `can-reach` and `explain`. */
export function* reachabilityMarkdown(report: Reachability, paper: Paper): Iterable<string> {
  const { endpoints = [report], cause, suggestions, warnings, assumptions } = report
  yield* answerHead('##', report)
  const shared = endpoints.length > 1 ? sharedSteps(endpoints) : report.steps
  if (shared.length > 0) yield* ['', '### The way']
  yield* numbered(shared, 1, paper)
  if (endpoints.length > 1) yield* severalEndpoints(endpoints, shared.length, paper)
  if (cause !== undefined) yield* causeLines(cause)
  yield* suggestionLines(suggestions)
  if (warnings.length > 0) yield* ['', '### Warnings', '', ...remarks(warnings)]
  if (assumptions.length > 0)
    yield* ['', ...details(`Taken for granted (${assumptions.length})`, remarks(assumptions))]
}

function* answerHead(heading: string, answer: Answer): Iterable<string> {
  const { verdict, message, reason, symptom } = answer
  yield `${heading} ${verdict}: ${code(questionText(answer))}${prose(openPart(answer))}`
  yield* ['', `${prose(message)} (${code(reason)})`]
  yield* ['', `The client sees: ${prose(symptom)}`]
}

function* severalEndpoints(endpoints: readonly Answer[], shared: number, paper: Paper): Iterable<string> {
  for (const [first, ...others] of equalAnswers(endpoints, shared)) {
    yield ''
    if (first.repeatsReason)
      yield `### ${first.verdict}: ${code(questionText(first))}${prose(openPart(first))}`
    else yield* answerHead('###', first)
    yield* numbered(first.steps.slice(shared), shared + 1, paper)
    if (others.length === 0) continue
    const names = others.map(other => `- ${code(questionText(other))}`)
    yield* ['', ...details(`and likewise ${others.length} more`, names)]
  }
}

const remarks = (all: readonly { readonly code: string; readonly message: string }[]): readonly string[] =>
  all.map(({ code: name, message }) => `- ${prose(message)} (${code(name)})`)

function* numbered(steps: readonly Step[], from: number, paper: Paper): Iterable<string> {
  for (const [index, step] of steps.entries())
    yield* ['', ...item(`${from + index}. `, stepLines(step, paper))]
}

/** A name in a sentence that becomes `prose`. */
const inTicks = (name: string): string => `\`${name}\``

function* stepLines(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], steps = [], message, verdict } = step
  const title = `**${prose(stepTitle(step, inTicks))}: ${verdict}**`
  if (verdict === 'yes') yield `${title}, ${prose(message)}`
  else yield* [title, '', prose(stepText(step, inTicks))]
  const decisive = decisiveNearMiss(step)
  const shown = paper.verbose ? nearMisses : decisive === undefined ? [] : [decisive]
  for (const near of shown) yield* ['', ...nearMissLines(step, near, paper)]
  for (const own of steps) yield* ['', ...item('- ', stepLines(own, paper))]
  if (policies.length > 0) yield* ['', ...details('Every policy and rule', policies.flatMap(policyLines))]
}

function nearMissLines(step: Step, near: NearMissReport, paper: Paper): readonly string[] {
  const { reason, message, mend, source } = near
  const drawn = paper.excerpt(source)
  const place = drawn.length === 0 ? ` (${placeText(source)})` : ''
  return [
    prose(`${nearMissLead(step)} ${inTicks(nearMissTitle(step, near))}: ${message}${place} (\`${reason}\`)`),
    ...(drawn.length === 0 ? [] : ['', ...fenced(drawn, 'text')]),
    ...(mend === undefined ? [] : ['', `**help:** ${prose(mend)}`]),
  ]
}

function policyLines(policy: PolicyReport): readonly string[] {
  const { rules } = policy
  return [
    `- ${prose(headingText(policy, inTicks))}`,
    ...(rules.length === 0 ? [`  - ${NO_RULES}`] : []),
    ...rules.flatMap(({ index, matches, text, message, source: { line }, peers }) => [
      `  - ${prose(`\`[${index}]\` ${matchText(matches)}: ${text} (line ${line}); ${message}`)}`,
      ...(peers.length > 1 ? peers : []).map(
        peer => `    - ${prose(`${matchText(peer.matches)}: ${peer.message} (line ${peer.source.line})`)}`,
      ),
    ]),
  ]
}

const matchText = (matches: boolean): string => (matches ? 'match' : 'no match')

function* causeLines({ message, policies }: Cause): Iterable<string> {
  yield* ['', '### Cause', '', prose(message)]
  if (policies.length > 0) yield ''
  for (const policy of policies) yield `- ${prose(withoutText(policy, inTicks))}`
}

/** The first in full, the others collapsed. */
function* suggestionLines(suggestions: readonly Suggestion[]): Iterable<string> {
  const [first, ...others] = suggestions
  if (first === undefined) return
  yield* ['', '### Suggestion', '', prose(first.message), '', ...whatItDoes(first)]
  for (const other of others) yield* ['', ...details(`or: ${other.message}`, whatItDoes(other))]
}

function* whatItDoes(suggestion: Suggestion): Iterable<string> {
  yield* fenced(suggestion.manifest.trimEnd().split('\n'), 'yaml')
  for (const [title, changes] of effectsOf(suggestion)) {
    const sentence = title.charAt(0).toUpperCase() + title.slice(1)
    yield* changes.length === 0 ? ['', `${sentence}.`] : ['', sentence, '', ...connections(changes)]
  }
}

/** How many connections are shown; the others are collapsed. */
const MOST_CONNECTIONS = 5

function connections(all: readonly string[]): readonly string[] {
  const items = all.map(connection => `- ${code(connection)}`)
  const shown = atMost(items, MOST_CONNECTIONS)
  const left = items.slice(shown.length)
  return left.length === 0 ? shown : [...shown, '', ...details(`and ${left.length} more`, left)]
}
