import type { Answer, PeerReport, PolicyReport, Reachability, RuleReport, Step } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { openPart, questionText } from './reachability.ts'
import { wrapText } from './wrap.ts'

/** `explain`: the answer, then each step of the way with its policies and rules, then what is taken for granted. */
export function* trace(report: Reachability, paper: Paper): Iterable<string> {
  yield verdictLine(report, paper)
  yield* reason(report, paper)
  const { endpoints = [report] } = report
  // Where one end alone answers, its way is the whole of the way.
  const shared = endpoints.length > 1 ? sharedSteps(endpoints) : report.steps
  yield* numbered(shared, 1, paper)
  for (const answer of endpoints.length > 1 ? endpoints : []) {
    yield ''
    yield verdictLine(answer, paper)
    // What is the same for all has been said above.
    if (answer.message !== report.message) yield* reason(answer, paper)
    yield* numbered(answer.steps.slice(shared.length), shared.length + 1, paper)
  }
  yield* remarks('Warnings', report.warnings, paper)
  yield* remarks('Taken for granted', report.assumptions, paper)
}

/** What comes before the ways to the several ends part. */
function sharedSteps(answers: readonly Answer[]): readonly Step[] {
  const [first, ...others] = answers.map(({ steps }) => steps.map(step => JSON.stringify(step)))
  const parts = first?.findIndex((step, index) => others.some(steps => steps[index] !== step)) ?? 0
  return answers[0]?.steps.slice(0, parts < 0 ? undefined : parts) ?? []
}

function verdictLine(answer: Answer, { style }: Paper): string {
  const verdict = style.verdict(answer.verdict, `${answer.verdict}:`)
  return `${verdict} ${style.heading(questionText(answer))}${openPart(answer)}`
}

function* reason({ message, reason: code, symptom }: Answer, paper: Paper): Iterable<string> {
  yield* paragraph(`${message} [${code}]`, 2, paper)
  yield* paragraph(`the client sees: ${symptom}`, 2, paper)
}

function* remarks(
  title: string,
  all: readonly { readonly code: string; readonly message: string }[],
  paper: Paper,
): Iterable<string> {
  if (all.length === 0) return
  yield ''
  yield paper.style.heading(title)
  for (const { code, message } of all) yield* paragraph(`${message} [${code}]`, 2, paper)
}

function* numbered(steps: readonly Step[], from: number, paper: Paper): Iterable<string> {
  for (const [index, step] of steps.entries()) {
    yield ''
    const number = `${from + index}. `
    yield `${number}${stepTitle(step, paper)}`
    yield* below(stepBody(step, narrower(paper, number.length)), number.length)
  }
}

/** The same text, moved to the right. */
function* below(lines: Iterable<string>, indent: number): Iterable<string> {
  for (const line of lines) yield line === '' ? '' : `${' '.repeat(indent)}${line}`
}

const narrower = (paper: Paper, indent: number): Paper => ({ ...paper, width: paper.width - indent })

const stepTitle = (step: Step, { style }: Paper): string =>
  `${style.heading(`${titleOf(step)} ${step.object}`)}: ${style.verdict(step.verdict, step.verdict)}`

function* stepBody(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], steps = [] } = step
  if (policies.length === 0) yield* paragraph(step.message, 0, paper)
  for (const policy of policies) yield* policyText(policy, paper)
  // What a step needs for itself is part of it, and not of the way.
  for (const own of steps) {
    yield `- ${stepTitle(own, paper)}`
    yield* below(stepBody(own, narrower(paper, 2)), 2)
  }
}

function titleOf({ step, object }: Step): string {
  switch (step) {
    case 'name':
      // What a name stands for, or what the host and path of a URL lead to: only the latter is an object with an id.
      return object.includes('/') ? 'Route' : 'Name'
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

function* policyText({ name, source, rules }: PolicyReport, paper: Paper): Iterable<string> {
  yield* paragraph(`NetworkPolicy ${name} isolates it (${source.file}:${source.line})`, 0, paper)
  if (rules.length === 0) yield '  no rule in this direction: it lets nothing through'
  for (const rule of rules) yield* ruleText(rule, paper)
}

/** Where the words of a rule start: behind `  [0] no match `. */
const RULE_INDENT = 15
/** Where the words of one of its entries start. */
const PEER_INDENT = RULE_INDENT + 13

function* ruleText(rule: RuleReport, paper: Paper): Iterable<string> {
  const { index, text, message, source, peers } = rule
  const mark = markOf(rule, paper)
  const [first = '', ...more] = wrapText(`${text} (line ${source.line})`, paper.width - RULE_INDENT)
  yield `  [${index}] ${mark} ${first}`
  for (const line of more) yield `${' '.repeat(RULE_INDENT)}${line}`
  if (peers.length <= 1) {
    yield* paragraph(message, RULE_INDENT, paper)
    return
  }
  // One entry with two selectors means both, two entries mean either: so each entry is shown apart (S-014).
  yield* paragraph(`any one of these ${peers.length} entries:`, RULE_INDENT, paper)
  for (const peer of peers) yield* peerText(peer, paper)
  if (!rule.matches && peers.some(({ matches }) => matches)) yield* paragraph(message, RULE_INDENT, paper)
}

function* peerText(peer: PeerReport, paper: Paper): Iterable<string> {
  const lines = wrapText(`${peer.message} (line ${peer.source.line})`, paper.width - PEER_INDENT)
  for (const [index, line] of lines.entries())
    yield index === 0
      ? `${' '.repeat(RULE_INDENT + 2)}- ${markOf(peer, paper)} ${line}`
      : `${' '.repeat(PEER_INDENT)}${line}`
}

function markOf({ matches }: { readonly matches: boolean }, { style }: Paper): string {
  return matches ? style.verdict('yes', 'match   ') : style.verdict('no', 'no match')
}

function* paragraph(text: string, indent: number, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, indent)
}
