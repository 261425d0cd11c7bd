import type { EndpointRef } from '../../report/common.ts'
import type { Tree, TreeDenied, TreeItem, TreeReach } from '../../report/views.ts'
import { groupBy } from '../../sets/group-by.ts'
import { printable } from '../../source/printable.ts'
import { withCommas } from '../../words/lists.ts'
import { IN_PART } from '../../words/matrix.ts'
import { say } from '../../words/reason.ts'
import {
  deniedText,
  headingText,
  isOfAll,
  lineText,
  nobodyText,
  othersText,
  reachText,
  spaceText,
  type TreeLine,
  type TreeOthers,
  type TreeSpace,
  verdictOfReach,
  whyText,
} from '../../words/tree.ts'
import type { Paper } from '../paper.ts'
import { columnsOf, heading, paragraph, widthOf, wrapAfter, wrapText } from './wrap.ts'

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
  const drawn = sections.map(section => ({
    title: spaceText(section),
    lines: section.lines.map(line => ({ ...line, label: lineText(line, section, tree, wide) })),
  }))
  const longest = widthOf(drawn.flatMap(({ lines }) => lines.map(({ label }) => label)))
  const column = wide ? longest : Math.min(longest, Math.floor(width * 0.6))
  for (const { title, lines } of drawn) {
    yield* heading(title, paper)
    for (const line of lines) yield* drawnLine(line, column, paper)
  }
  if (notShown > 0) yield* paragraph(`and ${withCommas(notShown)} more ends: -o wide shows them`, 0, paper)
  if (!headers) return
  if (sections.some(({ lines }) => lines.some(({ reach }) => reach.inPart.length > 0)))
    yield* paragraph(`in part: ${IN_PART}`, 0, paper)
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
  for (const one of shown) yield* wrapAfter('  ', deniedText(one, paper.wide), 4, columnsOf(paper))
  const rest = denied.slice(shown.length)
  if (rest.length === 0) return
  const sources = rest.reduce((sum, one) => sum + one.sources.length, 0)
  const more = `and ${withCommas(rest.length)} more reasons for ${withCommas(sources)} sources`
  yield* paragraph(`${more}: -o wide shows them`, 2, paper)
}

/** The endpoints of a line beside what they get. */
function* drawnLine(
  { label, items, reach }: TreeLine & { readonly label: string },
  column: number,
  paper: Paper,
): Iterable<string> {
  const { width, wide, style } = paper
  const ports = reachText(reach)
  const indent = 2 + column + 2
  const left = wrapAfter('  ', label, 4, column + 2)
  const right = wide ? [ports] : wrapText(ports, Math.max(width - indent, 12))
  for (let row = 0; row < Math.max(left.length, right.length); row++)
    yield `${(left[row] ?? '').padEnd(indent)}${style.verdict(verdictOfReach(reach), right[row] ?? '')}`.trimEnd()
  if (paper.verbose) for (const text of wrapText(whyText(items), width, 6)) yield style.faint(text)
}

/*
 * Its sections and lines: endpoints that get the same are collapsed into one line where there are many.
 */

interface Section extends TreeSpace {
  readonly lines: readonly TreeLine[]
}

/** The endpoints of a namespace, the namespaces, nodes or addresses outside. */
interface Space extends TreeSpace {
  readonly items: readonly TreeItem[]
}

/** The number of lines above which more is collapsed, and then left out. */
const MOST = 40

/** The least number of lines for the namespaces. */
const LEAST = 10

/** The sections to be shown, and how many endpoints are left out because there would be too many lines. */
function sectionsOf(
  items: readonly TreeItem[],
  { wide }: Paper,
): { readonly sections: readonly Section[]; readonly notShown: number } {
  const spaces = spacesOf(items)
  if (wide) return { sections: sections(spaces, linesOfEach), notShown: 0 }
  const all = COLLAPSES.reduce<readonly Section[]>(
    (drawn, collapse, index) => (index > 0 && linesIn(drawn) <= MOST ? drawn : collapse(spaces)),
    [],
  )
  const shown = firstOf(all)
  return { sections: shown, notShown: endpointsIn(all) - endpointsIn(shown) }
}

const linesIn = (all: readonly Section[]): number =>
  all.reduce((count, { lines }) => count + lines.length + 1, 0)

const endpointsIn = (all: readonly Section[]): number =>
  new Set(all.flatMap(({ lines }) => lines.flatMap(line => line.items.map(({ ref }) => ref)))).size

