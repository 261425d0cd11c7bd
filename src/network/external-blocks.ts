import { blocksOf } from '../engine/classes.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, EVERY_ADDRESS, intersect, isEmpty, subtract, toCidrs } from '../sets/addresses.ts'
import { firstFew } from '../words/names.ts'
import type { World } from '../world/world.ts'
import type { External } from './endpoint.ts'

/**
 * Addresses cut into the fewest endpoints that the policies tell apart; a part of a whole is named by its first block, which
 * is in no other part.
 */
export function externalEndpoints(world: World, name: string, addresses: Addresses): readonly External[] {
  const { parts } = classesOfAddresses(addresses, blocksOf(world.policies.all))
  if (parts.length === 1) return [{ kind: 'external', name, addresses }]
  return parts.map(part => ({ kind: 'external', name: firstFew(toCidrs(part), 1), addresses: part }))
}

/**
 * The world outside in the parts that the policies tell apart, and for each of `cuts` those that are in it from those that are not:
 * `internet` where it is one.
 */
export function outsideEndpoints(world: World, cuts: readonly Addresses[] = []): readonly External[] {
  const wholes = cuts.reduce<readonly Addresses[]>(
    (all, cut) =>
      all.flatMap(whole => [intersect(whole, cut), subtract(whole, cut)]).filter(whole => !isEmpty(whole)),
    [EVERY_ADDRESS],
  )
  const parts = wholes.flatMap(whole => externalEndpoints(world, 'internet', whole))
  if (parts.length === 1) return parts
  return parts.map((part, index) => ({ ...part, name: `external-${index + 1}` }))
}
