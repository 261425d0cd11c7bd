import type { World } from '../world/world.ts'
import { isSame, type Party } from './endpoint.ts'
import { partyClassifier } from './endpoint-classes.ts'

/**
 * The pairs to be asked: one source of each kind that can be told apart, with each destination. A Pod with itself only
 * where there is no other pair: two Pods of one workload are different Pods (S-047).
 */
export function pairsOf(
  world: World,
  sources: readonly Party[],
  targets: readonly Party[],
): readonly (readonly [Party, Party])[] {
  // To tell one source apart from itself would take longer than to ask about it.
  const firsts =
    sources.length > 1
      ? firstOfEach(partyClassifier(world, [...sources, ...targets]))
      : (only: readonly Party[]) => only
  const pairs = targets.flatMap(to => {
    const others = sources.filter(from => !isSame(from, to))
    return firsts(others).map(from => [from, to] as const)
  })
  return pairs.length > 0 ? pairs : sources.flatMap(from => targets.map(to => [from, to] as const))
}

/** The first parties of each class, one unless more are wanted, in the order of the list. */
export function firstOfEach(
  classOf: (party: Party) => string,
  most = 1,
): (parties: readonly Party[]) => readonly Party[] {
  return parties => {
    const seen = new Map<string, number>()
    return parties.filter(party => {
      const key = classOf(party)
      const count = (seen.get(key) ?? 0) + 1
      seen.set(key, count)
      return count <= most
    })
  }
}
