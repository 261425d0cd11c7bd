import { describe, expect, it } from 'vitest'
import { ask, type Json, loadWith, pod, policy, service } from './ask.ts'
import { block, db, expectAnswers, fromTo, nodes, onHost, said, web } from './plugin-rows.ts'

/*
 * What hangs on the network plugin: nodes, a Pod and itself, ports and protocols (S-031, S-032, S-042, S-043, S-045, S-046,
 * S-055, S-056, S-065).
 */

describe('nodes', () => {
  const shut = policy('shop/web', { policyTypes: ['Ingress', 'Egress'] })

  it('of Pods let them in, and let them out unless that is known to be filtered (S-042)', () => {
    const objects = [web, onHost, ...nodes, shut]
    expectAnswers(objects, [
      ['kindnet', 'node/n1 -> shop/web:80', 'yes', []],
      ['kindnet', 'kube-system/agent -> shop/web:80', 'yes', []],
      [undefined, 'shop/web -> node/n1:22', 'yes', ['ASSUMED_NODE_EGRESS']],
      ['calico', 'shop/web -> node/n1:22', 'yes', ['ASSUMED_NODE_EGRESS']],
      ['weave', 'shop/web -> node/n1:22', 'yes', []],
      ['kindnet', 'shop/web -> node/n1:22', 'no', ['CNI_BEHAVIOUR']],
      ['kindnet', 'shop/web -> kube-system/agent:9100', 'no', ['CNI_BEHAVIOUR']],
      ['kindnet', 'shop/web -> node/n2:22', 'no', []],
    ])
    expect(said('calico', objects, 'shop/web -> node/n1:22').join()).toContain('(not known of Calico)')
    expect(said('kindnet', objects, 'shop/web -> node/n1:22')).toContain(
      'kindnet holds a Pod to its egress policies on the way to its own node, too (since 2026)',
    )
  })

  it('need not be known where they make no difference', () => {
    const anywhere = pod('shop/web', { app: 'web' }, { status: { podIP: '10.0.0.1' } })
    const answer = (cni: string) => ask(loadWith(cni, anywhere, ...nodes, shut), 'shop/web -> node/n1:22')
    expect([answer('calico').verdict, answer('kindnet').verdict]).toEqual(['undetermined', 'no'])
  })

  it('stand for the Pods on their network (S-043), which Weave is not known to do', () => {
    const objects = [db, onHost, policy('shop/db', fromTo([{ namespaceSelector: {} }]))]
    expectAnswers(objects, [
      [
        undefined,
        'kube-system/agent -> shop/db:5432',
        'no',
        ['ASSUMED_HOST_NETWORK', 'ASSUMED_ENFORCING_CNI'],
      ],
      ['kube-router', 'kube-system/agent -> shop/db:5432', 'no', []],
      ['weave', 'kube-system/agent -> shop/db:5432', 'no', ['ASSUMED_HOST_NETWORK']],
      ['ovn', 'kube-system/agent -> shop/db:5432', 'no', []],
    ])
  })

  it('with OVN-Kubernetes a Pod on one may match `podSelector: {}` beside a namespaceSelector', () => {
    const anyPod = (podSelector: Json) => [
      db,
      onHost,
      policy('shop/db', fromTo([{ namespaceSelector: {}, podSelector }])),
    ]
    const question = 'kube-system/agent -> shop/db:5432'
    expectAnswers(anyPod({}), [['ovn', question, 'no', ['UNDETERMINED_CNI_BEHAVIOUR']]])
    expectAnswers(anyPod({ matchLabels: { app: 'agent' } }), [['ovn', question, 'no', []]])
  })

  it('that rewrite a client may be taken for the own node (S-065)', () => {
    const svc = service('shop/db', { type: 'NodePort', selector: { app: 'db' }, ports: [{ port: 5432 }] })
    expectAnswers(
      [db, ...nodes, svc, policy('shop/db', fromTo([block('203.0.113.0/24')]))],
      [
        [undefined, '203.0.113.7 -> shop/svc/db', 'no', ['ASSUMED_ENFORCING_CNI']],
        ['antrea', '203.0.113.7 -> shop/svc/db', 'no', []],
        ['calico', '203.0.113.7 -> shop/svc/db', 'no', ['ASSUMED_CNI_BEHAVIOUR']],
      ],
    )
  })
})

it('a client whose address a node replaces may be a node to Cilium, or outside (S-064)', () => {
  const svc = service('shop/db', { type: 'NodePort', selector: { app: 'db' }, ports: [{ port: 5432 }] })
  const question = 'internet -> shop/svc/db'
  for (const known of [[], nodes])
    expectAnswers(
      [db, ...known, svc, policy('shop/db', fromTo([block('0.0.0.0/0')]))],
      [
        ['calico', question, 'yes', []],
        ['cilium', question, 'undetermined', ['CNI_BEHAVIOUR', 'ASSUMED_CNI_BEHAVIOUR']],
      ],
    )
  const fromAnyone = policy('shop/db', { policyTypes: ['Ingress'], ingress: [{}] })
  expectAnswers([db, svc, fromAnyone], [['cilium', question, 'yes', []]])
})

