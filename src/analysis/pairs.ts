import { isSame, type Party } from './party.ts'
import { partyClassifier } from './party-classes.ts'
import type { World } from './world.ts'

/**
 * The pairs to be asked: one source of each kind that can be told apart, with each destination. A Pod with itself only
 * where there is no other pair: two Pods of one workload are different Pods (S-047).
 */
export function pairsOf(
  world: World,
  sources: readonly Party[],
  targets: readonly Party[],
): readonly (readonly [Party, Party])[] {
  const classOf = partyClassifier(world, [...sources, ...targets])
  const pairs = targets.flatMap(to => {
    const others = sources.filter(from => !isSame(from, to))
    return firstOfEach(others, classOf).map(from => [from, to] as const)
  })
  return pairs.length > 0 ? pairs : sources.flatMap(from => targets.map(to => [from, to] as const))
}

/** The first party of each class, in the order of the list. */
function firstOfEach(parties: readonly Party[], classOf: (party: Party) => string): readonly Party[] {
  const first = new Map<string, Party>()
  for (const party of parties) {
    const key = classOf(party)
    if (!first.has(key)) first.set(key, party)
  }
  return [...first.values()]
}
