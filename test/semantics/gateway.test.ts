import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, namespace, pod, policy, service } from './ask.ts'

/* SEMANTICS E: the Gateway API. */

const GROUP = 'gateway.networking.k8s.io/v1'
const HOST = 'shop.example.com'

const app = (ns: string, name: string): readonly Json[] => [
  pod(`${ns}/${name}`, { app: name }),
  service(`${ns}/${name}`, { selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] }),
]

const gateway = (listener: Json = {}, spec: Json = {}): Json => ({
  apiVersion: GROUP,
  kind: 'Gateway',
  metadata: { namespace: 'shop', name: 'main' },
  spec: {
    gatewayClassName: 'any',
    listeners: [{ name: 'web', port: 80, protocol: 'HTTP', ...listener }],
    ...spec,
  },
})

const gatewayClass = (controllerName: string): Json => ({
  apiVersion: GROUP,
  kind: 'GatewayClass',
  metadata: { name: 'any' },
  spec: { controllerName },
})

function route(id: string, rules: readonly Json[], spec: Json = {}): Json {
  const [ns, name] = id.split('/')
  const parentRefs = [{ name: 'main', namespace: 'shop' }]
  return {
    apiVersion: GROUP,
    kind: 'HTTPRoute',
    metadata: { namespace: ns, name },
    spec: { parentRefs, rules, ...spec },
  }
}

const to = (name: string, more: Json = {}): Json => ({ backendRefs: [{ name, port: 80, ...more }] })
const on = (value: string, name: string, type = 'PathPrefix', more: Json = {}): Json => ({
  matches: [{ path: { type, value }, ...more }],
  ...to(name),
})

const world = (...more: readonly Json[]) => load(...app('shop', 'api'), ...app('shop', 'web'), ...more)

function ends(objects: readonly Json[], url = `http://${HOST}/api`): string {
  const { verdict, endpoints, symptom } = ask(world(...objects), `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to: end }) => end.id).join() ?? '') : symptom
}

const NOT_FOUND = 'HTTP 404'

describe('S-365 what is attached to a Gateway', () => {
  const any = [to('api')]
  const grant: Json = {
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { namespace: 'far', name: 'x' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }],
      to: [{ group: '', kind: 'Service' }],
    },
  }
  const routesFrom = (namespaces: Json) => gateway({ allowedRoutes: { namespaces } })
  const away = [...app('away', 'api'), route('away/r', any)]

  it.each<[string, readonly Json[], string]>([
    ['a route of its own namespace', [gateway(), route('shop/r', any)], 'shop/api'],
    ['a route of another namespace', [gateway(), ...away], NOT_FOUND],
    ['a route of another namespace that may', [routesFrom({ from: 'All' }), ...away], 'away/api'],
    [
      'a route of a namespace with the label',
      [
        routesFrom({ from: 'Selector', selector: { matchLabels: { team: 'a' } } }),
        namespace('away', { team: 'a' }),
        ...away,
      ],
      'away/api',
    ],
    [
      'a route of a namespace without the label',
      [
        routesFrom({ from: 'Selector', selector: { matchLabels: { team: 'b' } } }),
        namespace('away', { team: 'a' }),
        ...away,
      ],
      NOT_FOUND,
    ],
    [
      'a route for another Gateway',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'other' }] })],
      NOT_FOUND,
    ],
    [
      'a route for a listener by name',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'main', sectionName: 'web' }] })],
      'shop/api',
    ],
    [
      'a route for another listener',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'main', sectionName: 'tls' }] })],
      NOT_FOUND,
    ],
    ['a listener on another port', [gateway({ port: 8080 }), route('shop/r', any)], NOT_FOUND],
    ['a listener for TCP', [gateway({ protocol: 'TCP' }), route('shop/r', any)], NOT_FOUND],
    ['a listener for the host', [gateway({ hostname: '*.example.com' }), route('shop/r', any)], 'shop/api'],
    [
      'a listener for another host',
      [gateway({ hostname: '*.example.org' }), route('shop/r', any)],
      NOT_FOUND,
    ],
    ['a route for the host', [gateway(), route('shop/r', any, { hostnames: [HOST] })], 'shop/api'],
    [
      'a route for another host',
      [gateway(), route('shop/r', any, { hostnames: ['x.example.com'] })],
      NOT_FOUND,
    ],
    [
      'a backend elsewhere without a grant',
      [gateway(), ...app('far', 'db'), route('shop/r', [to('db', { namespace: 'far' })])],
      'HTTP 500',
    ],
    [
      'a backend elsewhere with a grant',
      [gateway(), grant, ...app('far', 'db'), route('shop/r', [to('db', { namespace: 'far' })])],
      'far/db',
    ],
    ['a rule without backends', [gateway(), route('shop/r', [{}])], 'HTTP 500'],
    [
      'a backend of weight 0',
      [
        gateway(),
        route('shop/r', [
          {
            backendRefs: [
              { name: 'api', port: 80, weight: 0 },
              { name: 'web', port: 80 },
            ],
          },
        ]),
      ],
      'shop/web',
    ],
    ['a Service that is not there', [gateway(), route('shop/r', [to('gone')])], 'HTTP 503'],
    [
      'a kind that only its controller knows',
      [gateway(), route('shop/r', [to('fn', { kind: 'Function', group: 'x' })])],
      'cannot be told from the input',
    ],
  ])('%s', (_, objects, expected) => expect(ends(objects)).toBe(expected))

  it('each of several backends gets requests, and each is judged', () => {
    const split = [
      gateway(),
      route('shop/r', [
        {
          backendRefs: [
            { name: 'api', port: 80 },
            { name: 'web', port: 80 },
          ],
        },
      ]),
    ]
    expect(ends(split)).toBe('shop/api,shop/web')
    expectRows(world(...split, policy('shop/web', {})), [
      [`internet -> http://${HOST}/`, 'partial', 'ENDPOINTS_DIFFER'],
    ])
  })
})

