import { classifier } from '../engine/classes.ts'
import type { PolicyIndex } from '../engine/policy-index.ts'
import { familyOf } from '../sets/addresses.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, identityOf, isSubject } from './endpoint.ts'

/** To go through all policies for each of many questions would take most of the time. */
const classifierOf = memoized((policies: PolicyIndex) => classifier(policies.all))

/**
 * A key for each endpoint such that endpoints with the same key stand alike to every one of `among` (and two of the same
 * key to each other): what policies see of it, and its IP families and its node, which could settle the matter before they
 * are asked.
 */
export function endpointClassifier(world: World, among: readonly Endpoint[]): (endpoint: Endpoint) => string {
  const keyOfEnd = classifierOf(world.policies)
  const nodesMatter = among.some(
    endpoint => endpoint.kind === 'node' || (endpoint.kind === 'pod' && endpoint.pod.hostNetwork),
  )
  return endpoint => {
    const addresses = addressesOf(world.cluster, endpoint)
    const ends = (addresses.length === 0 ? [undefined] : addresses).map(
      address => `${address && familyOf(address)} ${keyOfEnd(identityOf(world, endpoint, address))}`,
    )
    if (endpoint.kind !== 'pod')
      return JSON.stringify([endpoint.kind, endpoint.kind === 'node' ? endpoint.node.name : '', ends])
    const { finished, node } = endpoint.pod
    return JSON.stringify([isSubject(endpoint), finished, nodesMatter ? (node ?? null) : '', ends])
  }
}
