import { describe, expect, it } from 'vitest'
import type { Resolver } from '../../../src/path/dns/resolver.ts'
import { dnsServersOf } from '../../../src/path/dns/servers.ts'
import { settingsOf } from '../../../src/path/question.ts'
import { parseAddress } from '../../../src/sets/addresses.ts'
import { type Json, load, pod, service } from '../../semantics/ask.ts'

const KUBE_DNS = { 'k8s-app': 'kube-dns' }
const PORTS: readonly Json[] = [
  { name: 'metrics', port: 9153, targetPort: 9154 },
  { name: 'dns', port: 53, protocol: 'UDP', targetPort: 5353 },
  { name: 'other', port: 54, protocol: 'UDP', targetPort: 5454 },
  { name: 'dns-tcp', port: 53, targetPort: 5354 },
]
const dns = (id: string, ports: readonly Json[] = PORTS, spec: Json = {}) =>
  service(id, { clusterIP: '10.96.0.10', selector: KUBE_DNS, ports, ...spec })
const server = (id: string, labels: Json = KUBE_DNS) =>
  pod(id, labels, { status: { phase: 'Running', podIP: '10.0.0.53' } })
const slice: Json = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { namespace: 'kube-system', name: 'x', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['203.0.113.53'] }],
  ports: [{ name: 'dns', port: 5300, protocol: 'UDP' }],
}
const deployment = (namespace: string, name: string): Json => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { namespace, name },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'x' } },
    template: { metadata: { labels: { app: 'x' } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
  },
})

/** Who is asked, and where a question arrives over UDP and over TCP. */
function asked(objects: readonly Json[], servers: Resolver['servers'] = 'cluster', option?: string): string {
  const settings = settingsOf(option === undefined ? {} : { dns: option })
  const found = dnsServersOf(load(...objects), { search: [], ndots: 1, servers }, settings)
  const ports = (protocol: 'UDP' | 'TCP') =>
    found
      .arrivals(protocol)
      .map(({ to, port }) => `${to.kind === 'pod' ? to.pod.name : to.kind} ${port}`)
      .join(' and ') || 'nobody'
  const assumed = found.assumed.length > 0 ? ', assumed' : ''
  return `${found.name}: ${ports('UDP')}, ${ports('TCP')}${assumed}`
}

