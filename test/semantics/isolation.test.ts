import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, namespace, openPorts, pod, policy } from './ask.ts'

/* Isolation and union, policyTypes, rules and their empties. */

const world = (...policies: readonly Json[]) =>
  load(
    namespace('shop'),
    namespace('ops'),
    pod('shop/web', { app: 'web' }),
    pod('shop/db', { app: 'db' }),
    pod('ops/db', { app: 'db' }),
    ...policies,
  )

const fromWeb = { from: [{ podSelector: { matchLabels: { app: 'web' } } }] }

describe('A.1 isolation and union', () => {
  it('S-001 an empty podSelector means every Pod of the policy’s namespace, and of no other', () => {
    expectRows(world(policy('shop/all', { podSelector: {} })), [
      ['ops/db -> shop/web:80', 'no', 'DENIED_BY_INGRESS'],
      ['ops/db -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> ops/db:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'],
    ])
  })

  it('S-002 isolation is per direction, and what no policy selects is open', () => {
    expectRows(world(policy('shop/db', { policyTypes: ['Ingress'] })), [
      ['shop/web -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/db -> shop/web:80', 'yes'],
      ['internet -> shop/web:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'],
      ['shop/web -> internet:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_SOURCE'],
    ])
  })

  it('S-003 what is allowed is the union of all policies; none takes away what another allows', () => {
    const denying = policy('shop/db', { policyTypes: ['Ingress'] }, 'a-deny-all')
    const allowing = policy('shop/db', { ingress: [fromWeb] }, 'b-allow')
    for (const order of [
      [denying, allowing],
      [allowing, denying],
    ])
      expectRows(world(...order), [
        ['shop/web -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
        ['ops/db -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ])
  })

  it('S-004 a connection needs the egress of its source and the ingress of its destination', () => {
    const egress = policy('shop/web', { policyTypes: ['Egress'] })
    const ingress = policy('shop/db', { policyTypes: ['Ingress'] })
    expectRows(world(egress), [['shop/web -> shop/db:80', 'no', 'DENIED_BY_EGRESS']])
    expectRows(world(ingress), [['shop/web -> shop/db:80', 'no', 'DENIED_BY_INGRESS']])
    expectRows(world(egress, ingress), [['shop/web -> shop/db:80', 'no', 'DENIED_BY_BOTH']])
  })

  it('S-005 a policy whose protocol cannot match still isolates', () => {
    const sctp = policy('shop/db', { ingress: [{ ports: [{ protocol: 'SCTP', port: 80 }] }] })
    expectRows(world(sctp), [
      ['shop/web -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> shop/db:80/sctp', 'yes'],
    ])
  })

  it('S-006 a second policy of the same name replaces the first, and a warning says so', () => {
    const first = policy('shop/db', { ingress: [fromWeb] })
    const second = policy('shop/db', { ingress: [] })
    expectRows(world(first, second), [['shop/web -> shop/db:80', 'no']])
    expectRows(world(second, first), [['shop/web -> shop/db:80', 'yes']])
    expect(world(first, second).diagnostics).toMatchObject([{ severity: 'warning', code: 'REPLACED_OBJECT' }])
  })

  it('S-007 an object without a namespace is in `default`', () => {
    const unplaced = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'stray' }, spec: { containers: [] } }
    expect(ask(load(unplaced), 'default/stray -> internet:80').from).toMatchObject({ id: 'default/stray' })
  })
})

describe('A.2 policyTypes', () => {
  const egressRule = { to: [{ podSelector: {} }] }
  it.each([
    ['absent', undefined, undefined, 'no', 'yes'],
    ['null', null, undefined, 'no', 'yes'],
    ['empty', [], undefined, 'no', 'yes'],
    ['absent, with an egress rule', undefined, [egressRule], 'no', 'no'],
    ['absent, with egress: []', undefined, [], 'no', 'yes'],
    ['[Ingress]', ['Ingress'], [egressRule], 'no', 'yes'],
    ['[Egress]', ['Egress'], undefined, 'yes', 'no'],
    ['[Egress, Ingress]', ['Egress', 'Ingress'], undefined, 'no', 'no'],
    ['[Ingress, Ingress]', ['Ingress', 'Ingress'], undefined, 'no', 'yes'],
  ] as const)('S-008 S-009 S-010 policyTypes %s', (_, policyTypes, egress, into, outOf) => {
    expectRows(world(policy('shop/db', { policyTypes, egress })), [
      ['ops/db -> shop/db:80', into],
      ['shop/db -> ops/db:80', outOf],
    ])
  })

  it('S-009 an egress-only policy without policyTypes denies all ingress', () => {
    expectRows(world(policy('shop/db', { egress: [{}] })), [
      ['shop/web -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/db -> ops/db:80', 'yes', 'ALLOWED_BY_RULE'],
    ])
  })

  it('S-010 rules for a direction that is not listed are inert', () => {
    const inert = policy('shop/db', { policyTypes: ['Egress'], ingress: [fromWeb], egress: [{}] })
    expectRows(world(inert), [['ops/db -> shop/db:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION']])
  })

  it('S-011 manifests are taken as freshly created: the default follows the rules that are written', () => {
    expectRows(world(policy('shop/db', { egress: [egressRule] })), [
      ['shop/db -> shop/web:80', 'yes', 'ALLOWED_BY_RULE'],
      ['shop/db -> internet:80', 'no', 'DENIED_BY_EGRESS'],
    ])
  })
})

describe('A.3 rules, lists, empties', () => {
  it('S-012 ports and peers must both match; entries and rules are ORed', () => {
    const rules = [
      { ...fromWeb, ports: [{ port: 80 }, { port: 443 }] },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } }],
        ports: [{ port: 5432 }],
      },
    ]
    expectRows(world(policy('shop/db', { ingress: rules })), [
      ['shop/web -> shop/db:80', 'yes'],
      ['shop/web -> shop/db:443', 'yes'],
      ['shop/web -> shop/db:5432', 'no'],
      ['ops/db -> shop/db:5432', 'yes'],
      ['ops/db -> shop/db:80', 'no'],
    ])
  })

  it.each([
    ['ingress absent', { policyTypes: ['Ingress'] }, '', ''],
    ['ingress null', { policyTypes: ['Ingress'], ingress: null }, '', ''],
    ['ingress []', { policyTypes: ['Ingress'], ingress: [] }, '', ''],
    ['ingress [{}]', { ingress: [{}] }, 'all', 'all'],
    ['ingress [null]', { ingress: [null] }, 'all', 'all'],
    ['from absent', { ingress: [{ ports: [{ port: 80 }] }] }, 'TCP 80', 'TCP 80'],
    ['from null', { ingress: [{ from: null, ports: [{ port: 80 }] }] }, 'TCP 80', 'TCP 80'],
    ['from []', { ingress: [{ from: [], ports: [{ port: 80 }] }] }, 'TCP 80', 'TCP 80'],
    ['ports absent', { ingress: [fromWeb] }, 'all', ''],
    ['ports null', { ingress: [{ ...fromWeb, ports: null }] }, 'all', ''],
    ['ports []', { ingress: [{ ...fromWeb, ports: [] }] }, 'all', ''],
    ['ports [{}]', { ingress: [{ ports: [{}] }] }, 'TCP 1-65535', 'TCP 1-65535'],
    ['ports [null]', { ingress: [{ ports: [null] }] }, 'TCP 1-65535', 'TCP 1-65535'],
    ['peer podSelector {}', { ingress: [{ from: [{ podSelector: {} }] }] }, 'all', ''],
    ['peer namespaceSelector {}', { ingress: [{ from: [{ namespaceSelector: {} }] }] }, 'all', ''],
    [
      'peer with both empty',
      { ingress: [{ from: [{ podSelector: {}, namespaceSelector: {} }] }] },
      'all',
      '',
    ],
    [
      'peer podSelector null beside a namespaceSelector',
      { ingress: [{ from: [{ podSelector: null, namespaceSelector: {} }] }] },
      'all',
      '',
    ],
    [
      'peer matchLabels {} and matchExpressions []',
      { ingress: [{ from: [{ podSelector: { matchLabels: {}, matchExpressions: [] } }] }] },
      'all',
      '',
    ],
  ])('S-013 S-016 %s', (_, spec, fromPod, fromOutside) => {
    const shop = world(policy('shop/db', spec))
    expect([openPorts(shop, 'shop/web -> shop/db'), openPorts(shop, 'internet -> shop/db')]).toEqual([
      fromPod,
      fromOutside,
    ])
  })

  it.each([
    ['absent', undefined],
    ['null', null],
    ['{}', {}],
    ['{matchLabels: {}}', { matchLabels: {} }],
  ])('S-013 spec.podSelector %s selects every Pod of the namespace', (_, podSelector) => {
    expectRows(world(policy('shop/all', { podSelector })), [
      ['ops/db -> shop/web:80', 'no'],
      ['ops/db -> shop/db:80', 'no'],
    ])
  })

  it.each([
    ['only a podSelector', { podSelector: { matchLabels: { app: 'db' } } }, 'no', 'no', 'yes'],
    [
      'only a namespaceSelector',
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } } },
      'yes',
      'yes',
      'no',
    ],
    [
      'both in one entry',
      {
        podSelector: { matchLabels: { app: 'db' } },
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ops' } },
      },
      'yes',
      'no',
      'no',
    ],
  ] as const)('S-014 S-015 a peer with %s', (_, peer, opsDb, opsWeb, shopDb) => {
    const shop = load(
      pod('shop/target', { app: 'target' }),
      pod('shop/db', { app: 'db' }),
      pod('ops/db', { app: 'db' }),
      pod('ops/web', { app: 'web' }),
      policy('shop/target', { ingress: [{ from: [peer] }] }),
    )
    expectRows(shop, [
      ['ops/db -> shop/target:80', opsDb],
      ['ops/web -> shop/target:80', opsWeb],
      ['shop/db -> shop/target:80', shopDb],
    ])
  })

  it('S-014 two entries are ORed', () => {
    const either = policy('shop/db', {
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'web' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }] },
      ],
    })
    expectRows(world(either), [
      ['shop/web -> shop/db:80', 'yes'],
      ['10.1.2.3 -> shop/db:80', 'yes'],
      ['11.1.2.3 -> shop/db:80', 'no'],
    ])
  })
})
