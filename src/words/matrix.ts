import type { Port, RequestPart } from '../report/common.ts'
import type { RoutedConnection } from '../report/report.ts'
import type { Counted, Overview, Share } from '../report/views.ts'
import { printable } from '../source/printable.ts'
import { UNKNOWN_SYMPTOM } from './answer.ts'
import { counted, withCommas } from './lists.ts'
import { openText, portText } from './ports.ts'

/*
 * A matrix in figures.
 */

/** A named port has the protocol that each Pod declares it with. */
const askedText = (port: Port): string => port.name ?? portText(port)

/** In the place of a matrix without rows and columns. */
export const NO_PODS = 'Nothing to show: there are no Pods.'
export const NO_PODS_SELECTED = 'Nothing to show: no source or destination is selected.'

/** Beside a matrix of the Pods that `-n` and `-l` select. */
export const OTHERS_WITH_SELECTED =
  'Other Pods are shown where something is open between them and a selected one.'

/** Of a pair that is open in part. */
export const IN_PART = 'not for all Pods or addresses'

/** Of protocols such as ICMP. */
export const WITHOUT_PORTS = 'protocols without ports, such as ICMP'

/** Of a pair that is open from outside through an Ingress or a route. */
export const ONLY_ROUTED = 'only through an Ingress or a route'

/** `internet -> shop/web: TCP 8080 via ingress/web`. */
export function routedText({ from, to, open, via: { id, sends = [], verdict } }: RoutedConnection): string {
  const doubt =
    verdict === 'undetermined' ? ` (${UNKNOWN_SYMPTOM})` : verdict === 'partial' ? ` (${IN_PART})` : ''
  const route = id.slice(id.indexOf('/') + 1)
  return printable(`${from} -> ${to}: ${openText(open)} via ${route}${sendsText(sends)}${doubt}`)
}

/** What a request has that comes that way; nothing for a plain one. */
export const sendsText = (sends: readonly RequestPart[]): string =>
  sends.length === 0 ? '' : ` (${sends.map(partText).join(', ')})`

const partText = ({ what, name, value }: RequestPart): string =>
  `${what} ${name}${value === undefined ? '' : `: ${value}`}`

export const portsAskedText = (port: Port | null): string =>
  port === null ? 'Ports are TCP unless they say otherwise.' : `Asked for ${askedText(port)} alone.`

export const countOf = (number: number, noun: string): string => counted(number, noun, withCommas)

export const NOUNS = { pod: 'Pod', workload: 'workload', namespace: 'namespace' } as const

/** `From 1,200 workloads (10,000 Pods) and 3 parts of the world outside to each of them. Asked for TCP 80 alone.` */
export function headline({ by, port, sources, destinations, isSame, selected }: Overview): string {
  const endpoints = ({ inside, pods, outside }: Counted): string => {
    const behind = by === 'pod' ? '' : ` (${countOf(pods, 'Pod')})`
    const within = inside > 0 ? [`${countOf(inside, NOUNS[by])}${behind}`] : []
    return [...within, ...(outside > 0 ? [`${countOf(outside, 'part')} of the world outside`] : [])].join(
      ' and ',
    )
  }
  const [from, to] = [endpoints(sources), endpoints(destinations)]
  const asked = port === null ? '' : ` ${portsAskedText(port)}`
  const only =
    selected === undefined ? '' : `, only pairs with one of ${countOf(selected, `selected ${NOUNS[by]}`)}`
  return `From ${from} to ${isSame ? 'each of them' : to}${only}.${asked}`
}

export function figures({ pairs: { open, of, partial, undetermined } }: Overview): string {
  const parts = partial > 0 ? `, of ${withCommas(partial)} ${IN_PART}` : ''
  const unknown =
    undetermined > 0
      ? `; ${withCommas(undetermined)} ${undetermined === 1 ? 'is' : 'are'} ${UNKNOWN_SYMPTOM}`
      : ''
  return `Of ${countOf(of, 'pair')} ${percent({ open, of })} have something open${parts}${unknown}.`
}

/** `none` and `all` only where it is exactly that. */
function percent({ open, of }: Share): string {
  if (open === 0) return 'none'
  if (open === of) return 'all'
  const share = (open / of) * 100
  return share < 1 ? 'less than 1 %' : share > 99 ? 'more than 99 %' : `${Math.round(share)} %`
}
