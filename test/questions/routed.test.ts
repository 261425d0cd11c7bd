import { describe, expect, it } from 'vitest'
import { matrix, reach, whoCanReach } from '../../src/index.ts'
import { drawnAs, EDGE, FROM, INGRESS, outside, POLICY, SHOP, TO, text, WEB, world } from './routed-world.ts'

/** The controller, behind a Service that keeps the addresses of clients. */
const NGINX = `
apiVersion: v1
kind: Pod
metadata: {name: nginx, namespace: ingress-nginx, labels: {app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller}}
spec: {containers: [{name: c, image: registry.k8s.io/ingress-nginx/controller:v1.9.4, ports: [{name: http, containerPort: 80}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: nginx, namespace: ingress-nginx}
spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app.kubernetes.io/name: ingress-nginx}, ports: [{port: 80, targetPort: http}]}
`

/* Who can reach, and the matrix: the way in through Ingresses and routes, as `can-reach` follows it for a URL. */

describe('who-can-reach', () => {
  it('a Service that is for the cluster alone is reached from outside through its Ingress', async () => {
    const loaded = world(...SHOP, WEB)
    expect(outside(loaded, 'shop/svc/web')).toMatchObject([
      {
        from: { id: 'internet' },
        verdict: 'yes',
        open: [{ protocol: 'TCP', ports: [[80, 80]] }],
        via: [{ id: 'shop/ingress/web', url: 'http://shop.example.com/', verdict: 'yes' }],
      },
    ])
    expect(await text(loaded, 'shop/svc/web')).toContain('internet TCP 80 via ingress/web')
    expect(outside(loaded, 'shop/svc/db')).toEqual([])
  })

  it('a way that some clients alone have is one in part', async () => {
    const LIST = 'annotations: {nginx.ingress.kubernetes.io/whitelist-source-range: 10.0.0.0/8}'
    const loaded = world(
      ...SHOP,
      WEB.replace('namespace: shop', `namespace: shop, ${LIST}`),
      FROM('ingress-nginx'),
      NGINX,
    )
    expect(outside(loaded, 'shop/pod/web')).toMatchObject([
      { verdict: 'partial', via: [{ verdict: 'partial' }] },
    ])
    expect(await text(loaded, 'shop/pod/web')).toContain('internet in part TCP 8080 via ingress/web')
    expect(await drawnAs(matrix(loaded), 'text')).toContain(
      'internet -> shop/web: TCP 8080 via ingress/web (not for all Pods or addresses)',
    )
  })

  it('a Pod behind it too, on its own port, whatever is open besides', async () => {
    expect(await text(world(...SHOP, WEB), 'shop/pod/web')).toContain(
      'internet all ports; also via ingress/web',
    )
    const closed = world(...SHOP, WEB, FROM('ingress-nginx'))
    expect(await text(closed, 'shop/pod/web')).toContain('internet TCP 8080 via ingress/web')
    expect(outside(closed, 'shop/pod/db')[0]).not.toHaveProperty('via')
  })

  it.each<[string, string, number | undefined]>([
    ['the port that the route leads to', 'shop/svc/web', 80],
    ['the port by its name', 'shop/svc/web:http', undefined],
    ['the port of the Pods', 'shop/pod/web', 8080],
  ])('it is asked for %s', (_, to, port) => {
    const closed = world(...SHOP, WEB, FROM('ingress-nginx'))
    expect([...whoCanReach(closed, { to, port }).sources].map(({ from }) => from.id)).toContain('internet')
  })

  it.each<[string, number]>([
    ['shop/svc/web', 81],
    ['shop/pod/web', 8081],
  ])('and no other: %s', (to, port) => {
    const closed = world(...SHOP, WEB, FROM('ingress-nginx'))
    expect([...whoCanReach(closed, { to, port }).sources].map(({ from }) => from.id)).not.toContain(
      'internet',
    )
  })

  it.each<[string, string, string]>([
    ['the controller is let in', FROM('ingress-nginx'), 'TCP 80 via ingress/web'],
    ['nothing is let in', POLICY(''), 'nobody'],
    ['somebody else is let in', FROM('monitoring'), 'nobody'],
  ])('%s', async (_, policy, expected) => {
    expect(await text(world(...SHOP, WEB, policy), 'shop/svc/web')).toContain(expected)
  })

  it('where the controller is kept out, that is the reason, and not the type of the Service', async () => {
    const [kept] = [
      ...whoCanReach(world(...SHOP, WEB, FROM('monitoring')), { to: 'shop/svc/web' }).keptOut,
    ].filter(({ from }) => from.includes('internet'))
    expect(kept?.reason).toBe('DENIED_BY_INGRESS')
  })

  it('of a controller that is not known it is not known', async () => {
    const unknown = WEB.replace('nginx', 'acme')
    const loaded = world(...SHOP, unknown, FROM('acme'))
    expect(outside(loaded, 'shop/svc/web')).toMatchObject([
      { verdict: 'undetermined', reason: 'UNDETERMINED_CONTROLLER', via: [{ verdict: 'undetermined' }] },
    ])
    expect(await text(loaded, 'shop/svc/web')).toContain('unknown: TCP 80 via ingress/web')
    const named = whoCanReach(loaded, { to: 'shop/svc/web', ingressController: 'acme/app=acme' })
    expect([...named.sources].map(({ verdict, from }) => [from.id, verdict])).toContainEqual([
      'internet',
      'yes',
    ])
  })

  it('a route that another one takes precedence of leads nowhere', async () => {
    const older = INGRESS('api', `rules: [{host: shop.example.com, http: {paths: [${TO('db')}]}}]`)
    expect(outside(world(...SHOP, older, WEB), 'shop/svc/web')).toEqual([])
    expect(await text(world(...SHOP, older, WEB), 'shop/svc/db')).toContain('via ingress/api')
  })

  it('says who serves it, and what is assumed of that', async () => {
    const { assumptions } = whoCanReach(world(...SHOP, WEB), { to: 'shop/svc/web' })
    expect(assumptions.map(({ code }) => code)).toContain('ASSUMED_INGRESS_CONTROLLER')
  })
})

