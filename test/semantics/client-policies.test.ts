import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, policy, service } from './ask.ts'
import * as gateways from './gateway-world.ts'
import { HOST, ingress, main, rule } from './ingress-world.ts'

/* SEMANTICS E: objects of a controller's own kinds that limit the clients of what they are attached to, or of what names them. */

type Word = 'yes' | 'no' | 'undetermined'
const URL = `http://${HOST}/`
const CONFIG = 'cloud.google.com/backend-config'

const web = (name: string, annotations: Json = {}): readonly Json[] => [
  pod(`shop/${name}`, { app: name }),
  {
    ...service(`shop/${name}`, {
      selector: { app: name },
      ports: [
        { name: 'web', port: 80, targetPort: 8080 },
        { name: 'admin', port: 81, targetPort: 8081 },
      ],
    }),
    metadata: { namespace: 'shop', name, annotations },
  },
]
const own = (apiVersion: string, kind: string, spec: Json, id = 'shop/own'): Json => {
  const [namespace, name] = id.split('/')
  return { apiVersion, kind, metadata: { namespace, name }, spec }
}
const backendConfig = (spec: Json, id = 'shop/armor'): Json =>
  own('cloud.google.com/v1', 'BackendConfig', spec, id)
const armor = backendConfig({ securityPolicy: { name: 'edge' } })
const named = { [CONFIG]: '{"default": "armor"}' }

describe('a BackendConfig of GKE that a Service names', () => {
  const gce = main('gce')
  it.each<[string, annotations: Json, objects: readonly Json[], Word]>([
    ['with a policy of Cloud Armor', named, [gce, armor], 'undetermined'],
    ['that is not in the input', named, [gce], 'undetermined'],
    ['in another namespace', named, [gce, backendConfig({}, 'web/armor')], 'undetermined'],
    ['without a policy', named, [gce, backendConfig({ timeoutSec: 40 })], 'yes'],
    ['with none any more', named, [gce, backendConfig({ securityPolicy: { name: '' } })], 'yes'],
    [
      'by the annotation of the beta',
      { [`beta.${CONFIG}`]: '{"default": "armor"}' },
      [gce, armor],
      'undetermined',
    ],
    ['for the port, by its number', { [CONFIG]: '{"ports": {"80": "armor"}}' }, [gce, armor], 'undetermined'],
    ['for the port, by its name', { [CONFIG]: '{"ports": {"web": "armor"}}' }, [gce, armor], 'undetermined'],
    ['for another port', { [CONFIG]: '{"ports": {"admin": "armor"}}' }, [gce, armor], 'yes'],
    [
      'for all ports but this one',
      { [CONFIG]: '{"default": "armor", "ports": {"web": "open"}}' },
      [gce, armor, backendConfig({}, 'shop/open')],
      'yes',
    ],
    ['in a form that cannot be read', { [CONFIG]: 'armor' }, [gce, armor], 'undetermined'],
    ['which no Service names', {}, [gce, armor], 'yes'],
    ['for another controller', named, [main('nginx'), armor], 'yes'],
    ['where a policy denies', named, [gce, armor, policy('shop/api', {})], 'no'],
  ])('%s', (_, annotations, objects, verdict) =>
    expectRows(load(...web('api', annotations), ...objects), [[`internet -> ${URL}`, verdict]]),
  )

  it('is of its own backend alone', () => {
    const two = ingress('main', {
      ingressClassName: 'gce',
      rules: [rule(HOST, ['/', 'api'], ['/open', 'open'])],
    })
    expectRows(load(...web('api', named), ...web('open'), two, armor), [
      [`internet -> ${URL}`, 'undetermined', 'UNDETERMINED_ROUTE'],
      [`internet -> ${URL}open`, 'yes'],
    ])
  })

  it('is nothing to what the client sees of a policy', () =>
    expect(
      ask(load(...web('api', named), gce, armor, policy('shop/api', {})), `internet -> ${URL}`).symptom,
    ).toBe('HTTP 504'))

  it('is named', () => {
    const said = (...objects: readonly Json[]): string =>
      ask(load(...web('api', named), gce, ...objects), `internet -> ${URL}`).message
    expect(said(armor)).toBe(
      'whether shop/ingress/main admits this client depends on securityPolicy.name of BackendConfig shop/armor, which netpol does not read',
    )
    expect(said()).toBe(
      'whether shop/ingress/main admits this client depends on BackendConfig shop/armor, which is not in the manifests',
    )
  })
})

