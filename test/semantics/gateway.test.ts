import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, namespace, pod, policy } from './ask.ts'
import { app, ends, gateway, gatewayClass, HOST, NOT_FOUND, on, route, to, world } from './gateway-world.ts'

/* The Gateway API. */

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

  it.each<[string, listener: Json, spec: Json, string]>([
    [
      'by its namespace',
      {},
      {},
      ': listener web does not let in HTTPRoute away/r, by its allowedRoutes or its protocol',
    ],
    [
      'by its kind',
      { allowedRoutes: { namespaces: { from: 'All' }, kinds: [{ kind: 'GRPCRoute' }] } },
      {},
      ': listener web does not let in HTTPRoute away/r, by its allowedRoutes or its protocol',
    ],
    ['for another host', {}, { hostnames: ['other.example.com'] }, ''],
    ['for another port', {}, { parentRefs: [{ name: 'main', namespace: 'shop', port: 81 }] }, ''],
  ])('a route that a listener does not let in is named, and no other: %s', (_, listener, spec, told) => {
    const objects = [gateway(listener), ...app('away', 'api'), route('away/r', any, spec)]
    expect(ask(world(...objects), `internet -> http://${HOST}/`).message).toBe(
      `no route is attached to Gateway main for host \`${HOST}\`${told}`,
    )
  })

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
      'a route for a Gateway of that name elsewhere',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'main', namespace: 'away' }] })],
      NOT_FOUND,
    ],
    [
      'a route for several Gateways',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'other' }, { name: 'main' }] })],
      'shop/api',
    ],
    [
      'a route for a listener by its port',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'main', port: 80 }] })],
      'shop/api',
    ],
    [
      'a route for a listener by another port',
      [gateway(), route('shop/r', any, { parentRefs: [{ name: 'main', port: 81 }] })],
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
      'unknown',
    ],
  ])('%s', (_, objects, expected) => expect(ends(objects)).toBe(expected))

  it.each<[string, Json, string]>([
    ['HTTPS', gateway({ port: 443, protocol: 'HTTPS' }), `https://${HOST}/`],
    ['a port that no controller has of itself', gateway({ port: 8080 }), `http://${HOST}:8080/`],
  ])('a listener for %s takes requests', (_, listening, url) => {
    expect(ends([listening, route('shop/r', any)], url)).toBe('shop/api')
  })

  const fromShop = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'shop' }
  const toServices = { group: '', kind: 'Service' }
  it.each<[what: string, namespace: string, from: readonly Json[], to: readonly Json[], end: string]>([
    ['to the Service by name', 'far', [fromShop], [{ ...toServices, name: 'db' }], 'far/db'],
    ['to another Service', 'far', [fromShop], [{ ...toServices, name: 'x' }], 'HTTP 500'],
    ['to another kind', 'far', [fromShop], [{ group: '', kind: 'Secret' }], 'HTTP 500'],
    ['to several kinds', 'far', [fromShop], [{ group: '', kind: 'Secret' }, toServices], 'far/db'],
    ['from another namespace', 'far', [{ ...fromShop, namespace: 'x' }], [toServices], 'HTTP 500'],
    ['from another kind', 'far', [{ ...fromShop, kind: 'TLSRoute' }], [toServices], 'HTTP 500'],
    ['from several kinds', 'far', [{ ...fromShop, kind: 'TLSRoute' }, fromShop], [toServices], 'far/db'],
    ['in another namespace', 'away', [fromShop], [toServices], 'HTTP 500'],
  ])('a grant %s', (_, namespace, from, granted, end) => {
    const own = { ...grant, metadata: { namespace, name: 'x' }, spec: { from, to: granted } }
    const toFar = route('shop/r', [to('db', { namespace: 'far' })])
    expect(ends([gateway(), own, ...app('far', 'db'), toFar])).toBe(end)
  })

  it('what is not found is said of the route, or of the Gateway where no route is for the host', () => {
    const objectOf = (spec: Json) =>
      ask(world(gateway(), route('shop/r', [on('/x', 'api')], spec)), `internet -> http://${HOST}/`).steps[0]
        ?.object
    expect(objectOf({})).toBe('shop/httproute/r')
    expect(objectOf({ hostnames: ['x.example.com'] })).toBe('shop/gateway/main')
  })

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

