import type { EndpointRef, Port } from '../../report/common.ts'
import type { Matrix } from '../../report/report.ts'
import type { OthersReason, Tree, TreeLine } from '../../report/tree.ts'
import { printable } from '../../source/printable.ts'
import type { DeniedTogether } from '../who-can-reach/denied-sources.ts'
import { type Draft, type DraftLine, eachEnd, FOLDS, spacesOf } from './groups.ts'
import type { Space, TreeItem, Words } from './item.ts'
import { countsOfOthers, namesOf, someOf } from './words.ts'

/** How much of it is wanted. */
export interface TreeDetail {
  /** The reason for each line. */
  readonly why: boolean
  /** Every end on a line of its own. */
  readonly wide: boolean
}

export interface TreeHead {
  readonly direction: Tree['direction']
  readonly end: EndpointRef
  readonly port: Port | null
  readonly by: Matrix['by']
  readonly forwards: string | undefined
  readonly denied: readonly DeniedTogether[]
}

/** More lines than these are a wall that nobody reads. */
const MOST = 40

/** So much there always is of the namespaces. */
const LEAST = 10

/** The tree of all ends, folded until it fits a few screens. */
export function treeOf(head: TreeHead, items: readonly TreeItem[], detail: TreeDetail): Tree {
  const { denied, by, direction, end, port, forwards } = head
  const spaces = spacesOf(items)
  const draft = foldedToFit(spaces, { by, wide: detail.wide, itself: head.end })
  const shown = detail.wide ? draft : firstOf(draft)
  const told = detail.wide ? denied : denied.slice(0, MOST_REASONS)
  return {
    direction,
    end: { ...end, id: printable(end.id), kind: printable(end.kind) },
    port,
    forwards: forwards && printable(forwards),
    sections: shown.map(({ title, lines }) => ({ title, lines: lines.map(line => written(line, detail)) })),
    notShown: endsIn(draft) - endsIn(shown),
    others: {
      counts: countsOfOthers(spaces, by),
      reasons: told.map(one => reasonOf(one, detail)),
      notShown: {
        reasons: denied.length - told.length,
        sources: denied.slice(told.length).reduce((sum, { sources }) => sum + sources.length, 0),
      },
    },
  }
}

/** So many reasons are read. */
const MOST_REASONS = 8

function reasonOf(
  { report: { reason, message }, sources, isOfAll }: DeniedTogether,
  { wide }: TreeDetail,
): OthersReason {
  const names = namesOf(sources, wide)
  const [first] = sources
  const isNamed = isOfAll || names.length === 1
  return {
    names: someOf(names, wide),
    count: names.length,
    example: isNamed || first === undefined ? undefined : printable(first.ref.id),
    reason,
    message: printable(message),
  }
}

function foldedToFit(spaces: readonly Space[], words: Words): readonly Draft[] {
  if (words.wide) return eachEnd(spaces, words)
  let draft: readonly Draft[] = []
  for (const fold of FOLDS) {
    draft = fold(spaces, words)
    if (linesIn(draft) <= MOST) break
  }
  return draft
}

const linesIn = (draft: readonly Draft[]): number =>
  draft.reduce((count, { lines }) => count + lines.length + 1, 0)

const endsIn = (draft: readonly Draft[]): number =>
  new Set(draft.flatMap(({ lines }) => lines.flatMap(({ items }) => items.map(({ end }) => end.ref)))).size

/** As many lines as there is room for; those about the world outside and the nodes are never left out. */
function firstOf(draft: readonly Draft[]): readonly Draft[] {
  const always = draft.filter(({ kind }) => kind === 'nodes' || kind === 'outside')
  let room = Math.max(MOST - linesIn(always), LEAST)
  return draft.flatMap(one => {
    if (always.includes(one)) return [one]
    const lines = one.lines.slice(0, Math.max(0, room - 1))
    room -= lines.length + 1
    return lines.length === 0 ? [] : [{ ...one, lines }]
  })
}

function written({ ends, gets, items }: DraftLine, { why }: TreeDetail): TreeLine {
  const { open, inPart, undetermined } = gets
  return { ends, open, inPart, undetermined, why: why ? printable(whyText(items)) : undefined }
}

/** The first reason, and how many others there are: not those that differ in nothing but whom they are about. */
function whyText(items: readonly TreeItem[]): string {
  const reasons = new Map<string, string>()
  for (const { gets } of items)
    for (const { text, like } of gets?.why() ?? []) if (!reasons.has(like)) reasons.set(like, text)
  const [first = '', ...others] = reasons.values()
  if (others.length === 0) return first
  return `${first}; and ${others.length === 1 ? 'one other reason' : `${others.length} other reasons`}`
}
