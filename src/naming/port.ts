import type { Pod } from '../model/objects.ts'
import type { PortQuestion } from '../network/flow.ts'
import type { Port } from '../report/common.ts'
import { parseAddress, parseCidr } from '../sets/addresses.ts'
import {
  ALL,
  type Connections,
  HIGHEST_PORT,
  LOWEST_PORT,
  PORTLESS,
  PROTOCOLS,
  type Protocol,
  ports,
  unionOf,
} from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { didYouMean, nearest, startsLike } from '../source/did-you-mean.ts'

/** `api:8080` → the name and the port; an IPv6 address with a port is in brackets. */
export function splitPort(typed: string): { readonly name: string; readonly port: string | undefined } {
  if (parseAddress(typed) !== undefined || parseCidr(typed).kind === 'block')
    return { name: typed, port: undefined }
  if (typed.includes('://')) return { name: typed, port: undefined }
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(typed)
  if (bracketed?.[1] !== undefined) return { name: bracketed[1], port: bracketed[2] }
  const colon = typed.lastIndexOf(':')
  return colon < 0
    ? { name: typed, port: undefined }
    : { name: typed.slice(0, colon), port: typed.slice(colon + 1) }
}

/** The question of `TO:PORT`, `--port` and `--protocol` together. Throws CannotAnswer where they contradict each other. */
export function portQuestion(
  afterName: string | undefined,
  portFlag: string | undefined,
  protocolFlag: string | undefined,
): PortQuestion {
  if (afterName !== undefined && portFlag !== undefined && afterName !== portFlag)
    cannotAnswer('PORT_GIVEN_TWICE', `the port is given twice: \`:${afterName}\` and \`--port ${portFlag}\``)
  const typed = afterName ?? portFlag
  const [portText, protocolText] = typed === undefined ? [] : partsOfPort(typed)
  const protocol = parseProtocol(protocolText)
  const flagged = parseProtocol(protocolFlag)
  if (protocol !== undefined && flagged !== undefined && protocol !== flagged)
    cannotAnswer(
      'PORT_GIVEN_TWICE',
      `the protocol is given twice: \`${typed}\` and \`--protocol ${protocolFlag}\``,
    )
  const asked = protocol ?? flagged
  const port = portText === undefined ? undefined : parsePort(portText)
  if (asked !== 'ICMP') return { protocol: asked, port }
  return port === undefined
    ? { protocol: asked, port }
    : cannotAnswer('BAD_PROTOCOL', 'ICMP has no ports', 'leave the port out, or ask for tcp, udp or sctp')
}

/** The port and the protocol of `53/udp`; `icmp` alone is the protocol, which has no ports. */
const partsOfPort = (typed: string): readonly (string | undefined)[] =>
  typed.toLowerCase() === 'icmp' ? [undefined, typed] : typed.split(/\/(.*)/s, 2)

/** `icmp`, which no policy names, can be asked for (S-054). */
const ASKED_PROTOCOLS = [...PROTOCOLS, 'ICMP'] as const

function parseProtocol(typed: string | undefined): (typeof ASKED_PROTOCOLS)[number] | undefined {
  if (typed === undefined) return undefined
  const found = ASKED_PROTOCOLS.find(protocol => protocol.toLowerCase() === typed.toLowerCase())
  if (found !== undefined) return found
  const near = nearest(typed, ASKED_PROTOCOLS.filter(startsLike(typed)))?.toLowerCase()
  cannotAnswer(
    'BAD_PROTOCOL',
    `\`${typed}\` is no protocol`,
    didYouMean(near, 'write tcp, udp, sctp or icmp'),
  )
}

function parsePort(typed: string): number | string {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(typed) && /[a-z]/.test(typed)) return typed
  const number = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN
  if (number >= LOWEST_PORT && number <= HIGHEST_PORT) return number
  cannotAnswer(
    'BAD_PORT',
    `\`${typed}\` is no port`,
    `write a number from ${LOWEST_PORT} to ${HIGHEST_PORT} or a port's name, with /udp or /sctp behind it if it is not TCP`,
  )
}

/** A question about ports, with names resolved on one destination. */
export interface Asking {
  readonly ask: Connections
  readonly port: Port | null
}

/**
 * The question for one destination; undefined for a port name that it does not declare. A number without a protocol is
 * TCP, as in a policy (S-025); a name has the protocol that it is declared with.
 */
export function askOf(asked: PortQuestion, pod: Pod | undefined): Asking | undefined {
  if (asked.protocol === 'ICMP') return { ask: PORTLESS, port: { protocol: 'ICMP' } }
  const { protocol, port } = asked
  if (port === undefined)
    return protocol === undefined ? { ask: ALL, port: null } : { ask: ports(protocol), port: { protocol } }
  if (typeof port === 'number') return onPort(protocol ?? 'TCP', port)
  const declared = (pod?.ports ?? []).filter(
    candidate => candidate.name === port && (protocol === undefined || candidate.protocol === protocol),
  )
  const [first, ...more] = declared
  if (first === undefined) return undefined
  // A name on several containers is each of their ports (S-030).
  const ask = unionOf(declared.map(({ number, protocol: of }) => ports(of, number, number)))
  const number = more.length === 0 ? { number: first.number } : {}
  return { ask, port: { protocol: first.protocol, ...number, name: port } }
}

/** The question about one port. */
export const onPort = (protocol: Protocol, number: number): Asking => ({
  ask: ports(protocol, number, number),
  port: { protocol, number },
})

/** The port as a report shows it, before a name is resolved. */
export function asPort(asked: PortQuestion): Port | null {
  if (asked.protocol === 'ICMP') return { protocol: 'ICMP' }
  const { protocol, port } = asked
  if (port === undefined) return protocol === undefined ? null : { protocol }
  if (typeof port === 'string') return { protocol: protocol ?? 'TCP', name: port }
  return { protocol: protocol ?? 'TCP', number: port }
}
