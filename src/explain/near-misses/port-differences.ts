import { distance } from 'fastest-levenshtein'
import type { PortTrace, RuleTrace } from '../../engine/evidence.ts'
import type { PortMatch } from '../../policy/policy.ts'
import { portText } from '../../report/open.ts'
import { type Connections, isEmpty, overlaps, type Protocol, ports } from '../../sets/connections.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { below } from '../../source/file.ts'
import { inAnyProtocol, portMatchText } from '../phrases.ts'
import { type Difference, FAR, OTHER, SLIP } from './difference.ts'
import { changing, type Fix } from './fix.ts'
import { destinationOf, idOf, type Side } from './side.ts'

/** What keeps the ports of a rule from being those that were asked for; undefined where nothing does. */
export function portDifference(trace: RuleTrace, side: Side): Difference | undefined {
  const { asked } = side
  if (overlaps(trace.opens, asked.ask)) return undefined
  const [first] = trace.ports
  if (first === undefined) return undefined
  const dialled = asked.dialled
  const mapped = headlessTarget(trace, side)
  if (mapped !== undefined) return mapped
  const ofService = dialled && trace.ports.find(({ opens }) => overlaps(opens, dialled))
  if (ofService !== undefined) return servicePort(ofService, side)
  const unresolved = trace.ports.find(({ port, opens }) => port.kind === 'name' && isEmpty(opens))
  if (unresolved !== undefined) return unresolvedName(unresolved, side)
  const other = trace.ports.find(({ opens }) => overlaps(inAnyProtocol(opens), asked.ask))
  return other === undefined ? otherPort(trace, first, side) : otherProtocol(other, side)
}

/** S-061. */
function servicePort({ port }: PortTrace, side: Side): Difference {
  const isServed = declares(side, side.asked.dialled)
  return {
    reason: 'SERVICE_PORT_IS_NOT_POD_PORT',
    message: `it is about ${portMatchText(port)}, the port of the Service, and policies see that of the Pod behind it: ${side.asked.text}`,
    at: below(port.at, 'port'),
    fix: isServed ? appendingPort(side, port.at, `add port ${side.asked.text}`) : exchangingPort(port, side),
    cost: isServed ? SLIP : SLIP / 2,
  }
}

/** S-215: a rule for the port that a Service would lead to, if it were not headless. */
function headlessTarget({ ports: all }: RuleTrace, side: Side): Difference | undefined {
  const { service } = side.flow.through ?? {}
  const { port: asked } = side.flow
  if (!service?.headless || asked?.number === undefined) return undefined
  const target = service.ports.find(one => one.port === asked.number && one.protocol === asked.protocol)
  if (typeof target?.targetPort !== 'number') return undefined
  const led = ports(asked.protocol, target.targetPort, target.targetPort)
  const meant = all.find(({ opens }) => overlaps(opens, led))
  if (meant === undefined) return undefined
  return {
    reason: 'NEAR_MISS_PORT',
    message: `it is about ${portMatchText(meant.port)}, to which nothing leads from ${side.asked.text}: Service ${service.name} is headless, and its clients have to dial the port of the Pods`,
    at: below(meant.port.at, 'port'),
    fix: appendingPort(side, meant.port.at, `add port ${side.asked.text}`),
    cost: SLIP,
  }
}

/** Whether the destination is a Pod that declares one of the ports. */
function declares(side: Side, wanted: Connections | undefined): boolean {
  const destination = destinationOf(side)
  if (destination.kind !== 'pod' || wanted === undefined) return false
  return destination.ports.some(({ protocol, number }) => overlaps(ports(protocol, number, number), wanted))
}

/** The port that was asked for, in the place of one that nobody listens on. */
function exchangingPort({ at }: PortMatch, { flow: { port } }: Side): Fix | undefined {
  if (port?.number === undefined) return undefined
  const change = { kind: 'write', at: below(at, 'port'), value: port.number } as const
  return { ...changing(`write port: ${port.number}`, change), closesNothing: true }
}

/** S-028, S-029. */
function unresolvedName({ port }: PortTrace, side: Side): Difference {
  const wanted = port.kind === 'name' ? port.name : ''
  const near =
    port.kind === 'name' && port.ignored ? undefined : nearest(wanted, namesOfPort(port.protocol, side))
  const at = below(port.at, 'port')
  return {
    reason: isOfOtherProtocol(port, side) ? 'NEAR_MISS_PROTOCOL' : 'NAMED_PORT_UNRESOLVED',
    message: whyUnresolved(port, side),
    at,
    fix: near === undefined ? writing(port, side) : writingName(at, near),
    cost: costOfName(port, side),
  }
}

