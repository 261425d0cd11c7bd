import ipaddr from 'ipaddr.js'
import { fromBoundaries, type Intervals, intersect, rangesOf, unionOf } from './intervals.ts'

export { contains, equal, intersect, isEmpty, overlaps, subtract, union, unionOf } from './intervals.ts'

/**
 * A set of IP addresses: all of IPv4 and then all of IPv6 on one line, next to each other and not one inside the other,
 * because an IPv4 block never matches an IPv6 address and vice versa (S-035).
 */
export type Addresses = Intervals<bigint, 'addresses'>

export type Family = 'IPv4' | 'IPv6'

const V4_SIZE = 1n << 32n
const LINE_END = V4_SIZE + (1n << 128n)

export const NO_ADDRESS: Addresses = fromBoundaries([])
export const EVERY_ADDRESS: Addresses = fromBoundaries([0n, LINE_END])
export const FAMILIES: Readonly<Record<Family, Addresses>> = {
  IPv4: fromBoundaries([0n, V4_SIZE]),
  IPv6: fromBoundaries([V4_SIZE, LINE_END]),
}

/** The family of a set that lies in one family only; undefined for the empty set and for one that holds both. */
export function familyOf(set: Addresses): Family | undefined {
  const [first, last] = [set[0], set.at(-1)]
  if (first === undefined || last === undefined) return undefined
  return last <= V4_SIZE ? 'IPv4' : first >= V4_SIZE ? 'IPv6' : undefined
}

/** The addresses of blocks, as `toCidrs` writes them. */
export const fromCidrs = (cidrs: readonly string[]): Addresses =>
  unionOf(
    cidrs.flatMap(cidr => {
      const read = parseCidr(cidr)
      return read.kind === 'block' ? [read.addresses] : []
    }),
  )

/** A block as the API server reads it: the set, or its words for why it refuses (S-116a to S-116d). */
type CidrReading =
  | { readonly kind: 'block'; readonly addresses: Addresses }
  | {
      readonly kind: 'invalid'
      readonly reasons: readonly string[]
      /** The block and the address that are meant by one in a notation that is no longer accepted. */
      readonly meant: { readonly block: Addresses; readonly address: Addresses } | undefined
      /** The block that clusters before 1.36 take it for; undefined where that is not known. */
      readonly formerly: Addresses | undefined
    }

const NOT_A_CIDR: CidrReading = {
  kind: 'invalid',
  reasons: ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  meant: undefined,
  formerly: undefined,
}

/** One address: an IPv4 address has 32 bits, an IPv6 address 128. */
interface Address {
  readonly value: bigint
  readonly bits: number
}

/** Reads `10.0.0.0/8` or `2001:db8::/64`, as strictly as the API server does from 1.36 on. */
export function parseCidr(text: string): CidrReading {
  const [written, prefixText, ...rest] = text.split('/')
  if (written === undefined || prefixText === undefined || rest.length > 0) return NOT_A_CIDR
  const bare = withoutLeadingZeros(written)
  const address = parsed(bare)
  if (address === undefined || !/^\d{1,9}$/.test(prefixText)) return NOT_A_CIDR
  const prefix = Number(prefixText)
  if (prefix > address.bits) return NOT_A_CIDR
  const hasZeros = bare !== written || /^0\d/.test(prefixText)
  const isStart = address.value % sizeOf(address, prefix) === 0n
  const reasons = hasZeros
    ? ['must not have leading 0s in IP or prefix length']
    : [
        ...(isMapped(address) ? ['must not have an IPv4-mapped IPv6 address'] : []),
        ...(isStart ? [] : ['must not have bits set beyond the prefix length']),
      ]
  if (reasons.length === 0) return { kind: 'block', addresses: blockOf(address, prefix) }
  const [meant, meantPrefix] =
    isMapped(address) && prefix >= 96 ? [unmapped(address), prefix - 96] : [address, prefix]
  const block = blockOf(meant, meantPrefix)
  const formerly = isMapped(address) ? undefined : block
  return { kind: 'invalid', reasons, meant: { block, address: blockOf(meant, meant.bits) }, formerly }
}

const sizeOf = ({ bits }: Address, prefix: number): bigint => 1n << BigInt(bits - prefix)

/** The block that an address is in. */
function blockOf(address: Address, prefix: number): Addresses {
  const size = sizeOf(address, prefix)
  const start = shiftOf(address) + address.value - (address.value % size)
  return fromBoundaries([start, start + size])
}

