import { printable } from '../../source/printable.ts'
import type { Space, TreeGets, TreeItem, Words } from './item.ts'
import { addressesText, counted, endsCounted, endText, someOf } from './words.ts'

/*
 * The ends of a tree as lines, from one for each end to one for many namespaces.
 */

export interface DraftLine {
  readonly ends: string
  readonly gets: TreeGets
  readonly items: readonly TreeItem[]
}

export interface Draft {
  readonly kind: Space['kind']
  readonly title: string
  readonly lines: readonly DraftLine[]
}

type Fold = (spaces: readonly Space[], words: Words) => readonly Draft[]

const KINDS: readonly Space['kind'][] = ['namespace', 'namespaces', 'nodes', 'outside']

export function spacesOf(items: readonly TreeItem[]): readonly Space[] {
  const spaces = new Map<string, Space>()
  for (const item of items) {
    const { kind, namespace = '' } = item.end.ref
    const of = KIND_OF_SPACE[kind] ?? 'namespace'
    const key = `${of} ${namespace}`
    const space = spaces.get(key)
    if (space === undefined) spaces.set(key, { kind: of, name: namespace, items: [item] })
    else space.items.push(item)
  }
  const rank = ({ kind }: Space): number => KINDS.indexOf(kind)
  return [...spaces.values()].sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
}

const KIND_OF_SPACE: Readonly<Record<string, Space['kind']>> = {
  Namespace: 'namespaces',
  Node: 'nodes',
  External: 'outside',
}

function titleOf({ kind, name }: Space): string {
  switch (kind) {
    case 'namespace':
      return name
    case 'namespaces':
      return 'namespaces'
    case 'nodes':
      return 'the nodes'
    case 'outside':
      return 'outside the cluster'
  }
}

/** Every end on its own line. */
export const eachEnd: Fold = (spaces, words) =>
  sections(spaces, ({ items }) =>
    items.flatMap(item =>
      item.gets === undefined ? [] : [{ ends: endText(item, words), gets: item.gets, items: [item] }],
    ),
  )

/** A namespace of which all have the same is one line. */
const wholeSpaces: Fold = (spaces, words) =>
  sections(spaces, space => wholeLine(space, words) ?? eachEnd([space], words).flatMap(({ lines }) => lines))

/** In a namespace, those who have the same are one line. */
const alikeTogether: Fold = (spaces, words) =>
  sections(spaces, space => wholeLine(space, words) ?? linesAlike(space, words))

/** And namespaces of which all have the same are one. */
const namespacesTogether: Fold = (spaces, words) => {
  const alike = new Map<string, Space[]>()
  for (const space of spaces) {
    const gets = space.kind === 'namespace' ? sharedBy(space.items) : undefined
    if (gets !== undefined) put(alike, gets.key, space)
  }
  const merged = [...alike.values()].filter(some => some.length > 1)
  const isMerged = new Set(merged.flat())
  const together = merged.map((some): Draft => {
    const items = some.flatMap(space => space.items)
    const line = {
      ends: `all ${endsCounted(items, 'namespace', words.by)}`,
      gets: items[0]?.gets,
      items,
    }
    return {
      kind: 'namespace',
      title: `${counted(some.length, 'namespace')}: ${printable(someOf(some.map(space => space.name)))}`,
      lines: line.gets === undefined ? [] : [{ ...line, gets: line.gets }],
    }
  })
  return [
    ...together,
    ...alikeTogether(
      spaces.filter(space => !isMerged.has(space)),
      words,
    ),
  ]
}

/** One after the other folds more. */
export const FOLDS = [wholeSpaces, alikeTogether, namespacesTogether] as const

function sections(
  spaces: readonly Space[],
  linesOf: (space: Space) => readonly DraftLine[],
): readonly Draft[] {
  return spaces
    .map(space => ({ kind: space.kind, title: printable(titleOf(space)), lines: linesOf(space) }))
    .filter(({ lines }) => lines.length > 0)
}

/** What all ends of a space get, where it is the same; undefined where it is not. */
function sharedBy(items: readonly TreeItem[]): TreeGets | undefined {
  const [first] = items
  const isShared = items.every(
    ({ gets, end, of }) => gets !== undefined && gets.key === first?.gets?.key && end.endpoints.length === of,
  )
  return isShared ? first?.gets : undefined
}

function wholeLine({ kind, items }: Space, { by, wide }: Words): readonly DraftLine[] | undefined {
  const gets = sharedBy(items)
  if (gets === undefined || items.length < 2) return undefined
  const count = endsCounted(items, kind, by)
  const ends = kind === 'outside' ? addressesText(items, wide) : `all ${count}`
  return [{ ends, gets, items }]
}

function linesAlike({ kind, items }: Space, words: Words): readonly DraftLine[] {
  const alike = new Map<string, TreeItem[]>()
  for (const item of items) if (item.gets !== undefined) put(alike, item.gets.key, item)
  return [...alike.values()].flatMap(some => {
    const gets = some[0]?.gets
    if (gets === undefined) return []
    const ends =
      kind === 'outside' ? addressesText(some, words.wide) : someOf(some.map(item => endText(item, words)))
    return [{ ends, gets, items: some }]
  })
}

function put<T>(groups: Map<string, T[]>, key: string, one: T): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [one])
  else group.push(one)
}
