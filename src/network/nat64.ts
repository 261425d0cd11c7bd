import { blocksOf } from '../engine/classes.ts'
import {
  type Addresses,
  contains,
  familyOf,
  fromCidrs,
  NO_ADDRESS,
  overlaps,
  toCidrs,
} from '../sets/addresses.ts'
import { publicHosts } from '../sets/hosts.ts'
import type { World } from '../world/world.ts'
import { addressesOf, type Endpoint, isSubject } from './endpoint.ts'
import { addressPairs } from './ip-families.ts'

/*
 * NAT64: a gateway that gives IPv6 clients an address for each IPv4 address (RFC 6052, RFC 8215). Nothing in a cluster has to tell of
 * it; policies that have blocks of its prefixes do.
 */

const PREFIXES = ['64:ff9b::/96', '64:ff9b:1::/48'] as const

/** As a Pod dials an IPv4 address outside that it has no family in common with; undefined where no NAT64 is evident. */
export function translated(world: World, from: Endpoint, to: Endpoint): Endpoint | undefined {
  if (!isSubject(from) || to.kind !== 'external' || to.addresses === undefined) return undefined
  if (addressesOf(world.cluster, from).length === 0 || addressPairs(world.cluster, from, to).length > 0)
    return undefined
  // RFC 6052, 3.1: the well-known prefix represents global addresses alone.
  return isEvident(world) && contains(publicHosts('IPv4'), to.addresses)
    ? { ...to, addresses: behindPrefix(to.addresses) }
    : undefined
}

/** What a name outside may resolve to besides public addresses, where DNS64 makes an address for one that has IPv4 alone. */
export const translatedNames = (world: World, from: Endpoint): Addresses =>
  isEvident(world) && addressesOf(world.cluster, from).every(address => familyOf(address) === 'IPv6')
    ? behindPrefix(publicHosts('IPv4'))
    : NO_ADDRESS

const isEvident = ({ policies }: World): boolean =>
  blocksOf(policies.all).some(block => overlaps(block, fromCidrs(PREFIXES)))

const behindPrefix = (addresses: Addresses): Addresses =>
  fromCidrs(
    toCidrs(addresses).map(cidr => {
      const [address = '', length = ''] = cidr.split('/')
      return `64:ff9b::${address}/${96 + Number(length)}`
    }),
  )