describe('what is attached to a Gateway, a route or a Service', () => {
  const { gateway, gatewayClass, route, to } = gateways
  const attached = (target: Json, group = 'gateway.networking.k8s.io'): Json => ({
    targetRef: { group, ...target },
  })
  const toService = (name: string): Json => attached({ kind: 'Service', name }, '')
  const toGateway = attached({ kind: 'Gateway', name: 'main' })
  const toRoute = attached({ kind: 'HTTPRoute', name: 'r' })
  const envoy = (spec: Json, id?: string): Json =>
    own('gateway.envoyproxy.io/v1alpha1', 'SecurityPolicy', spec, id)
  const office = { authorization: { defaultAction: 'Deny' } }
  const google = gatewayClass('networking.gke.io/gateway')
  const ENVOY = gatewayClass('gateway.envoyproxy.io/gatewayclass-controller')
  const googles = (target: Json, more: Json = { default: { securityPolicy: 'edge' } }): Json =>
    own('networking.gke.io/v1', 'GCPBackendPolicy', { ...target, ...more })
  it.each<[string, readonly Json[], Word]>([
    ['Google, to the Service', [google, googles(toService('api'))], 'undetermined'],
    ['Google, to another Service', [google, googles(toService('web'))], 'yes'],
    ['Google, something else', [google, googles(toService('api'), { default: { timeoutSec: 40 } })], 'yes'],
    ['Google’s, for another product', [ENVOY, googles(toService('api'))], 'yes'],
    ['Envoy Gateway, to the Gateway', [ENVOY, envoy({ ...toGateway, ...office })], 'undetermined'],
    ['Envoy Gateway, to the route', [ENVOY, envoy({ ...toRoute, ...office })], 'undetermined'],
    [
      'Envoy Gateway, to one of several',
      [ENVOY, envoy({ targetRefs: [{ kind: 'HTTPRoute', name: 'r' }], ...office })],
      'undetermined',
    ],
    [
      'Envoy Gateway, by labels',
      [ENVOY, envoy({ targetSelectors: [{ kind: 'Gateway' }], ...office })],
      'undetermined',
    ],
    [
      'Envoy Gateway, to another kind',
      [ENVOY, envoy({ targetRefs: [{ kind: 'GRPCRoute', name: 'r' }], ...office })],
      'yes',
    ],
    ['Envoy Gateway, in another namespace', [ENVOY, envoy({ ...toRoute, ...office }, 'web/own')], 'yes'],
    ['Envoy Gateway, by another server', [ENVOY, envoy({ ...toRoute, extAuth: {} })], 'undetermined'],
    ['Envoy Gateway, of credentials', [ENVOY, envoy({ ...toRoute, jwt: {} })], 'yes'],
    [
      'Azure',
      [
        gatewayClass('alb.networking.azure.io/alb-controller'),
        own('alb.networking.azure.io/v1', 'WebApplicationFirewallPolicy', {
          ...toGateway,
          webApplicationFirewall: { id: '/subscriptions/x' },
        }),
      ],
      'undetermined',
    ],
    [
      'kgateway',
      [
        gatewayClass('kgateway.dev/kgateway'),
        own('gateway.kgateway.dev/v1alpha1', 'TrafficPolicy', {
          targetRefs: [{ kind: 'HTTPRoute', name: 'r' }],
          rbac: { policy: { matchExpressions: ['true'] } },
        }),
      ],
      'undetermined',
    ],
  ])('%s', (_, objects, verdict) =>
    expectRows(gateways.world(gateway(), route('shop/r', [to('api')]), ...objects), [
      [`internet -> ${URL}`, verdict],
    ]),
  )
})

describe('what else says who gets in', () => {
  const { gateway, gatewayClass, route, to } = gateways
  const kong = gatewayClass('konghq.com/kic-gateway-controller')
  const filter = (name: string): Json => ({
    type: 'ExtensionRef',
    extensionRef: { group: 'traefik.io', kind: 'Middleware', name },
  })
  it.each<[string, readonly Json[], Word]>([
    ['Kong, by the Service', [...web('api', { 'konghq.com/plugins': 'ips' }), main('kong')], 'undetermined'],
    ['of another controller', [...web('api', { 'konghq.com/plugins': 'ips' }), main('nginx')], 'yes'],
    [
      'Kong, by the route',
      [
        ...web('api'),
        kong,
        gateway(),
        {
          ...route('shop/r', [to('api')]),
          metadata: { namespace: 'shop', name: 'r', annotations: { 'konghq.com/plugins': 'ips' } },
        },
      ],
      'undetermined',
    ],
    [
      'a filter of the implementation’s own',
      [
        ...web('api'),
        gatewayClass('traefik.io/gateway-controller'),
        gateway(),
        route('shop/r', [{ ...to('api'), filters: [filter('office')] }]),
      ],
      'undetermined',
    ],
    [
      'another server, by a filter',
      [
        ...web('api'),
        gatewayClass('traefik.io/gateway-controller'),
        gateway(),
        route('shop/r', [
          {
            ...to('api'),
            filters: [{ type: 'ExternalAuth', externalAuth: { backendRef: { name: 'auth' } } }],
          },
        ]),
      ],
      'undetermined',
    ],
    [
      'a filter that changes headers',
      [
        ...web('api'),
        gatewayClass('traefik.io/gateway-controller'),
        gateway(),
        route('shop/r', [
          { ...to('api'), filters: [{ type: 'RequestHeaderModifier', requestHeaderModifier: {} }] },
        ]),
      ],
      'yes',
    ],
  ])('%s', (_, objects, verdict) => expectRows(load(...objects), [[`internet -> ${URL}`, verdict]]))

  it('a filter is named', () => {
    const filtered = route('shop/r', [{ ...to('api'), filters: [filter('office')] }])
    const answer = ask(
      load(...web('api'), gatewayClass('traefik.io/gateway-controller'), gateway(), filtered),
      `internet -> ${URL}`,
    )
    expect(answer.message).toBe(
      'whether shop/httproute/r admits this client depends on Middleware office, which netpol does not read',
    )
  })
})
