import { blocksText } from '../../explain/block-text.ts'
import type { Matrix } from '../../report/report.ts'
import { unionOf } from '../../sets/addresses.ts'
import { printable } from '../../source/printable.ts'
import type { Group } from '../matrix/grid.ts'
import type { Space, TreeItem, Words } from './item.ts'

/*
 * The ends of a tree in words.
 */

export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`

/** The first few, and how many more there are. */
export function someOf(names: readonly string[], wide = false): string {
  const shown = wide || names.length <= FEW + 1 ? names : names.slice(0, FEW)
  const more = names.length - shown.length
  return `${shown.join(', ')}${more > 0 ? ` and ${more.toLocaleString('en')} more` : ''}`
}

const FEW = 3

/** kubectl's short names, as they may be typed. */
const SHORT: Readonly<Record<string, string>> = {
  Deployment: 'deploy',
  StatefulSet: 'sts',
  DaemonSet: 'ds',
  ReplicaSet: 'rs',
  ReplicationController: 'rc',
  CronJob: 'cj',
}

/** `deploy/api (3 Pods)`, `deploy/api (2 of 3 Pods)`. */
export function endText(item: TreeItem, { wide, itself }: Words): string {
  const { end, of } = item
  const { kind, name = '', pods = 1 } = end.ref
  if (kind === 'External') return addressesText([item], wide)
  const among = kind === itself.kind && end.ref.id === itself.id && of > 1 ? ' among themselves' : ''
  const word = kind === 'Namespace' || kind === 'Node' ? name : `${SHORT[kind] ?? kind.toLowerCase()}/${name}`
  if (end.endpoints.length < of) return printable(`${word} (${end.endpoints.length} of ${of} Pods)`)
  return printable(`${pods > 1 ? `${word} (${counted(pods, 'Pod')})` : word}${among}`)
}

/** The addresses of ends outside. */
export const addressesText = (items: readonly TreeItem[], wide: boolean): string =>
  addressesOf(
    items.map(({ end }) => end),
    wide,
  )

function addressesOf(ends: readonly Group[], wide: boolean): string {
  const addresses = ends
    .flatMap(({ endpoints }) => endpoints)
    .flatMap(endpoint => (endpoint.kind === 'external' && endpoint.addresses ? [endpoint.addresses] : []))
  return blocksText(unionOf(addresses), wide)
}

/** What ends are called; those outside together. */
export function namesOf(ends: readonly Group[], wide: boolean): readonly string[] {
  const outside = ends.filter(({ ref }) => ref.kind === 'External')
  const inside = ends.filter(end => !outside.includes(end))
  return [
    ...inside.map(({ ref }) => printable(ref.id)),
    ...(outside.length === 0 ? [] : [addressesOf(outside, wide)]),
  ]
}

const NOUNS: Readonly<Record<Space['kind'], Readonly<Record<Matrix['by'], string>>>> = {
  namespace: { pod: 'Pod', workload: 'workload', namespace: 'namespace' },
  namespaces: { pod: 'namespace', workload: 'namespace', namespace: 'namespace' },
  nodes: { pod: 'node', workload: 'node', namespace: 'node' },
  outside: { pod: 'part', workload: 'part', namespace: 'part' },
}

/** `4 workloads`. */
export function endsCounted(items: readonly TreeItem[], kind: Space['kind'], by: Matrix['by']): string {
  return counted(items.length, NOUNS[kind][by])
}

/** Those who get nothing: `12 workloads in 4 namespaces`, `3 nodes`; a few by their names. */
export function countsOfOthers(spaces: readonly Space[], by: Matrix['by']): readonly string[] {
  const others = spaces
    .map(space => ({ ...space, some: space.items.filter(({ gets }) => gets === undefined) }))
    .filter(({ some }) => some.length > 0)
  const inside = others.filter(({ kind }) => kind === 'namespace')
  return [
    ...counts(
      inside.flatMap(({ some }) => some),
      'namespace',
      by,
      wheres(inside.map(({ name }) => name)),
    ),
    ...others.flatMap(({ kind, items, some }) => {
      if (kind === 'namespace') return []
      if (kind !== 'outside') return counts(some, kind, by, '')
      return some.length === items.length ? addressesText(some, false) : 'every other address outside'
    }),
  ]
}

function counts(
  items: readonly TreeItem[],
  kind: Space['kind'],
  by: Matrix['by'],
  where: string,
): readonly string[] {
  if (items.length <= FEW) return items.map(({ end }) => printable(end.ref.id))
  return [`${endsCounted(items, kind, by)}${where}`]
}

const wheres = (namespaces: readonly string[]): string =>
  ` in ${namespaces.length === 1 ? printable(namespaces.join()) : counted(namespaces.length, 'namespace')}`
