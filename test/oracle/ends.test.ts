import { describe, expect, it } from 'vitest'
import type { Manifest } from './oracle.ts'
import {
  A,
  app,
  ask,
  block,
  denyApi,
  egress,
  from,
  type Json,
  pod,
  policy,
  ports,
  type Row,
  to,
  W,
  world,
} from './world.ts'

/*
 * The oracle's own tables on ports and on the ends that are no ordinary Pods; beside the ones in oracle.test.ts.
 */

const portRows: readonly Row[] = [
  ['S-025 no protocol is TCP', [ports({ port: 53 })], W, A, 'UDP 53', 'no'],
  ['S-026 no port is all of the protocol', [ports({ protocol: 'UDP' })], W, A, 'UDP 65535', 'yes'],
  ['S-027 a number need not be declared', [ports({ port: 12 })], W, A, 'TCP 12', 'yes'],
  ['S-028 a name is that of the destination', [ports({ port: 'http' })], W, A, 'TCP 8080', 'yes'],
  ['S-028 in egress as well', [egress({ ports: [{ port: 'http' }] })], W, A, 'TCP 8080', 'yes'],
  [
    'S-029 each Pod has its own number',
    [egress({ ports: [{ port: 'http' }] })],
    W,
    'shop/plain',
    'TCP 8080',
    'no',
  ],
  ['S-029 a name of another protocol', [ports({ port: 'dns' })], W, A, 'TCP 53', 'no'],
  ['S-028 a name with its protocol', [ports({ port: 'dns', protocol: 'UDP' })], W, A, 'UDP 53', 'yes'],
  ['S-029 no name on an address', [egress({ ports: [{ port: 'http' }] })], W, '203.0.113.1', 'TCP 80', 'no'],
  [
    'S-029 no name on a Pod of the host network',
    [policy({ policyTypes: ['Egress'], egress: [{ ports: [{ port: 'http' }] }] }, 'lab')],
    'lab/web',
    'shop/host1',
    'TCP 80',
    'no',
  ],
  ['S-030 each container counts', [ports({ port: 'http' })], W, A, 'TCP 9090', 'yes'],
  ['S-031 a sidecar does not', [ports({ port: 'http' })], W, A, 'TCP 7070', 'no'],
  ['S-032 the end of a range is in it', [ports({ port: 80, endPort: 90 })], W, A, 'TCP 90', 'yes'],
  ['S-032 the next is not', [ports({ port: 80, endPort: 90 })], W, A, 'TCP 91', 'no'],
  ['S-055 ping passes a rule without ports', [from({ podSelector: {} })], W, A, 'ICMP 0', 'yes'],
  ['S-055 and none with ports', [ports({})], W, A, 'ICMP 0', 'no'],
]

const blocks: readonly Row[] = [
  ['S-034 in the block', [from(block('203.0.113.0/24'))], '203.0.113.255', A, 'TCP 80', 'yes'],
  ['S-034 beside it', [from(block('203.0.113.0/24'))], '203.0.114.0', A, 'TCP 80', 'no'],
  [
    'S-034 in except',
    [from(block('203.0.113.0/24', '203.0.113.128/25'))],
    '203.0.113.128',
    A,
    'TCP 80',
    'no',
  ],
  [
    'S-034 another peer may allow it',
    [from(block('0.0.0.0/0', '10.0.0.0/8'), { podSelector: {} })],
    W,
    A,
    'TCP 80',
    'yes',
  ],
  [
    'S-035 0.0.0.0/0 is no IPv6',
    [policy({ ingress: [{ from: [block('0.0.0.0/0')] }] }, 'six')],
    '2001:db8::1',
    'six/web',
    'TCP 80',
    'no',
  ],
  [
    'S-035 an IPv6 block',
    [policy({ ingress: [{ from: [block('2001:db8::/33')] }] }, 'six')],
    '2001:db8:7fff:ffff::1',
    'six/web',
    'TCP 80',
    'yes',
  ],
  [
    'S-035 its first address outside',
    [policy({ ingress: [{ from: [block('2001:db8::/33')] }] }, 'six')],
    '2001:db8:8000::',
    'six/web',
    'TCP 80',
    'no',
  ],
  ['S-036 a block takes Pods', [to(block('10.0.0.2/32'))], W, A, 'TCP 80', 'yes'],
  ['S-036 by their address alone', [to(block('10.0.0.2/32'))], W, 'shop/plain', 'TCP 80', 'no'],
]

