import { describe, expect, it } from 'vitest'
import { ask, expectRows, type Json, load, pod, policy, service } from './ask.ts'

/* S-216 to S-218: endpoints that are written by hand. */

const client = pod('shop/client', { app: 'client' })
const web = (name: string) => pod(`shop/${name}`, { app: 'web' })
const front = (spec: Json = {}) =>
  service('shop/front', { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec })
const question = 'shop/client -> shop/svc/front:80'
const world = (...objects: readonly Json[]) => load(client, ...objects)
const none = 'SERVICE_HAS_NO_ENDPOINTS'

function slice(
  endpoints: readonly Json[],
  ports: readonly Json[],
  labels: Json = {},
  namespace = 'shop',
): Json {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      namespace,
      name: 'front-x',
      labels: { 'kubernetes.io/service-name': 'front', ...labels },
    },
    addressType: 'IPv4',
    endpoints,
    ports,
  }
}

const endpoints = (subsets: readonly Json[]): Json => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { namespace: 'shop', name: 'front' },
  subsets,
})

/** The ids and ports of what is behind the Service. */
const behind = (objects: readonly Json[]) =>
  ask(world(...objects), question).endpoints?.map(({ to, port }) => `${to.id}:${port?.number}`)

describe('Endpoints and EndpointSlices', () => {
  const bare = (ports: readonly Json[] = [{ port: 80 }]) => front({ selector: undefined, ports })
  const address = { addresses: ['203.0.113.9'] }

  it.each<[string, Json, Json, readonly string[] | undefined]>([
    ['an EndpointSlice', bare(), slice([address], [{ port: 5432 }]), ['203.0.113.9:5432']],
    [
      'an Endpoints object',
      bare(),
      endpoints([{ addresses: [{ ip: '203.0.113.9' }], ports: [{ port: 5432 }] }]),
      ['203.0.113.9:5432'],
    ],
    [
      'the port of the same name',
      bare([{ name: 'sql', port: 80 }]),
      slice(
        [address],
        [
          { name: 'sql', port: 5432 },
          { name: 'x', port: 1 },
        ],
      ),
      ['203.0.113.9:5432'],
    ],
    [
      'no port of that name',
      bare([{ name: 'sql', port: 80 }]),
      slice([address], [{ port: 5432 }]),
      undefined,
    ],
    ['the port of another protocol', bare(), slice([address], [{ port: 5432, protocol: 'UDP' }]), undefined],
    [
      'S-217 the first address of an endpoint',
      bare(),
      slice([{ addresses: ['203.0.113.9', '203.0.113.10'] }], [{ port: 5432 }]),
      ['203.0.113.9:5432'],
    ],
    [
      'S-217 an endpoint that is not ready',
      bare(),
      slice([{ ...address, conditions: { ready: false } }], [{ port: 5432 }]),
      undefined,
    ],
    [
      'an address that is not ready',
      bare(),
      endpoints([{ notReadyAddresses: [{ ip: '203.0.113.9' }], ports: [{ port: 5432 }] }]),
      undefined,
    ],
    [
      'the address of a Pod',
      bare(),
      slice([{ addresses: ['10.0.0.5'] }], [{ port: 5432 }]),
      ['shop/db:5432'],
    ],
    [
      'the slice of another Service',
      bare(),
      slice([address], [{ port: 5432 }], { 'kubernetes.io/service-name': 'x' }),
      undefined,
    ],
    [
      'the slice of a Service of another namespace',
      bare(),
      slice([address], [{ port: 5432 }], {}, 'other'),
      undefined,
    ],
  ])('S-216 without a selector: %s', (_, of, written, expected) => {
    const db = pod('shop/db', {}, { status: { podIP: '10.0.0.5' } })
    expect(behind([of, written, db])).toEqual(expected)
  })

  it('S-216 what policies see is the address behind the Service', () => {
    const egress = (cidr: string) =>
      policy('shop/client', {
        policyTypes: ['Egress'],
        egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ port: 5432 }] }],
      })
    const written = slice([address], [{ port: 5432 }])
    expectRows(world(bare(), written, egress('203.0.113.0/24')), [[question, 'yes']])
    expectRows(world(bare(), written, egress('198.51.100.0/24')), [[question, 'no', 'DENIED_BY_EGRESS']])
  })

  it('S-218 with a selector, Endpoints count for nothing and slices of others are added', () => {
    expect(
      behind([front(), web('a'), endpoints([{ addresses: [{ ip: '203.0.113.9' }], ports: [{ port: 80 }] }])]),
    ).toEqual(['shop/a:80'])
    expect(behind([front(), web('a'), slice([address], [{ port: 80 }])])).toEqual([
      'shop/a:80',
      '203.0.113.9:80',
    ])
    const managed = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' }
    expect(behind([front(), web('a'), slice([address], [{ port: 80 }], managed)])).toEqual(['shop/a:80'])
  })

  it('S-218 without a selector, what a controller writes counts where nothing else is written', () => {
    const managed = { 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' }
    const mirrored = slice([address], [{ port: 5432 }], managed)
    const source = endpoints([{ addresses: [{ ip: '203.0.113.8' }], ports: [{ port: 5432 }] }])
    expect(behind([bare(), mirrored])).toEqual(['203.0.113.9:5432'])
    expect(behind([bare(), mirrored, source])).toEqual(['203.0.113.8:5432'])
  })

  it('S-203 endpoints that are going away serve where there is no other', () => {
    const going = {
      addresses: ['203.0.113.8'],
      conditions: { ready: false, serving: true, terminating: true },
    }
    const gone = {
      addresses: ['203.0.113.7'],
      conditions: { ready: false, serving: false, terminating: true },
    }
    expect(behind([bare(), slice([going, gone], [{ port: 5432 }])])).toEqual(['203.0.113.8:5432'])
    expect(behind([bare(), slice([going, gone, address], [{ port: 5432 }])])).toEqual(['203.0.113.9:5432'])
  })

  it('says which port no slice has', () => {
    const { reason, message } = ask(
      world(bare([{ name: 'sql', port: 80 }]), slice([address], [{ port: 1 }])),
      question,
    )
    expect([reason, message]).toEqual([
      'NAMED_PORT_UNRESOLVED',
      'no Endpoints or EndpointSlice of Service front has a port TCP sql',
    ])
  })

  it('what is written down in both ways is one endpoint', () => {
    const both = [
      slice([address], [{ port: 5432 }]),
      endpoints([{ addresses: [{ ip: '203.0.113.9' }], ports: [{ port: 5432 }] }]),
    ]
    expect(behind([bare(), ...both])).toEqual(['203.0.113.9:5432'])
  })

  it('a Service without selector and without endpoints says so', () => {
    expect(ask(world(bare()), question)).toMatchObject({ reason: none, symptom: 'connection refused' })
  })
})