describe('a Pod and itself', () => {
  const svc = service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }] })
  const shut = policy('shop/web', { policyTypes: ['Ingress'] })
  const itself = policy('shop/web', fromTo([{ podSelector: { matchLabels: { app: 'web' } } }]), 'itself')

  it('through a Service: as the plugin has it (S-046)', () => {
    const question = 'shop/web -> shop/svc/web'
    expectAnswers(
      [web, svc, shut],
      [
        [undefined, question, 'yes', ['ASSUMED_SELF_THROUGH_SERVICE']],
        ['kube-router', question, 'yes', ['ASSUMED_SELF_THROUGH_SERVICE']],
        ['cilium', question, 'yes', []],
        ['antrea', question, 'yes', []],
        ['ovn-kubernetes', question, 'no', ['CNI_BEHAVIOUR']],
        ['calico', question, 'undetermined', []],
        ['none', question, 'yes', ['POLICY_NOT_ENFORCED']],
      ],
    )
    expect(ask(loadWith('calico', web, svc, shut), question).reason).toBe('UNDETERMINED_CNI_BEHAVIOUR')
  })

  it('through a Service where a rule lets it, or nothing isolates it (T-58)', () => {
    for (const objects of [
      [web, svc],
      [web, svc, itself],
    ])
      expectAnswers(objects, [
        ['calico', 'shop/web -> shop/svc/web', 'yes', []],
        ['ovn-kubernetes', 'shop/web -> shop/svc/web', 'yes', []],
      ])
  })

  it('by its own address, or that of a headless Service: always (S-045)', () => {
    const headless = service('shop/web', {
      clusterIP: 'None',
      selector: { app: 'web' },
      ports: [{ port: 80 }],
    })
    expectAnswers(
      [web, headless, shut],
      [
        ['calico', 'shop/web -> shop/web:80', 'yes', []],
        ['ovn-kubernetes', 'shop/web -> shop/web:80', 'yes', []],
        ['calico', 'shop/web -> shop/svc/web', 'yes', []],
        ['ovn-kubernetes', 'shop/web -> shop/svc/web', 'yes', []],
      ],
    )
  })
})

describe('ports', () => {
  const question = 'shop/web -> shop/db:5432'
  const portsOf = (...ports: readonly Json[]) => [
    web,
    db,
    policy('shop/db', fromTo([{ podSelector: {} }], ports)),
  ]

  it('with names open nothing with Weave (T-41)', () => {
    expectAnswers(portsOf({ port: 'sql' }), [
      ['kube-router', question, 'yes', []],
      ['ovn', question, 'yes', ['ASSUMED_CNI_BEHAVIOUR']],
      ['weave', question, 'no', ['CNI_BEHAVIOUR']],
    ])
    const { message } = ask(loadWith('weave', ...portsOf({ port: 'sql' })), question)
    expect(message).toContain('the network plugin does not know named ports, such as TCP sql')
  })

  it('in a range: what of it a plugin knows (S-032)', () => {
    const range = portsOf({ port: 5000, endPort: 6000 })
    expectAnswers(range, [
      [undefined, question, 'yes', []],
      ['antrea', question, 'yes', []],
      ['cilium', question, 'yes', ['ASSUMED_CNI_BEHAVIOUR']],
      ['ovn', question, 'yes', ['ASSUMED_CNI_BEHAVIOUR']],
      ['weave', question, 'no', ['CNI_BEHAVIOUR']],
      ['weave', 'shop/web -> shop/db:5000', 'yes', []],
      ['weave', 'shop/web -> shop/db:6001', 'no', []],
    ])
    expectAnswers(portsOf({ port: 1, endPort: 65535 }), [['weave', question, 'no', ['CNI_BEHAVIOUR']]])
    expectAnswers(portsOf({}), [['weave', question, 'yes', []]])
  })

  it('of sidecars are known not to count, or taken not to (S-031)', () => {
    const initContainers = [
      { name: 's', restartPolicy: 'Always', ports: [{ name: 'sql', containerPort: 5432 }] },
    ]
    const withSidecar = pod('shop/db', { app: 'db' }, { spec: { initContainers } })
    const objects = [web, withSidecar, policy('shop/db', fromTo([{ podSelector: {} }], [{ port: 'sql' }]))]
    expectAnswers(objects, [
      [undefined, question, 'no', ['ASSUMED_SIDECAR_PORT', 'ASSUMED_ENFORCING_CNI']],
      ['knp', question, 'no', []],
      ['calico', question, 'no', ['ASSUMED_SIDECAR_PORT']],
    ])
  })

  it('of SCTP take a plugin that can (S-056)', () => {
    const sctp = portsOf({ protocol: 'SCTP', port: 5432 })
    expectAnswers(sctp, [
      [undefined, `${question}/sctp`, 'yes', []],
      ['cilium', `${question}/sctp`, 'yes', ['ASSUMED_CNI_BEHAVIOUR']],
    ])
    expect(said('cilium', sctp, `${question}/sctp`).join()).toContain('has to be switched on')
  })

  it('are what ICMP has none of (S-055)', () => {
    expectAnswers(portsOf({ port: 5432 }), [
      [undefined, 'shop/web -> shop/db', 'partial', ['ASSUMED_ENFORCING_CNI', 'ASSUMED_NO_PORTS_PROTOCOLS']],
      ['ovn', 'shop/web -> shop/db', 'partial', []],
      ['kube-router', 'shop/web -> shop/db', 'partial', ['ASSUMED_NO_PORTS_PROTOCOLS']],
    ])
  })
})

it('both selectors of an entry count, but with an old Weave (S-014)', () => {
  const both = {
    namespaceSelector: { matchLabels: { team: 'a' } },
    podSelector: { matchLabels: { app: 'web' } },
  }
  expectAnswers(
    [web, db, policy('shop/db', fromTo([both]))],
    [
      ['calico', 'shop/web -> shop/db:5432', 'no', []],
      ['weave', 'shop/web -> shop/db:5432', 'no', ['ASSUMED_CNI_BEHAVIOUR']],
    ],
  )
})
