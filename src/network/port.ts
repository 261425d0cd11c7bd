import type { Pod } from '../model/objects.ts'
import type { Port } from '../report/common.ts'
import { parseAddress, parseCidr } from '../sets/addresses.ts'
import {
  ALL,
  type Connections,
  HIGHEST_PORT,
  LOWEST_PORT,
  NONE,
  PROTOCOLS,
  type Protocol,
  ports,
  union,
} from '../sets/connections.ts'
import { cannotAnswer } from '../source/cannot-answer.ts'
import { nearest, startsLike } from '../source/did-you-mean.ts'

/** Which connections a question is about; everything where neither is given. A name is looked up on the destination. */
export interface PortQuestion {
  readonly protocol: Protocol | undefined
  readonly port: number | string | undefined
}

/** `api:8080` → the name and the port behind it; an IPv6 address with a port stands in brackets. */
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

/** Joins what `TO:PORT`, `--port` and `--protocol` say; throws CannotAnswer where they contradict each other. */
export function portQuestion(
  behindName: string | undefined,
  portFlag: string | undefined,
  protocolFlag: string | undefined,
): PortQuestion {
  if (behindName !== undefined && portFlag !== undefined && behindName !== portFlag)
    cannotAnswer('PORT_GIVEN_TWICE', `the port is given twice: \`:${behindName}\` and \`--port ${portFlag}\``)
  const typed = behindName ?? portFlag
  const [portText, protocolText] = typed === undefined ? [] : typed.split(/\/(.*)/s, 2)
  const protocol = parseProtocol(protocolText)
  const flagged = parseProtocol(protocolFlag)
  if (protocol !== undefined && flagged !== undefined && protocol !== flagged)
    cannotAnswer(
      'PORT_GIVEN_TWICE',
      `the protocol is given twice: \`${typed}\` and \`--protocol ${protocolFlag}\``,
    )
  return { protocol: protocol ?? flagged, port: portText === undefined ? undefined : parsePort(portText) }
}

function parseProtocol(typed: string | undefined): Protocol | undefined {
  if (typed === undefined) return undefined
  const found = PROTOCOLS.find(protocol => protocol.toLowerCase() === typed.toLowerCase())
  if (found !== undefined) return found
  const near = nearest(typed, PROTOCOLS.filter(startsLike(typed)))?.toLowerCase()
  return cannotAnswer(
    'BAD_PROTOCOL',
    `\`${typed}\` is no protocol`,
    near ? `did you mean \`${near}\`?` : 'write tcp, udp or sctp: policies know no other',
  )
}

function parsePort(typed: string): number | string {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(typed) && /[a-z]/.test(typed)) return typed
  const number = /^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN
  if (number >= LOWEST_PORT && number <= HIGHEST_PORT) return number
  return cannotAnswer(
    'BAD_PORT',
    `\`${typed}\` is no port`,
    `write a number from ${LOWEST_PORT} to ${HIGHEST_PORT} or a port's name, with /udp or /sctp behind it if it is not TCP`,
  )
}

/** What is asked of one destination. */
export interface Asking {
  readonly ask: Connections
  readonly port: Port | null
}

/**
 * What a question means for a destination; undefined for a port name that it does not declare. A number without a
 * protocol is TCP, as in a policy (S-025); a name has the protocol that it is declared with.
 */
export function askOf({ protocol, port }: PortQuestion, pod: Pod | undefined): Asking | undefined {
  if (port === undefined)
    return protocol === undefined ? { ask: ALL, port: null } : { ask: ports(protocol), port: { protocol } }
  if (typeof port === 'number') {
    const of = protocol ?? 'TCP'
    return { ask: ports(of, port, port), port: { protocol: of, number: port } }
  }
  const declared = (pod?.ports ?? []).filter(
    candidate => candidate.name === port && (protocol === undefined || candidate.protocol === protocol),
  )
  const [first, ...more] = declared
  if (first === undefined) return undefined
  // A name on several containers is each of their ports (S-030).
  const ask = declared.reduce<Connections>(
    (set, { number, protocol: of }) => union(set, ports(of, number, number)),
    NONE,
  )
  const number = more.length === 0 ? { number: first.number } : {}
  return { ask, port: { protocol: first.protocol, ...number, name: port } }
}

/** The question as a report shows it, before a name is looked up. */
export function asPort({ protocol, port }: PortQuestion): Port | null {
  if (port === undefined) return protocol === undefined ? null : { protocol }
  if (typeof port === 'string') return { protocol: protocol ?? 'TCP', name: port }
  return { protocol: protocol ?? 'TCP', number: port }
}
