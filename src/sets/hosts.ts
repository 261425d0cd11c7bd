import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  FAMILIES,
  type Family,
  fromCidrs,
  intersect,
  NO_ADDRESS,
  parseCidr,
  subtract,
} from './addresses.ts'
import { lazily } from './memoized.ts'

/** Unspecified, loopback and link-local: the API server refuses these wherever it takes the address of an endpoint. */
const NEVER_A_HOST: readonly string[] = [
  '0.0.0.0/32',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/24',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff02::/16',
]

/** Private, shared, reserved and multicast: no public name has an address in these. */
const NEVER_PUBLIC: readonly string[] = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '224.0.0.0/3',
]

/** The loopback addresses (S-044). */
export const loopback = (): Addresses =>
  subtract(EVERY_ADDRESS, without(EVERY_ADDRESS, ['127.0.0.0/8', '::1/128']))

/** The addresses that a Pod or a node can have. Most runs do not need them. */
export const hosts = lazily(() => without(EVERY_ADDRESS, NEVER_A_HOST))

/** The addresses that a public name can have. */
export function publicHosts(family: Family): Addresses {
  if (family === 'IPv6') return parsedBlock('2000::/3')
  return without(intersect(hosts(), FAMILIES.IPv4), NEVER_PUBLIC)
}

function without(set: Addresses, blocks: readonly string[]): Addresses {
  return blocks.map(parsedBlock).reduce(subtract, set)
}

function parsedBlock(text: string): Addresses {
  const reading = parseCidr(text)
  return reading.kind === 'block' ? reading.addresses : NO_ADDRESS
}

/** The same, one set for each family. */
export const hostsByFamily = lazily(() => Object.values(FAMILIES).map(family => intersect(hosts(), family)))

/** Whether a set holds every address of one family that a Pod or a node can have. */
export const holdsEveryHost = (set: Addresses): boolean =>
  hostsByFamily().some(family => contains(set, family))

/** Those of private networks: RFC 1918, RFC 6598, RFC 4193. */
export const privateAddresses = lazily(() =>
  fromCidrs(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7']),
)