/** As many lines as there is room for; those about nodes and what is outside are never left out. */
function firstOf(all: readonly Section[]): readonly Section[] {
  const always = all.filter(({ kind }) => kind === 'nodes' || kind === 'outside')
  let room = Math.max(MOST - linesIn(always), LEAST)
  return all.flatMap(section => {
    if (always.includes(section)) return [section]
    const lines = section.lines.slice(0, Math.max(0, room - 1))
    room -= lines.length + 1
    return lines.length === 0 ? [] : [{ ...section, lines }]
  })
}

const KINDS: readonly TreeSpace['kind'][] = ['in namespaces', 'namespaces', 'nodes', 'outside']

function spacesOf(items: readonly TreeItem[]): readonly Space[] {
  const groups = groupBy(items, ({ ref }) => JSON.stringify(spaceOf(ref)))
  const spaces = Array.from(groups.values(), (some): Space => ({ ...spaceOf(some[0].ref), items: some }))
  const rank = ({ kind }: Space): number => KINDS.indexOf(kind)
  const nameOf = ({ names }: Space): string => names.join()
  return spaces.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
}

function spaceOf({ kind, namespace = '' }: EndpointRef): TreeSpace {
  switch (kind) {
    case 'Namespace':
      return { kind: 'namespaces', names: [] }
    case 'Node':
      return { kind: 'nodes', names: [] }
    case 'External':
      return { kind: 'outside', names: [] }
    default:
      return { kind: 'in namespaces', names: [namespace] }
  }
}

/** A namespace of which all get the same is one line. */
const wholeSpaces = (spaces: readonly Space[]): readonly Section[] =>
  sections(spaces, items => wholeLine(items) ?? linesOfEach(items))

/** In a namespace, those that get the same are one line. */
const equalEndpoints = (spaces: readonly Space[]): readonly Section[] =>
  sections(spaces, items => wholeLine(items) ?? linesBy(items, ({ reach }) => reach.key))

/** And namespaces of which all get the same are one section. */
function equalNamespaces(spaces: readonly Space[]): readonly Section[] {
  const keyOf = ({ kind, items }: Space) => (kind === 'in namespaces' ? sharedBy(items)?.key : undefined)
  const equal = [...groupBy(spaces, keyOf)].flatMap(([key, some]) =>
    key === undefined || some.length === 1 ? [] : [some],
  )
  const merged = equal.map(
    (some): Space => ({
      kind: 'in namespaces',
      names: some.flatMap(({ names }) => names),
      items: some.flatMap(({ items }) => items),
    }),
  )
  const isMerged = new Set(equal.flat())
  const others = spaces.filter(space => !isMerged.has(space))
  return [...sections(merged, items => wholeLine(items) ?? []), ...equalEndpoints(others)]
}

/** Each collapses more than the one before it. */
const COLLAPSES = [wholeSpaces, equalEndpoints, equalNamespaces] as const

const sections = (
  spaces: readonly Space[],
  linesOf: (items: readonly TreeItem[]) => readonly TreeLine[],
): readonly Section[] =>
  spaces
    .map(({ items, ...space }) => ({ ...space, lines: linesOf(items) }))
    .filter(({ lines }) => lines.length > 0)

const linesOfEach = (items: readonly TreeItem[]): readonly TreeLine[] => linesBy(items, item => item)

type ReachedItem = TreeItem & { readonly reach: TreeReach }

const isReached = (item: TreeItem): item is ReachedItem => item.reach !== undefined

function linesBy(items: readonly TreeItem[], keyOf: (item: ReachedItem) => unknown): readonly TreeLine[] {
  const groups = groupBy(items.filter(isReached), keyOf)
  return Array.from(groups.values(), some => ({ items: some, reach: some[0].reach, isWhole: false }))
}

/** What all endpoints of a space get, where it is the same; undefined where it is not. */
function sharedBy(items: readonly TreeItem[]): TreeReach | undefined {
  const [first] = items
  const isShared = items.every(({ reach, pods, of }) => reach?.key === first?.reach?.key && pods === of)
  return isShared ? first?.reach : undefined
}

function wholeLine(items: readonly TreeItem[]): readonly TreeLine[] | undefined {
  const reach = sharedBy(items)
  return reach === undefined || items.length < 2 ? undefined : [{ items, reach, isWhole: true }]
}

/** The endpoints that get nothing: those of all namespaces together, then the namespaces, nodes and what is outside. */
function othersOf(items: readonly TreeItem[]): readonly TreeOthers[] {
  const byKind = groupBy(spacesOf(items), ({ kind }) => kind)
  return [...byKind].flatMap(([kind, spaces]) => {
    const all = spaces.flatMap(space => space.items)
    const refs = all.filter(item => !isReached(item)).map(({ ref }) => ref)
    return refs.length === 0 ? [] : [{ kind, refs, isWhole: refs.length === all.length }]
  })
}
