import type { Tree, TreeDenied, TreeEnd, TreeLine, TreeOthers } from '../../report/tree.ts'
import { COLLAPSES, type Draft, type DraftLine, eachEnd, type Space, spacesOf } from './groups.ts'
import type { TreeItem } from './item.ts'

/** How much of it is wanted. */
export interface TreeDetail {
  /** The reason for each line. */
  readonly why: boolean
  /** Every endpoint on a line of its own. */
  readonly wide: boolean
}

export interface TreeHead extends Pick<Tree, 'direction' | 'end' | 'port' | 'by' | 'forwards'> {
  readonly denied: () => readonly TreeDenied[]
}

/** More lines than these are a wall that nobody reads. */
const MOST = 40

/** So much there always is of the namespaces. */
const LEAST = 10

/** The tree of all endpoints, collapsed until it fits a few screens. */
export function treeOf({ denied, ...head }: TreeHead, items: readonly TreeItem[], detail: TreeDetail): Tree {
  const spaces = spacesOf(items)
  const draft = collapsedToFit(spaces, detail)
  const shown = detail.wide ? draft : firstOf(draft)
  return {
    ...head,
    sections: shown.map(({ space, lines }) => ({
      space,
      lines: lines.map(line => lineOf(line, detail)),
    })),
    notShown: endsIn(draft) - endsIn(shown),
    others: othersIn(spaces),
    denied: {
      *[Symbol.iterator]() {
        yield* denied()
      },
    },
  }
}

function collapsedToFit(spaces: readonly Space[], { wide }: TreeDetail): readonly Draft[] {
  if (wide) return eachEnd(spaces)
  let draft: readonly Draft[] = []
  for (const collapse of COLLAPSES) {
    draft = collapse(spaces)
    if (linesIn(draft) <= MOST) break
  }
  return draft
}

const linesIn = (draft: readonly Draft[]): number =>
  draft.reduce((count, { lines }) => count + lines.length + 1, 0)

const endsIn = (draft: readonly Draft[]): number =>
  new Set(draft.flatMap(({ lines }) => lines.flatMap(({ items }) => items.map(({ end }) => end.ref)))).size

/** As many lines as there is room for; those about nodes and what is outside are never left out. */
function firstOf(draft: readonly Draft[]): readonly Draft[] {
  const always = draft.filter(({ space }) => space.kind === 'nodes' || space.kind === 'outside')
  let room = Math.max(MOST - linesIn(always), LEAST)
  return draft.flatMap(one => {
    if (always.includes(one)) return [one]
    const lines = one.lines.slice(0, Math.max(0, room - 1))
    room -= lines.length + 1
    return lines.length === 0 ? [] : [{ ...one, lines }]
  })
}

function lineOf({ items, gets, isWhole }: DraftLine, { why }: TreeDetail): TreeLine {
  const { open, inPart, undetermined } = gets
  return { ends: items.map(endOf), isWhole, open, inPart, undetermined, why: why ? whyOf(items) : undefined }
}

const endOf = ({ end: { ref, endpoints }, of }: TreeItem): TreeEnd => ({ ref, pods: endpoints.length, of })

/** The first reason, and how many others there are: not those that differ in nothing but the endpoint. */
function whyOf(items: readonly TreeItem[]): TreeLine['why'] {
  const reasons = new Map(
    items
      .flatMap(({ gets }) => gets?.why() ?? [])
      .toReversed()
      .map(({ key, why }) => [key, why] as const),
  )
  const first = items.flatMap(({ gets }) => gets?.why() ?? [])[0]?.why
  return first && { first, others: reasons.size - 1 }
}

function othersIn(spaces: readonly Space[]): readonly TreeOthers[] {
  const without = spaces
    .map(({ space, items }) => {
      const ends = items.filter(({ gets }) => gets === undefined).map(({ end }) => end.ref)
      return { kind: space.kind, ends, isWhole: ends.length === items.length }
    })
    .filter(({ ends }) => ends.length > 0)
  const inNamespaces = without.filter(({ kind }) => kind === 'namespace')
  const ends = inNamespaces.flatMap(one => one.ends)
  return [
    ...(ends.length === 0
      ? []
      : [{ kind: 'namespace', ends, isWhole: inNamespaces.every(({ isWhole }) => isWhole) } as const]),
    ...without.filter(({ kind }) => kind !== 'namespace'),
  ]
}
