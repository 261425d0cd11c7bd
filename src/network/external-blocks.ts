import { blocksOf } from '../engine/classes.ts'
import type { Policy } from '../policy/policy.ts'
import { classesOfAddresses } from '../sets/address-classes.ts'
import { type Addresses, intersect, isEmpty, subtract } from '../sets/addresses.ts'
import type { External, ExternalName } from './endpoint.ts'
import type { Outside } from './ip-families.ts'
import { blocksBehindNat64 } from './nat64.ts'

/** Addresses outside as the fewest endpoints that the policies tell apart and that are in or outside each of `more`. */
export function externalEndpoints(
  policies: readonly Policy[],
  name: ExternalName,
  addresses: Addresses,
  more: readonly Addresses[] = [],
): readonly External[] {
  const blocks = [...blocksOf(policies), ...blocksBehindNat64(policies), ...more]
  const { parts } = classesOfAddresses(addresses, blocks)
  if (parts.length === 1) return [{ kind: 'external', name, addresses }]
  return parts.map(part => ({
    kind: 'external',
    name: { kind: 'part', addresses: part },
    addresses: part,
  }))
}

/**
 * The addresses outside as the fewest endpoints that the policies tell apart and that are in or outside each of `blocks`;
 * `internet` where it is one.
 */
export function outsideEndpoints(
  policies: readonly Policy[],
  outside: Outside,
  more: readonly Addresses[] = [],
): readonly External[] {
  const wholes = [...outside.blocks, ...more].reduce<readonly Addresses[]>(
    (all, block) =>
      all
        .flatMap(whole => [intersect(whole, block), subtract(whole, block)])
        .filter(whole => !isEmpty(whole)),
    [outside.all],
  )
  const parts = wholes.flatMap(whole => externalEndpoints(policies, 'internet', whole))
  if (parts.length === 1) return parts
  return parts.map((part, index) => ({ ...part, name: `external-${index + 1}` }))
}
