import { describe, expect, it } from 'vitest'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import { questionText } from '../../src/words/answer.ts'
import { ask, codes, expectRows, type Json, load, node, pod, policy, service } from './ask.ts'

type Word = 'yes' | 'no' | 'partial' | 'undetermined'

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

  it('behind an address of a Service is what has one of its family', () => {
    const both = (four: string, six: string) => ({
      status: { phase: 'Running', podIP: four, podIPs: [{ ip: four }, { ip: six }] },
    })
    const objects = [
      pod('shop/client', { app: 'client' }, both('10.0.0.1', 'fd00::1')),
      pod('shop/web', { app: 'web' }, both('10.0.0.2', 'fd00::2')),
      policy('shop/web', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    ]
    const front = (app: string): Json =>
      service('shop/front', {
        clusterIP: '10.96.0.9',
        clusterIPs: ['10.96.0.9', 'fd01::9'],
        ipFamilyPolicy: 'RequireDualStack',
        selector: { app },
        ports: [{ port: 80 }],
      })
    expectRows(load(...objects, front('web')), [
      ['shop/client -> shop/svc/front:80', 'partial'],
      ['shop/client -> 10.96.0.9:80', 'yes'],
      ['shop/client -> [fd01::9]:80', 'no', 'DENIED_BY_INGRESS'],
    ])
    const answer = ask(load(...objects, four, front('four')), 'shop/client -> [fd01::9]:80')
    expect([answer.verdict, answer.message]).toEqual([
      'no',
      'Service front is dialed by its IPv6 address, and none of its ready Pods has such an address',
    ])
  })

  it('a Service of type NodePort is dialed by an address of a node, where the nodes are known', () => {
    const spec = { type: 'NodePort', selector: { app: 'four' }, ports: [{ port: 80 }] }
    const front = service('shop/front', spec)
    expectRows(load(four, front, node('n1', '192.168.0.1')), [
      ['::/0 -> shop/svc/front:80', 'no', 'NO_SHARED_IP_FAMILY'],
      ['203.0.113.7 -> shop/svc/front:80', 'yes'],
    ])
    expectRows(load(four, front), [['::/0 -> shop/svc/front:80', 'yes']])
  })

  /* S-064: a node's address takes the place of the client's. */
  const dual = (name: string, end: number): Json => ({
    ...node(name, ''),
    status: {
      addresses: [`192.168.0.${end}`, `fd01::${end}`].map(address => ({ type: 'InternalIP', address })),
    },
  })
  const onNode = pod(
    'shop/on',
    { app: 'four' },
    { status: { ...running('10.0.0.2'), hostIP: '192.168.0.1' }, spec: { nodeName: 'n1' } },
  )
  const bare = pod('shop/four', { app: 'four' })
  it.each<[string, readonly Json[], cidr: string, four: Word, six: Word, internet: Word]>([
    ['nodes of the one family', [bare, node('n1', '192.168.0.1')], '192.168.0.0/16', 'yes', 'yes', 'yes'],
    [
      'nodes of the one family, denied',
      [bare, node('n1', '192.168.0.1')],
      '203.0.113.0/24',
      'no',
      'no',
      'no',
    ],
    ['nodes of both families', [bare, dual('n1', 1)], '192.168.0.0/16', 'yes', 'no', 'partial'],
    ['nodes of both families, and the other', [bare, dual('n1', 1)], 'fd01::/16', 'no', 'yes', 'partial'],
    [
      'nodes of which some are not known',
      [bare, dual('n1', 1), node('n2', '')],
      '192.168.0.0/16',
      'undetermined',
      'undetermined',
      'undetermined',
    ],
    [
      'nodes that only their Pods tell of',
      [onNode],
      '192.168.0.1/32',
      'undetermined',
      'undetermined',
      'undetermined',
    ],
  ])('clients through a node, by the addresses of %s', (_, objects, cidr, byFour, bySix, byAll) => {
    const front = service('shop/front', {
      type: 'LoadBalancer',
      selector: { app: 'four' },
      ports: [{ port: 80 }],
    })
    const ingress = [{ from: [{ ipBlock: { cidr } }] }]
    expectRows(load(...objects, front, policy('shop/four', { ingress })), [
      ['203.0.113.7 -> shop/svc/front:80', byFour],
      ['2001:db8::1 -> shop/svc/front:80', bySix],
      ['internet -> shop/svc/front:80', byAll],
    ])
  })

  it('NAT64 is assumed where a policy knows its prefix, and policies see the address of that', () => {
    const nat64 = (cidr: string) => load(six, out('six', cidr))
    expectRows(nat64('64:ff9b::/96'), [
      ['shop/six -> 203.0.113.7:443', 'yes'],
      // RFC 6052, 3.1: not for addresses that are not global.
      ['shop/six -> 10.0.0.8:443', 'no', 'NO_SHARED_IP_FAMILY'],
      ['shop/six -> 100.64.0.1:443', 'no', 'NO_SHARED_IP_FAMILY'],
      ['203.0.113.7 -> shop/six:443', 'no', 'NO_SHARED_IP_FAMILY'],
    ])
    expectRows(nat64('64:ff9b::cb00:7100/120'), [
      ['shop/six -> 203.0.113.7:443', 'yes'],
      ['shop/six -> 203.0.114.7:443', 'no', 'DENIED_BY_EGRESS'],
    ])
    expect(codes(nat64('64:ff9b::/96'), 'shop/six -> 203.0.113.7:443')).toContain('ASSUMED_NAT64')
    expectRows(nat64('fd00::/8'), [['shop/six -> 203.0.113.7:443', 'no', 'NO_SHARED_IP_FAMILY']])
    // A block that holds the prefix among all others tells nothing of it; one that is cut within it does.
    expectRows(nat64('::/0'), [['shop/six -> 203.0.113.7:443', 'no', 'NO_SHARED_IP_FAMILY']])
    const ipBlock = { cidr: '::/0', except: ['64:ff9b::cb00:7100/120'] }
    expectRows(load(six, policy('shop/six', { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock }] }] })), [
      ['shop/six -> 203.0.113.7:443', 'no', 'DENIED_BY_EGRESS'],
      ['shop/six -> 203.0.114.7:443', 'yes'],
      ['shop/six -> 203.0.112.0/23:443', 'partial'],
    ])
    expectRows(nat64('64:ff9b::/96'), [['shop/six -> 0.0.0.0/0:443', 'partial']])
  })

  it('the matrix says that NAT64 is assumed, where a Pod needs it', () => {
    const everyone = () => true
    const asked = { protocol: undefined, port: undefined }
    const question = { by: 'pod', asked, isSource: everyone, isDestination: everyone } as const
    const told = (...objects: readonly Json[]) =>
      matrixReport(load(...objects), question).assumptions.filter(({ code }) => code === 'ASSUMED_NAT64')
    // Of a cluster with IPv6 alone, the outside is IPv6.
    const [assumed, ...more] = told(four, six, out('six', '64:ff9b::/96'))
    expect(assumed?.message).toMatch(/assuming external-\d+ is reached through it/)
    expect(more).toEqual([])
    expect(told(four, out('four', '64:ff9b::/96'))).toEqual([])
    expect(told(four, six, out('six', 'fd00::/8'))).toEqual([])
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

describe('S-035 an answer over two IP families', () => {
  const dual = (id: string, ...ips: readonly string[]) =>
    pod(id, { app: id.slice(4) }, { status: { podIP: ips[0], podIPs: ips.map(ip => ({ ip })) } })
  const ends = [dual('one/a', '10.0.0.1', 'fd00::1'), dual('one/b', '10.0.0.2', 'fd00::2')]
  const told = (question: string, ...egress: readonly Json[]) => {
    const world = load(...ends, policy('one/a', { policyTypes: ['Egress'], egress }))
    return ask(world, question).endpoints?.map(one => `${one.verdict}: ${questionText(one)}`)
  }
  const toFour = (more: Json = {}): Json => ({ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ...more })
  const on = (port: number): Json => ({ ports: [{ port }] })

  it.each<[string, question: string, readonly Json[], readonly string[] | undefined]>([
    [
      'names each family, where a rule is for one alone',
      'one/a -> one/b:80',
      [toFour(), on(80)],
      ['yes: one/a -> one/b TCP 80 over IPv4', 'yes: one/a -> one/b TCP 80 over IPv6'],
    ],
    [
      'names each family, where one is denied',
      'one/a -> one/b:81',
      [toFour(), on(80)],
      ['no: one/a -> one/b TCP 81 over IPv6', 'yes: one/a -> one/b TCP 81 over IPv4'],
    ],
    [
      'is one where they differ on other ports alone',
      'one/a -> one/b:80',
      [on(80), toFour(on(443))],
      undefined,
    ],
    ['is one where they do not differ', 'one/a -> one/b:80', [on(80)], undefined],
  ])('%s', (_, question, egress, expected) => expect(told(question, ...egress)?.toSorted()).toEqual(expected))

  it('says which family is denied', () => {
    const world = load(...ends, policy('one/a', { policyTypes: ['Egress'], egress: [toFour()] }))
    expect(ask(world, 'one/a -> one/b:80').message).toContain('over IPv6 it is not')
  })
})
