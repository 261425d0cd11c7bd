import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, pod, policy, refusals, service } from './ask.ts'
import { app, HOST, ingress, rule, world } from './ingress-world.ts'

/* OpenShift's Routes, which its router serves as controllers serve Ingresses (S-350, S-351). */

const openshiftRoute = (name: string, spec: Json, more: Json = {}): Json => ({
  apiVersion: 'route.openshift.io/v1',
  kind: 'Route',
  metadata: { namespace: 'shop', name },
  spec: { host: HOST, to: { kind: 'Service', name: 'api' }, ...spec },
  ...more,
})

function ends(objects: readonly Json[], url: string): string {
  const { verdict, endpoints, symptom } = ask(world(...objects), `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to }) => to.name).join() ?? '') : symptom
}

const NOT_FOUND = 'HTTP 404'
const AT = `http://${HOST}`

describe('which Route serves a request', () => {
  it.each<[string, readonly Json[], string, string]>([
    ['its host', [openshiftRoute('r', {})], `${AT}/x`, 'api'],
    ['its host, in capitals', [openshiftRoute('r', { host: 'Shop.Example.com' })], `${AT}/x`, 'api'],
    ['another host', [openshiftRoute('r', {})], 'http://other.example.com/', NOT_FOUND],
    [
      'the host that a router has given it',
      [openshiftRoute('r', { host: undefined }, { status: { ingress: [{ host: HOST }] } })],
      `${AT}/`,
      'api',
    ],
    ['a path', [openshiftRoute('r', { path: '/api' })], `${AT}/api/v1`, 'api'],
    ['another path', [openshiftRoute('r', { path: '/api' })], `${AT}/apis`, NOT_FOUND],
    [
      'the longest path',
      [openshiftRoute('all', { to: { name: 'web' } }), openshiftRoute('r', { path: '/api' })],
      `${AT}/api`,
      'api',
    ],
    [
      'a wildcard',
      [openshiftRoute('r', { host: 'www.example.com', wildcardPolicy: 'Subdomain' })],
      `${AT}/`,
      'api',
    ],
    [
      'the host itself before a wildcard',
      [
        openshiftRoute('any', { host: 'www.example.com', wildcardPolicy: 'Subdomain', to: { name: 'web' } }),
        openshiftRoute('r', {}),
      ],
      `${AT}/`,
      'api',
    ],
    [
      'no backend with a weight',
      [openshiftRoute('r', { to: { name: 'api', weight: 0 } })],
      `${AT}/`,
      'HTTP 500',
    ],
    [
      'several backends',
      [openshiftRoute('r', { alternateBackends: [{ kind: 'Service', name: 'web', weight: 10 }] })],
      `${AT}/`,
      'api,web',
    ],
    ['a Service that is not there', [openshiftRoute('r', { to: { name: 'gone' } })], `${AT}/`, 'HTTP 503'],
  ])('%s', (_, objects, url, expected) => expect(ends(objects, url)).toBe(expected))

  const SECURE = `https://${HOST}/`
  it.each<[string, Json | undefined, http: string, https: string]>([
    ['no TLS', undefined, 'api', NOT_FOUND],
    ['edge', { termination: 'edge' }, NOT_FOUND, 'api'],
    ['edge, and HTTP', { termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' }, 'api', 'api'],
    [
      'reencrypt, and a redirect',
      { termination: 'reencrypt', insecureEdgeTerminationPolicy: 'Redirect' },
      '',
      'api',
    ],
    ['passthrough', { termination: 'passthrough', insecureEdgeTerminationPolicy: 'None' }, NOT_FOUND, 'api'],
  ])('over HTTP and HTTPS with %s', (_, tls, http, https) => {
    const route = openshiftRoute('r', { tls })
    expect([ends([route], `${AT}/`), ends([route], SECURE)]).toEqual([http, https])
  })

  it('what passes through undecrypted has no path', () => {
    const route = openshiftRoute('r', { path: '/api', tls: { termination: 'passthrough' } })
    expect(ends([route], `${SECURE}other`)).toBe('api')
  })

  it('what is to be filled in, or is wrong, is no error', () => {
    const odd = openshiftRoute('r', {
      tls: { termination: '$(TLS)' },
      port: 'x',
      to: { name: 'api', weight: '$(W)' },
    })
    expect(refusals(odd)).toEqual([])
  })

  it('says why none serves it', () => {
    const why = (spec: Json, url: string) =>
      ask(world(openshiftRoute('r', spec)), `internet -> ${url}`).message
    expect(why({}, 'http://other.example.com/')).toBe('no Route is for host `other.example.com`')
    expect(why({ path: '/api' }, `${AT}/x`)).toBe('no Route is for path `/x`')
    expect(why({}, SECURE)).toContain('Route r has no `tls`')
    expect(why({ tls: { termination: 'edge' } }, `${AT}/`)).toContain('insecureEdgeTerminationPolicy')
  })
})

describe('which port of the Pods a Route leads to', () => {
  const two = [
    pod(
      'shop/two',
      { app: 'two' },
      { ports: [{ name: 'main', containerPort: 8080 }, { containerPort: 9090 }] },
    ),
    service('shop/two', {
      selector: { app: 'two' },
      ports: [
        { name: 'http', port: 80, targetPort: 'main' },
        { name: 'metrics', port: 81, targetPort: 9090 },
      ],
    }),
  ]
  it.each<[string, number | string | undefined, readonly number[]]>([
    ['of all ports of the Service, where it names none', undefined, [8080, 9090]],
    ['by its number', 9090, [9090]],
    ['by the number that a name stands for', 8080, [8080]],
    ['by its name in the Service', 'metrics', [9090]],
    ['by the name that the Service has for its target', 'main', [8080]],
  ])('%s', (_, targetPort, expected) => {
    const route = openshiftRoute('r', {
      to: { name: 'two' },
      ...(targetPort !== undefined && { port: { targetPort } }),
    })
    const { endpoints } = ask(world(...two, route), `internet -> ${AT}/`)
    expect(endpoints?.map(({ port }) => port?.number)).toEqual(expected)
  })

  it('a port of the Service is none of the Pods', () => {
    const route = openshiftRoute('r', { to: { name: 'two' }, port: { targetPort: 80 } })
    expectRows(world(...two, route), [[`internet -> ${AT}/`, 'no', 'BACKEND_UNUSABLE']])
  })
})

describe('S-350 the router', () => {
  const URL = `internet -> ${AT}/`
  const route = openshiftRoute('r', {})
  const from = (namespaceSelector: Json) =>
    policy('shop/api', { ingress: [{ from: [{ namespaceSelector }] }] })
  const group = { 'network.openshift.io/policy-group': 'ingress' }

  it('policies let it in by the labels of its namespace, in the input or not', () => {
    const router = pod('openshift-ingress/router', {
      'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': 'default',
    })
    for (const more of [[], [router]])
      expectRows(world(route, ...more, from({ matchLabels: group })), [[URL, 'yes']])
    expectRows(world(route, from({ matchLabels: { team: 'a' } })), [[URL, 'no', 'DENIED_BY_INGRESS']])
    expect(codes(world(route, router), URL)).not.toContain('ASSUMED_INGRESS_CONTROLLER')
    const [assumed] = ask(world(route), URL).assumptions.filter(
      ({ code }) => code === 'ASSUMED_INGRESS_CONTROLLER',
    )
    expect(assumed?.message).toContain('the Pods that serve Route shop/r')
  })

  it('what the manifest says of the namespace counts', () => {
    const own = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'openshift-ingress' } }
    expectRows(world(route, own, from({ matchLabels: group })), [[URL, 'no', 'DENIED_BY_INGRESS']])
  })

  it('the labels that OpenShift sets are said to be assumed', () => {
    const { assumptions } = ask(world(route, from({ matchLabels: group })), URL)
    const [assumed] = assumptions.filter(({ code }) => code === 'ASSUMED_NAMESPACE')
    expect(assumed?.message).toContain('network.openshift.io/policy-group=ingress')
  })

  it('a Pod that asks for the host goes out, and comes back in through the router', () => {
    expectRows(world(route, ...app('web'), policy('shop/api', {})), [
      [`shop/web -> ${AT}/`, 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> http://other.example.com/', 'yes'],
    ])
  })

  it('an Ingress without a class becomes a Route as well', () => {
    const main = ingress('main', {
      ingressClassName: undefined,
      rules: [rule('other.example.com', ['/', 'api'])],
    })
    expectRows(world(route, main, from({ matchLabels: group })), [
      ['internet -> http://other.example.com/', 'yes'],
    ])
  })
})
