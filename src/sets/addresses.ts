import ipaddr from 'ipaddr.js'
import { fromBoundaries, type Intervals, intersect, rangesOf } from './intervals.ts'

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

/** A block as the API server reads it: the set, or its words for why it refuses (S-116a to S-116d). */
type CidrReading =
  | { readonly kind: 'block'; readonly addresses: Addresses }
  | {
      readonly kind: 'invalid'
      readonly reasons: readonly string[]
      /** The block and the address that are meant by one in a notation that is no longer accepted. */
      readonly meant: { readonly block: Addresses; readonly address: Addresses } | undefined
    }

const NOT_A_CIDR: CidrReading = {
  kind: 'invalid',
  reasons: ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'],
  meant: undefined,
}

/** Reads `10.0.0.0/8` or `2001:db8::/64`, as strictly as the API server does from 1.36 on. */
export function parseCidr(text: string): CidrReading {
  const [written, prefixText, ...rest] = text.split('/')
  if (written === undefined || prefixText === undefined || rest.length > 0) return NOT_A_CIDR
  const bare = withoutLeadingZeros(written)
  const bytes = toBytes(bare)
  if (bytes === undefined || !/^\d{1,9}$/.test(prefixText)) return NOT_A_CIDR
  const prefix = Number(prefixText)
  if (prefix > bytes.length * 8) return NOT_A_CIDR
  const hasZeros = bare !== written || /^0\d/.test(prefixText)
  const reasons = hasZeros
    ? ['must not have leading 0s in IP or prefix length']
    : [
        ...(isMapped(bytes) ? ['must not have an IPv4-mapped IPv6 address'] : []),
        ...(isBlockStart(bytes, prefix) ? [] : ['must not have bits set beyond the prefix length']),
      ]
  if (reasons.length === 0) return { kind: 'block', addresses: blockOf(bytes, prefix) }
  const mapped = isMapped(bytes) && prefix >= 96
  const [meantBytes, meantPrefix] = mapped ? [bytes.slice(12), prefix - 96] : [bytes, prefix]
  const block = blockOf(meantBytes, meantPrefix)
  return { kind: 'invalid', reasons, meant: { block, address: blockOf(meantBytes, meantBytes.length * 8) } }
}

const sizeOf = (bytes: readonly number[], prefix: number): bigint => 1n << BigInt(bytes.length * 8 - prefix)

const isBlockStart = (bytes: readonly number[], prefix: number): boolean =>
  toNumber(bytes) % sizeOf(bytes, prefix) === 0n

/** The block of so many leading bits that an address is in. */
function blockOf(bytes: readonly number[], prefix: number): Addresses {
  const size = sizeOf(bytes, prefix)
  const start = toPoint(bytes) - (toNumber(bytes) % size)
  return fromBoundaries([start, start + size])
}

/** One address as a set; undefined for a text that is no address. */
export function parseAddress(text: string): Addresses | undefined {
  const bytes = toBytes(text)
  if (bytes === undefined) return undefined
  const start = toPoint(bytes)
  return fromBoundaries([start, start + 1n])
}

/** The IPv4 address inside an IPv6 one of the form `::ffff:10.0.0.1`, which is another way to write it (S-116c). */
export function mappedAddress(text: string): string | undefined {
  const bytes = toBytes(text)
  return bytes !== undefined && isMapped(bytes) ? bytes.slice(12).join('.') : undefined
}

/** The fewest blocks that make up a set, in ascending order, IPv4 first. */
export function toCidrs(set: Addresses): readonly string[] {
  const out: string[] = []
  for (const family of ['IPv4', 'IPv6'] as const) {
    const bits = family === 'IPv4' ? 32 : 128
    const shift = family === 'IPv4' ? 0n : V4_SIZE
    for (const [first, end] of rangesOf(intersect(set, FAMILIES[family]))) {
      let at = first - shift
      while (at < end - shift) {
        const prefix = widestBlock(at, end - shift - at, bits)
        out.push(`${toText(at, bits)}/${prefix}`)
        at += 1n << BigInt(bits - prefix)
      }
    }
  }
  return out
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

/** The prefix length of the largest block that starts at `at` and has no more than `room` addresses. */
function widestBlock(at: bigint, room: bigint, bits: number): number {
  let prefix = bits
  while (prefix > 0) {
    const size = 1n << BigInt(bits - prefix + 1)
    if (at % size !== 0n || size > room) break
    prefix--
  }
  return prefix
}

function toText(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 - index * 8)) & 0xffn),
  )
  return ipaddr.fromByteArray(bytes).toString()
}

/** ipaddr.js also accepts `10`, octal `010.0.0.1` and zones; only the notations that Kubernetes accepts are passed to it. */
function toBytes(text: string): readonly number[] | undefined {
  if (isDotted(text)) return ipaddr.IPv4.parse(text).toByteArray()
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':') || /[0-9a-f]{5}/i.test(text)) return undefined
  const plain = withoutDots(text)
  return ipaddr.IPv6.isValid(plain) ? ipaddr.IPv6.parse(plain).toByteArray() : undefined
}

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

function isMapped(bytes: readonly number[]): boolean {
  return (
    bytes.length === 16 &&
    bytes.slice(0, 10).every(byte => byte === 0) &&
    bytes[10] === 0xff &&
    bytes[11] === 0xff
  )
}

const toNumber = (bytes: readonly number[]): bigint =>
  bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n)

const toPoint = (bytes: readonly number[]): bigint => toNumber(bytes) + (bytes.length === 16 ? V4_SIZE : 0n)
