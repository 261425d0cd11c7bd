import { describe, expect, it } from 'vitest'
import type { Manifest, Verdict } from './oracle.ts'
import { A, app, ask, denyApi, egress, expression, from, type Json, type Row, W, world } from './world.ts'

/*
 * The oracle's own tables on policies with tiers, priorities and actions (K-002 to K-022), beside the ones in
 * oracle.test.ts. A TieredPolicy has the shape of a ClusterNetworkPolicy; `isolates` is a tier's default action of Calico.
 */

let count = 0
const tiered = (tier: string, priority: number, spec: Json): Manifest => ({
  apiVersion: 'test/v1',
  kind: 'TieredPolicy',
  metadata: { name: `tiered-${count++}` },
  spec: { tier, priority, subject: { namespaces: {} }, ...spec },
})

const ALL_PODS: Json = { namespaces: {} }
const podsOf = (name: string): Json => ({ pods: { podSelector: app(name) } })
const ruleFor =
  (side: 'from' | 'to') =>
  (action: string, peer: Json, ...protocols: readonly Json[]): Json => ({
    action,
    [side]: [peer],
    ...(protocols.length > 0 && { protocols }),
  })
const [source, target] = [ruleFor('from'), ruleFor('to')]
const tcp = (number: number): Json => ({ tcp: { destinationPort: { number } } })
const admin = (priority: number, ...ingress: readonly Json[]): Manifest =>
  tiered('Admin', priority, { ingress })
const baseline = (priority: number, ...ingress: readonly Json[]): Manifest =>
  tiered('Baseline', priority, { ingress })
const openApi = from({ podSelector: {} })

/** Asked from W to A about TCP 80, unless it says otherwise. */
type ShortRow = readonly [string, readonly Manifest[], Verdict, from?: string, asked?: string]

const tiers: readonly ShortRow[] = [
  ['K-002 nothing decides: allowed', [tiered('Admin', 1, {})], 'yes'],
  ['K-002 an Admin deny', [admin(1, source('Deny', ALL_PODS))], 'no'],
  ['K-002 Admin goes before NetworkPolicy', [admin(1, source('Deny', ALL_PODS)), openApi], 'no'],
  ['K-002 also to accept what no rule opens', [admin(1, source('Accept', ALL_PODS)), denyApi], 'yes'],
  ['K-002 a Baseline deny', [baseline(1, source('Deny', ALL_PODS))], 'no'],
  ['K-002 NetworkPolicy goes before Baseline', [baseline(1, source('Deny', ALL_PODS)), openApi], 'yes'],
  [
    'K-003 the lower priority is first',
    [admin(2, source('Deny', ALL_PODS)), admin(1, source('Accept', ALL_PODS))],
    'yes',
  ],
  [
    'K-003 only within its tier',
    [baseline(0, source('Accept', ALL_PODS)), admin(1000, source('Deny', ALL_PODS))],
    'no',
  ],
  [
    'K-004 top down in a policy',
    [admin(1, source('Accept', podsOf('web')), source('Deny', ALL_PODS))],
    'yes',
  ],
  [
    'K-004 the second where the first does not match',
    [admin(1, source('Accept', podsOf('web')), source('Deny', ALL_PODS))],
    'no',
    'shop/plain',
  ],
  [
    'K-004 peers and protocols must both match',
    [admin(1, source('Deny', podsOf('web'), tcp(80)))],
    'yes',
    W,
    'TCP 81',
  ],
  ['K-005 it isolates nothing', [admin(1, source('Accept', podsOf('x')))], 'yes'],
  ['K-006 Pass goes to the next tier', [admin(1, source('Pass', podsOf('web'))), denyApi], 'no'],
  [
    'K-006 past all other policies of its own',
    [admin(1, source('Pass', podsOf('web'))), admin(2, source('Deny', ALL_PODS))],
    'yes',
  ],
  [
    'K-006 Pass in Baseline is allowed',
    [baseline(1, source('Pass', podsOf('web'))), baseline(2, source('Deny', ALL_PODS))],
    'yes',
  ],
  [
    'K-008 a Pod that is isolated never reaches Baseline',
    [baseline(1, source('Accept', ALL_PODS)), denyApi],
    'no',
  ],
  ['K-008 isolation is per direction', [baseline(1, source('Deny', ALL_PODS)), egress({})], 'no'],
  [
    'K-009 an egress Accept does not open ingress',
    [tiered('Admin', 1, { egress: [target('Accept', ALL_PODS)] }), denyApi],
    'no',
  ],
  [
    'K-231 what isolates denies what no rule matches',
    [tiered('Baseline', 1, { isolates: true, ingress: [source('Accept', podsOf('x'))] })],
    'no',
  ],
  [
    'K-231 after all other policies of its tier',
    [
      tiered('Baseline', 1, { isolates: true, ingress: [source('Accept', podsOf('x'))] }),
      baseline(2, source('Accept', podsOf('web'))),
    ],
    'yes',
  ],
  [
    'K-240 a policy that comes after NetworkPolicy in its tier is asked where no rule matches',
    [tiered('NetworkPolicy', 1, { ingress: [source('Accept', podsOf('web'))] }), denyApi],
    'yes',
  ],
  [
    'K-240 one that goes before it may deny',
    [tiered('NetworkPolicy', -1, { ingress: [source('Deny', podsOf('web'))] }), openApi],
    'no',
  ],
  [
    'K-232 and pass, which undoes the isolation',
    [tiered('NetworkPolicy', -1, { ingress: [source('Pass', podsOf('web'))] }), denyApi],
    'yes',
  ],
]

