import { describe, expect, it } from 'vitest'
import { matrix, reach, whoCanReach } from '../../src/index.ts'
import type { RequestPart } from '../../src/report/common.ts'
import { drawnAs, FROM, INGRESS, outside, POLICY, SHOP, TO, WEB, world } from './routed-world.ts'

/* What clients outside have to send besides a URL, which any of them may. */

const EDGE = `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: eg, listeners: [{name: x, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: r, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [a.example.com]
  rules: `
const RULE = (match: string, service = 'web') =>
  `{matches: [${match}], backendRefs: [{name: ${service}, port: 80}]}`
const CANARY = (how: string) =>
  INGRESS('canary', `rules: [{host: shop.example.com, http: {paths: [${TO('db')}]}}]`).replace(
    '{name:',
    `{annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/${how}}, name:`,
  )
const MAIN_AND_CANARY = (how: string) => [...SHOP, WEB, CANARY(how)]
const BY_HEADER = 'canary-by-header: X'
const HALF = 'canary-weight: "50"'
const ALL = 'canary-weight: "100"'

describe('what any client may send leads it too', () => {
  it.each<[string, readonly string[], string, readonly string[] | undefined]>([
    ['a header', [...SHOP, `${EDGE}[${RULE('{headers: [{name: X, value: y}]}')}]\n`], 'web', ['header']],
    ['a method', [...SHOP, `${EDGE}[${RULE('{method: POST}')}]\n`], 'web', ['method']],
    [
      'a query parameter',
      [...SHOP, `${EDGE}[${RULE('{queryParams: [{name: x, value: y}]}')}]\n`],
      'web',
      ['query parameter'],
    ],
    [
      'a header beside a rule for all',
      [
        ...SHOP,
        `${EDGE}[${RULE('{path: {type: PathPrefix, value: /}}', 'db')}, ${RULE('{headers: [{name: X, value: y}]}')}]\n`,
      ],
      'web',
      ['header'],
    ],
    [
      'none for the rule for all',
      [
        ...SHOP,
        `${EDGE}[${RULE('{path: {type: PathPrefix, value: /}}')}, ${RULE('{headers: [{name: X, value: y}]}', 'db')}]\n`,
      ],
      'web',
      undefined,
    ],
    ['a header of a canary', MAIN_AND_CANARY(BY_HEADER), 'db', ['header']],
    ['a cookie of a canary', MAIN_AND_CANARY('canary-by-cookie: X'), 'db', ['header']],
    [
      'none for a share',
      MAIN_AND_CANARY(`${HALF}, nginx.ingress.kubernetes.io/${BY_HEADER}`),
      'db',
      undefined,
    ],
  ])('%s', (_, objects, name, needs) => {
    const loaded = world(...objects)
    const [found] = outside(loaded, `shop/svc/${name}`)
    expect(found?.verdict).toBe('yes')
    expect(found?.via?.map(one => one.needs)).toEqual([needs])
    const { routed = [] } = matrix(loaded, { by: 'pod' })
    expect(routed.filter(({ to }) => to === `shop/${name}`).map(({ via }) => via.needs)).toEqual([needs])
  })

  it.each<[string, readonly string[], string, readonly RequestPart[]]>([
    [
      'what a match wants, by name',
      [
        ...SHOP,
        `${EDGE}[${RULE('{method: POST, headers: [{name: X, value: y}], queryParams: [{name: q, value: z}]}')}]\n`,
      ],
      'web',
      [
        { what: 'method', name: 'POST' },
        { what: 'header', name: 'X' },
        { what: 'query parameter', name: 'q' },
      ],
    ],
    [
      'the header of a canary',
      MAIN_AND_CANARY(BY_HEADER),
      'db',
      [{ what: 'header', name: 'X', value: 'always' }],
    ],
    [
      'its own value',
      MAIN_AND_CANARY(`${BY_HEADER}, nginx.ingress.kubernetes.io/canary-by-header-value: de`),
      'db',
      [{ what: 'header', name: 'X', value: 'de' }],
    ],
    [
      'its cookie',
      MAIN_AND_CANARY('canary-by-cookie: X'),
      'db',
      [{ what: 'cookie', name: 'X', value: 'always' }],
    ],
    [
      'what gets past a canary that takes all others',
      MAIN_AND_CANARY(`${ALL}, nginx.ingress.kubernetes.io/${BY_HEADER}`),
      'web',
      [{ what: 'header', name: 'X', value: 'never' }],
    ],
    [
      'by its cookie, where the header has a value of its own',
      MAIN_AND_CANARY(
        [ALL, BY_HEADER, 'canary-by-header-value: de', 'canary-by-cookie: c'].join(
          ', nginx.ingress.kubernetes.io/',
        ),
      ),
      'web',
      [{ what: 'cookie', name: 'c', value: 'never' }],
    ],
  ])('and is told: %s', (_, objects, name, sends) => {
    expect(outside(world(...objects), `shop/svc/${name}`)[0]?.via?.map(one => one.sends)).toEqual([sends])
  })

  it.each([
    ALL,
    `${ALL}, nginx.ingress.kubernetes.io/${BY_HEADER}, nginx.ingress.kubernetes.io/canary-by-header-value: de`,
  ])('nothing gets past a canary that takes all: %s', how =>
    expect(outside(world(...MAIN_AND_CANARY(how)), 'shop/svc/web')).toEqual([]),
  )

  it('is in the text', async () => {
    const loaded = world(...MAIN_AND_CANARY(BY_HEADER))
    const way = 'TCP 80 via ingress/canary (header X: always)'
    expect(await drawnAs(whoCanReach(loaded, { to: 'shop/svc/db' }))).toContain(`internet ${way}`)
    expect(await drawnAs(matrix(loaded))).toContain(`internet -> shop/db: ${way.replace('80', '8080')}`)
  })

  it('by policies all the same', () => {
    const route = `${EDGE}[${RULE('{headers: [{name: X, value: y}]}')}]\n`
    expect(outside(world(...SHOP, route, POLICY('ingress: []')), 'shop/svc/web')).toEqual([])
  })

  it.each([HALF, BY_HEADER])('a canary leads to its own Service alone: %s', how => {
    const loaded = world(...MAIN_AND_CANARY(how))
    const vias = ({ routed = [] }: ReturnType<typeof matrix>) =>
      routed.map(({ to, via }) => `${to} ${via.id}`)
    expect(vias(matrix(loaded, { by: 'pod' }))).toEqual([
      'shop/web shop/ingress/web',
      'shop/db shop/ingress/canary',
    ])
    expect(outside(loaded, 'shop/web')[0]?.via?.map(({ id }) => id)).toEqual(['shop/ingress/web'])
  })
})

