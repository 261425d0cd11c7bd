import type { EndpointRef, Open, VerdictWord } from '../report/common.ts'
import type { Matrix } from '../report/report.ts'
import type { Tree, TreeDenied, TreeItem, TreeReach, TreeVia } from '../report/views.ts'
import {
  type Addresses,
  blockAround,
  EVERY_ADDRESS,
  equal,
  FAMILIES,
  fromCidrs,
  intersect,
  isEmpty,
  subtract,
  toCidrs,
} from '../sets/addresses.ts'
import { printable } from '../source/printable.ts'
import { andMore, atMost, counted, withCommas } from './lists.ts'
import { countOf, NOUNS, sendsText } from './matrix.ts'
import { openText, portText } from './ports.ts'
import { conclusionText } from './reason.ts'

/*
 * A tree in words: its endpoints, what they get, and why.
 */

/** What a section of a tree is about. */
export interface TreeSpace {
  readonly kind: 'in namespaces' | 'namespaces' | 'nodes' | 'outside'
  /** The namespaces that the endpoints are in: several where all endpoints have the same reachability. */
  readonly names: readonly string[]
}

/** One endpoint, or several with the same reachability. */
export interface TreeLine {
  readonly items: readonly TreeItem[]
  readonly reach: TreeReach
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
function fewOf(names: readonly string[], wide: boolean): string {
  const shown = wide ? names : atMost(names, FEW)
  return andMore(shown, names.length - shown.length, withCommas)
}

export function spaceText({ kind, names }: TreeSpace): string {
  switch (kind) {
    case 'in namespaces':
      return printable(
        names.length === 1 ? names.join() : `${countOf(names.length, 'namespace')}: ${fewOf(names, false)}`,
      )
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
  if (kind === 'outside') return isWhole ? 'internet' : blockTexts(refsOf(items), wide)
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
  return printable(`${pods > 1 ? `${word} (${countOf(pods, 'Pod')})` : word}${among}`)
}

/** The addresses of endpoints outside. */
const blockTexts = (outside: readonly EndpointRef[], wide: boolean): string =>
  blocksText(fromCidrs(outside.flatMap(({ cidrs = [] }) => cidrs)), wide)

/** `10.0.0.0/8`, or `0.0.0.0/0 except 10.0.0.0/8` where that is shorter; of many blocks the first few, unless all are wanted. */
function blocksText(addresses: Addresses, wide: boolean): string {
  if (equal(addresses, EVERY_ADDRESS)) return 'internet'
  return [FAMILIES.IPv4, FAMILIES.IPv6]
    .map(family => intersect(addresses, family))
    .filter(part => !isEmpty(part))
    .map(part => ofFamily(part, wide))
    .join(', ')
}

function ofFamily(part: Addresses, wide: boolean): string {
  const blocks = toCidrs(part)
  const around = blockAround(part)
  const missing = toCidrs(subtract(around, part))
  return missing.length + 1 < blocks.length
    ? `${toCidrs(around).join()} except ${fewOf(missing, wide)}`
    : fewOf(blocks, wide)
}

/** What endpoints are called; those outside together. */
function namesOf(refs: readonly EndpointRef[], wide: boolean): readonly string[] {
  const outside = refs.filter(({ kind }) => kind === 'External')
  const inside = refs.filter(({ kind }) => kind !== 'External')
  return [
    ...inside.map(({ id }) => printable(id)),
    ...(outside.length === 0 ? [] : [blockTexts(outside, wide)]),
  ]
}

/** `4 workloads`. */
function endpointsCounted(count: number, kind: TreeSpace['kind'], by: Matrix['by']): string {
  const nouns = {
    'in namespaces': NOUNS[by],
    namespaces: 'namespace',
    nodes: 'node',
    outside: 'part',
  } as const
  return countOf(count, nouns[kind])
}

/** Those that get nothing: `12 workloads in 4 namespaces`, `3 nodes`; a few by their names. */
const othersTexts = (others: readonly TreeOthers[], by: Matrix['by']): readonly string[] =>
  others.flatMap(one => {
    if (one.kind === 'outside') return one.isWhole ? 'internet' : 'every other address outside'
    if (one.refs.length <= FEW) return one.refs.map(({ id }) => printable(id))
    const count = endpointsCounted(one.refs.length, one.kind, by)
    return one.kind === 'in namespaces' ? `${count}${placeOfItem(one.refs)}` : count
  })

function placeOfItem(refs: readonly EndpointRef[]): string {
  const namespaces = [...new Set(refs.map(({ namespace = '' }) => namespace))]
  return ` in ${namespaces.length === 1 ? printable(namespaces.join()) : countOf(namespaces.length, 'namespace')}`
}

/** `who can reach shop/db TCP 5432 (StatefulSet, 3 Pods):`. */
export function headingText({ direction, endpoint, port }: Tree): string {
  const asked = portText(port)
  return direction === 'to'
    ? `who can reach ${printable(endpoint.id)}${asked === '' ? '' : ` ${asked}`}${kindText(endpoint)}:`
    : `${printable(endpoint.id)}${kindText(endpoint)} can reach${asked === '' ? '' : ` on ${asked}`}:`
}

function kindText({ kind, pods }: EndpointRef): string {
  if (kind === 'External') return ''
  const count = pods === undefined ? '' : `, ${counted(pods, 'Pod')}`
  return ` (${printable(kind)}${count})`
}

const isOpen = (open: Open | 'rest'): boolean => open.length > 0

export const verdictOfReach = ({ inPart, undetermined }: TreeReach): VerdictWord =>
  isOpen(undetermined) ? 'undetermined' : isOpen(inPart) ? 'partial' : 'yes'

/** `TCP 80; in part TCP 443; unknown: UDP 53`, and `TCP 80 via ingress/web`. */
export function reachText({ open, inPart, undetermined, via, isOnlyVia }: TreeReach): string {
  const parts = [
    ...(isOpen(open) ? [portsText(open)] : []),
    ...(isOpen(inPart) ? [`in part ${portsText(inPart)}`] : []),
    ...(isOpen(undetermined)
      ? [`unknown: ${undetermined === 'rest' ? 'the rest' : portsText(undetermined)}`]
      : []),
  ]
  const text = parts.join('; ')
  if (via.length === 0) return text
  return isOnlyVia ? `${text} ${viaText(via)}` : `${text}; also ${viaText(via)}`
}

/** `via ingress/web (header x-canary: always)`, the first few of them. */
const viaText = (all: readonly TreeVia[]): string =>
  printable(
    `via ${fewOf(
      all.map(({ id, sends = [] }) => `${id.slice(id.indexOf('/') + 1)}${sendsText(sends)}`),
      false,
    )}`,
  )

const portsText = (open: Open): string => (open === 'all' ? 'all ports' : openText(open))

/** The first reason, and how many others there are: not those that differ only in the endpoint. */
export function whyText(items: readonly TreeItem[]): string {
  const [first, ...more] = items.flatMap(({ reach }) => reach?.why() ?? [])
  if (first === undefined) return ''
  const others = new Set(more.map(({ key }) => key).filter(key => key !== first.key)).size
  const text = printable(conclusionText(first.why))
  if (others === 0) return text
  return `${text}; and ${others === 1 ? 'one other reason' : `${others} other reasons`}`
}

const nobody = ({ direction }: Tree): string => (direction === 'to' ? 'nobody' : 'nothing')

/** The endpoints that get nothing, beside others that get something; empty for none. */
export function othersText(tree: Tree, others: readonly TreeOthers[]): string {
  const texts = othersTexts(others, tree.by)
  return texts.length === 0 ? '' : `${nobody(tree)} else: ${texts.join(', ')}`
}

/** That nothing is open to any endpoint; the one reason, if it is that of all. */
export function nobodyText(
  tree: Tree,
  others: readonly TreeOthers[],
  reason: TreeDenied | undefined,
): string {
  if (reason !== undefined) return `${nobody(tree)}: ${reasonText(reason)}`
  const texts = othersTexts(others, tree.by)
  const all = texts.length > 1 ? `neither ${texts.join(' nor ')}` : `not ${texts.join()}`
  return `${nobody(tree)}: ${texts.length === 0 ? 'there is nobody else' : all}`
}

/** `3 sources (shop/db, shop/web, internet), e.g. shop/db: no ingress rule of deny opens it [DENIED_BY_INGRESS]`. */
export function deniedText(denied: TreeDenied, wide: boolean): string {
  const names = namesOf(denied.sources, wide)
  const listed = fewOf(names, wide)
  const who = names.length === 1 ? listed : `${withCommas(names.length)} sources (${listed})`
  const [first] = denied.sources
  const whose = isOfAll(denied, wide) || first === undefined ? who : `${who}, e.g. ${printable(first.id)}`
  return `${whose}: ${reasonText(denied)}`
}

/** Whether a reason holds for all of its sources as it is worded. */
export const isOfAll = ({ sources, isOfAll: isSo }: TreeDenied, wide: boolean): boolean =>
  isSo || namesOf(sources, wide).length === 1

const reasonText = ({ why }: TreeDenied): string => `${printable(conclusionText(why))} [${why.code}]`
