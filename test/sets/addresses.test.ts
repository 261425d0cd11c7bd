import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classesOfAddresses } from '../../src/sets/address-classes.ts'
import {
  type Addresses,
  contains,
  EVERY_ADDRESS,
  familyOf,
  intersect,
  isEmpty,
  NO_ADDRESS,
  parseAddress,
  parseCidr,
  subtract,
  toCidrs,
  union,
} from '../../src/sets/addresses.ts'
import { holdsEveryHost } from '../../src/sets/hosts.ts'

function block(text: string): Addresses {
  const reading = parseCidr(text)
  if (reading.kind === 'invalid') throw new Error(`${text}: ${reading.reasons.join()}`)
  return reading.addresses
}

describe('parseCidr', () => {
  const notCidr = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'
  it.each([
    ['S-116a a bare address', '10.0.0.1', [notCidr]],
    ['S-116a too few parts', '10/8', [notCidr]],
    ['S-116a a prefix too long', '10.0.0.0/33', [notCidr]],
    ['S-116a a zone', 'fe80::%eth0/64', [notCidr]],
    ['S-116a hexadecimal', '0x0a.0.0.0/8', [notCidr]],
    ['S-116a five digits in a group', '02001:db8::/32', [notCidr]],
    ['S-116a two slashes', '10.0.0.0/8/8', [notCidr]],
    ['S-116a a negative prefix', '10.0.0.0/-1', [notCidr]],
    [
      'S-116b leading zeros in the address',
      '010.0.0.0/8',
      ['must not have leading 0s in IP or prefix length'],
    ],
    [
      'S-116b leading zeros in the prefix',
      '10.0.0.0/08',
      ['must not have leading 0s in IP or prefix length'],
    ],
    ['S-116c IPv4 in IPv6', '::ffff:10.0.0.0/104', ['must not have an IPv4-mapped IPv6 address']],
    ['S-116d host bits', '10.0.0.5/8', ['must not have bits set beyond the prefix length']],
  ])('refuses %s', (_, text, reasons) => {
    expect(parseCidr(text)).toMatchObject({ kind: 'invalid', reasons })
  })

  it.each(['0.0.0.0/0', '10.0.0.0/8', '10.1.2.3/32', '::/0', '2001:db8::/64', 'fd00::1/128'])(
    'takes %s',
    text => {
      expect(toCidrs(block(text))).toEqual([text])
    },
  )
})

describe('the line of addresses', () => {
  it('S-035 no IPv4 block holds an IPv6 address, nor the other way round', () => {
    expect(isEmpty(intersect(block('0.0.0.0/0'), block('::/0')))).toBe(true)
    expect(union(block('0.0.0.0/0'), block('::/0'))).toEqual(EVERY_ADDRESS)
  })

  it.each([
    ['10.0.0.1', 'IPv4'],
    ['::', 'IPv6'],
    ['::ffff:10.0.0.1', 'IPv6'],
  ] as const)('%s is %s', (text, family) => {
    expect(familyOf(parseAddress(text) ?? NO_ADDRESS)).toBe(family)
  })

  it('IPv4 at the end of an IPv6 address is two groups of it, and maps nothing by itself', () => {
    expect(parseAddress('::10.0.0.1')).toEqual(parseAddress('::a00:1'))
    expect(parseAddress('::ffff:10.0.0.1')).toEqual(parseAddress('::ffff:a00:1'))
  })

  it.each(['', '10', '10.0.0', '010.0.0.1', '10.0.0.256', 'localhost', '1::2::3', '[::1]'])(
    '`%s` is no address',
    text => {
      expect(parseAddress(text)).toBeUndefined()
    },
  )

  it('S-051 a block without the metadata address still holds every address that a Pod can have', () => {
    expect(holdsEveryHost(subtract(block('0.0.0.0/0'), block('169.254.169.254/32')))).toBe(true)
    expect(holdsEveryHost(subtract(block('0.0.0.0/0'), block('10.0.0.0/8')))).toBe(false)
    expect(holdsEveryHost(block('::/0'))).toBe(true)
  })
})

const anyBlock: fc.Arbitrary<Addresses> = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 16 }), fc.boolean())
  .map(([byte, prefix, six]) => {
    const masked = prefix >= 8 ? byte : byte & (0xff << (8 - prefix)) & 0xff
    return six ? block(`${(masked << 8).toString(16)}::/${prefix}`) : block(`${masked}.0.0.0/${prefix}`)
  })

describe('laws', () => {
  it('the blocks of a set are the set', () => {
    fc.assert(
      fc.property(anyBlock, anyBlock, anyBlock, (a, b, c) => {
        const set = union(subtract(a, b), c)
        expect(toCidrs(set).map(block).reduce<Addresses>(union, NO_ADDRESS)).toEqual(set)
      }),
    )
  })

  it('cut makes sets that are disjoint, cover the universe, and lie wholly in or wholly out of each block', () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { maxLength: 6 }), blocks => {
        const { parts } = classesOfAddresses(EVERY_ADDRESS, blocks)
        expect(parts.reduce<Addresses>(union, NO_ADDRESS)).toEqual(EVERY_ADDRESS)
        for (const [index, part] of parts.entries()) {
          for (const other of parts.slice(index + 1)) expect(intersect(part, other)).toEqual([])
          for (const one of blocks) expect(contains(one, part) || isEmpty(intersect(one, part))).toBe(true)
        }
        const membership = parts.map(part => blocks.map(one => contains(one, part)).join())
        expect(new Set(membership).size).toBe(parts.length)
      }),
    )
  })
})
