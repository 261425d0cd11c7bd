import type { EndpointRef } from '../report/common.ts'
import type { Matrix } from '../report/report.ts'
import type { Tree, TreeGets, TreeItem } from '../report/tree.ts'
import { parseCidr, unionOf } from '../sets/addresses.ts'
import { printable } from '../source/printable.ts'
import { blocksText } from './blocks.ts'
import { counted, firstFew, withCommas } from './names.ts'

/*
 * The endpoints of a tree in words.
 */

/** What a section of a tree is about. */
export type TreeSpace =
  | { readonly kind: 'namespace'; readonly name: string }
  /** Namespaces of which all endpoints get the same. */
  | { readonly kind: 'equal-namespaces'; readonly names: readonly string[] }
  | { readonly kind: 'namespaces' | 'nodes' | 'outside' }

/** One endpoint, or several that get the same. */
export interface TreeLine {
  readonly items: readonly TreeItem[]
  readonly gets: TreeGets
  /** They are all of the section. */
  readonly isWhole: boolean
}

/** Endpoints that get nothing. */
export interface TreeOthers {
  readonly kind: TreeSpace['kind']
  readonly refs: readonly EndpointRef[]
  /** They are all of their kind. */
  readonly isWhole: boolean
}

/** So many names are read at a glance. */
const FEW = 3

/** The first few, or all with `-o wide`. */
const fewOf = (names: readonly string[], wide: boolean): string =>
  wide ? names.join(', ') : firstFew(names, FEW, { upTo: FEW + 1, digits: withCommas })

export function spaceText(space: TreeSpace): string {
  switch (space.kind) {
    case 'namespace':
      return printable(space.name)
    case 'equal-namespaces': {
      const { names } = space
      return printable(`${counted(names.length, 'namespace', withCommas)}: ${fewOf(names, false)}`)
    }
    case 'namespaces':
      return 'namespaces'
    case 'nodes':
      return 'the nodes'
    case 'outside':
      return 'outside the cluster'
  }
}

/** The endpoints of a line. */
export function lineText(
  { items, isWhole }: TreeLine,
  { kind }: TreeSpace,
  { by, endpoint }: Pick<Tree, 'by' | 'endpoint'>,
  wide: boolean,
): string {
  if (kind === 'outside') return blocksOf(refsOf(items), wide)
  if (isWhole) return `all ${endpointsCounted(items.length, kind, by)}`
  const names = items.map(item => itemText(item, endpoint))
  return fewOf(names, wide)
}

const refsOf = (items: readonly TreeItem[]): readonly EndpointRef[] => items.map(({ ref }) => ref)

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
function itemText({ ref, pods: shown, of }: TreeItem, itself: EndpointRef): string {
  const { kind, name = '', pods = 1 } = ref
  const among = kind === itself.kind && ref.id === itself.id && of > 1 ? ' among themselves' : ''
  const word = kind === 'Namespace' || kind === 'Node' ? name : `${SHORT[kind] ?? kind.toLowerCase()}/${name}`
  if (shown < of) return printable(`${word} (${shown} of ${of} Pods)`)
  return printable(`${pods > 1 ? `${word} (${counted(pods, 'Pod', withCommas)})` : word}${among}`)
}

/** The addresses of endpoints outside. */
function blocksOf(outside: readonly EndpointRef[], wide: boolean): string {
  const blocks = outside
    .flatMap(({ cidrs = [] }) => cidrs)
    .flatMap(cidr => {
      const read = parseCidr(cidr)
      return read.kind === 'block' ? [read.addresses] : []
    })
  return blocksText(unionOf(blocks), wide)
}

/** What endpoints are called; those outside together. */
export function namesOf(refs: readonly EndpointRef[], wide: boolean): readonly string[] {
  const outside = refs.filter(({ kind }) => kind === 'External')
  const inside = refs.filter(({ kind }) => kind !== 'External')
  return [
    ...inside.map(({ id }) => printable(id)),
    ...(outside.length === 0 ? [] : [blocksOf(outside, wide)]),
  ]
}

/** The first few of them, or all with `-o wide`. */
export const namesText = (names: readonly string[], wide: boolean): string => fewOf(names, wide)

const NOUNS: Readonly<Record<TreeSpace['kind'], Readonly<Record<Matrix['by'], string>>>> = {
  namespace: { pod: 'Pod', workload: 'workload', namespace: 'namespace' },
  'equal-namespaces': { pod: 'Pod', workload: 'workload', namespace: 'namespace' },
  namespaces: { pod: 'namespace', workload: 'namespace', namespace: 'namespace' },
  nodes: { pod: 'node', workload: 'node', namespace: 'node' },
  outside: { pod: 'part', workload: 'part', namespace: 'part' },
}

/** `4 workloads`. */
const endpointsCounted = (count: number, kind: TreeSpace['kind'], by: Matrix['by']): string =>
  counted(count, NOUNS[kind][by], withCommas)

/** Those that get nothing: `12 workloads in 4 namespaces`, `3 nodes`; a few by their names. */
export const othersTexts = (others: readonly TreeOthers[], by: Matrix['by']): readonly string[] =>
  others.flatMap(one => {
    if (one.kind === 'outside') return one.isWhole ? blocksOf(one.refs, false) : 'every other address outside'
    if (one.refs.length <= FEW) return one.refs.map(({ id }) => printable(id))
    const count = endpointsCounted(one.refs.length, one.kind, by)
    return one.kind === 'namespace' ? `${count}${placeOf(one.refs)}` : count
  })

function placeOf(refs: readonly EndpointRef[]): string {
  const namespaces = [...new Set(refs.map(({ namespace = '' }) => namespace))]
  return ` in ${namespaces.length === 1 ? printable(namespaces.join()) : counted(namespaces.length, 'namespace', withCommas)}`
}
