import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, load, pod, policy, service } from './ask.ts'

/* Services, their endpoints and ports. */

const client = pod('shop/client', { app: 'client' }, { spec: { nodeName: 'n1' } })
const web = (name: string, more: Parameters<typeof pod>[2] = {}) => pod(`shop/${name}`, { app: 'web' }, more)
const front = (spec: Json = {}) =>
  service('shop/front', { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec })
const question = 'shop/client -> shop/svc/front:80'
const world = (...objects: readonly Json[]) => load(client, ...objects)
const status = (phase: string, ready?: boolean): Json => ({
  phase,
  ...(ready !== undefined && { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] }),
})
const none = 'SERVICE_HAS_NO_ENDPOINTS'

/** The ids and ports of what is behind the Service. */
const behind = (objects: readonly Json[], asked = question) =>
  ask(world(...objects), asked).endpoints?.map(({ to, port }) => `${to.id}:${port?.number}`)

describe('C.1 Service to endpoints', () => {
  it.each<[string, Json, readonly string[] | undefined]>([
    ['one label of two', { selector: { app: 'web', tier: 'x' } }, undefined],
    ['all labels', { selector: { app: 'web', at: 'a' } }, ['shop/a:80']],
    ['no selector', { selector: {} }, undefined],
  ])('S-200 chooses by %s', (_, spec, expected) => {
    const pods = [pod('shop/a', { app: 'web', at: 'a' }), pod('other/b', { app: 'web', at: 'a' })]
    expect(behind([front(spec), ...pods])).toEqual(expected)
  })

  it.each<[string, Json | undefined, boolean, boolean]>([
    ['without a status', undefined, true, true],
    ['that is ready', status('Running', true), true, true],
    ['that is not ready', status('Running', false), false, true],
    ['without conditions yet', { phase: 'Pending', conditions: [], podIP: '10.0.0.1' }, false, true],
    ['without an address yet', { phase: 'Pending', conditions: [] }, false, false],
    ['that has finished', status('Succeeded'), false, false],
  ])('S-201 S-202 a Pod %s', (_, of, isEndpoint, isPublished) => {
    const pods = [web('a', of === undefined ? {} : { status: of })]
    expectRows(world(front(), ...pods), [[question, isEndpoint ? 'yes' : 'no']])
    expectRows(world(front({ publishNotReadyAddresses: true }), ...pods), [
      [question, isPublished ? 'yes' : 'no'],
    ])
  })

  it('S-203 Pods that are going away serve where there is no other', () => {
    const going = (name: string): Json => {
      const object = web(name, { status: status('Running', true) })
      return {
        ...object,
        metadata: {
          namespace: 'shop',
          name,
          labels: { app: 'web' },
          deletionTimestamp: '2026-01-01T00:00:00Z',
        },
      }
    }
    expect(behind([front(), going('old'), web('new')])).toEqual(['shop/new:80'])
    expect(behind([front(), going('old')])).toEqual(['shop/old:80'])
  })

  it('S-204 without endpoints the client is refused at once', () => {
    expect(ask(world(front()), question)).toMatchObject({
      verdict: 'no',
      reason: none,
      symptom: 'connection refused',
    })
  })

  it.each<[string, readonly Json[], RegExp]>([
    [
      'the label that fails',
      [pod('shop/a', { app: 'wbe' })],
      /nearest is shop\/a, which has app=wbe, not app=web/,
    ],
    ['the label that is not there', [pod('shop/a', {})], /nearest is shop\/a, which has no label app/],
    [
      'that the Pods are in another namespace',
      [pod('other/a', { app: 'web' })],
      /other\/a would match, but a Service chooses Pods of its own namespace only/,
    ],
    [
      'that they are not ready',
      [web('a', { status: status('Running', false) })],
      /no Pod behind Service front is ready: shop\/a is not/,
    ],
  ])('a Service without endpoints says %s', (_, pods, expected) => {
    expect(
      ask(load(pod('away/client'), front(), ...pods), 'away/client -> shop/svc/front:80').message,
    ).toMatch(expected)
  })

  it('S-205 internalTrafficPolicy Local keeps to the client’s node', () => {
    const at = (name: string, nodeName: string) => web(name, { spec: { nodeName } })
    const local = front({ internalTrafficPolicy: 'Local' })
    expect(behind([local, at('here', 'n1'), at('there', 'n2')])).toEqual(['shop/here:80'])
    expectRows(world(local, at('there', 'n2')), [[question, 'no', none]])
    const { steps } = ask(world(local, at('here', 'n1'), at('there', 'n2')), question)
    expect(steps[0]?.message).toBe('forwards to shop/here:80')
  })

  it('S-205 where the nodes are not known, an endpoint is taken to be on the client’s, and the answer says so', () => {
    const local = front({ internalTrafficPolicy: 'Local' })
    expect(behind([local, web('a')])).toEqual(['shop/a:80'])
    expect(codes(world(local, web('a')), question)).toContain('ASSUMED_LOCAL_ENDPOINT')
    expect(codes(world(front(), web('a')), question)).not.toContain('ASSUMED_LOCAL_ENDPOINT')
    const fromNowhere = world(local, pod('shop/lost'), web('a', { spec: { nodeName: 'n2' } }))
    expectRows(fromNowhere, [['shop/lost -> shop/svc/front:80', 'yes']])
    expect(codes(fromNowhere, 'shop/lost -> shop/svc/front:80')).toContain('ASSUMED_LOCAL_ENDPOINT')
  })

  it('S-206 session affinity changes nothing', () => {
    expect(behind([front({ sessionAffinity: 'ClientIP' }), web('a'), web('b')])).toEqual([
      'shop/a:80',
      'shop/b:80',
    ])
  })

  it('S-207 a Pod on its node’s network is an endpoint, and its node to the policies', () => {
    const host = web('a', { spec: { hostNetwork: true, nodeName: 'n2' } })
    expectRows(world(front(), host, policy('shop/web', {})), [[question, 'yes']])
  })
})

