import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  ALL,
  byProtocol,
  type Connections,
  contains,
  equal,
  intersect,
  isEmpty,
  NONE,
  overlaps,
  PROTOCOLS,
  ports,
  subtract,
  union,
} from '../../src/sets/connections.ts'

const anySet: fc.Arbitrary<Connections> = fc
  .array(
    fc.tuple(
      fc.constantFrom(...PROTOCOLS),
      fc.integer({ min: 1, max: 65535 }),
      fc.integer({ min: 0, max: 9 }),
    ),
    { maxLength: 6 },
  )
  .map(list =>
    list.reduce<Connections>(
      (set, [protocol, first, more]) => union(set, ports(protocol, first, Math.min(65535, first + more))),
      NONE,
    ),
  )

describe('byProtocol', () => {
  it.each([
    ['nothing', NONE, []],
    ['one port', ports('TCP', 80, 80), [{ protocol: 'TCP', ports: [[80, 80]] }]],
    [
      'the first and the last port',
      union(ports('UDP', 1, 1), ports('UDP', 65535, 65535)),
      [
        {
          protocol: 'UDP',
          ports: [
            [1, 1],
            [65535, 65535],
          ],
        },
      ],
    ],
    [
      'neighbours become one interval',
      union(ports('SCTP', 7, 8), ports('SCTP', 9, 9)),
      [{ protocol: 'SCTP', ports: [[7, 9]] }],
    ],
    ['a whole protocol', ports('TCP'), [{ protocol: 'TCP', ports: [[1, 65535]] }]],
    [
      'everything but one port, with what has no ports',
      subtract(
        ALL,
        union(ports('TCP'), union(ports('UDP', 1, 52), union(ports('UDP', 54, 65535), ports('SCTP')))),
      ),
      [
        { protocol: 'UDP', ports: [[53, 53]] },
        { protocol: 'OTHER', ports: [] },
      ],
    ],
  ] as const)('%s', (_, set, expected) => {
    expect(byProtocol(set)).toEqual(expected)
  })

  it('the last port of one protocol and the first of the next stay apart', () => {
    const set = union(ports('TCP', 65535, 65535), ports('UDP', 1, 1))
    expect(byProtocol(set)).toEqual([
      { protocol: 'TCP', ports: [[65535, 65535]] },
      { protocol: 'UDP', ports: [[1, 1]] },
    ])
  })
})

describe('laws', () => {
  it('of sets', () => {
    fc.assert(
      fc.property(anySet, anySet, anySet, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a))
        expect(intersect(a, union(b, c))).toEqual(union(intersect(a, b), intersect(a, c)))
        expect(subtract(ALL, union(a, b))).toEqual(intersect(subtract(ALL, a), subtract(ALL, b)))
        expect(union(subtract(a, b), intersect(a, b))).toEqual(a)
        expect(contains(a, b)).toBe(equal(union(a, b), a))
        expect(overlaps(a, b)).toBe(!isEmpty(intersect(a, b)))
        expect(subtract(a, a)).toEqual(NONE)
      }),
    )
  })

  it('a set and what byProtocol says of it are the same', () => {
    fc.assert(
      fc.property(anySet, set => {
        const again = byProtocol(set).reduce<Connections>(
          (sum, { protocol, ports: ranges }) =>
            protocol === 'OTHER'
              ? sum
              : ranges.reduce((all, [first, last]) => union(all, ports(protocol, first, last)), sum),
          NONE,
        )
        expect(again).toEqual(set)
      }),
    )
  })
})
