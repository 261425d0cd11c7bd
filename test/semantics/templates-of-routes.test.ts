import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json } from './ask.ts'
import { app, gateway, gatewayClass, route, to, world as withGateway } from './gateway-world.ts'
import { HOST, ingress, ingressClass, main, rule, world } from './ingress-world.ts'

/* SEMANTICS E: routes that are evaluated but for what is filled in first: only what could fit is not known. */

const NGINX = 'nginx.ingress.kubernetes.io'
const url = (path: string): string => `internet -> http://${HOST}${path}`

describe('a path of an Ingress', () => {
  const open = rule(HOST, ['/web', 'web'])
  it('comes after an exact path', () =>
    expectRows(
      world(ingress('main', { rules: [rule(HOST, ['/web', 'web', 'Exact'], ['/$(BASE)', 'api'])] })),
      [
        [url('/web'), 'yes'],
        [url('/web/x'), 'undetermined'],
      ],
    ))

  const of = (path: string, type = 'Prefix', annotations: Json = {}): Json =>
    ingress(
      'main',
      {
        rules: [{ ...open, http: { paths: [...pathsOf(rule(HOST, ['/web', 'web'], [path, 'api', type]))] } }],
      },
      { annotations },
    )
  it.each<[string, Json, path: string, 'yes' | 'no' | 'undetermined']>([
    ['of which nothing is known', of('/$(BASE)'), '/x', 'undetermined'],
    ['that is another one', of('/$(BASE)'), '/web', 'undetermined'],
    ['with a beginning', of('/api/$(VERSION)'), '/api/v1/x', 'undetermined'],
    ['with another beginning', of('/api/$(VERSION)'), '/web', 'yes'],
    ['with another beginning, where nothing else is', of('/api/$(VERSION)'), '/other', 'no'],
    ['with an end', of('/{{ .Values.base }}/v1'), '/a/v1/x', 'undetermined'],
    ['with another end', of('/{{ .Values.base }}/v1'), '/a/v2', 'no'],
    ['that is exact', of('/api/$(VERSION)', 'Exact'), '/api/v1', 'undetermined'],
    ['that is exact, and below it', of('/api/$(VERSION)/x', 'Exact'), '/api/v1/x/y', 'no'],
    ['whose capitals count', of('/API/$(VERSION)'), '/api/v1', 'no'],
    ['of another meaning', of('/api/$(VERSION)', 'ImplementationSpecific'), '/api/v1', 'undetermined'],
    [
      'among expressions',
      of('/api/$(VERSION)', 'ImplementationSpecific', { [`${NGINX}/use-regex`]: 'true' }),
      '/api/v1',
      'undetermined',
    ],
    [
      'within an expression',
      of('/api/$(VERSION)(/|$)(.*)', 'ImplementationSpecific', { [`${NGINX}/use-regex`]: 'true' }),
      '/api/v1/x',
      'undetermined',
    ],
    [
      'within an expression for another path',
      of('/api/$(VERSION)(/|$)(.*)', 'ImplementationSpecific', { [`${NGINX}/use-regex`]: 'true' }),
      '/other',
      'no',
    ],
    ['beside one of another form', of('/{{ .Values.base }}/$(VERSION)'), '/a/v1', 'undetermined'],
    ['with signs that URLs have', of('/caf%C3%A9'), '/caf%C3%A9', 'yes'],
    ['of OData', of('/odata/$metadata'), '/odata/$metadata', 'yes'],
    ['beside one of OData', of('/odata/$metadata'), '/odata/x', 'no'],
  ])('%s', (_, object, path, verdict) => expectRows(world(object), [[url(path), verdict]]))

  it.each<[string, Json, path: string, 'undetermined' | 'no']>([
    ['that is a pattern', of('/api/$(VERSION)/*', 'ImplementationSpecific'), '/api/v1/x', 'undetermined'],
    ['that is a pattern for others', of('/api/$(VERSION)/*', 'ImplementationSpecific'), '/other', 'no'],
  ])('of a controller with patterns of its own: %s', (_, object, path, verdict) =>
    expectRows(world(ingressClass('nginx', 'example.com/own'), object), [[url(path), verdict]]),
  )

  it('is named', () =>
    expect(ask(world(of('/$(BASE)')), url('/x')).message).toBe(
      'Ingress shop/main (world.json:1) may serve this request: `$(BASE)` has to be substituted first',
    ))

  it('is none in the group of an expression that has a name', () => {
    const grouped = of('/v(?<version>\\d+)', 'ImplementationSpecific', { [`${NGINX}/use-regex`]: 'true' })
    expect(ask(world(grouped), url('/v1')).message).not.toContain('substituted')
  })
})

