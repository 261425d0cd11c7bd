import { describe, expect, it } from 'vitest'
import type { Step } from '../../src/report/report.ts'
import { ask, codes, expectRows, type Json, load, pod, policy, service } from './ask.ts'

/* DNS traffic is traffic. */

const web: readonly Json[] = [
  pod('shop/client', { app: 'client' }),
  pod('shop/web', { app: 'web' }),
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
]
const kubeDns = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
  podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
}
const toWeb: Json = { to: [{ podSelector: { matchLabels: { app: 'web' } } }] }
const udp = (port: number | string): Json => ({ port, protocol: 'UDP' })
const tcp = (port: number | string): Json => ({ port, protocol: 'TCP' })

/** The client may open web, and what else is told. */
const egress = (...rules: readonly Json[]) =>
  policy('shop/client', { policyTypes: ['Egress'], egress: [toWeb, ...rules] })
const dnsRule = (...ports: readonly Json[]): Json => ({ to: [kubeDns], ports })
const world = (...more: readonly Json[]) => load(...web, ...more)
const question = 'shop/client -> web:80'

/** kube-dns as kubeadm makes it, or with another target port. */
const dnsManifests = (targetPort: number | string = 53): readonly Json[] => [
  service('kube-system/kube-dns', {
    clusterIP: '10.96.0.10',
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP', targetPort },
      { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort },
    ],
  }),
  pod(
    'kube-system/coredns-1',
    { 'k8s-app': 'kube-dns' },
    {
      ports: [
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
        { name: 'dns-tcp', containerPort: 53 },
      ],
    },
  ),
]

const nameStep = (steps: readonly Step[]): Step | undefined => steps.find(({ step }) => step === 'name')