it('what a pattern of another Ingress may take is not known, and may be left', () => {
  const pattern = TO('db').replace('/, pathType: Prefix', '/.*, pathType: ImplementationSpecific')
  const other = INGRESS('db', `rules: [{host: shop.example.com, http: {paths: [${pattern}]}}]`)
  const loaded = world(...SHOP, ...[WEB, other].map(one => one.replace('nginx', 'traefik')), FROM('traefik'))
  expect(outside(loaded, 'shop/web')).toMatchObject([
    { verdict: 'undetermined', via: [{ id: 'shop/ingress/web' }] },
  ])
})

describe('a prefix of which another rule takes the beginning', () => {
  const exact = (service: string) => TO(service).replace('Prefix', 'Exact')
  const BESIDE = INGRESS(
    'web',
    `rules: [{host: shop.example.com, http: {paths: [${TO('web')}, ${exact('db')}]}}]`,
  )
  const OTHER = INGRESS('db', `rules: [{host: shop.example.com, http: {paths: [${exact('db')}]}}]`)
  const ROUTE = `${EDGE}[${RULE('{path: {type: PathPrefix, value: /}}')}, ${RULE('{path: {type: Exact, value: /}}', 'db')}]\n`
  it.each([
    ['of the same Ingress', [...SHOP, BESIDE], 'shop.example.com'],
    ['of another one', [...SHOP, WEB, OTHER], 'shop.example.com'],
    ['of a route', [...SHOP, ROUTE], 'a.example.com'],
  ])('%s leads what is below it', (_, objects, host) => {
    const loaded = world(...objects)
    const urls = (name: string) => outside(loaded, `shop/svc/${name}`)[0]?.via?.map(({ url }) => url)
    expect([urls('db'), urls('web')]).toEqual([[`http://${host}/`], [`http://${host}/any-other-path`]])
    const to = (path: string) =>
      reach(loaded, { from: 'internet', to: `http://${host}${path}` }).endpoints?.map(one => one.to.id)
    expect([to('/'), to('/x')]).toEqual([['shop/db'], ['shop/web']])
  })

  it('is asked of the Ingress as well', () => {
    const { verdict } = reach(world(...SHOP, BESIDE, POLICY('ingress: []')), {
      from: 'internet',
      to: 'shop/ing/web',
    })
    expect(verdict).toBe('partial')
  })
})