/** Whether the destination has a port of that name, but for another protocol. */
function isOfOtherProtocol(port: PortMatch, side: Side): boolean {
  const destination = destinationOf(side)
  if (port.kind !== 'name' || port.ignored || destination.kind !== 'pod') return false
  return destination.ports.some(({ name, protocol }) => name === port.name && protocol !== port.protocol)
}

function costOfName(port: PortMatch, side: Side): number {
  const isOther = side.flow.port !== null && port.protocol !== side.flow.port.protocol
  return destinationOf(side).kind === 'pod' ? (isOther ? OTHER + SLIP : SLIP) : FAR
}

function whyUnresolved(port: PortMatch, side: Side): string {
  const destination = destinationOf(side)
  const [to, named] = [idOf(side, side.flow.to), portMatchText(port)]
  if (port.kind === 'name' && port.ignored)
    return `the network plugin does not know named ports, such as ${port.protocol} ${port.name}`
  if (destination.kind !== 'pod') return `${named} is a name, and only Pods name their ports: ${to} is none`
  const declared = destination.ports.map(({ name, number }) =>
    name === undefined ? number : `${name} (${number})`,
  )
  if (isOfOtherProtocol(port, side))
    return `it is about ${named}, and ${to} has that name for another protocol`
  const has = declared.length === 0 ? 'declares no ports' : `declares ${declared.join(', ')}`
  return `it is about the port named ${port.kind === 'name' ? port.name : named}, and ${to} ${has}`
}

/** What the destination calls the port that was asked for. */
function namesOfPort(protocol: Protocol, side: Side): readonly string[] {
  const destination = destinationOf(side)
  if (destination.kind !== 'pod' || side.flow.port?.protocol !== protocol) return []
  return destination.ports.flatMap(({ name, number, ...port }) =>
    name !== undefined && port.protocol === protocol && number === side.flow.port?.number ? [name] : [],
  )
}

const writingName = (at: Difference['at'], name: string): Fix =>
  changing(`write port: ${name}`, { kind: 'write', at, value: name })

function writing(port: PortMatch, { flow: { port: asked } }: Side): Fix | undefined {
  if (asked?.number === undefined) return undefined
  const write = (field: string, value: unknown) =>
    ({ kind: 'write', at: below(port.at, field), value }) as const
  const ofPort = write('port', asked.number)
  return asked.protocol === port.protocol
    ? changing(`write port: ${asked.number}`, ofPort)
    : changing(
        `write port: ${asked.number} and protocol: ${asked.protocol}`,
        ofPort,
        write('protocol', asked.protocol),
      )
}

/** S-025. */
function otherProtocol({ port }: PortTrace, side: Side): Difference {
  const wanted = side.flow.port
  return {
    reason: 'NEAR_MISS_PROTOCOL',
    message: `it is about ${portMatchText(port)}, not ${side.asked.text}`,
    at: port.at,
    fix:
      wanted === null
        ? undefined
        : appendingPort(side, port.at, `add a port with protocol: ${wanted.protocol}`),
    cost: SLIP,
  }
}

function otherPort(trace: RuleTrace, { port, opens }: PortTrace, side: Side): Difference {
  const listed = trace.ports.map(one => portMatchText(one.port)).join(', ')
  const [written, asked] = [portMatchText(port), portText(side.flow.port)]
  const isNear = isSwapped(written, asked) || distance(written, asked) === 1
  const at = isNear ? below(port.at, 'port') : port.at
  // Ports that are told apart by one digit may both be meant, unless the Pod knows but one of them.
  const isSure = isSwapped(written, asked) || declares(side, side.asked.ask)
  const isInstead = isNear && isSure && !declares(side, opens)
  const fix =
    isInstead && trace.ports.length === 1
      ? exchangingPort(port, side)
      : appendingPort(side, port.at, `add port ${side.asked.text}`)
  const isOtherProtocol = trace.ports.every(one => one.port.protocol !== side.flow.port?.protocol)
  const cost = isNear ? SLIP * 1.5 : isOtherProtocol ? OTHER + SLIP : OTHER
  return {
    reason: 'NEAR_MISS_PORT',
    message: `it is about ${listed}, not ${side.asked.text}`,
    at,
    fix,
    cost,
  }
}

function appendingPort({ flow: { port } }: Side, at: Difference['at'], text: string): Fix | undefined {
  if (port === null || port.number === undefined) return undefined
  const to = { ...at, path: at.path.slice(0, -1) }
  const { protocol, number } = port
  return changing(text, { kind: 'append', to, item: { protocol, port: number } })
}

/** The same digits in another order. */
const isSwapped = (written: string, wanted: string): boolean =>
  [...written].sort().join('') === [...wanted].sort().join('')
