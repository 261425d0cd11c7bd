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

/** With the full name that is, or may be, outside. */
function lookedUp(name: string, spec: Json): string {
  const world = load(pod('shop/client', {}, { spec }), ...OBJECTS)
  const client = world.cluster.pods.find(one => one.name === 'client')
  if (client === undefined) throw new Error('the client was not loaded')
  const lookup = lookUp(world, { kind: 'pod', pod: client }, name, 'cluster.local')
  const outside =
    lookup.kind === 'outside' ? lookup.as : lookup.kind === 'not-found' ? lookup.searched : undefined
  return outside === undefined ? lookup.kind : `${lookup.kind}: ${outside}`
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
})

describe('S-221 S-232 a name that a search domain of the Pod makes', () => {
  const dnsConfig = { searches: ['corp.example.com'] }
  it.each<[what: string, name: string, kind: string]>([
    ['of a word that the cluster does not have', 'ldap', 'outside: ldap.corp.example.com'],
    ['not of two that may be a name outside', 'ldap.eu', 'outside: ldap.eu'],
    ['not where the cluster knows it', 'web.shop', 'found'],
    ['not where it may be a name outside as it is', 'www.example.com', 'outside: www.example.com'],
    ['perhaps, of what was meant for the cluster', 'web.other', 'not-found: web.other.corp.example.com'],
    ['perhaps, of what is nearly a name of it', 'weeb', 'not-found: weeb.corp.example.com'],
    ['not of a full name of the cluster', 'ldap.shop.svc.cluster.local', 'not-found'],
    ['not of the beginning of one', 'ldap.shop.svc', 'not-found'],
    ['not of a name that ends in a dot', 'ldap.', 'not-found'],
    ['not of a service and protocol', '_ldap._tcp', 'not-found'],
  ])('%s: %s', (_, name, kind) => expect(lookedUp(name, { dnsConfig })).toBe(kind))

  it('a server of its own is asked for it as well', () => {
    const spec = { dnsPolicy: 'None', dnsConfig: { nameservers: ['1.1.1.1'], ...dnsConfig } }
    expect(lookedUp('ldap', spec)).toBe('outside: ldap.corp.example.com')
    expect(lookedUp('web', spec)).toBe('not-found: web.corp.example.com')
    expect(lookedUp('ldap', { ...spec, dnsConfig: { nameservers: ['1.1.1.1'] } })).toBe('not-found')
  })

  it('as in windows, with a domain that ends in local', () =>
    expect(lookedUp('ldap', { dnsConfig: { searches: ['corp.local'] } })).toBe('outside: ldap.corp.local'))
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
