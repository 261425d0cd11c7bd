import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  FAMILIES,
  intersect,
  parseCidr,
  subtract,
} from './addresses.ts'

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

/** The addresses that a Pod or a node can have. */
export const HOSTS: Addresses = NEVER_A_HOST.reduce<Addresses>((rest, text) => {
  const reading = parseCidr(text)
  return reading.kind === 'block' ? subtract(rest, reading.addresses) : rest
}, EVERY_ADDRESS)

/** Whether a set holds every address of one family that a Pod or a node can have. */
export function holdsEveryHost(set: Addresses): boolean {
  return Object.values(FAMILIES).some(family => contains(set, intersect(HOSTS, family)))
}
