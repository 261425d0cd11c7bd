import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, service } from './ask.ts'
import * as gateways from './gateway-world.ts'
import { HOST, main } from './ingress-world.ts'

/* SEMANTICS E: objects of a controller's own kinds that routes name, and what these say of clients. */

type Word = 'yes' | 'no' | 'undetermined'
const URL = `http://${HOST}/`

const web: readonly Json[] = [
  pod('shop/api', { app: 'api' }),
  service('shop/api', { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 8080 }] }),
]
const own = (apiVersion: string, kind: string, spec: Json, id = 'shop/own'): Json => {
  const [namespace, name] = id.split('/')
  return { apiVersion, kind, metadata: { namespace, name }, spec }
}

describe('an object of its own that a route names', () => {
  const { gateway, gatewayClass, route, to } = gateways
  const middleware = (spec: Json, id = 'shop/own'): Json => own('traefik.io/v1alpha1', 'Middleware', spec, id)
  const strip = middleware({ stripPrefix: { prefixes: ['/api'] } })
  const office = middleware({ ipAllowList: { sourceRange: ['10.0.0.0/8'] } })
  const named = (names: string): Json =>
    main('traefik', { 'traefik.ingress.kubernetes.io/router.middlewares': names })
  const byName = 'shop-own@kubernetescrd'
  it.each<[string, readonly Json[], Word]>([
    ['Traefik, of the path', [named(byName), strip], 'yes'],
    ['Traefik, of client addresses', [named(byName), office], 'undetermined'],
    [
      'Traefik, of several',
      [named(`${byName}, shop-ips@kubernetescrd`), strip, middleware({ ipWhiteList: {} }, 'shop/ips')],
      'undetermined',
    ],
    [
      'Traefik, one that is not in the input',
      [named(`${byName},shop-ips@kubernetescrd`), strip],
      'undetermined',
    ],
    ['Traefik, one of a file', [named('own@file'), strip], 'undetermined'],
    ['Traefik, one of another namespace', [named(byName), middleware({}, 'web/own')], 'undetermined'],
    [
      'Traefik, either of two of which one may refuse',
      [
        named('shop-a-own@kubernetescrd'),
        middleware({}, 'shop/a-own'),
        middleware({ forwardAuth: { address: 'http://a' } }, 'shop-a/own'),
      ],
      'undetermined',
    ],
    [
      'Traefik, until version 3',
      [named(byName), { ...strip, apiVersion: 'traefik.containo.us/v1alpha1' }],
      'yes',
    ],
    ['none', [named('')], 'yes'],
  ])('by an annotation: %s', (_, objects, verdict) =>
    expectRows(load(...web, ...objects), [[`internet -> ${URL}`, verdict]]),
  )

  const filtered = (group: string, kind: string): Json =>
    route('shop/r', [
      { ...to('api'), filters: [{ type: 'ExtensionRef', extensionRef: { group, kind, name: 'own' } }] },
    ])
  const TRAEFIK = gatewayClass('traefik.io/gateway-controller')
  const ENVOY = gatewayClass('gateway.envoyproxy.io/gatewayclass-controller')
  const ofEnvoy = (spec: Json, id?: string): Json =>
    own('gateway.envoyproxy.io/v1alpha1', 'HTTPRouteFilter', spec, id)
  const byTraefik = filtered('traefik.io', 'Middleware')
  const byEnvoy = filtered('gateway.envoyproxy.io', 'HTTPRouteFilter')
  it.each<[string, readonly Json[], Word]>([
    ['Traefik, of the path', [TRAEFIK, byTraefik, strip], 'yes'],
    ['Traefik, of client addresses', [TRAEFIK, byTraefik, office], 'undetermined'],
    ['Traefik, of another namespace', [TRAEFIK, byTraefik, middleware({}, 'web/own')], 'undetermined'],
    ['Envoy Gateway, of the path', [ENVOY, byEnvoy, ofEnvoy({ urlRewrite: { path: {} } })], 'yes'],
    [
      'Envoy Gateway, an answer',
      [ENVOY, byEnvoy, ofEnvoy({ directResponse: { statusCode: 403 } })],
      'undetermined',
    ],
    ['another kind of the name', [TRAEFIK, filtered('traefik.io', 'Other'), strip], 'undetermined'],
  ])('by a filter: %s', (_, objects, verdict) =>
    expectRows(load(...web, gateway(), ...objects), [[`internet -> ${URL}`, verdict]]),
  )

  it('is named with what it limits by', () => {
    const said = (...objects: readonly Json[]): string =>
      ask(load(...web, ...objects), `internet -> ${URL}`).message
    expect(said(named(byName), office)).toBe(
      'whether shop/ingress/main admits this client depends on ipAllowList of Middleware shop/own, which netpol does not read',
    )
    expect(said(TRAEFIK, gateway(), byTraefik, office)).toBe(
      'whether shop/httproute/r admits this client depends on ipAllowList of Middleware shop/own, which netpol does not read',
    )
  })
})