const nodes: readonly Row[] = [
  ['S-040 the own node always comes in', [denyApi], 'shop/host2', A, 'TCP 80', 'yes'],
  ['S-041 another node does not', [denyApi], 'shop/host1', A, 'TCP 80', 'no'],
  ['S-041 but by a block', [from(block('192.168.0.1/32'))], 'shop/host1', A, 'TCP 80', 'yes'],
  ['S-042 out to the own node', [egress()], W, 'shop/host1', 'TCP 80', 'yes'],
  ['S-042 not to another', [egress()], W, 'shop/host2', 'TCP 80', 'no'],
  [
    'S-043 a selector never takes the host network',
    [from({ podSelector: {} })],
    'shop/host1',
    A,
    'TCP 80',
    'no',
  ],
  [
    'S-043 nor is it isolated',
    [policy({ policyTypes: ['Ingress', 'Egress'] })],
    'lab/web',
    'shop/host1',
    'TCP 80',
    'yes',
  ],
  ['S-045 a Pod reaches itself', [policy({ policyTypes: ['Ingress', 'Egress'] })], W, W, 'TCP 80', 'yes'],
  ['S-050 a finished Pod is no source', [], 'shop/done', A, 'TCP 80', 'no'],
  ['S-050 and no destination', [], W, 'shop/lost', 'TCP 80', 'no'],
  ['S-050 not even its own', [], 'shop/done', 'shop/done', 'TCP 80', 'no'],
]

describe.each([
  ['ports', portRows],
  ['blocks', blocks],
  ['nodes, self, finished Pods', nodes],
])('the oracle on %s', (_, rows) => {
  it.each(rows)('%s', (_rule, policies, source, target, asked, answer) => {
    expect(ask([...world, ...policies], source, target, asked)).toBe(answer)
  })
})

/** Scenario E: deny-all for both directions, and what each tier may take and open. */
const DNS: Json = { ports: [{ protocol: 'UDP', port: 53 }] }
const tier = (name: string, ingress: Json, ...egress: readonly Json[]): Manifest =>
  policy({ podSelector: app(name), policyTypes: ['Ingress', 'Egress'], ingress: [ingress], egress }, 'app')
const open = (peers: 'from' | 'to', name: string, port: number): Json => ({
  [peers]: [{ podSelector: app(name) }],
  ports: [{ port }],
})
const tiers: readonly Manifest[] = [
  pod('frontend', 'app', '10.1.0.1'),
  pod('backend', 'app', '10.1.0.2', { nodeName: 'n2' }),
  pod('database', 'app', '10.1.0.3', { nodeName: 'n3' }),
  policy({ policyTypes: ['Ingress', 'Egress'] }, 'app'),
  tier('frontend', { ports: [{ port: 80 }] }, open('to', 'backend', 8080), DNS),
  tier('backend', open('from', 'frontend', 8080), open('to', 'database', 5432), DNS),
  tier('database', open('from', 'backend', 5432)),
]
const INTERNET = '203.0.113.1'
const ENDS = ['app/frontend', 'app/backend', 'app/database', INTERNET]
const PROBES = ['TCP 80', 'TCP 8080', 'TCP 5432', 'UDP 53', 'TCP 53', 'ICMP 0']

describe('the oracle on scenario E', () => {
  it.each([
    ['app/frontend', 'app/backend', ['TCP 8080']],
    ['app/frontend', 'app/database', []],
    ['app/frontend', INTERNET, ['UDP 53']],
    ['app/backend', 'app/frontend', []],
    ['app/backend', 'app/database', ['TCP 5432']],
    ['app/backend', INTERNET, ['UDP 53']],
    ['app/database', 'app/frontend', []],
    ['app/database', 'app/backend', []],
    ['app/database', INTERNET, []],
    [INTERNET, 'app/frontend', ['TCP 80']],
    [INTERNET, 'app/backend', []],
    [INTERNET, 'app/database', []],
  ])('%s -> %s', (source, target, expected) => {
    expect(PROBES.filter(probe => ask(tiers, source, target, probe) === 'yes')).toEqual(expected)
  })

  it.each(ENDS.filter(name => name !== INTERNET))('%s reaches itself', name => {
    expect(PROBES.filter(probe => ask(tiers, name, name, probe) === 'yes')).toEqual(PROBES)
  })
})
