import type { EndpointRef, Open } from '../../report/common.ts'
import { openText, portText } from '../../report/open.ts'
import type { Tree, TreeDenied, TreeGets, TreeItem } from '../../report/tree.ts'
import { printable } from '../../source/printable.ts'
import { counted, withCommas } from '../../words/names.ts'
import { conclusionText, say } from '../../words/reason.ts'
import { lineText, namesOf, namesText, othersTexts, spaceText, type TreeLine } from '../../words/tree.ts'
import type { Paper } from '../paper.ts'
import { othersOf, sectionsOf } from './tree-sections.ts'
import { columnsOf, wrap, wrapText } from './wrap.ts'

/** Which endpoints reach one, or which one reaches: by namespace, each with what is open. */
export function* treeText(tree: Tree, paper: Paper): Iterable<string> {
  const { sections, notShown } = sectionsOf(tree.items, paper)
  if (sections.length === 0) return yield* nobodyText(tree, paper)
  if (paper.headers) yield* headingOf(tree, paper)
  const drawn = sections.map(({ space, lines }) => ({
    title: spaceText(space),
    lines: lines.map(line => ({ ...line, label: lineText(line, space, tree, paper.wide) })),
  }))
  const longest = Math.max(...drawn.flatMap(({ lines }) => lines.map(({ label }) => label.length)))
  const column = paper.wide ? longest : Math.min(longest, Math.floor(paper.width * 0.6))
  for (const { title, lines } of drawn) {
    yield* wrapText(title, paper.width, 0).map(line => paper.style.heading(line))
    for (const line of lines) yield* drawnLine(line, column, paper)
  }
  if (notShown > 0) yield* wrapText(`and ${withCommas(notShown)} more ends: -o wide shows them`, paper.width)
  if (!paper.headers) return
  if (drawn.some(({ lines }) => lines.some(({ gets }) => isOpen(gets.inPart))))
    yield* wrapText('in part: not between all Pods of the two ends', paper.width)
  const others = othersTexts(othersOf(tree.items), tree.by)
  if (others.length > 0) yield* wrapText(`${nobody(tree)} else: ${others.join(', ')}`, paper.width)
  if (paper.verbose) yield* deniedText([...tree.denied], paper)
}

const nobody = ({ direction }: Tree): string => (direction === 'to' ? 'nobody' : 'nothing')

/** `who can reach shop/db TCP 5432 (StatefulSet, 3 Pods):`. */
function* headingOf(
  { direction, endpoint, port, forwards }: Tree,
  { width, style }: Paper,
): Iterable<string> {
  const asked = portText(port)
  const heading =
    direction === 'to'
      ? `who can reach ${printable(endpoint.id)}${asked === '' ? '' : ` ${asked}`}${kindText(endpoint)}:`
      : `${printable(endpoint.id)}${kindText(endpoint)} can reach${asked === '' ? '' : ` on ${asked}`}:`
  yield* wrapText(heading, width).map(line => style.heading(line))
  if (forwards !== undefined)
    yield* wrapText(printable(say({ code: 'SERVICE_FORWARDS', facts: forwards })), width, 2)
}

function kindText({ kind, pods }: EndpointRef): string {
  if (kind === 'External') return ''
  const count = pods === undefined ? '' : `, ${counted(pods, 'Pod')}`
  return ` (${printable(kind)}${count})`
}

function* nobodyText(tree: Tree, paper: Paper): Iterable<string> {
  if (paper.headers) yield* headingOf(tree, paper)
  const denied = [...tree.denied]
  const [only, ...more] = denied
  if (only !== undefined && isOfAll(only, paper) && more.length === 0)
    return yield* wrapText(`${nobody(tree)}: ${reasonText(only)}`, paper.width)
  const others = othersTexts(othersOf(tree.items), tree.by)
  const all = others.length > 1 ? `neither ${others.join(' nor ')}` : `not ${others.join()}`
  yield* wrapText(`${nobody(tree)}: ${others.length === 0 ? 'there is nobody else' : all}`, paper.width)
  yield* deniedText(denied, paper)
}

