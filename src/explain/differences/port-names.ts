import type { Identity, RuleTrace } from '../../engine/evidence.ts'
import type { Service } from '../../model/objects.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import { dialed, serviceSelects, targetOn } from '../../network/service-backends.ts'
import type { PortMatch } from '../../policy/policy.ts'
import type { PortNameUnknown } from '../../report/facts/policies.ts'
import { isEmpty, overlaps } from '../../sets/connections.ts'
import { nearest } from '../../source/did-you-mean.ts'
import { below } from '../../source/file.ts'
import type { World } from '../../world/world.ts'
import { type Fix, writingFields } from '../fixes.ts'
import { namedPortFacts } from '../policy-facts.ts'
import { addingPort, declaredPorts, destinationOf } from './destination-ports.ts'
import { type Difference, FAR, OTHER_VALUE, SURE, TYPO } from './difference.ts'

type PortNameMatch = Extract<PortMatch, { kind: 'name' }>

/**
 * S-028, S-029: a name that the destination does not have. Of several, the one that is likely meant for the port that was asked for.
 */
export function unresolvedName(
  world: World,
  side: PolicySide,
  { ports: all }: RuleTrace,
): Difference | undefined {
  const unresolved = all.flatMap(one => (one.port.kind === 'name' && isEmpty(one.covers) ? [one.port] : []))
  const [first] = unresolved
  if (first === undefined) return undefined
  const ofService = servicePortNamed(world, side, unresolved)
  if (ofService !== undefined) return nameOfService(world, side, ofService)
  const similar = unresolved.find(port => similarName(side, port) !== undefined)
  const port = similar ?? first
  const { port: asked, to } = side.flow
  const { at, protocol, ignored } = port
  const destination = destinationOf(side)
  const declared = declaredPorts(side)
  const isOther = similar === undefined && all.length > 1
  const cost = isOther ? OTHER_VALUE : TYPO
  const difference = {
    at: below(at, 'port'),
    // What is written for another port stays.
    fix: isOther ? addingPort(side, at) : correctingName(side, port),
    cost:
      destination.kind === 'pod'
        ? asked !== null && asked.protocol !== protocol
          ? OTHER_VALUE + TYPO
          : cost
        : FAR,
  }
  const facts = { port: namedPortFacts(port), destination: endpointId(world, to) }
  if (!ignored && declared.some(one => one.name === port.name && one.protocol !== protocol))
    return { code: 'NEAR_MISS_PROTOCOL', facts: { about: 'name', ...facts }, ...difference }
  return { code: 'NAMED_PORT_UNRESOLVED', facts: whyUnresolved(destination, facts), ...difference }
}

/** A name that a Service has for the port that was asked for, and not the Pod behind it. */
interface ServiceName {
  readonly port: PortNameMatch
  readonly service: Service
}

function servicePortNamed(
  { cluster }: World,
  { flow: { through, ask, to } }: PolicySide,
  unresolved: readonly PortNameMatch[],
): ServiceName | undefined {
  if (to.kind !== 'pod') return undefined
  const { pod } = to
  const services = through ? [through.service] : cluster.services.filter(one => serviceSelects(one, pod))
  for (const service of services)
    for (const servicePort of service.ports) {
      const number = targetOn(pod, servicePort)
      if (number === undefined || !overlaps(dialed({ ...servicePort, port: number }), ask)) continue
      const port = unresolved.find(
        ({ name, protocol, ignored }) =>
          !ignored && name === servicePort.name && protocol === servicePort.protocol,
      )
      if (port !== undefined) return { port, service }
    }
  return undefined
}

function nameOfService(world: World, side: PolicySide, { port, service }: ServiceName): Difference {
  const number = side.flow.port?.number
  const own = declaredPorts(side).find(one => one.number === number && one.protocol === port.protocol)
  const value = own?.name ?? number
  return {
    code: 'NAMED_PORT_UNRESOLVED',
    facts: {
      why: 'name-of-service',
      port: namedPortFacts(port),
      service: `${service.namespace}/${service.name}`,
      destination: endpointId(world, side.flow.to),
      ...(own?.name !== undefined && { own: { name: own.name, number: own.number } }),
    },
    at: below(port.at, 'port'),
    fix: value === undefined ? undefined : writingFields(port.at, { port: value }),
    cost: SURE,
  }
}

function whyUnresolved(
  destination: Identity,
  facts: Pick<Extract<PortNameUnknown, { why: 'not-a-pod' }>, 'port' | 'destination'>,
): PortNameUnknown {
  if (facts.port.ignored) return { why: 'plugin', port: facts.port }
  if (destination.kind !== 'pod') return { why: 'not-a-pod', ...facts }
  const declared = destination.ports.map(({ name, number }) => ({
    ...(name !== undefined && { name }),
    number,
  }))
  return { why: 'other-ports', ...facts, declared }
}

/** The name that the destination has for the port that was asked for, if it is similar; else the number of the port. */
function correctingName(side: PolicySide, port: PortNameMatch): Fix | undefined {
  const { port: asked } = side.flow
  if (asked?.number === undefined) return undefined
  const { number, protocol } = asked
  if (protocol !== port.protocol) return writingFields(port.at, { port: number, protocol })
  return writingFields(port.at, { port: similarName(side, port) ?? number })
}

function similarName(side: PolicySide, { name, protocol, ignored }: PortNameMatch): string | undefined {
  const number = side.flow.port?.number
  if (ignored || number === undefined) return undefined
  return nearest(
    name,
    declaredPorts(side).flatMap(one =>
      one.name !== undefined && one.protocol === protocol && one.number === number ? [one.name] : [],
    ),
  )
}
