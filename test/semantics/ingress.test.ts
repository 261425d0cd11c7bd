import { describe, expect, it } from 'vitest'
import { ask, codes, expectRows, type Json, node, pod, policy, service } from './ask.ts'
import { HOST, ingress, routed, rule, world } from './ingress-world.ts'

/* The way of a request through an Ingress. */

describe('S-350 S-351 the way of a request', () => {
  const open = routed(['/api', 'api'], ['/web', 'web'])

  it('is two connections, and the source of the second is the controller', () => {
    const { steps, endpoints } = ask(open, `internet -> http://${HOST}/api`)
    expect(steps.map(({ step, verdict, object }) => [step, verdict, object])).toEqual([
      ['name', 'yes', 'shop/ingress/main'],
      ['service', 'yes', 'shop/api'],
      ['egress', 'yes', 'ingress-nginx/ingress-nginx-controller~'],
      ['ingress', 'yes', 'shop/api'],
    ])
    expect(steps[0]?.steps?.map(({ step, object }) => [step, object])).toEqual([
      ['ingress', 'ingress-nginx/ingress-nginx-controller~'],
    ])
    expect(endpoints?.map(({ from, to, port }) => [from.id, to.id, port?.number])).toEqual([
      ['ingress-nginx/ingress-nginx-controller~', 'shop/api', 5678],
    ])
  })

  it('assumes the controller and that client addresses are replaced, and says so', () => {
    const toController = policy('ingress-nginx/all', { podSelector: {}, ingress: [{}] })
    const main = ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ['/api', 'api'])] })
    expect(codes(world(main, toController), `internet -> http://${HOST}/api`)).toEqual(
      expect.arrayContaining(['ASSUMED_INGRESS_CONTROLLER', 'ASSUMED_CLIENT_IP']),
    )
  })

  const ns = (name: string): Json => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  })

  it.each<[string, Json, 'yes' | 'no' | 'undetermined']>([
    ['default deny', {}, 'no'],
    ['a rule for the controller’s namespace', { ingress: [{ from: [ns('ingress-nginx')] }] }, 'yes'],
    [
      'a rule for the controller’s Pods on the Pod’s port',
      {
        ingress: [
          {
            from: [
              {
                ...ns('ingress-nginx'),
                podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx' } },
              },
            ],
            ports: [{ port: 5678 }],
          },
        ],
      },
      'yes',
    ],
    [
      'a rule on the port of the Service',
      { ingress: [{ from: [ns('ingress-nginx')], ports: [{ port: 80 }] }] },
      'no',
    ],
    [
      'a rule for the client’s address',
      { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] },
      'undetermined',
    ],
    ['a rule for the own namespace', { ingress: [{ from: [{ podSelector: {} }] }] }, 'no'],
  ])('with %s the answer is %s', (_, spec, verdict) => {
    const closed = world(ingress('main', { rules: [rule(HOST, ['/', 'api'])] }), policy('shop/api', spec))
    const answer = ask(closed, `203.0.113.7 -> http://${HOST}/`)
    expect(answer.verdict).toBe(verdict)
    if (answer.verdict === 'no')
      expect(answer).toMatchObject({
        reason: 'DENIED_BY_INGRESS',
        symptom: 'HTTP 504',
        symptomCode: 504,
        message: expect.stringContaining(
          'the controller ingress-nginx/ingress-nginx-controller~ does not get through',
        ),
      })
  })

  it('policies hold the controller too: for ingress from the client, and for egress to the backend', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const isolated = (spec: Json) => policy('ingress-nginx/nginx', { podSelector: {}, ...spec })
    const question = `internet -> http://${HOST}/`
    expect(ask(world(main, isolated({})), question)).toMatchObject({
      reason: 'DENIED_BY_INGRESS',
      symptom: 'connection times out',
    })
    expectRows(world(main, isolated({ policyTypes: ['Egress'] })), [[question, 'no', 'DENIED_BY_EGRESS']])
    expectRows(world(main, isolated({ ingress: [{ ports: [{ port: 80 }] }] })), [
      [question, 'yes'],
      [`internet -> https://${HOST}/`, 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  const controller = (labels: Json, spec: Json = {}) =>
    pod('edge/controller', labels, { spec, ports: [{ name: 'http', containerPort: 8000 }] })
  const NGINX = { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' }

  it('the controller’s Pods of the input count, wherever they are installed', () => {
    const main = ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ['/', 'api'])] })
    const fromEdge = policy('shop/api', {
      ingress: [
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }] },
      ],
    })
    expectRows(world(main, controller(NGINX), fromEdge), [[`internet -> http://${HOST}/`, 'yes']])
    expectRows(world(main, fromEdge), [[`internet -> http://${HOST}/`, 'no']])
    expect(codes(world(main, controller(NGINX)), `internet -> http://${HOST}/`)).not.toContain(
      'ASSUMED_INGRESS_CONTROLLER',
    )
  })

  it('what is open is the port that the client dials, and what it sees of some is an answer of the proxy', () => {
    const second = pod(
      'shop/api-2',
      { app: 'api', canary: 'yes' },
      { ports: [{ name: 'http', containerPort: 5678 }] },
    )
    const closed = policy('shop/canary', { podSelector: { matchLabels: { canary: 'yes' } } })
    const main = ingress('main', { ingressClassName: 'nginx', rules: [rule(HOST, ['/', 'api'])] })
    expect(ask(world(main, second, closed), `internet -> https://${HOST}/`)).toMatchObject({
      verdict: 'partial',
      open: [{ protocol: 'TCP', ports: [[443, 443]] }],
      symptom: 'connects, or HTTP 504, depending on which one answers',
      symptomCode: { someAnswer: 504 },
    })
  })

  it('the option names the controller', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const own = world(
      main,
      controller({ app: 'mine' }),
      policy('shop/api', {
        ingress: [
          { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'edge' } } }] },
        ],
      }),
    )
    expectRows(own, [[`internet -> http://${HOST}/`, 'yes']], { ingressController: 'edge/controller' })
    expectRows(own, [[`internet -> http://${HOST}/`, 'no']])
    const nobody = world(main, service('shop/none', { selector: { app: 'none' }, ports: [{ port: 80 }] }))
    const asking = () => ask(nobody, `internet -> http://${HOST}/`, { ingressController: 'shop/svc/none' })
    expect(asking).toThrow('no Pods are behind')
  })

  it('the client comes in by the Service in front of the controller, on its port', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const front = (more: Json) =>
      service('edge/front', {
        type: 'LoadBalancer',
        selector: NGINX,
        ports: [{ port: 80, targetPort: 8000 }],
        ...more,
      })
    const fromOffice = policy('edge/x', {
      podSelector: {},
      ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8000 }] }],
    })
    const at = (...more: readonly Json[]) => world(main, controller(NGINX), fromOffice, ...more)
    expectRows(at(front({ externalTrafficPolicy: 'Local' })), [
      [`203.0.113.7 -> http://${HOST}/`, 'yes'],
      [`198.51.100.7 -> http://${HOST}/`, 'no', 'DENIED_BY_INGRESS'],
    ])
    expectRows(at(front({})), [[`203.0.113.7 -> http://${HOST}/`, 'undetermined']])
  })

  it('an address of the controller is a way in, for hosts that no rule names', () => {
    const front = (spec: Json) =>
      service('edge/front', {
        selector: NGINX,
        ports: [{ port: 80, targetPort: 8000, nodePort: 30080 }],
        ...spec,
      })
    const every = ingress('main', { rules: [rule(undefined, ['/api', 'api'])] })
    const named = ingress('main', { rules: [rule(HOST, ['/api', 'api'])] })
    const balancer = {
      ...front({ type: 'LoadBalancer' }),
      status: { loadBalancer: { ingress: [{ ip: '198.51.100.5' }] } },
    }
    for (const [objects, address] of [
      [[balancer], '198.51.100.5'],
      [[front({ type: 'NodePort' }), node('n1', '192.168.0.1')], '192.168.0.1:30080'],
    ] as const) {
      const at = (...more: readonly Json[]) => world(controller(NGINX), ...objects, ...more)
      expectRows(at(every), [
        [`internet -> http://${address}/api`, 'yes'],
        [`internet -> http://${address}/other`, 'no', 'NO_ROUTE'],
      ])
      expectRows(at(named), [[`internet -> http://${address}/api`, 'no', 'NO_ROUTE']])
      // Where the option names another one, what is behind the address answers itself.
      const notNamed = world(controller({ app: 'mine' }), pod('edge/second', NGINX), ...objects, every)
      const options = { ingressController: 'edge/controller' }
      expectRows(notNamed, [[`internet -> http://${address}/other`, 'yes']], options)
    }
  })

  it('a Pod that asks for a host outside does not come back by a rule for every host, nor by that of another', () => {
    const toOf = (host: string | undefined) =>
      ask(
        world(ingress('main', { rules: [rule(host, ['/', 'api'])] })),
        'shop/web -> http://www.example.com/',
      ).to.kind
    expect([toOf(undefined), toOf('other.example.com'), toOf('www.example.com')]).toEqual([
      'External',
      'External',
      'URL',
    ])
  })

  it('a Pod that asks for the host goes out, and comes back in through the controller', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/api', 'api']), rule(undefined, ['/', 'web'])] })
    const egress = (...rules: readonly Json[]) =>
      policy('shop/client', {
        policyTypes: ['Egress'],
        egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }, ...rules],
      })
    const from = pod('shop/client', { app: 'client' })
    expectRows(world(main, from), [
      [`shop/client -> http://${HOST}/api`, 'yes'],
      [`shop/client -> http://${HOST}/other`, 'no', 'NO_ROUTE'],
      ['shop/client -> http://elsewhere.example.com/other', 'yes'],
    ])
    expectRows(world(main, from, policy('shop/api', {})), [
      [`shop/client -> http://${HOST}/api`, 'no', 'DENIED_BY_INGRESS'],
    ])
    expectRows(world(main, from, egress()), [[`shop/client -> http://${HOST}/api`, 'no', 'DENIED_BY_EGRESS']])
    expectRows(world(main, from, egress({ ports: [{ port: 80 }] })), [
      [`shop/client -> http://${HOST}/api`, 'yes'],
    ])
    const { steps } = ask(world(main, from), `shop/client -> http://${HOST}/api`)
    expect(steps.map(({ step }) => step)).toEqual(['name', 'egress', 'name', 'service', 'egress', 'ingress'])
  })

  it('S-352 a controller on the network of the node is the node', () => {
    const main = ingress('main', { rules: [rule(HOST, ['/', 'api'])] })
    const onHost = controller(NGINX, { hostNetwork: true, nodeName: 'n1' })
    const closed = (spec: Json = {}) =>
      world(
        main,
        node('n1', '192.168.0.1'),
        onHost,
        pod(
          'shop/away',
          { app: 'api' },
          { spec: { nodeName: 'n2' }, ports: [{ name: 'http', containerPort: 1 }] },
        ),
        policy('shop/api', spec),
      )
    const { endpoints } = ask(closed(), `internet -> http://${HOST}/`)
    expect(endpoints?.map(({ to, verdict }) => [to.id, verdict])).toContainEqual(['shop/away', 'no'])
    const byBlock = ask(
      closed({ ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }] }),
      `internet -> http://${HOST}/`,
    )
    expect(byBlock.endpoints?.map(({ to, verdict }) => [to.id, verdict])).toContainEqual(['shop/away', 'yes'])
  })

  it('S-353 a load balancer of the provider has addresses that nobody knows', () => {
    const annotations = {
      'alb.ingress.kubernetes.io/target-type': 'ip',
      'alb.ingress.kubernetes.io/scheme': 'internet-facing',
    }
    const main = ingress(
      'main',
      { ingressClassName: 'alb', rules: [rule(HOST, ['/', 'api'])] },
      { annotations },
    )
    expectRows(world(main), [[`internet -> http://${HOST}/`, 'yes']])
    expectRows(world(main, policy('shop/api', {})), [
      [`internet -> http://${HOST}/`, 'no', 'DENIED_BY_INGRESS'],
    ])
    const ranges = policy('shop/api', { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/16' } }] }] })
    expectRows(world(main, ranges), [[`internet -> http://${HOST}/`, 'undetermined', 'UNDETERMINED_ADDRESS']])
  })
})
