import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, pod, policy, service } from './ask.ts'
import { app, gateway, route, to, world } from './gateway-world.ts'

/* The routes of the Gateway API that are no HTTPRoutes. */

const GROUP = 'gateway.networking.k8s.io'

/** A route of another kind, which asks for the Gateway `main`. */
const of = (kind: string, id: string, rules: readonly Json[], spec: Json = {}, version = 'v1'): Json => ({
  ...route(id, rules, spec),
  apiVersion: `${GROUP}/${version}`,
  kind,
})
const listening = (protocol: string, port: number, more: Json = {}) =>
  gateway({ protocol, port, ...more }, { gatewayClassName: 'istio' })

/** The Pod that a question ends at, or what the client sees instead. */
function ends(objects: readonly Json[], url: string): string {
  const { verdict, endpoints, symptom } = ask(world(...objects), `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to: end }) => end.id).join() ?? '') : symptom
}

const NOT_FOUND = 'HTTP 404'
const UNKNOWN = 'unknown'

describe('S-365 GRPCRoute', () => {
  const on = (method: Json, name: string, more: Json = {}): Json => ({
    matches: [{ method, ...more }],
    ...to(name),
  })
  const calls = (...rules: readonly Json[]) => [
    listening('HTTP', 80),
    of('GRPCRoute', 'shop/calls', rules, { hostnames: ['shop.example.com'] }),
  ]

  it.each<[string, readonly Json[], string, string]>([
    ['without matches', [to('api')], '/pkg.Svc/Call', 'shop/api'],
    ['without matches, for any path', [to('api')], '/', 'shop/api'],
    ['service and method', [on({ service: 'pkg.Svc', method: 'Call' }, 'api')], '/pkg.Svc/Call', 'shop/api'],
    ['another method', [on({ service: 'pkg.Svc', method: 'Call' }, 'api')], '/pkg.Svc/Other', NOT_FOUND],
    ['a service', [on({ service: 'pkg.Svc' }, 'api')], '/pkg.Svc/Other', 'shop/api'],
    ['another service', [on({ service: 'pkg.Svc' }, 'api')], '/pkg.SvcTwo/Call', NOT_FOUND],
    ['a method of any service', [on({ method: 'Call' }, 'api')], '/a.B/Call', 'shop/api'],
    ['another method of any service', [on({ method: 'Call' }, 'api')], '/a.B/CallTwo', NOT_FOUND],
    [
      'headers, which a plain call does not have',
      [on({}, 'api', { headers: [{ name: 'a', value: 'b' }] })],
      '/a.B/C',
      NOT_FOUND,
    ],
    ['a pattern', [on({ type: 'RegularExpression', service: 'a.*' }, 'api')], '/a.B/C', UNKNOWN],
    ['the closer rule', [to('web'), on({ service: 'a.B' }, 'api')], '/a.B/C', 'shop/api'],
  ])('%s', (_, rules, path, expected) =>
    expect(ends(calls(...rules), `http://shop.example.com${path}`)).toBe(expected),
  )

  it('is attached beside an HTTPRoute, by its host', () => {
    const beside = [...calls(to('api')), route('shop/pages', [to('web')], { hostnames: ['www.example.com'] })]
    expect(ends(beside, 'http://shop.example.com/a.B/C')).toBe('shop/api')
    expect(ends(beside, 'http://www.example.com/')).toBe('shop/web')
    expect(ends(calls(to('api')), 'http://other.example.com/a.B/C')).toBe(NOT_FOUND)
  })

  it('its policies see the proxies of the Gateway', () => {
    expectRows(world(...calls(to('api')), policy('shop/api', {})), [
      ['internet -> http://shop.example.com/a.B/C', 'no', 'DENIED_BY_INGRESS'],
    ])
  })
})

