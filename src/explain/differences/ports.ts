import { distance } from 'fastest-levenshtein'
import type { PortTrace, RuleTrace } from '../../engine/evidence.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { PortMatch } from '../../policy/policy.ts'
import type { Port } from '../../report/common.ts'
import { byProtocol, type Connections, overlaps, PROTOCOLS, ports, union } from '../../sets/connections.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { type Fix, writingFields } from '../fixes.ts'
import { portFacts } from '../policy-facts.ts'
import { addingPort, declaredPorts } from './destination-ports.ts'
import { type Difference, OTHER_VALUE, type RuleContext, SIMILAR_NUMBER, SURE, TYPO } from './difference.ts'
import { unresolvedName } from './port-names.ts'

/** Why the ports of a rule are not those that were asked for; nothing where they are. */
export function portDifferences({ world, side }: RuleContext, trace: RuleTrace): readonly Difference[] {
  const [first] = trace.ports
  if (first === undefined || overlaps(trace.covers, side.flow.ask)) return []
  return [
    headlessTarget(side, trace) ??
      servicePort(world, side, trace) ??
      unresolvedName(world, side, trace) ??
      otherProtocol(side, trace) ??
      otherPort(side, trace, first),
  ]
}

/** The same port numbers in every protocol. */
function inAnyProtocol(set: Connections): Connections {
  let all = set
  for (const { ports: ranges } of byProtocol(set))
    for (const [first, last] of ranges)
      for (const protocol of PROTOCOLS) all = union(all, ports(protocol, first, last))
  return all
}

/** S-061. */
function servicePort(world: World, side: PolicySide, { ports: all }: RuleTrace): Difference | undefined {
  const { through } = side.flow
  if (through === undefined) return undefined
  const port = all.find(({ covers }) => overlaps(covers, through.dialed))?.port
  if (port === undefined) return undefined
  const isServed = declares(side, through.dialed)
  return {
    code: 'SERVICE_PORT_IS_NOT_POD_PORT',
    facts: {
      port: portFacts(port),
      asked: side.flow.port,
      ...(side.flow.to.kind !== 'pod' && { destination: endpointId(world, side.flow.to) }),
    },
    at: below(port.at, 'port'),
    fix: isServed ? addingPort(side, port.at) : exchangingPort(side, port),
    cost: isServed ? TYPO : SURE,
  }
}

/** S-215: a rule for the target port of a headless Service, which does not translate ports. */
function headlessTarget(side: PolicySide, { ports: all }: RuleTrace): Difference | undefined {
  const { port: asked, through: { service } = {} } = side.flow
  if (!service?.headless || asked?.number === undefined) return undefined
  const target = service.ports.find(one => one.port === asked.number && one.protocol === asked.protocol)
  if (typeof target?.targetPort !== 'number') return undefined
  const led = ports(asked.protocol, target.targetPort, target.targetPort)
  const matching = all.find(({ covers }) => overlaps(covers, led))
  if (matching === undefined) return undefined
  return {
    code: 'NEAR_MISS_PORT',
    facts: { ports: [portFacts(matching.port)], asked, headless: service.name },
    at: below(matching.port.at, 'port'),
    fix: addingPort(side, matching.port.at),
    cost: TYPO,
  }
}

/** Whether the destination is a Pod that declares one of the ports. */
const declares = (side: PolicySide, wanted: Connections): boolean =>
  declaredPorts(side).some(({ protocol, number }) => overlaps(ports(protocol, number, number), wanted))

/** Replaces a port that nothing listens on by the one that was asked for. */
function exchangingPort({ flow: { port } }: PolicySide, { at }: PortMatch): Fix | undefined {
  if (port?.number === undefined) return undefined
  return { ...writingFields(at, { port: port.number }), closesNothing: true }
}

/** S-025. */
function otherProtocol(side: PolicySide, { ports: all }: RuleTrace): Difference | undefined {
  const { port: asked, ask } = side.flow
  const port = all.find(({ covers }) => overlaps(inAnyProtocol(covers), ask))?.port
  if (port === undefined || asked === null || asked.protocol === 'ICMP') return undefined
  const { protocol } = asked
  return {
    code: 'NEAR_MISS_PROTOCOL',
    facts: { about: 'number', port: portFacts(port), asked },
    at: port.at,
    fix: addingPort(side, port.at, () => ({ kind: 'add-protocol', protocol })),
    cost: TYPO,
  }
}

function otherPort(side: PolicySide, trace: RuleTrace, { port, covers }: PortTrace): Difference {
  const { port: asked, ask } = side.flow
  const typo = typoIn(port, asked)
  // Two ports that differ in one digit may both be intended, unless the Pod declares only one of them.
  const isSure = typo === 'digits swapped' || (typo !== undefined && declares(side, ask))
  const isInstead = isSure && !declares(side, covers) && trace.ports.length === 1
  const isOtherProtocol = trace.ports.every(one => one.port.protocol !== asked?.protocol)
  const otherCost = isOtherProtocol ? OTHER_VALUE + TYPO : OTHER_VALUE
  return {
    code: 'NEAR_MISS_PORT',
    facts: { ports: trace.ports.map(one => portFacts(one.port)), asked },
    at: typo === undefined ? port.at : below(port.at, 'port'),
    fix: isInstead ? exchangingPort(side, port) : addingPort(side, port.at),
    cost: typo === undefined ? otherCost : SIMILAR_NUMBER,
  }
}

/** How a port that is written may be a typo of the one that was asked for. */
function typoIn(port: PortMatch, asked: Port | null): 'digits swapped' | 'one digit' | undefined {
  const number = numberOf(port)
  if (number === undefined || asked?.number === undefined || port.protocol !== asked.protocol)
    return undefined
  const [written, wanted] = [String(number), String(asked.number)]
  if ([...written].sort().join() === [...wanted].sort().join()) return 'digits swapped'
  return distance(written, wanted) === 1 ? 'one digit' : undefined
}

/** The only port of an item; undefined for a name, and for a range, which one digit does not correct. */
function numberOf(port: PortMatch): number | undefined {
  const [range, ...more] = port.kind === 'numbers' ? byProtocol(port.open).flatMap(one => one.ports) : []
  if (range === undefined || more.length > 0 || (port.kind === 'numbers' && port.written)) return undefined
  return range[0] === range[1] ? range[0] : undefined
}