/** So many reasons are read. */
const MOST_REASONS = 8

/** `3 sources (shop/db, shop/web, internet), e.g. shop/db: no ingress rule of deny opens it [DENIED_BY_INGRESS]`. */
function* deniedText(denied: readonly TreeDenied[], paper: Paper): Iterable<string> {
  const { width, wide } = paper
  const columns = columnsOf(paper)
  const shown = wide ? denied : denied.slice(0, MOST_REASONS)
  for (const one of shown) {
    const names = namesOf(one.sources, wide)
    const listed = namesText(names, wide)
    const who = names.length === 1 ? listed : `${withCommas(names.length)} sources (${listed})`
    const [first] = one.sources
    const whose = isOfAll(one, paper) || first === undefined ? who : `${who}, e.g. ${printable(first.id)}`
    yield* wrap('  ', `${whose}: ${reasonText(one)}`.split(' '), { width: columns, indent: 4 })
  }
  const rest = denied.slice(shown.length)
  if (rest.length === 0) return
  const sources = rest.reduce((sum, one) => sum + one.sources.length, 0)
  yield* wrapText(
    `and ${withCommas(rest.length)} more reasons for ${withCommas(sources)} sources: -o wide shows them`,
    width,
    2,
  )
}

const isOfAll = ({ sources, isOfAll: isSo }: TreeDenied, { wide }: Paper): boolean =>
  isSo || namesOf(sources, wide).length === 1

const reasonText = ({ why }: TreeDenied): string => `${printable(conclusionText(why))} [${why.code}]`

function* drawnLine(
  { label: endpoints, items, gets }: TreeLine & { readonly label: string },
  column: number,
  paper: Paper,
): Iterable<string> {
  const { width, wide, style } = paper
  const ports = portsOf(gets)
  const indent = 2 + column + 2
  const [first = '', ...more] = wide ? [ports] : wrapText(ports, Math.max(width - indent, 12))
  const [label = '', ...labels] = wrap('  ', endpoints.split(' '), { width: column + 2, indent: 4 })
  const rows = Math.max(1 + labels.length, 1 + more.length)
  for (let row = 0; row < rows; row++) {
    const left = row === 0 ? label : (labels[row - 1] ?? '')
    const right = row === 0 ? first : (more[row - 1] ?? '')
    yield `${left.padEnd(indent)}${style.verdict(wordOf(gets), right)}`.trimEnd()
  }
  if (paper.verbose) for (const text of wrapText(whyText(items), width, 6)) yield style.faint(text)
}

/** The first reason, and how many others there are: not those that differ only in the endpoint. */
function whyText(items: readonly TreeItem[]): string {
  const [first, ...more] = items.flatMap(({ gets }) => gets?.why() ?? [])
  if (first === undefined) return ''
  const others = new Set(more.map(({ key }) => key).filter(key => key !== first.key)).size
  const text = printable(conclusionText(first.why))
  if (others === 0) return text
  return `${text}; and ${others === 1 ? 'one other reason' : `${others} other reasons`}`
}

const isOpen = (open: Open | 'rest'): boolean => open.length > 0

const wordOf = ({ inPart, undetermined }: TreeGets) =>
  isOpen(undetermined) ? 'undetermined' : isOpen(inPart) ? 'partial' : 'yes'

/** `TCP 80; in part TCP 443; cannot be told: UDP 53`. */
function portsOf({ open, inPart, undetermined }: TreeGets): string {
  const parts = [
    ...(isOpen(open) ? [portsText(open)] : []),
    ...(isOpen(inPart) ? [`in part ${portsText(inPart)}`] : []),
    ...(isOpen(undetermined)
      ? [`cannot be told: ${undetermined === 'rest' ? 'the rest' : portsText(undetermined)}`]
      : []),
  ]
  return parts.join('; ')
}

const portsText = (open: Open): string => (open === 'all' ? 'all ports' : openText(open))