describe('S-365 TLSRoute, TCPRoute, UDPRoute', () => {
  const db = [
    pod('shop/db', { app: 'db' }),
    service('shop/db', { selector: { app: 'db' }, ports: [{ port: 5432 }] }),
  ]
  const dns = [
    pod('shop/dns', { app: 'dns' }),
    service('shop/dns', { selector: { app: 'dns' }, ports: [{ port: 53, protocol: 'UDP' }] }),
  ]
  const toDb = [{ backendRefs: [{ name: 'db', port: 5432 }] }]
  const toDns = [{ backendRefs: [{ name: 'dns', port: 53 }] }]

  it.each<[string, readonly Json[], string, string]>([
    [
      'TCP by its port',
      [listening('TCP', 5432), of('TCPRoute', 'shop/r', toDb)],
      'tcp://any.example:5432',
      'shop/db',
    ],
    [
      'TCP, asked by another scheme',
      [listening('TCP', 5432), of('TCPRoute', 'shop/r', toDb)],
      'postgres://db.example:5432',
      'shop/db',
    ],
    [
      'TCP, which HTTP runs over',
      [listening('TCP', 8080), of('TCPRoute', 'shop/r', [to('api')])],
      'http://any.example:8080/x',
      'shop/api',
    ],
    [
      'TLS by the name of the handshake',
      [listening('TLS', 443), of('TLSRoute', 'shop/r', toDb, { hostnames: ['*.example.com'] })],
      'https://db.example.com/',
      'shop/db',
    ],
    [
      'TLS, with any scheme but HTTP',
      [listening('TLS', 5432), of('TLSRoute', 'shop/r', toDb, { hostnames: ['db.example.com'] })],
      'postgres://db.example.com:5432',
      'shop/db',
    ],
    [
      'TLS ended by the Gateway',
      [listening('TLS', 5432), of('TCPRoute', 'shop/r', toDb)],
      'tls://db.example.com:5432',
      'shop/db',
    ],
    ['UDP', [listening('UDP', 53), of('UDPRoute', 'shop/r', toDns)], 'udp://any.example:53', 'shop/dns'],
  ])('%s', (_, objects, url, expected) => expect(ends([...db, ...dns, ...objects], url)).toBe(expected))

  it.each<[string, readonly Json[], string]>([
    [
      'another name in the handshake',
      [listening('TLS', 443), of('TLSRoute', 'shop/r', toDb, { hostnames: ['db.example.com'] })],
      'https://x.example.com/',
    ],
    [
      'HTTP where TLS is expected',
      [listening('TLS', 80), of('TLSRoute', 'shop/r', toDb, { hostnames: ['db.example.com'] })],
      'http://db.example.com/',
    ],
    [
      'a route of another protocol',
      [listening('TCP', 5432), of('UDPRoute', 'shop/r', toDb)],
      'tcp://db.example:5432',
    ],
    [
      'an HTTPRoute at a listener for TCP',
      [listening('TCP', 80), route('shop/r', [to('api')])],
      'http://db.example/',
    ],
    [
      'TCP at a listener for UDP',
      [listening('UDP', 53), of('UDPRoute', 'shop/r', toDns)],
      'tcp://any.example:53',
    ],
    ['another port', [listening('TCP', 5432), of('TCPRoute', 'shop/r', toDb)], 'tcp://any.example:5433'],
    [
      'a kind that the listener does not allow',
      [
        listening('TLS', 5432, { allowedRoutes: { kinds: [{ kind: 'TLSRoute' }] } }),
        of('TCPRoute', 'shop/r', toDb),
      ],
      'tls://db.example:5432',
    ],
  ])('nothing serves %s', (_, objects, url) => {
    expect(ends([...db, ...dns, ...objects], url)).toBe(NOT_FOUND)
  })

  it('what is asked for is UDP where the listener is for UDP', () => {
    const loaded = world(...dns, listening('UDP', 53), of('UDPRoute', 'shop/r', toDns))
    expect(ask(loaded, 'internet -> udp://any.example:53').port).toMatchObject({
      protocol: 'UDP',
      number: 53,
    })
    const onlyTcp = policy('shop/dns', { ingress: [{ ports: [{ port: 53 }] }] })
    expectRows(world(...dns, listening('UDP', 53), of('UDPRoute', 'shop/r', toDns), onlyTcp), [
      ['internet -> udp://any.example:53', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('the rule of a route that looks at no request has no path', () => {
    const { steps } = ask(
      world(...db, listening('TCP', 5432), of('TCPRoute', 'shop/r', toDb)),
      'internet -> tcp://a.example:5432',
    )
    expect(steps[0]).toMatchObject({ object: 'shop/tcproute/r', facts: { rule: { kind: 'any' } } })
    expect(steps[0]?.message).not.toContain('PathPrefix')
  })

  it('a Service elsewhere needs a grant for the kind of the route', () => {
    const far = [...app('far', 'db'), listening('TCP', 5432)]
    const grant = (kind: string): Json => ({
      apiVersion: `${GROUP}/v1beta1`,
      kind: 'ReferenceGrant',
      metadata: { namespace: 'far', name: 'x' },
      spec: { from: [{ group: GROUP, kind, namespace: 'shop' }], to: [{ group: '', kind: 'Service' }] },
    })
    const routed = of('TCPRoute', 'shop/r', [to('db', { namespace: 'far' })])
    expect(ends([...far, routed, grant('TCPRoute')], 'tcp://a.example:5432')).toBe('far/db')
    expect(ends([...far, routed, grant('HTTPRoute')], 'tcp://a.example:5432')).toBe('HTTP 500')
    expect(ask(world(...far, routed), 'internet -> tcp://a.example:5432').message).toContain(
      'lets TCPRoutes of shop',
    )
  })
})
