import { blocksOf } from '../engine/classes.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, toCidrs } from '../sets/addresses.ts'
import type { External } from './party.ts'
import type { World } from './world.ts'

/** Addresses cut into the fewest parties that the policies tell apart; parts of a whole are named by their blocks. */
export function externalParties(world: World, name: string, addresses: Addresses): readonly External[] {
  const { parts } = classesOfAddresses(addresses, blocksOf(world.policies.all))
  if (parts.length === 1) return [{ kind: 'external', name, addresses }]
  return parts.map(part => ({ kind: 'external', name: nameOfPart(toCidrs(part)), addresses: part }))
}

/** `10.0.1.0/24`, or the first of many: parts are disjoint, so it is no other part's name. */
function nameOfPart([first = '', ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} and ${more.length} more`
}
