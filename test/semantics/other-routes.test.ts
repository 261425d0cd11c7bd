import { describe, expect, it } from 'vitest'
import { ask, codes, type Json, refusals } from './ask.ts'
import { HOST, ingress, main, rule, world } from './ingress-world.ts'

/* Routes of kinds that are not evaluated: an answer about one of their hosts depends on them. */

const object = (apiVersion: string, kind: string, spec: Json, name = 'own'): Json => ({
  apiVersion,
  kind,
  metadata: { namespace: 'shop', name },
  spec,
})

const ROUTES: readonly (readonly [string, Json])[] = [
  [
    'IngressRoute',
    object('traefik.io/v1alpha1', 'IngressRoute', {
      routes: [{ kind: 'Rule', match: `Host(\`a.example.com\`) || Host(\`${HOST}\`) && PathPrefix(\`/x\`)` }],
    }),
  ],
  [
    'IngressRoute',
    object('traefik.containo.us/v1alpha1', 'IngressRoute', {
      routes: [{ match: `Host(\`a\`,\`${HOST}\`)` }],
    }),
  ],
  ['IngressRoute', object('traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'PathPrefix(`/`)' }] })],
  [
    'IngressRoute',
    object('traefik.io/v1alpha1', 'IngressRoute', {
      routes: [{ match: 'HostRegexp(`.+\\.example\\.com`)' }],
    }),
  ],
  [
    'IngressRouteTCP',
    object('traefik.io/v1alpha1', 'IngressRouteTCP', { routes: [{ match: `HostSNI(\`${HOST}\`)` }] }),
  ],
  [
    'VirtualService',
    object('networking.istio.io/v1', 'VirtualService', { hosts: ['*.example.com'], gateways: ['shop/edge'] }),
  ],
  ['Gateway', object('networking.istio.io/v1beta1', 'Gateway', { servers: [{ hosts: [`shop/${HOST}`] }] })],
  ['HTTPProxy', object('projectcontour.io/v1', 'HTTPProxy', { virtualhost: { fqdn: HOST } })],
  ['VirtualServer', object('k8s.nginx.org/v1', 'VirtualServer', { host: HOST })],
  ['Mapping', object('getambassador.io/v3alpha1', 'Mapping', { hostname: '*', prefix: '/' })],
  ['TCPIngress', object('configuration.konghq.com/v1beta1', 'TCPIngress', { rules: [{ host: HOST }] })],
  ['ApisixRoute', object('apisix.apache.org/v2', 'ApisixRoute', { http: [{ match: { hosts: [HOST] } }] })],
  ['VirtualService', object('gateway.solo.io/v1', 'VirtualService', { virtualHost: { domains: [HOST] } })],
  ['RouteGroup', object('zalando.org/v1', 'RouteGroup', { hosts: [HOST] })],
  ['DomainMapping', object('serving.knative.dev/v1beta1', 'DomainMapping', {}, HOST)],
  [
    'MultiClusterIngress',
    object('networking.gke.io/v1', 'MultiClusterIngress', {
      template: { spec: { rules: [{ host: HOST }] } },
    }),
  ],
]

it.each(ROUTES)('%s %j makes an answer about its host undetermined, with its name', (kind, route) => {
  const answer = ask(world(route), `internet -> http://${HOST}/`)
  expect(answer).toMatchObject({
    verdict: 'undetermined',
    reason: 'UNDETERMINED_ROUTE',
    facts: { kind: 'not-evaluated', route: kind },
  })
  expect(answer.message).toContain(`${kind} shop/`)
})

describe('and no other answer', () => {
  const silent: readonly (readonly [string, Json])[] = [
    ['another host', object('traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'Host(`a`)' }] })],
    ['traffic inside the mesh', object('networking.istio.io/v1', 'VirtualService', { hosts: [HOST] })],
    ['a part of another proxy', object('projectcontour.io/v1', 'HTTPProxy', { routes: [] })],
    ['nothing that can be read', object('traefik.io/v1alpha1', 'IngressRoute', { routes: 'x' })],
  ]
  it.each(silent)('where it is for %s', (_, route) => {
    expect(() => ask(world(route), `internet -> http://${HOST}/`)).toThrow('no Ingress, Gateway or Route')
    expect(refusals(route)).toEqual([])
  })

  it('where an Ingress names the host more closely', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const every = object('traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'PathPrefix(`/`)' }] })
    expect(ask(world(main, every), `internet -> http://${HOST}/`).verdict).toBe('yes')
    expect(codes(world(main, every), 'shop/web -> shop/api')).not.toContain('UNDETERMINED_ROUTE')
  })

  it('but where both name it, neither is left out', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const both = object('projectcontour.io/v1', 'HTTPProxy', { virtualhost: { fqdn: HOST } })
    expect(ask(world(main, both), `internet -> http://${HOST}/`).verdict).not.toBe('yes')
  })
})

it('a Pod that asks for the host comes back in by it, perhaps', () => {
  const proxy = object('projectcontour.io/v1', 'HTTPProxy', { virtualhost: { fqdn: HOST } })
  expect(ask(world(proxy), `shop/web -> http://${HOST}/`)).toMatchObject({
    verdict: 'undetermined',
    reason: 'UNDETERMINED_ROUTE',
  })
})

it('of Istio the VirtualService is named, which says where a request goes, and the group of a kind that others have, too', () => {
  const gateway = object('networking.istio.io/v1', 'Gateway', { servers: [{ hosts: ['*'] }] }, 'edge')
  const service = object('networking.istio.io/v1', 'VirtualService', { hosts: [HOST], gateways: ['edge'] })
  const catchAll = object('networking.istio.io/v1', 'VirtualService', { hosts: ['*'], gateways: ['edge'] })
  const why = (...routes: readonly Json[]) => ask(world(...routes), `internet -> http://${HOST}/`).message
  expect(why(gateway, service)).toContain('VirtualService shop/own')
  expect(why(gateway, catchAll)).toContain('VirtualService shop/own')
  expect(why(gateway)).toContain('Gateway of networking.istio.io')
})

describe('a route in which something is filled in first', () => {
  const gateway = (kind: string, spec: Json): Json => object('gateway.networking.k8s.io/v1', kind, spec)
  const backends = [{ backendRefs: [{ name: 'api', port: 80 }] }]
  const [, domain = ''] = HOST.split(/\.(.*)/)
  const of = (host: string | undefined, path = '/'): Json =>
    object('networking.k8s.io/v1', 'Ingress', {
      rules: [
        {
          ...(host !== undefined && { host }),
          http: {
            paths: [
              { path, pathType: 'Prefix', backend: { service: { name: 'api', port: { number: 80 } } } },
            ],
          },
        },
      ],
    })

  it.each<[string, Json]>([
    ['a part of the host', of(`\${NAME}.${domain}`)],
    ['the host', of('{{ .Values.host }}')],
    ['two parts of the host', of('$(A).$(B).com')],
    ['a path of the host', of(HOST, '{{ path }}')],
    ['the host of an HTTPRoute', gateway('HTTPRoute', { hostnames: ['{{ host }}'], rules: backends })],
    [
      'another field of an HTTPRoute for every host',
      gateway('HTTPRoute', { parentRefs: [{ name: '{{ gw }}' }], rules: backends }),
    ],
    [
      'the host of a Route',
      object('route.openshift.io/v1', 'Route', { host: '{{ host }}', to: { name: 'api' } }),
    ],
    [
      'the host of another route',
      object('traefik.io/v1alpha1', 'IngressRoute', { routes: [{ match: 'Host(`{{ host }}`)' }] }),
    ],
  ])('may serve a host: %s', (_, route) => {
    const answer = ask(world(route), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'undetermined', reason: 'UNDETERMINED_ROUTE' })
    expect(answer.message).toContain('may serve this ')
  })

  it.each<[string, Json]>([
    ['another host', of('{{ name }}.example.org')],
    ['another host, with its path to be filled in', of('a.example.org', '{{ path }}')],
  ])('does not serve %s', (_, route) => {
    const other = ingress('other', { rules: [rule('other.example.com', ['/', 'api'])] })
    expect(ask(world(other, route), `internet -> http://${HOST}/`)).toMatchObject({ verdict: 'no' })
  })

  it.each<[string, string, string]>([
    ['many placeholders side by side', `${'{{ a }}'.repeat(40)}!`, 'no'],
    ['a longer text than can be looked through', '{{ a }}.'.repeat(100_000), 'undetermined'],
  ])('is looked through at once: %s', (_, host, verdict) => {
    const other = ingress('other', { rules: [rule('other.example.com', ['/', 'api'])] })
    const asked = `internet -> http://${'a'.repeat(60)}.${domain}/`
    expect(ask(world(other, of(host)), asked)).toMatchObject({ verdict })
  })

  it('gives way to one that names the host', () => {
    const named = ask(world(main('nginx')), `internet -> http://${HOST}/`)
    const both = ask(world(main('nginx'), of('{{ .Values.host }}')), `internet -> http://${HOST}/`)
    expect([both.verdict, both.reason]).toEqual([named.verdict, named.reason])
  })
})
