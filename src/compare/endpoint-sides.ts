import { hasNetwork } from '../model/cluster.ts'
import type { Pod } from '../model/objects.ts'
import { addressesOf, type Endpoint, nodeOf } from '../network/endpoint.ts'
import { outsideEndpoints } from '../network/external-blocks.ts'
import { identitiesOf, outsideOfPods } from '../network/ip-families.ts'
import { isNat64Evident } from '../network/nat64.ts'
import { equal, FAMILIES, union } from '../sets/addresses.ts'
import { saysSame } from '../world/same.ts'
import type { World } from '../world/world.ts'
import { matched, type Sides } from './matched-sides.ts'

/** An endpoint as it is in each of two worlds. */
export type EndpointSides = Sides<Endpoint>

/**
 * Every Pod that has a network in one of two worlds, and the addresses outside, cut where the policies of either world
 * distinguish them. `assumed` are Pods that are in neither input. Pods are matched by name; those that are left, which a
 * workload may have created again under other names, are matched by workload in their order.
 */
export function matchEndpoints(
  before: World,
  after: World,
  assumed: readonly Pod[],
): readonly EndpointSides[] {
  const asEndpoint = (pod: Pod | undefined): Endpoint | undefined => pod && { kind: 'pod', pod }
  return [
    ...matched(podsWithAssumed(before, assumed), podsWithAssumed(after, assumed), [podName, makerOf]).map(
      pod => ({
        before: asEndpoint(pod.before),
        after: asEndpoint(pod.after),
      }),
    ),
    ...outsideOf(before, after).map(endpoint => ({ before: endpoint, after: endpoint })),
  ]
}

/** Pods that have a network. */
export const podsWithAssumed = ({ cluster }: World, assumed: readonly Pod[]): readonly Pod[] =>
  [...cluster.pods, ...assumed].filter(hasNetwork)

export const podName = ({ namespace, name }: Pod): string => `${namespace}/${name}`

/** Its workload, or its own name. */
const makerOf = ({ namespace, name, workload }: Pod): string =>
  workload === undefined ? `${namespace}/${name}` : `${workload.kind} ${namespace}/${workload.name}`

/** The addresses outside, cut where the policies of either of two worlds distinguish them. */
export function outsideOf(before: World, after: World): readonly Endpoint[] {
  const [was, is] = [outsideOfPods(before.cluster), outsideOfPods(after.cluster)]
  const divided = equal(was.all, is.all) ? [] : [FAMILIES.IPv4]
  const outside = { all: union(was.all, is.all), blocks: [...was.blocks, ...is.blocks, ...divided] }
  return outsideEndpoints([...before.policies.all, ...after.policies.all], outside)
}

/** Whether an endpoint is in both worlds, with everything equal that decides about its connections except the policies. */
export function isUnchanged(before: World, after: World, { before: was, after: is }: EndpointSides): boolean {
  if (was === undefined || is === undefined || before.profile !== after.profile) return false
  const isSameOutside = isNat64Evident(before) === isNat64Evident(after)
  return (was === is && isSameOutside) || saysSame(seen(before, was), seen(after, is))
}

/** All that an evaluation depends on. */
const seen = (world: World, endpoint: Endpoint): unknown => [
  identitiesOf(world, endpoint),
  addressesOf(world.cluster, endpoint),
  nodeOf(endpoint),
]
