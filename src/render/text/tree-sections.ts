import type { EndpointRef } from '../../report/common.ts'
import type { TreeGets, TreeItem } from '../../report/tree.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { TreeLine, TreeOthers, TreeSpace } from '../../words/tree.ts'
import type { Paper } from '../paper.ts'

/*
 * The sections and lines of a tree: endpoints that get the same are collapsed into one line where there are many.
 */

interface Section {
  readonly space: TreeSpace
  readonly lines: readonly TreeLine[]
}

/** The endpoints of a namespace, the namespaces, nodes or addresses outside. */
interface Space {
  readonly space: TreeSpace
  readonly items: readonly TreeItem[]
}

/** The number of lines above which more is collapsed, and then left out. */
const MOST = 40

/** The least number of lines for the namespaces. */
const LEAST = 10

/** The sections to be shown, and how many endpoints are left out because there would be too many lines. */
export function sectionsOf(
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
  const always = all.filter(({ space }) => space.kind === 'nodes' || space.kind === 'outside')
  let room = Math.max(MOST - linesIn(always), LEAST)
  return all.flatMap(section => {
    if (always.includes(section)) return [section]
    const lines = section.lines.slice(0, Math.max(0, room - 1))
    room -= lines.length + 1
    return lines.length === 0 ? [] : [{ ...section, lines }]
  })
}

const KINDS: readonly TreeSpace['kind'][] = ['namespace', 'namespaces', 'nodes', 'outside']

function spacesOf(items: readonly TreeItem[]): readonly Space[] {
  const groups = groupBy(items, ({ ref }) => JSON.stringify(spaceOf(ref)))
  const spaces = Array.from(groups.values(), (some): Space => ({ space: spaceOf(some[0].ref), items: some }))
  const rank = ({ space }: Space): number => KINDS.indexOf(space.kind)
  const nameOf = ({ space }: Space): string => (space.kind === 'namespace' ? space.name : '')
  return spaces.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
}

function spaceOf({ kind, namespace = '' }: EndpointRef): TreeSpace {
  switch (kind) {
    case 'Namespace':
      return { kind: 'namespaces' }
    case 'Node':
      return { kind: 'nodes' }
    case 'External':
      return { kind: 'outside' }
    default:
      return { kind: 'namespace', name: namespace }
  }
}

/** A namespace of which all get the same is one line. */
const wholeSpaces = (spaces: readonly Space[]): readonly Section[] =>
  sections(spaces, items => wholeLine(items) ?? linesOfEach(items))

/** In a namespace, those that get the same are one line. */
const equalEndpoints = (spaces: readonly Space[]): readonly Section[] =>
  sections(spaces, items => wholeLine(items) ?? linesBy(items, ({ gets }) => gets.key))

/** And namespaces of which all get the same are one section. */
function equalNamespaces(spaces: readonly Space[]): readonly Section[] {
  const keyOf = ({ space, items }: Space) => (space.kind === 'namespace' ? sharedBy(items)?.key : undefined)
  const equal = [...groupBy(spaces, keyOf)].flatMap(([key, some]) =>
    key === undefined || some.length === 1 ? [] : [some],
  )
  const merged = equal.map((some): Space => {
    const names = some.flatMap(({ space }) => (space.kind === 'namespace' ? [space.name] : []))
    return { space: { kind: 'equal-namespaces', names }, items: some.flatMap(({ items }) => items) }
  })
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
  spaces.map(({ space, items }) => ({ space, lines: linesOf(items) })).filter(({ lines }) => lines.length > 0)

const linesOfEach = (items: readonly TreeItem[]): readonly TreeLine[] => linesBy(items, item => item)

type ReachedItem = TreeItem & { readonly gets: TreeGets }

const isReached = (item: TreeItem): item is ReachedItem => item.gets !== undefined

function linesBy(items: readonly TreeItem[], keyOf: (item: ReachedItem) => unknown): readonly TreeLine[] {
  const groups = groupBy(items.filter(isReached), keyOf)
  return Array.from(groups.values(), some => ({ items: some, gets: some[0].gets, isWhole: false }))
}

/** What all endpoints of a space get, where it is the same; undefined where it is not. */
function sharedBy(items: readonly TreeItem[]): TreeGets | undefined {
  const [first] = items
  const isShared = items.every(({ gets, pods, of }) => gets?.key === first?.gets?.key && pods === of)
  return isShared ? first?.gets : undefined
}

function wholeLine(items: readonly TreeItem[]): readonly TreeLine[] | undefined {
  const gets = sharedBy(items)
  return gets === undefined || items.length < 2 ? undefined : [{ items, gets, isWhole: true }]
}

/** The endpoints that get nothing: those of all namespaces together, then the namespaces, nodes and what is outside. */
export function othersOf(items: readonly TreeItem[]): readonly TreeOthers[] {
  const byKind = groupBy(spacesOf(items), ({ space }) => space.kind)
  return [...byKind].flatMap(([kind, spaces]) => {
    const all = spaces.flatMap(space => space.items)
    const refs = all.filter(item => !isReached(item)).map(({ ref }) => ref)
    return refs.length === 0 ? [] : [{ kind, refs, isWhole: refs.length === all.length }]
  })
}
