import { labelsOf } from '../explain/near-misses/peer-value.ts'
import { idOf, labeledPod } from '../explain/near-misses/side.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Port } from '../report/common.ts'
import { EVERY_ADDRESS, equal, parseCidr, toCidrs, unionOf } from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import type { RefusedGroup } from './rule.ts'

/** How a question names its two ends. */
export interface Named {
  readonly from: string
  readonly to: string
}

/** Refused sides that one rule would open: those of one direction, between the same workloads, or Pods of the same labels, on whatever ports. */
export function groupsOf(world: World, sides: readonly PolicySide[], named: Named): readonly RefusedGroup[] {
  const refused = sides.filter(side => wordOfSide(side) !== 'yes')
  const groups = new Map<string, [PolicySide, ...PolicySide[]]>()
  for (const one of refused) {
    const key = JSON.stringify([one.direction, endKey(world, one.subject), endKey(world, one.other)])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()].map(members => {
    const side = joined(members, named)
    return {
      world,
      side,
      sides: members,
      ports: portsOf(members),
      subject: nameOf(world, side.subject),
      other: nameOf(world, side.other),
    }
  })
}

/** Addresses outside that are asked for together are one end, in however many parts the policies cut them. */
function endKey(world: World, endpoint: Endpoint): string {
  if (endpoint.kind === 'external') return endpoint.addresses === undefined ? endpoint.name : 'outside'
  if (endpoint.kind !== 'pod') return idOf({ world }, endpoint)
  const { namespace, labels, workload } = endpoint.pod
  return workload === undefined
    ? JSON.stringify([namespace, labelsOf(world, labels, 'all')])
    : `${workload.kind} ${namespace}/${workload.name}`
}

/** The side with all addresses outside that the group has, under the name that the question has for them. */
function joined([side, ...others]: readonly [PolicySide, ...PolicySide[]], named: Named): PolicySide {
  const { other } = side
  if (other.kind !== 'external' || other.addresses === undefined) return side
  if (others.length === 0 && toCidrs(other.addresses).length === 1) return side
  const addresses = unionOf(
    [side, ...others].flatMap(one =>
      one.other.kind === 'external' && one.other.addresses !== undefined ? [one.other.addresses] : [],
    ),
  )
  const name = side.flow.from === other ? named.from : named.to
  // What of a block that was asked for is nobody's may be in many segments: the block is what is meant.
  const block = parseCidr(name)
  const meant = block.kind === 'block' ? block.addresses : addresses
  const whole: Endpoint = {
    kind: 'external',
    name: equal(addresses, EVERY_ADDRESS) ? 'internet' : name,
    addresses: meant,
  }
  const { flow } = side
  return {
    ...side,
    other: whole,
    otherIdentity: { kind: 'address', addresses: meant },
    flow: flow.from === other ? { ...flow, from: whole } : { ...flow, to: whole },
  }
}

const nameOf = (world: World, endpoint: Endpoint): string =>
  labeledPod(world, endpoint)?.id ?? idOf({ world }, endpoint)

/** Null where one of them is asked for all ports. */
function portsOf(sides: readonly PolicySide[]): RefusedGroup['ports'] {
  const ports = new Map<string, Port>()
  for (const { flow } of sides) {
    if (flow.port === null) return null
    ports.set(JSON.stringify(flow.port), flow.port)
  }
  return [...ports.values()]
}
