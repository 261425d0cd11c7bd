import type { Tree, TreeDenied } from '../../report/tree.ts'
import { printable } from '../../source/printable.ts'
import { IN_PART } from '../../words/matrix.ts'
import { withCommas } from '../../words/names.ts'
import { say } from '../../words/reason.ts'
import {
  deniedText,
  getsText,
  headingText,
  isOfAll,
  lineText,
  nobodyText,
  othersText,
  spaceText,
  type TreeLine,
  verdictOfGets,
  whyText,
} from '../../words/tree.ts'
import type { Paper } from '../paper.ts'
import { othersOf, sectionsOf } from './tree-sections.ts'
import { columnsOf, heading, paragraph, wrap, wrapText } from './wrap.ts'

/** Which endpoints reach one, or which one reaches: by namespace, each with what is open. */
export function* treeText(tree: Tree, paper: Paper): Iterable<string> {
  const { headers, wide, width } = paper
  const { sections, notShown } = sectionsOf(tree.items, paper)
  const others = othersOf(tree.items)
  if (headers) yield* headingLines(tree, paper)
  if (sections.length === 0) {
    const denied = [...tree.denied]
    const [only, ...more] = denied
    const isOne = only !== undefined && more.length === 0 && isOfAll(only, wide)
    yield* paragraph(nobodyText(tree, others, isOne ? only : undefined), 0, paper)
    if (!isOne) yield* deniedLines(denied, paper)
    return
  }
  const drawn = sections.map(({ space, lines }) => ({
    title: spaceText(space),
    lines: lines.map(line => ({ ...line, label: lineText(line, space, tree, wide) })),
  }))
  const longest = Math.max(...drawn.flatMap(({ lines }) => lines.map(({ label }) => label.length)))
  const column = wide ? longest : Math.min(longest, Math.floor(width * 0.6))
  for (const { title, lines } of drawn) {
    yield* heading(title, paper)
    for (const line of lines) yield* drawnLine(line, column, paper)
  }
  if (notShown > 0) yield* paragraph(`and ${withCommas(notShown)} more ends: -o wide shows them`, 0, paper)
  if (!headers) return
  if (sections.some(({ lines }) => lines.some(({ gets }) => gets.inPart.length > 0)))
    yield* paragraph(`in part: ${IN_PART} ends`, 0, paper)
  if (others.length > 0) yield* paragraph(othersText(tree, others), 0, paper)
  if (paper.verbose) yield* deniedLines([...tree.denied], paper)
}

function* headingLines(tree: Tree, paper: Paper): Iterable<string> {
  yield* heading(headingText(tree), paper)
  if (tree.forwards !== undefined)
    yield* paragraph(printable(say({ code: 'SERVICE_FORWARDS', facts: tree.forwards })), 2, paper)
}

/** How many reasons are shown without `-o wide`. */
const MOST_REASONS = 8

function* deniedLines(denied: readonly TreeDenied[], paper: Paper): Iterable<string> {
  const shown = paper.wide ? denied : denied.slice(0, MOST_REASONS)
  const width = columnsOf(paper)
  for (const one of shown) yield* wrap('  ', deniedText(one, paper.wide).split(' '), { width, indent: 4 })
  const rest = denied.slice(shown.length)
  if (rest.length === 0) return
  const sources = rest.reduce((sum, one) => sum + one.sources.length, 0)
  const more = `and ${withCommas(rest.length)} more reasons for ${withCommas(sources)} sources`
  yield* paragraph(`${more}: -o wide shows them`, 2, paper)
}

/** The endpoints of a line beside what they get. */
function* drawnLine(
  { label, items, gets }: TreeLine & { readonly label: string },
  column: number,
  paper: Paper,
): Iterable<string> {
  const { width, wide, style } = paper
  const ports = getsText(gets)
  const indent = 2 + column + 2
  const left = wrap('  ', label.split(' '), { width: column + 2, indent: 4 })
  const right = wide ? [ports] : wrapText(ports, Math.max(width - indent, 12))
  for (let row = 0; row < Math.max(left.length, right.length); row++)
    yield `${(left[row] ?? '').padEnd(indent)}${style.verdict(verdictOfGets(gets), right[row] ?? '')}`.trimEnd()
  if (paper.verbose) for (const text of wrapText(whyText(items), width, 6)) yield style.faint(text)
}
