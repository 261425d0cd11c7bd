import { describe, expect, it } from 'vitest'
import { codes, expectRows, load, node, pod, policy, service } from './ask.ts'

describe('S-035 the world outside, in the families that a Pod has', () => {
  const running = (podIP: string) => ({ phase: 'Running', podIP })
  const four = pod('shop/four', { app: 'four' }, { status: running('10.0.0.1') })
  const six = pod('shop/six', { app: 'six' }, { status: running('fd00::1') })
  const out = (app: string, cidr: string) =>
    policy(`shop/${app}`, { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr } }] }] })

  it('internet has none of the other family', () => {
    const both = load(four, six, out('four', '0.0.0.0/0'), out('six', '::/0'))
    expectRows(both, [
      ['shop/four -> internet:80', 'yes'],
      ['shop/six -> internet:80', 'yes'],
      ['internet -> shop/four:80', 'yes'],
    ])
    expectRows(load(four, out('four', '::/0')), [['shop/four -> internet:80', 'no', 'DENIED_BY_EGRESS']])
    expectRows(load(pod('shop/four', { app: 'four' }), out('four', '0.0.0.0/0')), [
      ['shop/four -> internet:80', 'partial'],
    ])
  })

  it('a Service is dialed by an address of its own, a node by one of its own', () => {
    const front = {
      ...service('shop/front', {
        type: 'LoadBalancer',
        selector: { app: 'four' },
        ports: [{ port: 80, nodePort: 30080 }],
      }),
      status: { loadBalancer: { ingress: [{ ip: '198.51.100.5' }] } },
    }
    expectRows(load(four, front, node('n1', '192.168.0.1')), [
      ['203.0.113.7 -> shop/svc/front:80', 'yes'],
      ['2001:db8::1 -> shop/svc/front:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['2001:db8::1 -> 198.51.100.5:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['2001:db8::1 -> node/n1:30080', 'no', 'NO_SHARED_IP_FAMILY'],
      ['2001:db8::1 -> node/n1:22', 'no', 'NO_SHARED_IP_FAMILY'],
      ['internet -> shop/svc/front:80', 'yes'],
    ])
  })

  it('NAT64 is assumed where a policy knows its prefix, and policies see the address of that', () => {
    const nat64 = (cidr: string) => load(six, out('six', cidr))
    expectRows(nat64('64:ff9b::/96'), [
      ['shop/six -> 203.0.113.7:443', 'yes'],
      ['203.0.113.7 -> shop/six:443', 'no', 'NO_SHARED_IP_FAMILY'],
    ])
    expectRows(nat64('64:ff9b::cb00:7100/120'), [
      ['shop/six -> 203.0.113.7:443', 'yes'],
      ['shop/six -> 203.0.114.7:443', 'no', 'DENIED_BY_EGRESS'],
    ])
    expect(codes(nat64('64:ff9b::/96'), 'shop/six -> 203.0.113.7:443')).toContain('ASSUMED_NAT64')
    expectRows(nat64('fd00::/8'), [['shop/six -> 203.0.113.7:443', 'no', 'NO_SHARED_IP_FAMILY']])
  })

  /* RFC 6147: DNS64 makes an address of the prefix for a name that has IPv4 addresses alone, and leaves the others as they are. */
  it.each<[what: string, to: readonly string[], 'yes' | 'no' | 'undetermined']>([
    ['the prefix alone', ['64:ff9b::/96'], 'undetermined'],
    ['a part of the prefix', ['64:ff9b::cb00:7100/120'], 'undetermined'],
    ['the prefix, and all other addresses', ['64:ff9b::/96', '::/0'], 'yes'],
    ['no prefix', ['2000::/3'], 'yes'],
    ['neither', ['fd00::/8'], 'no'],
  ])('a name outside, by NAT64 or not: %s', (_, blocks, verdict) => {
    const to = [{ namespaceSelector: {} }, ...blocks.map(cidr => ({ ipBlock: { cidr } }))]
    const world = load(six, policy('shop/six', { policyTypes: ['Egress'], egress: [{ to }] }))
    expectRows(world, [['shop/six -> https://example.com', verdict]])
  })
})
