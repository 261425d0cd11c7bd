import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../../src/network/endpoint.ts'
import { candidatesOf, resolverOf } from '../../../src/path/dns/resolver.ts'
import { type Json, load, pod } from '../../semantics/ask.ts'

const shop = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local']
const behind = (name: string, suffixes: readonly string[]) => suffixes.map(suffix => `${name}.${suffix}`)

function client(spec: Json): Endpoint {
  const [found] = load(pod('shop/client', {}, { spec })).cluster.pods
  if (found === undefined) throw new Error('the Pod was not loaded')
  return { kind: 'pod', pod: found }
}

const ndots = (value: string) => ({ dnsConfig: { options: [{ name: 'ndots', value }] } })

describe('S-220 S-221 the names that are asked for, in order', () => {
  it.each<[string, Json, string, readonly string[]]>([
    [
      'fewer than five dots: the search domains first',
      {},
      'web.other',
      [...behind('web.other', shop), 'web.other'],
    ],
    ['five dots: the name itself first', {}, 'a.b.c.d.e.f', ['a.b.c.d.e.f', ...behind('a.b.c.d.e.f', shop)]],
    ['a final dot: nothing but the name', {}, 'web.', ['web']],
    ['as many dots as ndots', ndots('1'), 'web.other', ['web.other', ...behind('web.other', shop)]],
    ['fewer dots than ndots', ndots('2'), 'web.other', [...behind('web.other', shop), 'web.other']],
    [
      'search domains of its own come last',
      { dnsConfig: { searches: ['example.com.'] } },
      'web',
      [...behind('web', [...shop, 'example.com']), 'web'],
    ],
    ['the node’s own settings', { dnsPolicy: 'Default' }, 'web.shop', ['web.shop']],
    [
      'its own settings and no others',
      { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'], searches: ['example.com'] } },
      'web',
      ['web.example.com', 'web'],
    ],
    [
      'its own settings with ndots of its own',
      {
        dnsPolicy: 'None',
        dnsConfig: { nameservers: ['1.1.1.1'], searches: ['example.com'], ...ndots('2').dnsConfig },
      },
      'web.shop',
      ['web.shop.example.com', 'web.shop'],
    ],
  ])('%s', (_, spec, name, expected) => {
    expect(candidatesOf(name, resolverOf(client(spec), 'cluster.local'))).toEqual(expected)
  })

  it('a node has no search domains that are known', () => {
    const node: Endpoint = { kind: 'external', name: 'x', addresses: undefined }
    expect(candidatesOf('web', resolverOf(node, 'cluster.local'))).toEqual(['web'])
  })
})
