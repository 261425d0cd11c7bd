import type { NearMissReport, PeerReport, PolicyReport, RuleReport, Step } from '../../report/report.ts'
import { nearMissLead, nearMissTitle, stepTitle } from '../../words/answer.ts'
import { placeText } from '../../words/lists.ts'
import { headingText, NO_RULES, notShownText, stepText } from '../../words/policies.ts'
import { decisiveNearMiss } from '../answer.ts'
import type { Paper } from '../paper.ts'
import { faintly, hanging, indented, narrower, paragraph, wrap } from './wrap.ts'

/** The steps of a path, numbered, with an empty line before each that takes more than a sentence. */
export function* numbered(steps: readonly Step[], from: number, paper: Paper): Iterable<string> {
  let wasBrief = false
  for (const [index, step] of steps.entries()) {
    const isBrief = !paper.verbose && step.verdict === 'yes' && decisiveNearMiss(step) === undefined
    if (!(wasBrief && isBrief)) yield ''
    wasBrief = isBrief
    yield* stepParagraphs(step, `${from + index}. `, paper)
  }
}

function* stepParagraphs(step: Step, mark: string, paper: Paper): Iterable<string> {
  const below = narrower(paper, mark.length)
  if (step.verdict === 'yes' && !paper.verbose) {
    yield* openStep(step, mark, paper)
    return
  }
  yield mark + titleText(step, paper)
  yield* indented(paper.verbose ? everythingText(step, below) : decisiveText(step, below), mark.length)
  // The connection that a step itself needs is part of it, and not of the path.
  for (const own of step.steps ?? []) yield* indented(stepParagraphs(own, '- ', below), mark.length)
}

const titleText = (step: Step, { style }: Paper): string =>
  `${style.heading(`${stepTitle(step)}:`)} ${style.verdict(step.verdict, step.verdict)}`

/** A step that is open is a sentence, with what was likely meant to close it. */
function* openStep(step: Step, mark: string, paper: Paper): Iterable<string> {
  const title = `${mark}${stepTitle(step)}: ${step.verdict}`
  const words = step.message.split(' ')
  const [first = '', ...more] = wrap(`${title}, `, words, { width: paper.width, indent: mark.length })
  yield mark + titleText(step, paper) + first.slice(title.length)
  yield* more
  const near = decisiveNearMiss(step)
  if (near !== undefined)
    yield* indented(nearMissText(step, near, true, narrower(paper, mark.length)), mark.length)
}

function* everythingText(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], message } = step
  if (policies.length === 0) yield* paragraph(message, 0, paper)
  for (const policy of policies) yield* policyText(policy, paper)
  for (const near of nearMisses) yield* nearMissText(step, near, policies.length === 0, paper)
}

/** Which policies isolate the Pod and what comes nearest to another answer; of the rest only the number. */
function* decisiveText(step: Step, paper: Paper): Iterable<string> {
  const { policies = [], nearMisses = [], verdict } = step
  const isSaid = verdict !== 'no' || policies.length === 0
  yield* paragraph(stepText(step), 0, paper)
  const decisive = decisiveNearMiss(step)
  const [nearest] = nearMisses
  if (decisive !== undefined) yield* nearMissText(step, decisive, isSaid, paper)
  else if (nearest !== undefined) {
    const { source, message: difference, reason } = nearest
    const title = `nearest is ${nearMissTitle(step, nearest)} (line ${source.line})`
    yield* paragraph(`${title}: ${difference} [${reason}]`, 0, paper)
  }
  yield* faintly(notShownText(step), paper)
}

/**
 * A near miss as compilers show an error: the line of the manifest, the place marked, the difference beside it unless it
 * `isSaid` already, and what to do.
 */
function* nearMissText(step: Step, near: NearMissReport, isSaid: boolean, paper: Paper): Iterable<string> {
  const { reason, message, mend, source } = near
  const { heading, warning, faint } = paper.style
  const lead = nearMissLead(step)
  yield* hanging(`${warning(lead)} `, `${nearMissTitle(step, near)} [${reason}]`, paper, lead.length + 1)
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

/** A policy, each of its rules, and each peer where there are several. */
function* policyText(policy: PolicyReport, paper: Paper): Iterable<string> {
  const { rules } = policy
  yield* paragraph(headingText(policy), 0, paper)
  if (rules.length === 0) yield `  ${NO_RULES}`
  for (const rule of rules) yield* ruleLine(rule, paper)
}

/** The columns of `  [0] no match `. */
const RULE_INDENT = 15
/** And of `  - no match ` after it. */
const PEER_INDENT = RULE_INDENT + 13

function* ruleLine(rule: RuleReport, paper: Paper): Iterable<string> {
  const { index, text, message, source, peers } = rule
  yield* hanging(`  [${index}] ${markOf(rule, paper)} `, `${text} (line ${source.line})`, paper, RULE_INDENT)
  if (peers.length <= 1) return yield* paragraph(message, RULE_INDENT, paper)
  // Both selectors of one peer have to match, but any one of several peers: so each peer is shown apart (S-014).
  yield* paragraph(`any one of these ${peers.length} entries:`, RULE_INDENT, paper)
  for (const peer of peers) yield* peerLine(peer, paper)
  if (!rule.matches && peers.some(({ matches }) => matches)) yield* paragraph(message, RULE_INDENT, paper)
}

const peerLine = (peer: PeerReport, paper: Paper): Iterable<string> =>
  hanging(
    `${' '.repeat(RULE_INDENT + 2)}- ${markOf(peer, paper)} `,
    `${peer.message} (line ${peer.source.line})`,
    paper,
    PEER_INDENT,
  )

const markOf = ({ matches }: { readonly matches: boolean }, { style }: Paper): string =>
  matches ? style.verdict('yes', 'match   ') : style.verdict('no', 'no match')
