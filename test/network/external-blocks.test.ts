import { expect, it } from 'vitest'
import { externalId } from '../../src/network/endpoint-ids.ts'
import { externalEndpoints, outsideEndpoints } from '../../src/network/external-blocks.ts'
import { outsideOfPods } from '../../src/network/ip-families.ts'
import { EVERY_ADDRESS, toCidrs, unionOf } from '../../src/sets/addresses.ts'
import { block } from '../engine/identities.ts'
import { load, pod, policy } from '../semantics/ask.ts'

const fromBlock = (cidr: string, except: readonly string[] = []) =>
  policy('shop/db', { ingress: [{ from: [{ ipBlock: { cidr, except } }] }] })
const db = pod('shop/db', { app: 'db' })
const FREE = load(db)
const CUT = load(db, fromBlock('10.0.0.0/8', ['10.0.0.0/9']))

it('addresses that no policy tells apart are one endpoint, by the name that they are asked by', () => {
  const named = (world: typeof FREE, cidr: string) =>
    externalEndpoints(world.policies.all, 'asked', block(cidr)).map(({ name }) => externalId(name))
  expect(named(FREE, '10.0.0.0/7')).toEqual(['asked'])
  expect(named(CUT, '10.128.0.0/9')).toEqual(['asked'])
  expect(named(CUT, '10.0.0.0/7')).toEqual(['10.0.0.0/9 and 1 more', '10.128.0.0/9'])
})

it('the world outside is `internet`, or its parts by number', () => {
  const parts = (world: typeof FREE, cuts: readonly string[] = []) => {
    const found = outsideEndpoints(world.policies.all, outsideOfPods(world.cluster), cuts.map(block))
    const addresses = found.flatMap(one => (one.addresses === undefined ? [] : [one.addresses]))
    expect(unionOf(addresses)).toEqual(EVERY_ADDRESS)
    return found.map(({ name }, index) => {
      const [first, ...more] = toCidrs(addresses[index] ?? EVERY_ADDRESS)
      return `${externalId(name)}: ${more.length === 0 ? first : 'several'}`
    })
  }
  expect(parts(FREE)).toEqual(['internet: several'])
  expect(parts(FREE, ['10.0.0.0/8'])).toEqual(['external-1: 10.0.0.0/8', 'external-2: several'])
  expect(parts(FREE, ['10.0.0.0/8', '10.0.0.0/8'])).toHaveLength(2)
  expect(parts(CUT)).toEqual(['external-1: several', 'external-2: 10.128.0.0/9'])
  expect(parts(CUT, ['10.128.0.0/10'])).toEqual([
    'external-1: 10.128.0.0/10',
    'external-2: several',
    'external-3: 10.192.0.0/10',
  ])
})