const pathsOf = (one: Json): readonly Json[] =>
  (one as { readonly http: { readonly paths: readonly Json[] } }).http.paths

describe('what says who serves a route', () => {
  const nginx = ingressClass('nginx', 'k8s.io/ingress-nginx')
  const annotated = main(undefined, { 'kubernetes.io/ingress.class': '$(CLASS)' })
  it.each<[string, readonly Json[]]>([
    ['the class of an Ingress', [annotated]],
    ['the class of an Ingress, beside classes', [annotated, nginx]],
  ])('%s', (_, objects) => expectRows(world(...objects), [[url('/'), 'undetermined', 'UNDETERMINED_ROUTE']]))

  const r = route('shop/r', [to('api')])
  const other = { ...gateway(), metadata: { namespace: 'shop', name: 'other' } }
  it.each<[string, readonly Json[], 'undetermined' | 'no']>([
    ['the class of a Gateway', [gateway({}, { gatewayClassName: '$(CLASS)' }), r], 'undetermined'],
    ['the host of a listener', [gateway({ hostname: '$(HOST)' }), r], 'undetermined'],
    [
      'the host of a listener, beside another Gateway',
      [gateway({ hostname: '$(HOST)' }), other, r],
      'undetermined',
    ],
    ['the name of a listener', [gateway({ name: '$(NAME)' }), r], 'undetermined'],
    [
      'the listener that a route asks for',
      [gateway(), route('shop/r', [to('api')], { parentRefs: [{ name: 'main', sectionName: '$(NAME)' }] })],
      'undetermined',
    ],
    ['the path of a route', [gateway(), path('/$(BASE)')], 'undetermined'],
    ['the path of a route, for another one', [gateway(), path('/api/$(VERSION)')], 'no'],
    ['an expression', [gateway(), path('/[a-z]$(SUFFIX)', 'RegularExpression')], 'undetermined'],
  ])('%s', (_, objects, verdict) =>
    expectRows(withGateway(gatewayClass('istio.io/gateway-controller'), ...objects), [[url('/x'), verdict]]),
  )

  it('a Gateway is named', () =>
    expect(ask(withGateway(gateway({ hostname: '$(HOST)' }), r), url('/')).message).toBe(
      'Gateway shop/main (world.json:1) may serve this request: `$(HOST)` has to be substituted first',
    ))

  const granting = (from: string, name?: string): Json => ({
    apiVersion: 'gateway.networking.k8s.io/v1beta1',
    kind: 'ReferenceGrant',
    metadata: { namespace: 'data', name: 'g' },
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: from }],
      to: [{ group: '', kind: 'Service', ...(name !== undefined && { name }) }],
    },
  })
  it.each<[string, Json, 'yes' | 'no' | 'undetermined', string?]>([
    ['from which namespace', granting('$(NAMESPACE)'), 'undetermined', 'UNDETERMINED_BACKEND'],
    ['to which Service', granting('shop', 'a$(SUFFIX)'), 'undetermined', 'UNDETERMINED_BACKEND'],
    ['to which Service, which is another one', granting('shop', 'b$(SUFFIX)'), 'no', 'BACKEND_UNUSABLE'],
    ['nothing', granting('shop'), 'yes'],
    ['nothing, for others', granting('web'), 'no', 'BACKEND_UNUSABLE'],
  ])('whom a ReferenceGrant allows: %s', (_, grant, verdict, reason) => {
    const objects = [
      ...app('data', 'api'),
      gateway(),
      route('shop/r', [to('api', { namespace: 'data' })]),
      grant,
    ]
    const world = withGateway(gatewayClass('istio.io/gateway-controller'), ...objects)
    expectRows(world, [reason === undefined ? [url('/'), verdict] : [url('/'), verdict, reason]])
  })

  it('the port that an OpenShift Route names', () => {
    const routed = {
      apiVersion: 'route.openshift.io/v1',
      kind: 'Route',
      metadata: { namespace: 'shop', name: 'r' },
      spec: { host: HOST, port: { targetPort: '$(PORT)' }, to: { kind: 'Service', name: 'api' } },
    }
    expectRows(world(routed), [[url('/'), 'undetermined', 'UNDETERMINED_ROUTE']])
  })
})

function path(value: string, type = 'PathPrefix'): Json {
  return route('shop/r', [{ matches: [{ path: { type, value } }], ...to('api') }])
}
