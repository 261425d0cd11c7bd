import { labeledPod } from '../explain/fixes.ts'
import { stableLabels } from '../explain/written-peers.ts'
import { isApiServer } from '../network/api-server.ts'
import type { Endpoint, External } from '../network/endpoint.ts'
import { endpointId, externalId } from '../network/endpoint-ids.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { EndpointRef, Port } from '../report/common.ts'
import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  equal,
  fromCidrs,
  toCidrs,
  unionOf,
} from '../sets/addresses.ts'
import { distinctBy, groupBy, type NonEmpty } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'

/** Denied sides of one direction between the same two endpoints, on one port or several: one rule would allow them. */
export interface DeniedGroup {
  readonly world: World
  /** One in the place of all of them, with the union of their addresses outside the cluster. */
  readonly side: PolicySide
  readonly sides: readonly PolicySide[]
  /** Null for all ports. */
  readonly ports: readonly Port[] | null
  /** The id of the other endpoint, of a workload where they are its Pods. */
  readonly other: string
}

/** The source and the destination of a question. */
export interface QuestionEnds {
  readonly from: EndpointRef
  readonly to: EndpointRef
}

/** Denied sides, grouped by workload, or by labels for Pods without one. */
export function deniedGroups(
  world: World,
  sides: readonly PolicySide[],
  ends: QuestionEnds,
): readonly DeniedGroup[] {
  // No rule can be written for what is not known.
  const denied = sides.filter(side => wordOfSide(side) !== 'yes' && side.otherIdentity.kind !== 'anything')
  const keyOf = ({ direction, subject, other }: PolicySide): string =>
    JSON.stringify([direction, endpointKey(world, subject), endpointKey(world, other)])
  return [...groupBy(denied, keyOf).values()].map(members => {
    const side = joinedSide(members, ends)
    const { other } = side
    return {
      world,
      side,
      sides: members,
      ports: portsOf(members),
      other: other.kind === 'pod' ? labeledPod(world, other.pod).id : endpointId(world, other),
    }
  })
}

/** Addresses outside that are asked for together are one endpoint, however many parts the policies divide them into. */
function endpointKey(world: World, endpoint: Endpoint): string {
  if (endpoint.kind === 'external') return isOutside(endpoint) ? 'outside' : externalId(endpoint.name)
  if (endpoint.kind !== 'pod') return endpointId(world, endpoint)
  const { namespace, workload } = endpoint.pod
  return workload === undefined
    ? JSON.stringify([namespace, stableLabels(endpoint.pod)])
    : `${workload.kind} ${namespace}/${workload.name}`
}

/** Whether it has addresses of its own outside: not the API server, nor what answers on each node. */
const isOutside = (endpoint: External): endpoint is External & { readonly addresses: Addresses } =>
  endpoint.addresses !== undefined && endpoint.isNode !== 'yes' && !isApiServer(endpoint)

/** The side with all addresses outside that the group has, under the name that they have in the question. */
function joinedSide([side, ...others]: NonEmpty<PolicySide>, ends: QuestionEnds): PolicySide {
  const { other } = side
  if (other.kind === 'pod' && other.pod.hostNetwork) return onAllNodes([side, ...others])
  if (other.kind !== 'external' || !isOutside(other)) return side
  if (others.length === 0 && toCidrs(other.addresses).length === 1) return side
  const addresses = unionOf(
    [side, ...others].flatMap(one =>
      one.other.kind === 'external' && one.other.addresses !== undefined ? [one.other.addresses] : [],
    ),
  )
  const { id: name, kind, cidrs = [] } = side.flow.from === other ? ends.from : ends.to
  // Of a block that was asked for, endpoints of the cluster are cut out: a rule is written for the block. A side on the way to
  // it, such as a DNS query, has addresses of its own.
  const block = kind === 'External' && cidrs.length === 1 ? fromCidrs(cidrs) : addresses
  const meant = !other.isRewritten && contains(block, addresses) ? block : addresses
  const whole: Endpoint = {
    kind: 'external',
    name: equal(addresses, EVERY_ADDRESS) ? 'internet' : name,
    addresses: meant,
    ...(other.isRewritten && { isRewritten: true }),
  }
  const { flow } = side
  return {
    ...side,
    other: whole,
    otherIdentity: { kind: 'address', addresses: meant },
    flow: flow.from === other ? { ...flow, from: whole } : { ...flow, to: whole },
  }
}

/** Pods on their nodes' network, which policies take for these nodes: with the addresses of all of them, where they are known. */
function onAllNodes(sides: NonEmpty<PolicySide>): PolicySide {
  const [side] = sides
  const known = sides.flatMap(({ otherIdentity }) =>
    otherIdentity.kind === 'address' && otherIdentity.addresses !== undefined
      ? [otherIdentity.addresses]
      : [],
  )
  if (known.length < sides.length) return side
  return { ...side, otherIdentity: { kind: 'address', addresses: unionOf(known) } }
}

/** Null where one of them is asked for all ports. */
function portsOf(sides: readonly PolicySide[]): DeniedGroup['ports'] {
  // A rule for ICMP is one without ports.
  const ports = sides.flatMap(({ flow: { port } }) =>
    port === null || port.protocol === 'ICMP' ? [] : [port],
  )
  return ports.length < sides.length ? null : distinctBy(ports, port => JSON.stringify(port))
}
