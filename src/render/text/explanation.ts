import type { Answer, PeerReport, PolicyReport, Reachability, RuleReport, Step } from '../../report/report.ts'
import type { Paper } from '../paper.ts'
import { openPart, questionText } from './reachability.ts'
import { wrapText } from './wrap.ts'

/** `explain`: the answer, then each leg of the way with its policies and rules, then what is taken for granted. */
export function* trace(report: Reachability, paper: Paper): Iterable<string> {
  yield* heading(report, paper)
  const { endpoints = [report] } = report
  yield* stepsText(report.steps.filter(isShared), paper)
  for (const answer of endpoints) {
    if (endpoints.length > 1 || report.endpoints !== undefined) {
      yield ''
      yield* heading(answer, paper)
    }
    const own = answer.steps.filter(step => !isShared(step))
    yield* stepsText(own, paper)
  }
  if (report.assumptions.length === 0) return
  yield ''
  yield paper.style.heading('Taken for granted')
  for (const { code, message } of report.assumptions) yield* paragraph(`${message} [${code}]`, 2, paper)
}

/** What comes before the ways to the several Pods part. */
const isShared = ({ step }: Step): boolean => step === 'service' || step === 'name'

function* heading(answer: Answer, paper: Paper): Iterable<string> {
  const { style } = paper
  const verdict = style.verdict(answer.verdict, `${answer.verdict}:`)
  yield `${verdict} ${style.heading(questionText(answer))}${openPart(answer)}`
  yield* paragraph(`${answer.message} [${answer.reason}]`, 2, paper)
  yield* paragraph(`the client sees: ${answer.symptom}`, 2, paper)
}

function* stepsText(steps: readonly Step[], paper: Paper): Iterable<string> {
  for (const step of steps) {
    yield ''
    yield `${paper.style.heading(`${titleOf(step)} ${step.object}`)}: ${paper.style.verdict(step.verdict, step.verdict)}`
    const { policies = [] } = step
    if (policies.length === 0) yield* paragraph(step.message, 2, paper)
    for (const policy of policies) yield* policyText(policy, paper)
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

function* policyText({ name, source, rules }: PolicyReport, paper: Paper): Iterable<string> {
  yield* paragraph(`NetworkPolicy ${name} isolates it (${source.file}:${source.line})`, 2, paper)
  if (rules.length === 0) yield '    no rule in this direction: it lets nothing through'
  for (const rule of rules) yield* ruleText(rule, paper)
}

function* ruleText(rule: RuleReport, paper: Paper): Iterable<string> {
  const { index, text, message, source, peers } = rule
  const mark = markOf(rule, paper)
  const [first = '', ...more] = wrapText(`${text} (line ${source.line})`, paper.width - 17)
  yield `    [${index}] ${mark} ${first}`
  for (const line of more) yield `${' '.repeat(17)}${line}`
  if (peers.length <= 1) {
    yield* paragraph(message, 17, paper)
    return
  }
  // One entry with two selectors means both, two entries mean either: so each entry is shown apart (S-014).
  yield* paragraph(`any one of these ${peers.length} entries:`, 17, paper)
  for (const peer of peers) yield* peerText(peer, paper)
  if (!rule.matches && peers.some(({ matches }) => matches)) yield* paragraph(message, 17, paper)
}

function* peerText(peer: PeerReport, paper: Paper): Iterable<string> {
  const lines = wrapText(`${peer.message} (line ${peer.source.line})`, paper.width - 30)
  for (const [index, line] of lines.entries())
    yield index === 0 ? `${' '.repeat(19)}- ${markOf(peer, paper)} ${line}` : `${' '.repeat(30)}${line}`
}

function markOf({ matches }: { readonly matches: boolean }, { style }: Paper): string {
  return matches ? style.verdict('yes', 'match   ') : style.verdict('no', 'no match')
}

function* paragraph(text: string, indent: number, { width }: Paper): Iterable<string> {
  yield* wrapText(text, width, indent)
}
