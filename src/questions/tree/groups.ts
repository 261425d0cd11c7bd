import type { TreeSpace } from '../../report/tree.ts'
import { groupBy } from '../../sets/group-by.ts'
import type { TreeGets, TreeItem } from './item.ts'

/*
 * The endpoints of a tree as lines, from one for each endpoint to one for many namespaces.
 */

/** Endpoints in one section: a namespace, the namespaces or the nodes themselves, or all that is outside. */
export interface Space {
  readonly space: Exclude<TreeSpace, { kind: 'equal-namespaces' }>
  readonly items: readonly TreeItem[]
}

export interface DraftLine {
  readonly items: readonly TreeItem[]
  readonly gets: TreeGets
  readonly isWhole: boolean
}

export interface Draft {
  readonly space: TreeSpace
  readonly lines: readonly DraftLine[]
}

const KINDS: readonly TreeSpace['kind'][] = ['namespace', 'namespaces', 'nodes', 'outside']

export function spacesOf(items: readonly TreeItem[]): readonly Space[] {
  const spaces = [...groupBy(items, ({ end: { ref } }) => JSON.stringify(spaceOf(ref))).values()].map(
    (some): Space => ({ space: spaceOf(some[0].end.ref), items: some }),
  )
  const rank = ({ space }: Space): number => KINDS.indexOf(space.kind)
  const nameOf = ({ space }: Space): string => (space.kind === 'namespace' ? space.name : '')
  return spaces.sort((a, b) => rank(a) - rank(b) || (nameOf(a) < nameOf(b) ? -1 : 1))
}

function spaceOf({ kind, namespace = '' }: TreeItem['end']['ref']): Space['space'] {
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

type Collapse = (spaces: readonly Space[]) => readonly Draft[]

/** Every endpoint on its own line. */
export const eachEnd: Collapse = spaces => sections(spaces, linesOfEach)

/** A namespace of which all have the same is one line. */
const wholeSpaces: Collapse = spaces => sections(spaces, space => wholeLine(space) ?? linesOfEach(space))

/** In a namespace, those that have the same are one line. */
const equalEnds: Collapse = spaces => sections(spaces, space => wholeLine(space) ?? linesOfEqual(space))

/** And namespaces of which all have the same are one section. */
const equalNamespaces: Collapse = spaces => {
  const shared = (one: Space): TreeGets | undefined =>
    one.space.kind === 'namespace' ? sharedBy(one.items) : undefined
  const equal = [...groupBy(spaces.filter(shared), one => shared(one)?.key).values()].filter(
    some => some.length > 1,
  )
  const merged = new Set(equal.flat())
  return [
    ...equal.flatMap(some => {
      const gets = shared(some[0])
      const names = some.flatMap(({ space }) => (space.kind === 'namespace' ? [space.name] : []))
      const items = some.flatMap(one => one.items)
      return gets === undefined
        ? []
        : [{ space: { kind: 'equal-namespaces', names }, lines: [{ items, gets, isWhole: true }] } as const]
    }),
    ...equalEnds(spaces.filter(one => !merged.has(one))),
  ]
}

/** Each collapses more than the one before it. */
export const COLLAPSES = [wholeSpaces, equalEnds, equalNamespaces] as const

const sections = (
  spaces: readonly Space[],
  linesOf: (space: Space) => readonly DraftLine[],
): readonly Draft[] =>
  spaces.map(one => ({ space: one.space, lines: linesOf(one) })).filter(({ lines }) => lines.length > 0)

const linesOfEach = ({ items }: Space): readonly DraftLine[] =>
  items.flatMap(item => (item.gets === undefined ? [] : [{ items: [item], gets: item.gets, isWhole: false }]))

/** What all endpoints of a space get, where it is the same; undefined where it is not. */
function sharedBy(items: readonly TreeItem[]): TreeGets | undefined {
  const [first] = items
  const isShared = items.every(
    ({ gets, end, of }) => gets !== undefined && gets.key === first?.gets?.key && end.endpoints.length === of,
  )
  return isShared ? first?.gets : undefined
}

function wholeLine({ items }: Space): readonly DraftLine[] | undefined {
  const gets = sharedBy(items)
  return gets === undefined || items.length < 2 ? undefined : [{ items, gets, isWhole: true }]
}

function linesOfEqual({ items }: Space): readonly DraftLine[] {
  const having = items.filter(({ gets }) => gets !== undefined)
  return [...groupBy(having, ({ gets }) => gets?.key).values()].flatMap(some => {
    const { gets } = some[0]
    return gets === undefined ? [] : [{ items: some, gets, isWhole: false }]
  })
}