describe('S-365 the Pods of a Gateway are the source', () => {
  const istio = gateway({}, { gatewayClassName: 'istio' })
  const objects = [istio, route('shop/r', [to('api')])]
  const source = (...more: readonly Json[]) =>
    ask(world(...objects, ...more), `internet -> http://${HOST}/`).endpoints?.[0]?.from.id

  it.each<[string, readonly Json[], string]>([
    [
      'assumed with the Gateway’s name, in its namespace, where the class is known for that',
      [],
      'shop/main~',
    ],
    [
      'those of the input',
      [pod('shop/proxy', { 'gateway.networking.k8s.io/gateway-name': 'main' })],
      'shop/proxy',
    ],
    [
      'where their class puts them',
      [gatewayClass('gateway.envoyproxy.io/gatewayclass-controller', 'istio')],
      'envoy-gateway-system/main~',
    ],
    ['whatever other classes there are', [gatewayClass('networking.gke.io/gateway', 'other')], 'shop/main~'],
    ['of a controller that is not known', [gatewayClass('example.com/own', 'istio')], '(unknown Pods)'],
    [
      'outside, with the load balancer of a provider',
      [gatewayClass('networking.gke.io/gateway', 'istio')],
      'a load balancer of Google Cloud',
    ],
  ])('%s', (_, more, expected) => expect(source(...more)).toBe(expected))

  it('a Gateway that is not in the input is assumed to serve a route that asks for it', () => {
    const alone = world(route('shop/r', [to('api')], { hostnames: [HOST] }))
    const answer = ask(alone, `internet -> http://${HOST}/`)
    expect(answer.verdict).toBe('yes')
    expect(answer.assumptions).toContainEqual(
      expect.objectContaining({
        code: 'ASSUMED_GATEWAY',
        facts: { gateway: 'shop/main', route: 'shop/httproute/r' },
      }),
    )
    expectRows(alone, [
      [`internet -> https://${HOST}/`, 'yes'],
      ['internet -> http://other.example.com/', 'no', 'NO_ROUTE'],
      [`internet -> http://${HOST}:8080/`, 'no', 'NO_ROUTE'],
    ])
    const onPort = route('shop/r', [to('api')], {
      parentRefs: [{ name: 'main', port: 8080, sectionName: 'x' }],
    })
    expectRows(world(onPort), [
      [`internet -> http://${HOST}:8080/`, 'yes'],
      [`internet -> http://${HOST}/`, 'no', 'NO_ROUTE'],
    ])
  })

  it('and which Pods serve it is known by their label alone', () => {
    const objects = [route('shop/r', [to('api')])]
    const label = { 'gateway.networking.k8s.io/gateway-name': 'main' }
    const fromProxies = policy('shop/api', { ingress: [{ from: [{ podSelector: { matchLabels: label } }] }] })
    expectRows(world(...objects, fromProxies), [
      [`internet -> http://${HOST}/`, 'undetermined', 'UNDETERMINED_CONTROLLER'],
    ])
    expectRows(world(...objects, fromProxies, pod('shop/proxy', label)), [
      [`internet -> http://${HOST}/`, 'yes'],
    ])
  })

  it('a route for a port alone does not tell which', () => {
    const tcp = { ...route('shop/r', [to('api')]), kind: 'TCPRoute' }
    expectRows(world(tcp), [['internet -> tcp://a.example:5432', 'no', 'NO_ROUTE']])
  })

  it.each([
    ['the one that names it', HOST, ['shop.example.org'], 'shop/web'],
    ['the one that names it, whichever', 'shop.example.org', [HOST], 'shop/api'],
    ['the one that names it more closely', '*.example.com', [HOST], 'shop/api'],
    ['the one that names it at all', HOST, undefined, 'shop/web'],
  ])('beside an Ingress a host comes to %s', (_, ofIngress, hostnames, end) => {
    const backend = { service: { name: 'web', port: { number: 80 } } }
    const ingress: Json = {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { namespace: 'shop', name: 'main' },
      spec: {
        rules: [{ host: ofIngress, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }],
      },
    }
    expect(ends([gateway(), route('shop/r', [to('api')], { hostnames }), ingress])).toBe(end)
  })

  it('a backend that does not let them in is not reached', () => {
    const answer = ask(world(...objects, policy('shop/api', {})), `internet -> http://${HOST}/`)
    expect(answer).toMatchObject({ verdict: 'no', reason: 'DENIED_BY_INGRESS', symptom: 'HTTP 504' })
    expect(answer.message).toContain('shop/main~')
  })
})
