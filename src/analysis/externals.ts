import { blocksOf } from '../engine/classes.ts'
import { cut } from '../sets/address-classes.ts'
import type { Addresses } from '../sets/addresses.ts'
import type { External } from './party.ts'
import type { World } from './world.ts'

/** Addresses cut into the fewest parties that the policies tell apart; a part has a number behind the name. */
export function externalParties(world: World, name: string, addresses: Addresses): readonly External[] {
  const parts = cut(addresses, blocksOf(world.policies.all))
  return parts.map((part, index) => ({
    kind: 'external',
    name: parts.length === 1 ? name : `${name}-${index + 1}`,
    addresses: part,
  }))
}