const ties: readonly ShortRow[] = [
  [
    'K-007 either may be applied',
    [admin(1, source('Deny', ALL_PODS)), admin(1, source('Accept', podsOf('web')))],
    'unknown',
  ],
  [
    'K-007 only where both match',
    [admin(1, source('Deny', podsOf('x'))), admin(1, source('Accept', podsOf('web')))],
    'yes',
  ],
  [
    'K-007 not where both come to the same in the end',
    [admin(1, source('Deny', ALL_PODS)), admin(1, source('Pass', ALL_PODS)), denyApi],
    'no',
  ],
  [
    'K-007 and where they do not',
    [admin(1, source('Deny', ALL_PODS)), admin(1, source('Pass', ALL_PODS)), openApi],
    'unknown',
  ],
  [
    'K-007 not where one of higher precedence decides',
    [
      admin(0, source('Accept', ALL_PODS)),
      admin(1, source('Deny', ALL_PODS)),
      admin(1, source('Accept', ALL_PODS)),
    ],
    'yes',
  ],
  [
    'K-007 nor where the other direction denies',
    [
      admin(1, source('Deny', ALL_PODS)),
      admin(1, source('Accept', ALL_PODS)),
      tiered('Admin', 0, { egress: [target('Deny', ALL_PODS)] }),
    ],
    'no',
  ],
]

const denyFrom = (subject: Json): Manifest =>
  tiered('Admin', 1, { subject, ingress: [source('Deny', ALL_PODS)] })
const live: Json = { matchLabels: { env: 'live' } }
const denyTo = (peer: Json, ...protocols: readonly Json[]): Manifest =>
  tiered('Admin', 1, { egress: [target('Deny', peer, ...protocols)] })

