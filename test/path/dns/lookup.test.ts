import { describe, expect, it } from 'vitest'
import { lookUp } from '../../../src/path/dns/lookup.ts'
import { type Json, load, namespace, pod, service } from '../../semantics/ask.ts'

const OBJECTS = [
  namespace('shop'),
  service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }] }),
  service('shop/api', { selector: { app: 'api' }, ports: [{ port: 80 }] }),
  service('kube-system/kube-dns', {
    clusterIP: '10.96.0.10',
    selector: { 'k8s-app': 'kube-dns' },
    ports: [{ port: 53, protocol: 'UDP' }],
  }),
  pod('kube-system/dns', { 'k8s-app': 'kube-dns' }, { status: { phase: 'Running', podIP: '10.0.0.53' } }),
]

/** What a Pod gets that looks a name up. */
function found(name: string, spec: Json = {}, domain = 'cluster.local', more: readonly Json[] = []): string {
  const world = load(pod('shop/client', {}, { spec }), ...OBJECTS, ...more)
  const client = world.cluster.pods.find(one => one.name === 'client')
  if (client === undefined) throw new Error('the client was not loaded')
  return lookUp(world, { kind: 'pod', pod: client }, name, domain).kind
}

describe('S-232 the servers that a Pod names itself', () => {
  it.each<[what: string, nameservers: readonly string[], searches: readonly string[], kind: string]>([
    ['the Service of the cluster', ['10.96.0.10'], [], 'found'],
    ['a Pod of the cluster', ['10.0.0.53'], [], 'found'],
    ['one that is nobody’s, and the Service', ['1.1.1.1', '10.96.0.10'], [], 'found'],
    ['one that is nobody’s', ['1.1.1.1'], [], 'not-found'],
    ['one that is nobody’s, with a domain of somebody else', ['1.1.1.1'], ['example.com'], 'not-found'],
    ['one that is nobody’s, with the domain of the cluster', ['1.1.1.1'], ['cluster.local'], 'found'],
    ['one that is nobody’s, with a domain below', ['1.1.1.1'], ['shop.svc.cluster.local'], 'found'],
  ])('%s', (_, nameservers, searches, kind) => {
    const spec = { dnsPolicy: 'None', dnsConfig: { nameservers, searches } }
    expect(found('web.shop.svc.cluster.local', spec)).toBe(kind)
  })

  it('what it searches itself is not taken to be known outside', () => {
    const dnsConfig = { nameservers: ['1.1.1.1'], searches: ['example.com'] }
    expect(found('web', { dnsPolicy: 'None', dnsConfig })).toBe('not-found')
  })
})

describe('S-230 S-231 a name that the world outside may know', () => {
  it.each<[name: string, kind: string]>([
    ['www.example.com', 'outside'],
    ['svc.example.com', 'outside'],
    ['www.example.x1', 'outside'],
    ['www.example.1x', 'outside'],
    ['www.example.12', 'not-found'],
    ['www.example.local', 'not-found'],
    ['web.shop.svc.cluster.other', 'not-found'],
    ['x.web.shop', 'not-found'],
    ['x.y.web.shop', 'not-found'],
    ['x.y.web.com', 'outside'],
    ['x.y.other.shop', 'outside'],
    ['x.other.shop', 'not-found'],
    ['_http._tcp.www.example.com', 'not-found'],
  ])('%s: %s', (name, kind) => {
    expect(found(name)).toBe(kind)
  })

  it.each(['example.org', 'nothing.example.org', 'a.b.nothing.example.org'])(
    'is not one of the cluster’s own domain: %s',
    name => {
      expect(found(name, {}, 'example.org')).toBe('not-found')
    },
  )
})

it.each([
  [8, 'found'],
  [9, 'not-found'],
])('S-229 a chain of %i aliases: %s', (length, kind) => {
  const chain = Array.from({ length }, (_, index) =>
    service(`shop/alias-${index}`, {
      type: 'ExternalName',
      externalName: `${index + 1 < length ? `alias-${index + 1}` : 'web'}.shop.svc.cluster.local`,
    }),
  )
  expect(found('alias-0', {}, 'cluster.local', chain)).toBe(kind)
})
