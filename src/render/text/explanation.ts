import type { Answer, PolicyReport, Reachability, RuleReport, Step } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { openPart, questionText } from './reachability.ts'

/** `explain`: the answer, then each leg of the way with its policies and rules, then what is taken for granted. */
export function* trace(report: Reachability, paper: Paper): Iterable<string> {
  yield* heading(report, paper)
  if (report.endpoints === undefined) yield* stepsText(report.steps, paper)
  else {
    yield* stepsText(
      report.steps.filter(step => step.step === 'service'),
      paper,
    )
    for (const answer of report.endpoints) {
      yield ''
      yield* heading(answer, paper)
      yield* stepsText(
        answer.steps.filter(step => step.step !== 'service'),
        paper,
      )
    }
  }
  if (report.assumptions.length > 0) {
    yield ''
    yield paper.style.heading('Taken for granted')
    for (const { code, message } of report.assumptions) yield `  ${message} ${paper.style.faint(`[${code}]`)}`
  }
}

function* heading(answer: Answer, { style }: Paper): Iterable<string> {
  yield `${style.verdict(answer.verdict, `${answer.verdict}:`)} ${style.heading(questionText(answer))}${openPart(answer)}`
  yield `  ${answer.message} ${style.faint(`[${answer.reason}]`)}`
  yield `  the client sees: ${answer.symptom}`
}

function* stepsText(steps: readonly Step[], paper: Paper): Iterable<string> {
  for (const step of steps) {
    yield ''
    yield `${paper.style.heading(`${titleOf(step)} ${step.object}`)}: ${paper.style.verdict(step.verdict, step.verdict)}`
    if (step.policies === undefined || step.policies.length === 0) yield `  ${step.message}`
    for (const policy of step.policies ?? []) yield* policyText(policy, paper)
  }
}

function titleOf({ step }: Step): string {
  switch (step) {
    case 'name':
      return 'Name'
    case 'service':
      return 'Service'
    case 'egress':
      return 'Egress of'
    case 'ingress':
      return 'Ingress of'
    case 'node':
      return 'Node of'
  }
}

function* policyText({ name, source, rules }: PolicyReport, { style }: Paper): Iterable<string> {
  yield `  NetworkPolicy ${name} selects it ${style.faint(`(${source.file}:${source.line})`)}`
  if (rules.length === 0) yield '    no rule in this direction: it only isolates'
  for (const rule of rules) yield* ruleText(rule, { style })
}

function* ruleText(
  { index, matches, text, message, source }: RuleReport,
  { style }: Pick<Paper, 'style'>,
): Iterable<string> {
  const mark = matches ? style.verdict('yes', 'match   ') : style.verdict('no', 'no match')
  yield `    [${index}] ${mark}  ${text} ${style.faint(`(line ${source.line})`)}`
  yield `         ${message}`
}
