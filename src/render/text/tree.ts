import type { EndpointRef, Open } from '../../report/common.ts'
import { openText, portText } from '../../report/open.ts'
import type { Others, Tree, TreeLine } from '../../report/tree.ts'
import type { Paper } from '../paper.ts'
import { wrap, wrapText } from './wrap.ts'

/** Who reaches an end, or whom it reaches: by namespace, each with what is open. */
export function* treeText(tree: Tree, paper: Paper): Iterable<string> {
  const { sections, notShown, others } = tree
  if (sections.length === 0) return yield* nobodyText(tree, paper)
  if (paper.headers) yield* headingOf(tree, paper)
  const lines = sections.flatMap(section => section.lines)
  const longest = Math.max(...lines.map(({ ends }) => ends.length))
  const column = paper.wide ? longest : Math.min(longest, Math.floor(paper.width * 0.6))
  for (const section of sections) {
    yield* wrapText(section.title, paper.width, 0).map(line => paper.style.heading(line))
    for (const line of section.lines) yield* lineText(line, column, paper)
  }
  if (notShown > 0)
    yield* wrapText(`and ${notShown.toLocaleString('en')} more ends: -o wide shows them`, paper.width)
  if (!paper.headers) return
  if (lines.some(({ inPart }) => isOpen(inPart)))
    yield* wrapText('in part: not between all Pods of the two ends', paper.width)
  if (others.counts.length > 0)
    yield* wrapText(`${nobody(tree)} else: ${others.counts.join(', ')}`, paper.width)
  if (paper.verbose) yield* reasonsText(others, paper)
}

const nobody = ({ direction }: Tree): string => (direction === 'to' ? 'nobody' : 'nothing')

/** `who can reach shop/db TCP 5432 (StatefulSet, 3 Pods):`. */
function* headingOf({ direction, end, port, forwards }: Tree, { width, style }: Paper): Iterable<string> {
  const asked = portText(port)
  const heading =
    direction === 'to'
      ? `who can reach ${end.id}${asked === '' ? '' : ` ${asked}`}${kindText(end)}:`
      : `${end.id}${kindText(end)} can reach${asked === '' ? '' : ` on ${asked}`}:`
  yield* wrapText(heading, width).map(line => style.heading(line))
  if (forwards !== undefined) yield* wrapText(forwards, width, 2)
}

function kindText({ kind, pods }: EndpointRef): string {
  if (kind === 'External') return ''
  const count = pods === undefined ? '' : `, ${pods} ${pods === 1 ? 'Pod' : 'Pods'}`
  return ` (${kind}${count})`
}

function* nobodyText(tree: Tree, paper: Paper): Iterable<string> {
  if (paper.headers) yield* headingOf(tree, paper)
  const { counts, reasons } = tree.others
  const [only, ...more] = reasons
  if (only !== undefined && only.example === undefined && more.length === 0)
    yield* wrapText(`${nobody(tree)}: ${only.message} [${only.reason}]`, paper.width)
  else {
    const all = counts.length > 1 ? `neither ${counts.join(' nor ')}` : `not ${counts.join()}`
    yield* wrapText(`${nobody(tree)}: ${counts.length === 0 ? 'there is nobody else' : all}`, paper.width)
    yield* reasonsText(tree.others, paper)
  }
}

/** `3 sources (shop/db, shop/web, internet), e.g. shop/db: no ingress rule of deny opens it [DENIED_BY_INGRESS]`. */
function* reasonsText({ reasons, notShown }: Others, { width, wide }: Paper): Iterable<string> {
  const columns = wide ? Number.POSITIVE_INFINITY : width
  for (const { names, count, example, reason, message } of reasons) {
    const who = count === 1 ? names : `${count.toLocaleString('en')} sources (${names})`
    const whose = example === undefined ? who : `${who}, e.g. ${example}`
    yield* wrap('  ', `${whose}: ${message} [${reason}]`.split(' '), { width: columns, indent: 4 })
  }
  const [more, sources] = [notShown.reasons, notShown.sources].map(count => count.toLocaleString('en'))
  if (notShown.reasons > 0)
    yield* wrapText(`and ${more} more reasons for ${sources} sources: -o wide shows them`, width, 2)
}

function* lineText({ ends, why, ...gets }: TreeLine, column: number, paper: Paper): Iterable<string> {
  const { width, wide, style } = paper
  const ports = portsOf(gets)
  const indent = 2 + column + 2
  const [first = '', ...more] = wide ? [ports] : wrapText(ports, Math.max(width - indent, 12))
  const [label = '', ...labels] = wrap('  ', ends.split(' '), { width: column + 2, indent: 4 })
  const rows = Math.max(1 + labels.length, 1 + more.length)
  for (let row = 0; row < rows; row++) {
    const left = row === 0 ? label : (labels[row - 1] ?? '')
    const right = row === 0 ? first : (more[row - 1] ?? '')
    yield `${left.padEnd(indent)}${style.verdict(wordOf(gets), right)}`.trimEnd()
  }
  if (why !== undefined) for (const text of wrapText(why, width, 6)) yield style.faint(text)
}

type Gets = Pick<TreeLine, 'open' | 'inPart' | 'undetermined'>

const isOpen = (open: Open | 'rest'): boolean => open.length > 0

const wordOf = ({ inPart, undetermined }: Gets) =>
  isOpen(undetermined) ? 'undetermined' : isOpen(inPart) ? 'partial' : 'yes'

/** `TCP 80; in part TCP 443; cannot be told: UDP 53`. */
function portsOf({ open, inPart, undetermined }: Gets): string {
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