describe('S-240 the DNS servers of a cluster', () => {
  it.each<[what: string, objects: readonly Json[], expected: string]>([
    ['nothing', [], 'kube-system/kube-dns: kube-dns~ 53, kube-dns~ 53, assumed'],
    [
      'a Service and its Pod',
      [dns('kube-system/kube-dns'), server('kube-system/a')],
      'kube-system/kube-dns: a 5353, a 5354',
    ],
    [
      'a Service over UDP alone',
      [dns('kube-system/kube-dns', PORTS.slice(0, 2)), server('kube-system/a')],
      'kube-system/kube-dns: a 5353, nobody',
    ],
    [
      'a Service without its Pods',
      [dns('kube-system/kube-dns')],
      'kube-system/kube-dns: kube-dns~ 5353, kube-dns~ 5354, assumed',
    ],
    [
      'a Service without its Pods, to a port by its name',
      [
        dns('kube-system/kube-dns', [
          { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' },
          { name: 'dns-tcp', port: 53, targetPort: 'dns-tcp' },
        ]),
      ],
      'kube-system/kube-dns: kube-dns~ 53, kube-dns~ 53, assumed',
    ],
    [
      'a Service without a selector',
      [dns('kube-system/kube-dns', PORTS, { selector: undefined }), slice],
      'kube-system/kube-dns: external 5300, nobody',
    ],
    [
      'a Service without its Pods, and the Deployment of them',
      [dns('kube-system/kube-dns'), deployment('kube-system', 'coredns')],
      'kube-system/kube-dns: nobody, nobody',
    ],
    [
      '… of the name of the Service',
      [dns('kube-system/rke2-dns'), deployment('kube-system', 'rke2-dns')],
      'kube-system/rke2-dns: nobody, nobody',
    ],
    [
      '… in another namespace',
      [dns('kube-system/kube-dns'), deployment('shop', 'coredns')],
      'kube-system/kube-dns: kube-dns~ 5353, kube-dns~ 5354, assumed',
    ],
    [
      '… of another name',
      [dns('kube-system/kube-dns'), deployment('kube-system', 'coredns-autoscaler')],
      'kube-system/kube-dns: kube-dns~ 5353, kube-dns~ 5354, assumed',
    ],
    ['Pods without a Service', [server('kube-system/a')], 'kube-system/kube-dns: a 53, a 53'],
    [
      'Pods of another namespace',
      [server('shop/a')],
      'kube-system/kube-dns: kube-dns~ 53, kube-dns~ 53, assumed',
    ],
    [
      'a Service of another namespace',
      [dns('shop/kube-dns'), server('shop/a')],
      'kube-system/kube-dns: kube-dns~ 53, kube-dns~ 53, assumed',
    ],
    [
      'a Service of another name',
      [dns('kube-system/coredns'), server('kube-system/a')],
      'kube-system/coredns: a 5353, a 5354',
    ],
    [
      'of two Services the one of the usual name',
      [
        dns('kube-system/a-dns'),
        dns('kube-system/kube-dns', PORTS, { clusterIP: '10.96.0.11' }),
        server('kube-system/a'),
      ],
      'kube-system/kube-dns: a 5353, a 5354',
    ],
    [
      'a Service of TCP',
      [dns('kube-system/kube-dns', PORTS.slice(3)), server('kube-system/a')],
      'kube-system/kube-dns: a 53, a 53',
    ],
    [
      'a Service of another port',
      [dns('kube-system/kube-dns', PORTS.slice(2, 3)), server('kube-system/a')],
      'kube-system/kube-dns: a 53, a 53',
    ],
    [
      'OpenShift',
      [dns('openshift-dns/dns-default'), server('openshift-dns/a')],
      'openshift-dns/dns-default: a 5353, a 5354',
    ],
    [
      'another Service of OpenShift',
      [dns('openshift-dns/other'), server('openshift-dns/a')],
      'openshift-dns/dns-default: dns-default~ 5353, dns-default~ 5353, assumed',
    ],
    [
      'its Service elsewhere',
      [dns('shop/dns-default'), server('shop/a')],
      'kube-system/kube-dns: kube-dns~ 53, kube-dns~ 53, assumed',
    ],
  ])('%s', (_, objects, expected) => {
    expect(asked(objects)).toBe(expected)
  })
})

describe('S-232 the servers that a client names itself', () => {
  const objects = [dns('kube-system/kube-dns'), server('kube-system/a')]
  it.each<[addresses: readonly string[], expected: string]>([
    [['10.96.0.10'], 'kube-system/kube-dns: a 5353, a 5354'],
    [['10.0.0.53'], '10.0.0.53: a 53, a 53'],
    [['1.1.1.1'], '1.1.1.1: external 53, external 53, assumed'],
    [
      ['1.1.1.1', '10.96.0.10'],
      '1.1.1.1, kube-system/kube-dns: external 53 and a 5353, external 53 and a 5354, assumed',
    ],
  ])('%j', (addresses, expected) => {
    const servers = addresses.flatMap(address => [parseAddress(address)].filter(one => one !== undefined))
    expect(asked(objects, servers)).toBe(expected)
  })
})

describe('S-240 the servers of the option', () => {
  const objects = [dns('kube-system/kube-dns'), server('kube-system/a')]
  it.each([
    [':1', 'kube-system/kube-dns: a 1, a 1'],
    [':65535', 'kube-system/kube-dns: a 65535, a 65535'],
    ['kube-dns', 'kube-system/kube-dns: a 5353, a 5354'],
    ['kube-dns:54', 'kube-system/kube-dns: a 5454, nobody'],
    ['1.1.1.1:5353', '1.1.1.1: external 5353, external 5353'],
  ])('--dns %s', (option, expected) => {
    expect(asked(objects, 'cluster', option)).toBe(expected)
  })

  it.each([':0', ':65536', ':x', ':1.5'])('--dns %s is no port', option => {
    expect(() => asked(objects, 'cluster', option)).toThrow(/is no port$/)
  })
})