const matches: readonly Row[] = [
  ['K-010 namespaces', [denyFrom({ namespaces: live })], W, A, 'TCP 80', 'no'],
  ['K-010 and no others', [denyFrom({ namespaces: live })], A, 'lab/web', 'TCP 80', 'yes'],
  [
    'K-010 one without labels, by NotIn',
    [denyFrom({ namespaces: expression('env', 'NotIn', 'live') })],
    W,
    'bare/web',
    'TCP 80',
    'no',
  ],
  [
    'K-010 Pods of every namespace',
    [denyFrom({ pods: { podSelector: app('web') } })],
    A,
    'bare/web',
    'TCP 80',
    'no',
  ],
  [
    'K-010 Pods of some',
    [denyFrom({ pods: { podSelector: app('web'), namespaceSelector: live } })],
    A,
    'bare/web',
    'TCP 80',
    'yes',
  ],
  ['K-011 no subject on the host network', [denyFrom({ namespaces: {} })], W, 'shop/host2', 'TCP 80', 'yes'],
  ['K-011 and no peer', [admin(1, source('Deny', ALL_PODS))], 'shop/host1', A, 'TCP 80', 'yes'],
  ['K-012 namespaces as a peer', [denyTo({ namespaces: live })], 'lab/web', A, 'TCP 80', 'no'],
  ['K-012 not of others', [denyTo({ namespaces: live })], 'shop/plain', 'lab/web', 'TCP 80', 'yes'],
  [
    'K-013 networks match addresses outside',
    [denyTo({ networks: ['203.0.113.0/24'] })],
    W,
    '203.0.113.1',
    'TCP 80',
    'no',
  ],
  ['K-013 Pods', [denyTo({ networks: ['10.0.0.2/32'] })], W, A, 'TCP 80', 'no'],
  ['K-013 and nodes', [denyTo({ networks: ['192.168.0.2/32'] })], W, 'shop/host2', 'TCP 80', 'no'],
  ['K-013 of one family', [denyTo({ networks: ['0.0.0.0/0'] })], 'six/web', '2001:db8::1', 'TCP 80', 'yes'],
  ['S-035 which both have', [], W, '2001:db8::1', 'TCP 80', 'no'],
  [
    'K-014 no peer matches what comes from outside',
    [admin(1, source('Deny', ALL_PODS))],
    '203.0.113.1',
    A,
    'TCP 80',
    'yes',
  ],
  ['K-017 a Pod reaches itself', [admin(1, source('Deny', ALL_PODS))], A, A, 'TCP 80', 'yes'],
  ['K-020 without protocols: also ping', [admin(1, source('Deny', ALL_PODS))], W, A, 'ICMP 0', 'no'],
  ['K-020 with protocols: no ping', [admin(1, source('Deny', ALL_PODS, tcp(80)))], W, A, 'ICMP 0', 'yes'],
  ['K-020 no other protocol', [admin(1, source('Deny', ALL_PODS, tcp(80)))], W, A, 'UDP 80', 'yes'],
  [
    'K-021 both ends of a range',
    [denyTo(ALL_PODS, { udp: { destinationPort: { range: { start: 5, end: 9 } } } })],
    W,
    A,
    'UDP 9',
    'no',
  ],
  [
    'K-022 a name is that of the destination',
    [denyTo(ALL_PODS, { destinationNamedPort: 'http' })],
    W,
    A,
    'TCP 8080',
    'no',
  ],
  ['K-022 with its own protocol', [denyTo(ALL_PODS, { destinationNamedPort: 'dns' })], W, A, 'UDP 53', 'no'],
  ['K-022 and no other', [denyTo(ALL_PODS, { destinationNamedPort: 'dns' })], W, A, 'TCP 53', 'yes'],
  ['K-023 the own node always comes in', [denyFrom(ALL_PODS)], 'shop/host2', A, 'TCP 80', 'yes'],
]

describe.each([
  ['tiers', tiers],
  ['ties', ties],
])('the oracle on %s', (_, rows) => {
  for (const [rule, policies, answer, origin = W, asked = 'TCP 80'] of rows)
    it(rule, () => {
      expect(ask([...world, ...policies], origin, A, asked)).toBe(answer)
    })
})

describe('the oracle on subjects, peers and ports', () => {
  it.each(matches)('%s', (_rule, policies, origin, destination, asked, answer) => {
    expect(ask([...world, ...policies], origin, destination, asked)).toBe(answer)
  })
})
