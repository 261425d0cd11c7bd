import type { Endpoint } from '../network/endpoint.ts'
import { onHostNetwork } from '../network/selected-pods.ts'
import type { Direction } from '../policy/policy.ts'
import type { Step } from '../report/report.ts'
import type { World } from '../world/world.ts'
import { placeText } from './phrases.ts'

/**
 * A side that no policy decides because the Pod is on its node's network, where some would isolate any other Pod with its
 * labels: that they do nothing for it is the news (S-043).
 */
export function besidePolicies(
  world: World,
  direction: Direction,
  endpoint: Endpoint,
  id: string,
): Step | undefined {
  if (endpoint.kind !== 'pod' || !endpoint.pod.hostNetwork) return undefined
  const { pod } = endpoint
  const [first, ...more] = world.networkPolicies.filter(
    policy =>
      policy.directions.some(one => one.direction === direction) &&
      onHostNetwork(world, policy).includes(pod),
  )
  if (first === undefined) return undefined
  const others = more.length === 0 ? '' : ` and ${more.length} more`
  return {
    step: direction,
    verdict: 'yes',
    reason: 'NOT_SUBJECT_TO_POLICIES',
    message: `${id} is on the network of its node, where ${first.name} (${placeText(first.at)})${others} cannot isolate it for ${direction}`,
    object: id,
  }
}
