import type { PeerReport, PolicyReport, RuleReport } from '../../report/report.ts'
import { placeText } from '../../words/names.ts'
import type { Paper } from '../paper.ts'
import { paragraph, wrapText } from './wrap.ts'

/** A policy that isolates the Pod of a step, each of its rules, and each entry where there are several. */
export function* policyText({ name, source, rules }: PolicyReport, paper: Paper): Iterable<string> {
  yield* paragraph(`NetworkPolicy ${name} isolates it (${placeText(source)})`, 0, paper)
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
