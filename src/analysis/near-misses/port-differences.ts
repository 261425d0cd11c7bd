import { distance } from 'fastest-levenshtein'
import type { PortTrace, RuleTrace } from '../../engine/evidence.ts'
import { portText } from '../../report/open.ts'
import { isEmpty, overlaps } from '../../sets/connections.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { below } from '../../source/file.ts'
import { inAnyProtocol, portMatchText } from '../phrases.ts'
import { type Difference, FAR, OTHER, SLIP } from './difference.ts'
import { changing, type Mend } from './mend.ts'
import { destinationOf, idOf, type Side } from './side.ts'

/** What keeps the ports of a rule from being those that were asked for; undefined where nothing does. */
export function portDifference(trace: RuleTrace, side: Side): Difference | undefined {
  const { asked } = side
  if (overlaps(trace.opens, asked.ask)) return undefined
  const [first] = trace.ports
  if (first === undefined) return undefined
  const dialled = asked.dialled
  const ofService = dialled && trace.ports.find(({ opens }) => overlaps(opens, dialled))
  if (ofService !== undefined) return servicePort(ofService, side)
  const unresolved = trace.ports.find(({ port, opens }) => port.kind === 'name' && isEmpty(opens))
  if (unresolved !== undefined) return unresolvedName(unresolved, side)
  const other = trace.ports.find(({ opens }) => overlaps(inAnyProtocol(opens), asked.ask))
  return other === undefined ? otherPort(trace, first, side) : otherProtocol(other, side)
}

/** S-061. */
function servicePort({ port }: PortTrace, side: Side): Difference {
  const number = side.leg.port?.number
  return {
    reason: 'SERVICE_PORT_IS_NOT_POD_PORT',
    message: `it is about ${portMatchText(port)}, the port of the Service, and policies see that of the Pod behind it: ${side.asked.text}`,
    at: below(port.at, 'port'),
    mend:
      number === undefined
        ? undefined
        : changing(`write port: ${number}`, { kind: 'write', at: below(port.at, 'port'), value: number }),
    cost: SLIP / 2,
  }
}

/** S-028, S-029. */
function unresolvedName({ port }: PortTrace, side: Side): Difference {
  const destination = destinationOf(side)
  const to = idOf(side, side.leg.to)
  const at = below(port.at, 'port')
  if (destination.kind !== 'pod')
    return {
      reason: 'NAMED_PORT_UNRESOLVED',
      message: `${portMatchText(port)} is a name, and only Pods give their ports names: ${to} is none`,
      at,
      mend: writing(at, side),
      cost: FAR,
    }
  if (port.kind === 'name' && port.ignored)
    return {
      reason: 'NAMED_PORT_UNRESOLVED',
      message: `the network plugin does not know named ports, such as ${port.protocol} ${port.name}`,
      at,
      mend: writing(at, side),
      cost: SLIP,
    }
  const wanted = port.kind === 'name' ? port.name : ''
  const names = destination.ports.flatMap(({ name, protocol, number }) =>
    name !== undefined && protocol === port.protocol && number === side.leg.port?.number ? [name] : [],
  )
  const near = nearest(wanted, names)
  const declared = destination.ports.map(({ name, number }) =>
    name === undefined ? number : `${name} (${number})`,
  )
  const has = declared.length === 0 ? 'declares no ports' : `declares ${declared.join(', ')}`
  return {
    reason: 'NAMED_PORT_UNRESOLVED',
    message: `it is about the port named ${wanted}, and ${to} ${has}`,
    at,
    mend:
      near === undefined
        ? writing(at, side)
        : changing(`write port: ${near}`, { kind: 'write', at, value: near }),
    cost: SLIP,
  }
}

function writing(at: Difference['at'], { leg: { port } }: Side): Mend | undefined {
  if (port?.number === undefined) return undefined
  return changing(`write port: ${port.number}`, { kind: 'write', at, value: port.number })
}

/** S-025. */
function otherProtocol({ port }: PortTrace, side: Side): Difference {
  const wanted = side.leg.port
  return {
    reason: 'NEAR_MISS_PROTOCOL',
    message: `it is about ${portMatchText(port)}, not ${side.asked.text}`,
    at: port.at,
    mend:
      wanted === null
        ? undefined
        : appendingPort(side, port.at, `add a port with protocol: ${wanted.protocol}`),
    cost: SLIP,
  }
}

function otherPort({ ports }: RuleTrace, { port }: PortTrace, side: Side): Difference {
  const number = side.leg.port?.number
  const listed = ports.map(trace => portMatchText(trace.port)).join(', ')
  const isNear = number !== undefined && isSlip(portMatchText(port), portText(side.leg.port))
  const at = isNear ? below(port.at, 'port') : port.at
  const mend =
    isNear && ports.length === 1
      ? changing(`write port: ${number}`, { kind: 'write', at, value: number })
      : appendingPort(side, port.at, `add port ${side.asked.text}`)
  const cost = isNear
    ? SLIP * 1.5
    : ports.every(trace => trace.port.protocol !== side.leg.port?.protocol)
      ? OTHER + SLIP
      : OTHER
  return {
    reason: 'NEAR_MISS_PORT',
    message: `it is about ${listed}, not ${side.asked.text}`,
    at,
    mend,
    cost,
  }
}

function appendingPort({ leg: { port } }: Side, at: Difference['at'], text: string): Mend | undefined {
  if (port === null || port.number === undefined) return undefined
  const to = { ...at, path: at.path.slice(0, -1) }
  const { protocol, number } = port
  return changing(text, { kind: 'append', to, item: { protocol, port: number } })
}

/** One digit, or two that changed places. */
const isSlip = (written: string, wanted: string): boolean =>
  distance(written, wanted) === 1 || [...written].sort().join('') === [...wanted].sort().join('')