describe('C.4 DNS traffic is traffic', () => {
  it('S-240 DNS Pods that are not in the input are assumed, and the answer says so', () => {
    expectRows(world(egress(dnsRule(udp(53), tcp(53)))), [[question, 'yes']])
    expect(codes(world(), question)).toContain('ASSUMED_CLUSTER_DNS')
    expect(codes(world(...dnsManifests()), question)).not.toContain('ASSUMED_CLUSTER_DNS')
  })

  it('S-240 a Service of kube-system without its Pods says how they are labelled', () => {
    const [front = {}] = dnsManifests()
    const answer = ask(world(front), question)
    expect(answer.assumptions.map(({ message }) => message).join()).toContain('k8s-app=kube-dns')
    expect(answer.verdict).toBe('yes')
  })

  it.each<[string, Json, 'yes' | 'no', readonly string[]]>([
    ['UDP and TCP', dnsRule(udp(53), tcp(53)), 'yes', []],
    ['every port', dnsRule(), 'yes', []],
    ['UDP alone', dnsRule(udp(53)), 'yes', ['DNS_OVER_TCP_BLOCKED']],
    ['TCP alone', dnsRule(tcp(53)), 'no', []],
    ['the port without a protocol, which is TCP', dnsRule({ port: 53 }), 'no', []],
    ['UDP by the name of the port', dnsRule(udp('dns'), tcp('dns-tcp')), 'yes', []],
    ['UDP to anywhere', { ports: [udp(53), tcp(53)] }, 'yes', []],
    [
      'UDP to namespace kube-system',
      { to: [{ namespaceSelector: kubeDns.namespaceSelector }], ports: [udp(53), tcp(53)] },
      'yes',
      [],
    ],
    [
      'UDP to Pods of its own namespace that are called so',
      { to: [{ podSelector: kubeDns.podSelector }], ports: [udp(53)] },
      'no',
      [],
    ],
    ['another port', dnsRule(udp(5353)), 'no', []],
  ])('S-241 S-242 a rule for %s', (_, rule, verdict, warnings) => {
    for (const dns of [[], dnsManifests()]) {
      const answer = ask(world(egress(rule), ...dns), question)
      expect([answer.verdict, answer.warnings.map(({ code }) => code)]).toEqual([verdict, warnings])
      if (verdict === 'no') expect(answer.reason).toBe('DNS_BLOCKED')
    }
  })

  it('S-241 S-242 a lookup over UDP is enough for a yes; TCP that cannot be told is worth a warning, as closed TCP is', () => {
    const tcpToBlock = (cidr: string): Json => ({ to: [{ ipBlock: { cidr } }], ports: [tcp(53)] })
    const told = (cidr: string) => {
      const answer = ask(world(egress(dnsRule(udp(53)), tcpToBlock(cidr))), question)
      return [answer.verdict, answer.warnings.map(({ code }) => code)]
    }
    // No manifest tells the address of the DNS Pods: the block of every address holds it, and of another it is unknown.
    expect(told('10.244.0.0/16')).toEqual(['yes', ['DNS_OVER_TCP_BLOCKED']])
    expect(told('0.0.0.0/0')).toEqual(['yes', []])
  })

  it('S-246 says that the lookup fails, and what the address would do', () => {
    const closed = ask(world(egress()), question)
    expect(closed).toMatchObject({
      reason: 'DNS_BLOCKED',
      symptom: 'name does not resolve',
      byAddress: { verdict: 'yes' },
    })
    expect(closed.message).toContain('by its address it would be reachable')
    const both = ask(world(policy('shop/client', { policyTypes: ['Egress'] })), question)
    expect(both).toMatchObject({
      reason: 'DNS_BLOCKED',
      byAddress: { verdict: 'no', reason: 'DENIED_BY_EGRESS' },
    })
    expectRows(world(egress()), [['shop/client -> shop/svc/web:80', 'yes']])
  })

  it('S-246 a lookup that gets through and a connection that does not is a matter of the connection', () => {
    const closed = world(egress(dnsRule(udp(53), tcp(53))), policy('shop/web', {}))
    expect(ask(closed, question)).toMatchObject({
      reason: 'DENIED_BY_INGRESS',
      symptom: 'connection times out',
    })
    expect(ask(closed, question).byAddress).toBeUndefined()
  })

  it('S-246 the question to the DNS server is found in the steps, with its policies', () => {
    const step = nameStep(ask(world(egress()), question).steps)
    expect(step?.verdict).toBe('no')
    expect(step?.steps?.map(({ step: kind, verdict, object }) => [kind, verdict, object])).toEqual([
      ['egress', 'no', 'shop/client'],
      ['ingress', 'yes', 'kube-system/kube-dns~'],
    ])
    expect(step?.steps?.[0]?.policies?.map(({ name }) => name)).toEqual(['client'])
  })

  it('S-242 the address of the Service in an ipBlock does not help', () => {
    const byAddress: Json = { to: [{ ipBlock: { cidr: '10.96.0.10/32' } }], ports: [udp(53), tcp(53)] }
    const placed = dnsManifests().map(object =>
      object['kind'] === 'Pod' ? { ...object, status: { podIP: '10.244.0.2' } } : object,
    )
    // Whether or not the input tells the Pods' addresses, and with or without the Pods.
    for (const dns of [placed, dnsManifests(), dnsManifests().slice(0, 1)]) {
      expectRows(world(egress(byAddress), ...dns), [[question, 'no', 'DNS_BLOCKED']])
      expect(codes(world(egress(byAddress), ...dns), question)).toContain('ASSUMED_POLICY_AFTER_SERVICE')
    }
  })

  it('S-051 whether a block holds an assumed DNS Pod cannot be told', () => {
    const block: Json = { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [udp(53)] }
    expectRows(world(egress(block)), [[question, 'undetermined', 'UNDETERMINED_DNS']])
  })

  it('a name that is not there is not found, whether or not the question gets through', () => {
    const block: Json = { to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [udp(53)] }
    expectRows(world(egress(block)), [['shop/client -> gone.shop:80', 'no', 'NAME_NOT_FOUND']])
    const { reason, message } = ask(world(egress()), 'shop/client -> gone.shop:80')
    expect(reason).toBe('DNS_BLOCKED')
    expect(message).toContain('`gone.shop` does not resolve')
  })

  it('S-243 the port is the one that the DNS Pods listen on', () => {
    const openShift: readonly Json[] = [
      service('openshift-dns/dns-default', {
        selector: { dns: 'default' },
        ports: [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
          { name: 'dns-tcp', port: 53, targetPort: 'dns-tcp' },
        ],
      }),
      pod(
        'openshift-dns/dns-1',
        { dns: 'default' },
        {
          ports: [
            { name: 'dns', containerPort: 5353, protocol: 'UDP' },
            { name: 'dns-tcp', containerPort: 5353 },
          ],
        },
      ),
    ]
    const to = (port: number): Json => ({ to: [{ namespaceSelector: {} }], ports: [udp(port), tcp(port)] })
    expectRows(world(egress(to(53)), ...openShift), [[question, 'no', 'DNS_BLOCKED']])
    expectRows(world(egress(to(5353)), ...openShift), [[question, 'yes']])
    expectRows(world(egress(to(5353))), [[question, 'yes']], { dns: ':5353' })
    expectRows(world(egress(to(53))), [[question, 'no', 'DNS_BLOCKED']], { dns: ':5353' })
    const [front = {}] = dnsManifests()
    expectRows(world(egress(to(5353)), front), [[question, 'yes']], { dns: ':5353' })
    expectRows(world(egress(to(5353)), ...dnsManifests()), [[question, 'yes']], { dns: ':5353' })
  })

  it('S-244 a node-local cache is an address, which a block lets through and a selector does not', () => {
    const byBlock: Json = { to: [{ ipBlock: { cidr: '169.254.20.10/32' } }], ports: [udp(53), tcp(53)] }
    expectRows(world(egress(byBlock)), [[question, 'yes']], { dns: '169.254.20.10' })
    expectRows(world(egress(dnsRule(udp(53)))), [[question, 'no', 'DNS_BLOCKED']], { dns: '169.254.20.10' })
    expectRows(world(egress(byBlock)), [[question, 'no', 'DNS_BLOCKED']])
  })

  it('S-244 the option names a Service or a workload as well', () => {
    const own: readonly Json[] = [
      service('infra/resolver', {
        selector: { app: 'resolver' },
        ports: [
          { name: 'u', port: 53, protocol: 'UDP', targetPort: 1053 },
          { name: 't', port: 53, targetPort: 1053 },
        ],
      }),
      pod('infra/resolver-1', { app: 'resolver' }),
    ]
    const rule: Json = { to: [{ namespaceSelector: {} }], ports: [udp(1053), tcp(1053)] }
    expectRows(world(egress(rule), ...own), [[question, 'yes']], { dns: 'infra/resolver' })
    expectRows(world(egress(rule), ...own), [[question, 'yes']], { dns: 'infra/pod/resolver-1:1053' })
    expectRows(world(egress(rule), ...own), [[question, 'no', 'DNS_BLOCKED']], {
      dns: 'infra/pod/resolver-1',
    })
  })

  it('S-245 DNS Pods that are isolated for ingress need a rule of their own', () => {
    const closed = policy('kube-system/dns', { podSelector: {} })
    expectRows(world(closed), [[question, 'no', 'DNS_BLOCKED']])
    const opened = policy('kube-system/dns', {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [udp(53), tcp(53)] }],
    })
    expectRows(world(opened), [[question, 'yes']])
  })

  it('a DNS Service that chooses none of the DNS Pods of the input answers nobody', () => {
    const [front = {}, backend = {}] = dnsManifests()
    const typo = {
      ...front,
      spec: { selector: { 'k8s-app': 'kubedns' }, ports: [{ port: 53, protocol: 'UDP' }] },
    }
    expectRows(world(typo, backend), [[question, 'no', 'DNS_BLOCKED']])
    expect(codes(world(typo, backend), question)).not.toContain('ASSUMED_CLUSTER_DNS')
    const none: Json = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'kube-system', name: 'coredns' },
      spec: {
        replicas: 0,
        selector: { matchLabels: { 'k8s-app': 'kube-dns' } },
        template: { metadata: { labels: { 'k8s-app': 'kube-dns' } }, spec: { containers: [] } },
      },
    }
    expectRows(world(front, none), [[question, 'no', 'DNS_BLOCKED']])
  })

  it.each(['external-dns', 'coredns-autoscaler', 'node-local-dns'])('S-240 %s is no DNS server', name => {
    const [front = {}] = dnsManifests()
    const labels = { app: name }
    const other: Json = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { namespace: 'kube-system', name },
      spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: {} } },
    }
    expectRows(world(front, other), [[question, 'yes']])
    expect(codes(world(front, other), question)).toContain('ASSUMED_CLUSTER_DNS')
  })

  it('DNS Pods that are not ready answer nobody', () => {
    const [front = {}, backend = {}] = dnsManifests()
    const unready = { ...backend, status: { phase: 'Pending' } }
    expectRows(world(front, unready), [[question, 'no', 'DNS_BLOCKED']])
  })

  it('DNS Pods of which only some can be reached give an answer at times', () => {
    const second = pod('kube-system/coredns-2', { 'k8s-app': 'kube-dns', canary: 'yes' })
    const closed = policy('kube-system/canary', { podSelector: { matchLabels: { canary: 'yes' } } })
    expectRows(world(...dnsManifests(), second, closed), [[question, 'partial', 'DNS_BLOCKED']])
  })

  it('S-232 a Pod that asks the node’s servers is held up by its own egress', () => {
    const asking = pod('shop/asking', { app: 'client' }, { spec: { dnsPolicy: 'Default' } })
    const ports: Json = { ports: [udp(53), tcp(53)] }
    expectRows(world(asking, egress(ports, { ports: [{ port: 443 }] })), [
      ['shop/asking -> https://www.example.com', 'yes'],
    ])
    expectRows(world(asking, egress({ ports: [{ port: 443 }] })), [
      ['shop/asking -> https://www.example.com', 'no', 'DNS_BLOCKED'],
    ])
    expect(codes(world(asking), 'shop/asking -> https://www.example.com')).toContain('ASSUMED_NODE_DNS')
  })

  it('what stands in /etc/hosts needs no DNS', () => {
    const asking = pod(
      'shop/asking',
      { app: 'client' },
      { spec: { hostAliases: [{ ip: '203.0.113.9', hostnames: ['legacy'] }] } },
    )
    const rule: Json = { to: [{ ipBlock: { cidr: '203.0.113.9/32' } }] }
    expectRows(world(asking, egress(rule)), [['shop/asking -> legacy:443', 'yes']])
  })
})
