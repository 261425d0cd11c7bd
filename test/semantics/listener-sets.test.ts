import { describe, expect, it } from 'vitest'
import { ask, type Json, load, namespace, refusals } from './ask.ts'
import { app, gateway, NOT_FOUND, route, to, world } from './gateway-world.ts'

/* ListenerSets, and which kinds of the Gateway API there are. */

const GROUP = 'gateway.networking.k8s.io'
const URL = 'http://shop.example.com/'

function ends(objects: readonly Json[], url: string): string {
  const { verdict, endpoints, symptom } = ask(world(...objects), `internet -> ${url}`)
  return verdict === 'yes' ? (endpoints?.map(({ to: end }) => end.id).join() ?? '') : symptom
}

describe('S-365 ListenerSet', () => {
  const allowing = (from?: Json) =>
    gateway(
      { port: 8080 },
      { gatewayClassName: 'istio', ...(from && { allowedListeners: { namespaces: from } }) },
    )
  const set = (ns: string, listener: Json = {}, more: Json = {}): Json => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'ListenerSet',
    metadata: { namespace: ns, name: 'more' },
    spec: {
      parentRef: { name: 'main', namespace: 'shop' },
      listeners: [{ name: 'own', port: 80, protocol: 'HTTP', ...listener }],
    },
    ...more,
  })
  const attached = (id: string, parent: Json = {}) =>
    route(id, [to('api')], { parentRefs: [{ kind: 'ListenerSet', name: 'more', ...parent }] })
  const team = namespace('team', { role: 'app' })
  const inTeam = [...app('team', 'api'), team]

  it.each<[string, readonly Json[], string]>([
    [
      'that nothing allows',
      [allowing(), set('shop'), attached('shop/r')],
      'shop/more, which HTTPRoute shop/r',
    ],
    [
      'of another namespace',
      [allowing({ from: 'Same' }), set('team'), attached('team/r'), ...inTeam],
      'team/more, which HTTPRoute team/r',
    ],
  ])('%s is named where the Gateway refuses it', (_, objects, refused) =>
    expect(ask(world(...objects), `internet -> ${URL}`).message).toBe(
      `no route is attached to Gateway main for host \`shop.example.com\`: its allowedListeners do not allow ListenerSet ${refused} asks for (they allow none unless they say so)`,
    ),
  )

  it('is not named where it is for another host', () => {
    const objects = [allowing(), set('shop', { hostname: 'other.example.com' }), attached('shop/r')]
    expect(ask(world(...objects), `internet -> ${URL}`).message).not.toContain('allowedListeners')
  })

  it.each<[string, readonly Json[], string]>([
    ['of the same namespace', [allowing({ from: 'Same' }), set('shop'), attached('shop/r')], 'shop/api'],
    ['of any namespace', [allowing({ from: 'All' }), set('team'), attached('team/r'), ...inTeam], 'team/api'],
    [
      'of namespaces with a label',
      [
        allowing({ from: 'Selector', selector: { matchLabels: { role: 'app' } } }),
        set('team'),
        attached('team/r'),
        ...inTeam,
      ],
      'team/api',
    ],
    ['that the Gateway does not allow', [allowing(), set('shop'), attached('shop/r')], NOT_FOUND],
    [
      'of another namespace',
      [allowing({ from: 'Same' }), set('team'), attached('team/r'), ...inTeam],
      NOT_FOUND,
    ],
    [
      'by the name of its listener',
      [allowing({ from: 'Same' }), set('shop'), attached('shop/r', { sectionName: 'own' })],
      'shop/api',
    ],
    [
      'by another name',
      [allowing({ from: 'Same' }), set('shop'), attached('shop/r', { sectionName: 'web' })],
      NOT_FOUND,
    ],
    [
      'of another Gateway',
      [
        allowing({ from: 'Same' }),
        set(
          'shop',
          {},
          {
            spec: { parentRef: { name: 'other' }, listeners: [{ name: 'own', port: 80, protocol: 'HTTP' }] },
          },
        ),
        attached('shop/r'),
      ],
      NOT_FOUND,
    ],
    [
      'a route that asks for the Gateway itself',
      [allowing({ from: 'Same' }), set('shop'), route('shop/r', [to('api')])],
      NOT_FOUND,
    ],
    [
      'routes of its own namespace, not of that of the Gateway',
      [allowing({ from: 'All' }), set('team'), attached('shop/r', { namespace: 'team' }), team],
      NOT_FOUND,
    ],
    [
      'under its experimental name',
      [
        allowing({ from: 'Same' }),
        set('shop', {}, { apiVersion: 'gateway.networking.x-k8s.io/v1alpha1', kind: 'XListenerSet' }),
        attached('shop/r', { kind: 'XListenerSet', group: 'gateway.networking.x-k8s.io' }),
      ],
      'shop/api',
    ],
  ])('%s', (_, objects, expected) => expect(ends(objects, 'http://shop.example.com/')).toBe(expected))
})

describe('S-143 kinds and versions of the Gateway API', () => {
  const object = (kind: string, version: string): Json => ({
    apiVersion: `${GROUP}/${version}`,
    kind,
    metadata: { name: 'x' },
    spec: {},
  })

  it.each([
    ['TCPRoute', 'v1'],
    ['TCPRoute', 'v1alpha2'],
    ['UDPRoute', 'v1'],
    ['UDPRoute', 'v1alpha2'],
    ['TLSRoute', 'v1'],
    ['TLSRoute', 'v1alpha3'],
    ['GRPCRoute', 'v1'],
    ['GRPCRoute', 'v1alpha2'],
    ['ListenerSet', 'v1'],
    ['BackendTLSPolicy', 'v1'],
    ['XBackendTrafficPolicy', 'v1alpha1'],
    ['SCTPRoute', 'v1'],
    ['HTTPSRoutes', 'v1'],
  ])('%s %s is no typo', (kind, version) => expect(refusals(object(kind, version))).toEqual([]))

  it.each([
    ['HTTPRoutes', 'v1', 'no matches for kind "HTTPRoutes"'],
    ['Httproute', 'v1', 'no matches for kind "Httproute"'],
    ['Gatway', 'v1', 'no matches for kind "Gatway"'],
    ['HTTPRoute', 'v2', 'no matches for kind "HTTPRoute"'],
  ])('%s %s is', (kind, version, message) => expect(refusals(object(kind, version))[0]).toContain(message))

  it('a kind of that name in a group of another project is its own', () => {
    const others = [
      { apiVersion: 'serving.knative.dev/v1', kind: 'Route', metadata: { name: 'x' }, spec: {} },
      { apiVersion: 'networking.istio.io/v1', kind: 'Gateway', metadata: { name: 'x' }, spec: {} },
      {
        apiVersion: 'v1',
        kind: 'Route',
        metadata: { name: 'x' },
        spec: { host: 'a.example', to: { name: 'x' } },
      },
    ]
    expect(refusals(...others)).toEqual([])
    expect(load(...others).cluster.openshiftRoutes.map(({ hosts }) => hosts)).toEqual([['a.example']])
  })
})
