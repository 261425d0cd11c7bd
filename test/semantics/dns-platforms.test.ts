import { describe, expect, it } from 'vitest'
import { settingsOf } from '../../src/path/question.ts'
import { reachWithAdvice } from '../../src/questions/reachability.ts'
import { ask, codes, expectRows, type Json, load, pod, policy, service } from './ask.ts'

/* S-240 to S-244: where the cluster's DNS is, on platforms and with a cache on each node. */

const web = service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }] })
const apps = [pod('shop/web', { app: 'web' }), pod('shop/client', { app: 'client' }), web]
const DNS = (port: number) => [{ port, protocol: 'UDP' }, { port }]
const ns = (name: string) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })
/** Lets the client out to the namespace, and to DNS where it says. */
const out = (...dns: readonly Json[]): Json =>
  policy('shop/client', { policyTypes: ['Egress'], egress: [{ to: [{ podSelector: {} }] }, ...dns] })
const toKubeDns = {
  to: [{ ...ns('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }],
  ports: DNS(53),
}
const toOpenShift = { to: [ns('openshift-dns')], ports: DNS(5353) }
const toBlock = (cidr: string): Json => ({ to: [{ ipBlock: { cidr } }], ports: DNS(53) })
const asked = 'shop/client -> web:80'

describe('S-244 NodeLocal DNSCache', () => {
  const cache = (args?: readonly string[], more: Json = { hostNetwork: true }): Json => ({
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { namespace: 'kube-system', name: 'node-local-dns' },
    spec: {
      selector: { matchLabels: { 'k8s-app': 'node-local-dns' } },
      template: {
        metadata: { labels: { 'k8s-app': 'node-local-dns' } },
        spec: { ...more, containers: [{ name: 'node-cache', image: 'x', ...(args && { args }) }] },
      },
    },
  })
  const dns = service('kube-system/kube-dns', {
    clusterIP: '10.96.0.10',
    selector: { 'k8s-app': 'kube-dns' },
    ports: [
      { name: 'dns', port: 53, protocol: 'UDP' },
      { name: 'dns-tcp', port: 53 },
    ],
  })
  const both = ['-localip', '169.254.20.10,10.96.0.10']
  const local = toBlock('169.254.20.10/32')

  it.each<[string, readonly Json[], 'yes' | 'no' | 'undetermined']>([
    ['with a rule for the DNS Pods alone', [cache(both), dns, out(toKubeDns)], 'undetermined'],
    ['with a rule for its address alone', [cache(both), dns, out(local)], 'undetermined'],
    ['with both, but not for the ClusterIP', [cache(both), dns, out(toKubeDns, local)], 'undetermined'],
    ['with all three', [cache(both), dns, out(toKubeDns, local, toBlock('10.96.0.10/32'))], 'yes'],
    [
      'with both, where it has no ClusterIP',
      [cache(both.with(1, '169.254.20.10')), dns, out(toKubeDns, local)],
      'yes',
    ],
    ['with neither', [cache(both), dns, out()], 'no'],
    [
      'with the ClusterIP that it answers for',
      [cache(both), dns, out(toBlock('10.96.0.10/32'))],
      'undetermined',
    ],
    ['without it, the ClusterIP is of no use', [dns, out(toBlock('10.96.0.10/32'))], 'no'],
    [
      'at another address',
      [cache(['-localip=169.254.25.10']), out(toKubeDns, toBlock('169.254.25.10/32'))],
      'yes',
    ],
    [
      'at the usual one, where a placeholder is',
      [cache(['-localip', '__PILLAR__LOCAL__DNS__']), out(toKubeDns, local)],
      'yes',
    ],
    ['at the usual one, where no argument says it', [cache(), out(toKubeDns, local)], 'yes'],
    ['in the Pod network, as Pods', [cache(both, {}), out(toKubeDns)], 'undetermined'],
    ['and no policy', [cache(both), dns], 'yes'],
  ])('%s', (_, objects, verdict) => expectRows(load(...apps, ...objects), [[asked, verdict]]))

  it('is told where it could matter, with what would help', () => {
    const world = load(...apps, cache(both), dns, out(toKubeDns))
    const { message, assumptions } = ask(world, asked)
    expect(message).toContain('169.254.20.10')
    expect(assumptions.map(one => one.message).join()).toContain(
      'kube-system/node-local-dns is a node-local DNS cache',
    )
    expect(
      ask(load(...apps, cache(both)), asked)
        .assumptions.map(one => one.message)
        .join(),
    ).not.toContain('node-local')
  })

  it('what is suggested is a rule for its address', () => {
    const world = load(...apps, cache(both), dns, out(toKubeDns))
    const question = {
      from: 'shop/client',
      to: 'web:80',
      port: undefined,
      protocol: undefined,
      namespace: 'default',
    }
    const { suggestions } = reachWithAdvice(world, { ...question, settings: settingsOf({}) }, 'decisive')
    expect(suggestions[0]?.manifest).toContain('cidr: 169.254.20.10/32')
    expect(suggestions[0]?.message).toContain('169.254.20.10')
  })

  it('--dns decides', () => {
    const world = load(...apps, cache(both), dns, out(toKubeDns))
    expectRows(world, [[asked, 'no']], { dns: '169.254.20.10' })
    expectRows(world, [[asked, 'yes']], { dns: 'kube-system/svc/kube-dns' })
  })
})

describe('S-243 OpenShift', () => {
  const route = {
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { host: 'web.example.com', to: { kind: 'Service', name: 'web' } },
  }
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n1', labels: { 'node.openshift.io/os_id': 'rhcos' } },
  }
  const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openshift-monitoring' } }

  it.each<[string, readonly Json[], 'yes' | 'no' | 'undetermined']>([
    ['known by a Route', [route, out(toOpenShift)], 'yes'],
    ['known by a Route, and a rule as on other clusters', [route, out(toKubeDns)], 'no'],
    ['known by a namespace', [space, out(toOpenShift)], 'yes'],
    ['known by a Node', [node, out(toOpenShift)], 'yes'],
    ['likely by what a policy selects', [out(toOpenShift)], 'undetermined'],
    ['likely by what a policy selects, with rules for both', [out(toOpenShift, toKubeDns)], 'yes'],
    [
      'likely, and the port of the Service in the rule',
      [route, out({ ...toOpenShift, ports: DNS(53) })],
      'no',
    ],
  ])('%s', (_, objects, verdict) => expectRows(load(...apps, ...objects), [[asked, verdict]]))

  it('--dns names what is not in the input', () => {
    const world = load(...apps, out(toOpenShift))
    expectRows(world, [[asked, 'yes']], { dns: 'openshift-dns/dns-default:5353' })
    expectRows(world, [[asked, 'yes']], { dns: 'openshift-dns/dns-default' })
    expectRows(world, [[asked, 'no']], { dns: 'kube-system/kube-dns' })
    expect(codes(world, asked, { dns: 'openshift-dns/dns-default' })).toContain('ASSUMED_CLUSTER_DNS')
    const byLabel = load(
      ...apps,
      out({ to: [{ ...ns('dns'), podSelector: { matchLabels: { app: 'dns' } } }], ports: DNS(53) }),
    )
    expectRows(byLabel, [[asked, 'undetermined']], { dns: 'dns/resolver' })
    expectRows(byLabel, [[asked, 'no']], { dns: 'other/resolver' })
    expect(() => ask(world, asked, { dns: 'resolver' })).toThrow()
  })
})

describe('S-240 other platforms', () => {
  it.each<[string, Json]>([
    ['RKE2', { 'app.kubernetes.io/name': 'rke2-coredns' }],
    ['EKS', { 'eks.amazonaws.com/component': 'coredns' }],
    ['and all', { 'k8s-app': 'kube-dns' }],
  ])('%s: the label that a policy selects by', (_, matchLabels) =>
    expectRows(
      load(...apps, out({ to: [{ ...ns('kube-system'), podSelector: { matchLabels } }], ports: DNS(53) })),
      [[asked, 'yes']],
    ),
  )
})
