import type { World } from '../world/world.ts'
import { type Endpoint, isSame } from './endpoint.ts'
import { endpointClassifier } from './endpoint-classes.ts'

/**
 * The pairs to be asked: one source of each kind that can be told apart, with each destination. A Pod with itself only
 * where there is no other pair: two Pods of one workload are different Pods (S-047).
 */
export function pairsOf(
  world: World,
  sources: readonly Endpoint[],
  targets: readonly Endpoint[],
): readonly (readonly [Endpoint, Endpoint])[] {
  // To tell one source apart from itself would take longer than to ask about it.
  const firsts =
    sources.length > 1
      ? firstOfEach(endpointClassifier(world, [...sources, ...targets]))
      : (only: readonly Endpoint[]) => only
  const pairs = targets.flatMap(to => {
    const others = sources.filter(from => !isSame(from, to))
    return firsts(others).map(from => [from, to] as const)
  })
  return pairs.length > 0 ? pairs : sources.flatMap(from => targets.map(to => [from, to] as const))
}

/** The first endpoints of each class, one unless more are wanted, in the order of the list. */
export function firstOfEach(
  classOf: (endpoint: Endpoint) => string,
  most = 1,
): (endpoints: readonly Endpoint[]) => readonly Endpoint[] {
  return endpoints => {
    const seen = new Map<string, number>()
    return endpoints.filter(endpoint => {
      const key = classOf(endpoint)
      const count = (seen.get(key) ?? 0) + 1
      seen.set(key, count)
      return count <= most
    })
  }
}
