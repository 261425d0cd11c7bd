import { blocksOf } from '../engine/classes.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, EVERY_ADDRESS, intersect, isEmpty, subtract, toCidrs } from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import type { External } from './endpoint.ts'

/** Addresses cut into the fewest endpoints that the policies tell apart; parts of a whole are named by their blocks. */
export function externalEndpoints(world: World, name: string, addresses: Addresses): readonly External[] {
  const { parts } = classesOfAddresses(addresses, blocksOf(world.policies.all))
  if (parts.length === 1) return [{ kind: 'external', name, addresses }]
  return parts.map(part => ({ kind: 'external', name: nameOfPart(toCidrs(part)), addresses: part }))
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

/** `10.0.1.0/24`, or the first of many: parts are disjoint, so it is no other part's name. */
function nameOfPart([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`
}