/** Where the addresses of a family begin on the line. */
const shiftOf = ({ bits }: Pick<Address, 'bits'>): bigint => (bits === 32 ? 0n : V4_SIZE)

/** One address as a set; undefined for a text that is no address. */
export function parseAddress(text: string): Addresses | undefined {
  const address = parsed(text)
  return address && blockOf(address, address.bits)
}

/** The IPv4 address inside an IPv6 one of the form `::ffff:10.0.0.1`, which is another way to write it (S-116c). */
export function mappedAddress(text: string): string | undefined {
  const address = parsed(text)
  return address && isMapped(address) ? toText(unmapped(address)) : undefined
}

const isMapped = ({ value, bits }: Address): boolean => bits === 128 && value >> 32n === 0xffffn
const unmapped = ({ value }: Address): Address => ({ value: value & 0xffffffffn, bits: 32 })

/** The blocks of `toCidrs`, of which a single address is written without its prefix length. */
export const addressTexts = (set: Addresses): readonly string[] =>
  toCidrs(set).map(cidr => cidr.replace(cidr.includes(':') ? /\/128$/ : /\/32$/, ''))

/** The fewest blocks that make up a set, in ascending order, IPv4 first. */
export function toCidrs(set: Addresses): readonly string[] {
  const out: string[] = []
  for (const [family, bits] of [['IPv4', 32] as const, ['IPv6', 128] as const]) {
    const shift = shiftOf({ bits })
    for (const [first, end] of rangesOf(intersect(set, FAMILIES[family]))) {
      let value = first - shift
      while (value < end - shift) {
        const prefix = widestBlock({ value, bits }, end - shift - value)
        out.push(`${toText({ value, bits })}/${prefix}`)
        value += sizeOf({ value, bits }, prefix)
      }
    }
  }
  return out
}

/** The prefix length of the largest block that starts at an address and has no more than `room` addresses. */
function widestBlock(address: Address, room: bigint): number {
  let prefix = address.bits
  while (prefix > 0) {
    const size = sizeOf(address, prefix - 1)
    if (address.value % size !== 0n || size > room) break
    prefix--
  }
  return prefix
}

/** The smallest block that contains a set, which is of one family and not empty. */
export function blockAround(set: Addresses): Addresses {
  const shift = (set[0] ?? 0n) < V4_SIZE ? 0n : V4_SIZE
  const [first, last] = [(set[0] ?? 0n) - shift, (set.at(-1) ?? 1n) - 1n - shift]
  let size = 1n
  while (first / size !== last / size) size *= 2n
  const start = shift + (first / size) * size
  return fromBoundaries([start, start + size])
}

function toText({ value, bits }: Address): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 - index * 8)) & 0xffn),
  )
  return ipaddr.fromByteArray(bytes).toString()
}

/** ipaddr.js also accepts `10`, octal `010.0.0.1` and zones; only the notations that Kubernetes accepts are passed to it. */
function parsed(text: string): Address | undefined {
  if (isDotted(text)) return addressOf(ipaddr.IPv4.parse(text).toByteArray())
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':') || /[0-9a-f]{5}/i.test(text)) return undefined
  const plain = withoutDots(text)
  return ipaddr.IPv6.isValid(plain) ? addressOf(ipaddr.IPv6.parse(plain).toByteArray()) : undefined
}

const addressOf = (bytes: readonly number[]): Address => ({
  value: bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n),
  bits: bytes.length * 8,
})

/** ipaddr.js throws for what is not an address, which is slow; names and IPv6 addresses are not passed to it. */
const isDotted = (text: string): boolean =>
  /^\d+(\.\d+){3}$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text)

/** `::10.0.0.1` is `::a00:1`; ipaddr.js would take it for `::ffff:10.0.0.1`. */
function withoutDots(text: string): string {
  const tail = /[^:]*$/.exec(text)?.[0] ?? ''
  if (!isDotted(tail)) return text
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(tail).toByteArray()
  const group = (high: number, low: number): string => (high * 256 + low).toString(16)
  return `${text.slice(0, -tail.length)}${group(a, b)}:${group(c, d)}`
}

function withoutLeadingZeros(text: string): string {
  return /^[\d.]+$/.test(text) ? text.replace(/(^|\.)0+(?=\d)/g, '$1') : text
}