/** Each kind of route, and the name that an answer gives it. */
const ROUTES: readonly (readonly [string, string])[] = [
  ['ingress/web', WEB],
  ['ingress/web', WEB.replace('spec:\n', 'spec:\n  tls: [{hosts: [shop.example.com]}]\n')],
  ['ingress/web', INGRESS('web', 'defaultBackend: {service: {name: web, port: {name: http}}}')],
  [
    'ingress/web',
    INGRESS(
      'web',
      `defaultBackend: {service: {name: web, port: {number: 80}}}\nrules: [{host: '*.example.com', http: {paths: [${TO('db')}]}}]`,
    ).replace('/, pathType', '/db, pathType'),
  ],
  [
    'httproute/web',
    `${EDGE("port: 8443, protocol: HTTPS, hostname: '*.example.com'")}---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  rules: [{matches: [{path: {type: PathPrefix, value: /x}}], backendRefs: [{name: web, port: 80}]}]
`,
  ],
  [
    'grpcroute/web',
    `${EDGE('port: 80, protocol: HTTP')}---
apiVersion: gateway.networking.k8s.io/v1
kind: GRPCRoute
metadata: {name: web, namespace: shop}
spec: {parentRefs: [{name: edge}], hostnames: [a.example.com], rules: [{matches: [{method: {method: Call}}], backendRefs: [{name: web, port: 80}]}]}
`,
  ],
  [
    'tcproute/web',
    `${EDGE('port: 5432, protocol: TCP')}---
apiVersion: gateway.networking.k8s.io/v1
kind: TCPRoute
metadata: {name: web, namespace: shop}
spec: {parentRefs: [{name: edge}], rules: [{backendRefs: [{name: web, port: 80}]}]}
`,
  ],
  [
    'route/web',
    `
apiVersion: route.openshift.io/v1
kind: Route
metadata: {name: web, namespace: shop}
spec: {host: a.example.com, path: /x, to: {kind: Service, name: web}, port: {targetPort: http}, tls: {termination: edge}}
`,
  ],
]

it.each(ROUTES)('%s: the request that is named gets there, as can-reach has it (%#)', (name, route) => {
  const loaded = world(...SHOP, route, POLICY('ingress: [{ports: [{port: 8080}]}]'))
  const [found] = outside(loaded, 'shop/svc/web')
  expect(found?.via?.map(({ id }) => id)).toEqual([`shop/${name}`])
  const url = found?.via?.[0]?.url ?? ''
  expect(reach(loaded, { from: 'internet', to: url })).toMatchObject({ verdict: found?.via?.[0]?.verdict })
})

describe('matrix', () => {
  const closed = world(...SHOP, WEB, FROM('ingress-nginx'))

  it('has the way in as a fact of its own, and in its cell where there is no other', async () => {
    const report = matrix(closed)
    expect(report.routed).toEqual([
      {
        from: 'internet',
        to: 'shop/web',
        open: [{ protocol: 'TCP', ports: [[8080, 8080]] }],
        via: { id: 'shop/ingress/web', url: 'http://shop.example.com/', verdict: 'yes' },
        isOnlyWay: true,
      },
    ])
    expect(matrix(world(...SHOP, WEB)).routed?.[0]).not.toHaveProperty('isOnlyWay')
    const drawn = await drawnAs(report, 'text')
    expect(drawn).toContain('8080^')
    expect(drawn).toContain('internet -> shop/web: TCP 8080 via ingress/web')
    expect(await drawnAs(report, 'csv')).toContain('internet,shop/web,routed,TCP,8080')
    expect(report.assumptions.map(({ code }) => code)).toContain('ASSUMED_INGRESS_CONTROLLER')
  })

  it('from outside as a tree', async () => {
    const drawn = await drawnAs(matrix(closed, { from: 'internet' }), 'text')
    expect(drawn).toContain('TCP 8080 via ingress/web')
  })

  it('on the ports, of the sources and destinations that are asked for', async () => {
    expect(matrix(closed, { port: 8080 }).routed).toHaveLength(1)
    expect(matrix(closed, { port: 8081 })).not.toHaveProperty('routed')
    expect(matrix(closed, { to: 'shop/db' })).not.toHaveProperty('routed')
    expect(matrix(closed, { from: 'shop/db' })).not.toHaveProperty('routed')
    expect(matrix(world(...SHOP))).not.toHaveProperty('routed')
  })

  it('undetermined where the controller is not known', async () => {
    const unknown = world(...SHOP, WEB.replace('nginx', 'acme'), FROM('acme'))
    expect(matrix(unknown).routed?.map(({ via }) => via.verdict)).toEqual(['undetermined'])
    expect(await drawnAs(matrix(unknown), 'text')).toMatch(/internet all \?/)
    expect(await drawnAs(matrix(unknown), 'csv')).toContain('internet,shop/web,undetermined,TCP,8080')
  })

  it('of several routes to the same ports is one line of CSV', async () => {
    const second = INGRESS('second', `rules: [{host: b.example.com, http: {paths: [${TO('web')}]}}]`)
    const lines = (await drawnAs(matrix(world(...SHOP, WEB, second)), 'csv')).split('\n')
    expect(lines.filter(line => line === 'internet,shop/web,routed,TCP,8080')).toHaveLength(1)
  })
})