describe('S-366 precedence', () => {
  it.each<[string, readonly Json[], string, string]>([
    ['exact before prefix', [on('/api', 'web'), on('/api', 'api', 'Exact')], '/api', 'shop/api'],
    ['the longest prefix', [on('/', 'web'), on('/api', 'api')], '/api/v1', 'shop/api'],
    ['element by element', [on('/ap', 'web')], '/api', NOT_FOUND],
    ['no match at all means everything', [to('api')], '/x', 'shop/api'],
    [
      'a method before none',
      [on('/api', 'web'), on('/api', 'api', 'PathPrefix', { method: 'GET' })],
      '/api',
      'shop/api',
    ],
    ['another method', [on('/api', 'api', 'PathPrefix', { method: 'POST' })], '/api', NOT_FOUND],
    [
      'a header that is not sent',
      [on('/api', 'api', 'PathPrefix', { headers: [{ name: 'x', value: 'y' }] })],
      '/api',
      NOT_FOUND,
    ],
    ['the first of equal rules', [on('/api', 'api'), on('/api', 'web')], '/api', 'shop/api'],
    ['an expression', [on('/a.*', 'api', 'RegularExpression')], '/api', 'cannot be told from the input'],
  ])('%s', (_, rules, path, expected) => {
    expect(ends([gateway(), route('shop/r', rules)], `http://${HOST}${path}`)).toBe(expected)
  })

  it('a closer host before a wildcard, in whichever route', () => {
    const routes = [
      route('shop/a', [to('web')], { hostnames: ['*.example.com'] }),
      route('shop/b', [to('api')], { hostnames: [HOST] }),
    ]
    expect(ends([gateway(), ...routes])).toBe('shop/api')
    expect(ends([gateway(), ...routes], 'http://a.b.example.com/')).toBe('shop/web')
  })

  it('a longer wildcard before a shorter one', () => {
    const routes = [
      route('shop/a', [to('web')], { hostnames: ['*.com'] }),
      route('shop/b', [to('api')], { hostnames: ['*.example.com'] }),
    ]
    expect(ends([gateway(), ...routes])).toBe('shop/api')
  })

  it('of two listeners on a port the one that names the host more closely gets the request', () => {
    const listeners = [
      { name: 'any', port: 80, protocol: 'HTTP' },
      { name: 'shop', port: 80, protocol: 'HTTP', hostname: HOST },
    ]
    const on = (sectionName: string, id: string, name: string) =>
      route(id, [to(name)], { parentRefs: [{ name: 'main', sectionName }] })
    const objects = [gateway({}, { listeners }), on('any', 'shop/a', 'web'), on('shop', 'shop/b', 'api')]
    expect(ends(objects)).toBe('shop/api')
    expect(ends(objects, 'http://other.example.com/')).toBe('shop/web')
  })

  it('a redirect is an answer', () => {
    const redirect = { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] }
    const answer = ask(world(gateway(), route('shop/r', [redirect])), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'yes', reason: 'ROUTE_REDIRECTS', symptom: 'HTTP 302' })
  })
})

describe('S-365 the Pods of a Gateway are the source', () => {
  const objects = [gateway(), route('shop/r', [to('api')])]
  const source = (...more: readonly Json[]) =>
    ask(world(...objects, ...more), `internet -> http://${HOST}/`).endpoints?.[0]?.from.id

  it.each<[string, readonly Json[], string]>([
    ['assumed with the Gateway’s name, in its namespace', [], 'shop/main~'],
    [
      'those of the input',
      [pod('shop/proxy', { 'gateway.networking.k8s.io/gateway-name': 'main' })],
      'shop/proxy',
    ],
    [
      'where their class puts them',
      [gatewayClass('gateway.envoyproxy.io/gatewayclass-controller')],
      'envoy-gateway-system/main~',
    ],
    [
      'outside, with the load balancer of a provider',
      [gatewayClass('networking.gke.io/gateway')],
      'a load balancer of Google Cloud',
    ],
  ])('%s', (_, more, expected) => expect(source(...more)).toBe(expected))

  it('a route without a Gateway leads nowhere', () => {
    expect(() => ask(world(route('shop/r', [to('api')])), `internet -> http://${HOST}/`)).toThrow(
      'no Ingress or Gateway',
    )
  })

  it('a backend that does not let them in is not reached', () => {
    const answer = ask(world(...objects, policy('shop/api', {})), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'no', reason: 'DENIED_BY_INGRESS', symptom: 'HTTP 504' })
    expect(answer.message).toContain('shop/main~')
  })
})
