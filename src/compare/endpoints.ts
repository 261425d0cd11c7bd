import { blocksOf } from '../engine/classes.ts'
import { hasNetwork } from '../model/cluster.ts'
import type { Pod } from '../model/objects.ts'
import { addressesOf, type Endpoint, nodeOf } from '../network/endpoint.ts'
import { identitiesOf } from '../network/ip-families.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { EVERY_ADDRESS } from '../sets/addresses.ts'
import { saysSame } from '../world/same.ts'
import type { World } from '../world/world.ts'
import { matched, type Sides } from './match.ts'

/** An endpoint as it is in each of two worlds. */
export type EndpointSides = Sides<Endpoint>

/**
 * Every Pod that has a network in one of two worlds, and the addresses outside, cut where the policies of either world tell
 * them apart. `assumed` are Pods that are in neither input. A Pod is the same as the one of its name; of those that are
 * left, the Pods of a workload may be made again under other names, and the first then stands for the first.
 */
export function matchEndpoints(
  before: World,
  after: World,
  assumed: readonly Pod[],
): readonly EndpointSides[] {
  const podsOf = ({ cluster }: World) => [...cluster.pods, ...assumed].filter(hasNetwork)
  const asEndpoint = (pod: Pod | undefined): Endpoint | undefined => pod && { kind: 'pod', pod }
  return [
    ...matched(podsOf(before), podsOf(after), [nameOf, makerOf]).map(pod => ({
      before: asEndpoint(pod.before),
      after: asEndpoint(pod.after),
    })),
    ...outsideEndpoints(before, after).map(endpoint => ({ before: endpoint, after: endpoint })),
  ]
}

const nameOf = ({ namespace, name }: Pod): string => `${namespace}/${name}`

/** A Pod without a workload has only its name. */
const makerOf = ({ namespace, name, workload }: Pod): string =>
  workload === undefined ? `${namespace}/${name}` : `${workload.kind} ${namespace}/${workload.name}`

/** The addresses outside, cut where the policies of either of two worlds tell them apart. */
export function outsideEndpoints(before: World, after: World): readonly Endpoint[] {
  const blocks = blocksOf([...before.policies.all, ...after.policies.all])
  const { parts } = classesOfAddresses(EVERY_ADDRESS, blocks)
  return parts.map(addresses => ({ kind: 'external', name: 'internet', addresses }))
}

/** Whether an endpoint is in both worlds, and all that decides about its connections beside the policies is the same. */
export function isUnchanged(before: World, after: World, { before: was, after: is }: EndpointSides): boolean {
  if (was === undefined || is === undefined || before.profile !== after.profile) return false
  return was === is || saysSame(seen(before, was), seen(after, is))
}

/** All that an evaluation asks of an endpoint. */
const seen = (world: World, endpoint: Endpoint): unknown => [
  identitiesOf(world, endpoint),
  addressesOf(world.cluster, endpoint),
  nodeOf(endpoint),
]