describe('C.2 ports', () => {
  it.each<[string, Json, string, readonly string[] | undefined]>([
    ['S-210 the target port is the port', { port: 80 }, '80', ['shop/a:80']],
    ['S-211 a port that the Service does not list', { port: 8080 }, '80', undefined],
    ['S-212 a number that no container declares', { port: 80, targetPort: 9999 }, '80', ['shop/a:9999']],
    ['S-213 a name', { port: 80, targetPort: 'http' }, '80', ['shop/a:8080']],
    ['S-213 a name of another protocol', { port: 80, targetPort: 'dns' }, '80', undefined],
    ['S-214 a name that a sidecar declares', { port: 80, targetPort: 'mesh' }, '80', ['shop/a:15001']],
    ['the port by its own name', { port: 80, name: 'main', targetPort: 'http' }, 'main', ['shop/a:8080']],
  ])('%s', (_, port, asked, expected) => {
    const backend = web('a', {
      ports: [
        { name: 'http', containerPort: 8080 },
        { name: 'dns', containerPort: 53, protocol: 'UDP' },
      ],
      spec: {
        initContainers: [
          { name: 's', image: 's', restartPolicy: 'Always', ports: [{ name: 'mesh', containerPort: 15001 }] },
        ],
      },
    })
    expect(behind([front({ ports: [port] }), backend], `shop/client -> shop/svc/front:${asked}`)).toEqual(
      expected,
    )
  })

  it('S-213 a name may be another port on each Pod, and none on some', () => {
    const named = (name: string, containerPort: number) =>
      web(name, { ports: [{ name: 'http', containerPort }] })
    const pods = [named('a', 80), named('b', 8080), web('c')]
    expect(behind([front({ ports: [{ port: 80, targetPort: 'http' }] }), ...pods])).toEqual([
      'shop/a:80',
      'shop/b:8080',
    ])
  })

  it('S-025 a number alone is TCP, a name has the protocol of its port, and HTTP is TCP', () => {
    const both = front({
      ports: [
        { name: 'u', port: 53, protocol: 'UDP' },
        { name: 't', port: 53 },
      ],
    })
    const udp = [{ name: 'u', port: 80, targetPort: 443, protocol: 'UDP' }]
    const asked = (of: Json, to: string) => {
      const { verdict, reason, port } = ask(world(of, web('a')), `shop/client -> ${to}`)
      return [verdict, reason === 'SERVICE_PORT_UNKNOWN', port?.protocol]
    }
    expect(asked(both, 'shop/svc/front:53')).toEqual(['yes', false, 'TCP'])
    expect(asked(both, 'shop/svc/front:u')).toEqual(['yes', false, 'UDP'])
    const onlyUdp = front({ ports: udp })
    expect(asked(onlyUdp, 'shop/svc/front:80')).toEqual(['no', true, 'TCP'])
    expect(asked(onlyUdp, 'shop/svc/front:80/udp')).toEqual(['yes', false, 'UDP'])
    expect(asked(onlyUdp, 'http://front/')).toEqual(['no', true, 'TCP'])
    expect(asked(onlyUdp, 'https://front:80/')).toEqual(['no', true, 'TCP'])
    expect(asked(front({ clusterIP: 'None', ports: udp }), 'http://front/')[2]).toBe('TCP')
  })

  it('asked for none, a Service is asked on each of its ports, also on one that leads nowhere', () => {
    const ports = [
      { name: 'a', port: 80, targetPort: 'http' },
      { name: 'b', port: 81, targetPort: 'nope' },
    ]
    const backend = web('a', { ports: [{ name: 'http', containerPort: 8080 }] })
    const { verdict, message, endpoints } = ask(
      world(front({ ports }), backend),
      'shop/client -> shop/svc/front',
    )
    expect([verdict, endpoints?.map(answer => [answer.to.id, answer.port?.number, answer.verdict])]).toEqual([
      'partial',
      [
        ['shop/a', 8080, 'yes'],
        ['shop/front', 81, 'no'],
      ],
    ])
    expect(message).toMatch(
      /^open for 1 of 2; shop\/front TCP 81 is not: Service front leads to the port named TCP nope/,
    )
  })

  it('S-215 a headless Service translates no port', () => {
    const headless = front({ clusterIP: 'None', ports: [{ port: 80, targetPort: 8080 }] })
    const open = policy('shop/web', { ingress: [{ ports: [{ port: 8080 }] }] })
    expectRows(world(headless, web('a'), open), [
      [question, 'no', 'DENIED_BY_INGRESS'],
      ['shop/client -> shop/svc/front:8080', 'yes'],
    ])
    expectRows(world(front({ clusterIP: 'None', ports: [] }), web('a')), [
      [question, 'yes'],
      ['shop/client -> shop/svc/front', 'yes'],
      ['shop/client -> shop/svc/front:53/udp', 'yes'],
      ['shop/client -> shop/svc/front:http', 'no', 'SERVICE_PORT_UNKNOWN'],
    ])
    const dns = policy('shop/web', { ingress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] })
    expectRows(world(front({ clusterIP: 'None', ports: [] }), web('a'), dns), [
      ['shop/client -> shop/svc/front:53/udp', 'yes'],
      ['shop/client -> shop/svc/front:53', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it.each<[string, Json, 'yes' | 'no' | 'partial']>([
    ['IPv4 by its field', { ipFamilies: ['IPv4'] }, 'yes'],
    ['IPv6 by its field', { ipFamilies: ['IPv6'] }, 'no'],
    ['IPv4 by its address', { clusterIP: '10.96.0.7' }, 'yes'],
    ['IPv6 by its address', { clusterIP: 'fd01::7' }, 'no'],
    ['IPv6 without an address', { clusterIP: 'None', ipFamilies: ['IPv6'] }, 'no'],
    ['both', { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' }, 'partial'],
    ['both, if it gets them', { ipFamilies: ['IPv6'], ipFamilyPolicy: 'PreferDualStack' }, 'partial'],
    [
      'both, had it got them',
      { clusterIP: 'fd01::7', clusterIPs: ['fd01::7'], ipFamilyPolicy: 'PreferDualStack' },
      'no',
    ],
    ['one that is not told', {}, 'partial'],
  ])('S-035 a Service hands on its own IP family: %s', (_, spec, verdict) => {
    const both = (four: string, six: string) => ({
      status: { podIP: four, podIPs: [{ ip: four }, { ip: six }], ...status('Running', true) },
    })
    const objects = [
      pod('shop/both', {}, both('10.0.0.1', 'fd00::1')),
      web('a', both('10.0.0.2', 'fd00::2')),
      policy('shop/web', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }] }),
    ]
    expectRows(world(front(spec), ...objects), [['shop/both -> shop/svc/front:80', verdict]])
  })

  it('S-035 Pods without an address of its family are not behind a Service', () => {
    const four = web('a', { status: { podIP: '10.0.0.2', ...status('Running', true) } })
    const { reason, message } = ask(world(front({ ipFamilies: ['IPv6'] }), four), question)
    expect([reason, message]).toEqual([
      none,
      'Service front is of IPv6 only, and none of its ready Pods has such an address',
    ])
  })
})
