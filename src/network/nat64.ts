import { blocksOf } from '../engine/classes.ts'
import type { PolicyIndex } from '../engine/policy-index.ts'
import type { Policy } from '../policy/policy.ts'
import {
  type Addresses,
  contains,
  equal,
  familyOf,
  fromCidrs,
  intersect,
  isEmpty,
  NO_ADDRESS,
} from '../sets/addresses.ts'
import { publicHosts } from '../sets/hosts.ts'
import { fromBoundaries } from '../sets/intervals.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint } from './endpoint.ts'

/*
 * NAT64: a gateway that gives IPv6 clients an address for each IPv4 address (RFC 6052, RFC 8215). Nothing in a cluster has to tell of
 * it; policies that have blocks of its prefixes do.
 */

const WELL_KNOWN = '64:ff9b::/96'
const prefixes = lazily(() => [WELL_KNOWN, '64:ff9b:1::/48'].map(prefix => fromCidrs([prefix])))

/** RFC 6052, 3.1: the well-known prefix represents global addresses alone. */
const represented = lazily(() => publicHosts('IPv4'))

/** A block that only happens to hold a prefix, such as `::/0`, tells nothing. */
const isAbout = (block: Addresses, prefix: Addresses): boolean => {
  const within = intersect(block, prefix)
  return !isEmpty(within) && (contains(prefix, block) || !equal(within, prefix))
}

const isEvidentIn = (policies: readonly Policy[]): boolean =>
  blocksOf(policies).some(block => prefixes().some(prefix => isAbout(block, prefix)))

const isEvidentBy = memoized((policies: PolicyIndex) => isEvidentIn(policies.all))

export const isNat64Evident = ({ policies }: World): boolean => isEvidentBy(policies)

/** As IPv6 clients dial an endpoint outside that has IPv4 addresses alone; undefined where no NAT64 is evident. */
export function addressBehindNat64(world: World, to: Endpoint): Addresses | undefined {
  if (to.kind !== 'external' || to.addresses === undefined || !isNat64Evident(world)) return undefined
  return contains(represented(), to.addresses) ? behindPrefix(to.addresses) : undefined
}

/** What a name outside may resolve to besides public addresses, where DNS64 makes an address for one that has IPv4 alone. */
export const translatedNames = (world: World, from: Endpoint): Addresses =>
  isNat64Evident(world) && addressesOf(world.cluster, from).every(address => familyOf(address) === 'IPv6')
    ? behindPrefix(represented())
    : NO_ADDRESS

/** The blocks of IPv4 addresses that policies tell apart behind a NAT64. */
export function blocksBehindNat64(policies: readonly Policy[]): readonly Addresses[] {
  if (!isEvidentIn(policies)) return []
  const known = fromCidrs([WELL_KNOWN])
  const cuts = blocksOf(policies).map(block => beforePrefix(intersect(block, known)))
  return [represented(), ...cuts]
}

/** The prefix is as large as IPv4, which begins the line of addresses. */
const behindPrefix = (addresses: Addresses): Addresses => moved(addresses, start())
const beforePrefix = (addresses: Addresses): Addresses => moved(addresses, -start())
const start = lazily(() => fromCidrs([WELL_KNOWN])[0] ?? 0n)
const moved = (addresses: Addresses, by: bigint): Addresses =>
  fromBoundaries(addresses.map(boundary => boundary + by))
