import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, pod, policy } from './ask.ts'
import { gateway, gatewayClass, HOST, route, to, world } from './gateway-world.ts'

/* Which Pods serve a Gateway, product by product. */

const URL = `internet -> http://${HOST}/`
const from = (...peers: readonly Json[]) => policy('shop/api', { ingress: [{ from: peers }] })
const fromNamespace = (name: string) =>
  from({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } })

describe('S-365 the class of a Gateway, which is not in the input', () => {
  const at = (className: string, ...more: readonly Json[]) =>
    world(gateway({}, { gatewayClassName: className }), route('shop/r', [to('api')]), ...more)
  const proxyOf = (className: string, ...more: readonly Json[]) =>
    ask(at(className, ...more), `10.0.0.9 -> http://${HOST}/`).endpoints?.[0]?.from.id

  it.each([
    ['eg', 'envoy-gateway-system/main~'],
    ['istio', 'shop/main~'],
    ['nginx', 'shop/main~'],
    ['kgateway', 'shop/main~'],
    ['openshift-default', 'shop/main~'],
    ['kong', 'kong/kong-controller~'],
    ['traefik', 'traefik/traefik-controller~'],
    ['contour', 'projectcontour/projectcontour-controller~'],
    ['cilium', "Cilium's proxy on a node"],
    ['gke-l7-regional-external-managed', 'a load balancer of Google Cloud'],
    ['gke-l7-rilb', 'a load balancer of Google Cloud'],
    ['own', '(unknown Pods)'],
  ])('%s', (className, expected) => expect(proxyOf(className)).toBe(expected))

  it.each<[string, string, Json, boolean]>([
    ['the name', 'shop/p', { 'gateway.networking.k8s.io/gateway-name': 'main' }, true],
    ['the name, elsewhere', 'far/p', { 'gateway.networking.k8s.io/gateway-name': 'main' }, false],
    ['another name', 'shop/p', { 'gateway.networking.k8s.io/gateway-name': 'other' }, false],
    ["Istio's name of old", 'shop/p', { 'istio.io/gateway-name': 'main' }, true],
    [
      "Envoy Gateway's name",
      'envoy-gateway-system/p',
      {
        'gateway.envoyproxy.io/owning-gateway-name': 'main',
        'gateway.envoyproxy.io/owning-gateway-namespace': 'shop',
      },
      true,
    ],
    [
      "Envoy Gateway's name of another namespace",
      'envoy-gateway-system/p',
      {
        'gateway.envoyproxy.io/owning-gateway-name': 'main',
        'gateway.envoyproxy.io/owning-gateway-namespace': 'far',
      },
      false,
    ],
    [
      'the class, for all its Gateways',
      'edge/p',
      { 'gateway.envoyproxy.io/owning-gatewayclass': 'eg' },
      true,
    ],
    [
      "Contour's name",
      'projects/p',
      {
        'projectcontour.io/owning-gateway-name': 'main',
        'projectcontour.io/owning-gateway-namespace': 'shop',
      },
      true,
    ],
  ])('Pods are its proxies by a label with %s', (_, id, labels, expected) => {
    expect(proxyOf('eg', pod(id, labels)) === id).toBe(expected)
  })

  it('Envoy Gateway: the policy has to let in the namespace of the proxies, not that of the Gateway', () => {
    const proxy = pod('envoy-gateway-system/p', {
      'gateway.envoyproxy.io/owning-gateway-name': 'main',
      'gateway.envoyproxy.io/owning-gateway-namespace': 'shop',
    })
    for (const more of [[], [proxy]]) {
      expectRows(at('eg', ...more, from({ podSelector: {} })), [[URL, 'no', 'DENIED_BY_INGRESS']])
      expectRows(at('eg', ...more, fromNamespace('envoy-gateway-system')), [[URL, 'yes']])
    }
  })

  it('Envoy Gateway serves port 80 on 10080', () => {
    const proxy = pod('envoy-gateway-system/p', {
      'gateway.envoyproxy.io/owning-gateway-name': 'main',
      'gateway.envoyproxy.io/owning-gateway-namespace': 'shop',
    })
    const onPort = (port: number) =>
      policy('envoy-gateway-system/x', { podSelector: {}, ingress: [{ ports: [{ port }] }] })
    expectRows(at('eg', proxy, onPort(10080)), [[URL, 'yes']])
    expectRows(at('eg', proxy, onPort(80)), [[URL, 'no', 'DENIED_BY_INGRESS']])
  })

  it('Cilium: no block and no selector matches its proxy', () => {
    const letting = [
      from({ ipBlock: { cidr: '0.0.0.0/0' } }),
      from({ namespaceSelector: {} }),
      policy('shop/api', { ingress: [{}] }),
    ]
    const classed = (one: Json) => at('own', one, gatewayClass('io.cilium/gateway-controller', 'own'))
    for (const of of [(one: Json) => at('cilium', one), classed])
      expect(letting.map(one => ask(of(one), URL).verdict)).toEqual(['no', 'no', 'yes'])
  })

  it('GKE: the load balancer is no Pod', () => {
    const outside = [from({ ipBlock: { cidr: '130.211.0.0/22' } }), from({ namespaceSelector: {} })]
    expect(outside.map(one => ask(at('gke-l7-gxlb', one), URL).verdict)).toEqual(['undetermined', 'no'])
  })

  it('where it is unknown, the answer depends on it only where policies ask for the source', () => {
    expectRows(at('own', fromNamespace('edge')), [[URL, 'undetermined', 'UNDETERMINED_CONTROLLER']])
    const classed = at('own', fromNamespace('edge'), gatewayClass('example.com/own', 'own'))
    expect(ask(classed, URL).message).toContain('the Pods of example.com/own run')
    expectRows(at('own', policy('shop/api', {})), [[URL, 'no', 'DENIED_BY_INGRESS']])
    expectRows(at('own', fromNamespace('edge')), [[URL, 'yes']], { ingressController: 'edge/app=own' })
  })
})
