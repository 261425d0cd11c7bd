import { describe, expect, it } from 'vitest'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import {
  ask,
  codes,
  expectRows,
  type Json,
  load,
  node,
  openPorts,
  pod,
  policy,
  type Rows,
  service,
} from './ask.ts'

/* S-064 to S-067: Services that are reached from outside, and who comes from where. */

const client = pod('shop/client', { app: 'client' }, { spec: { nodeName: 'n1' } })
const web = (name: string, more: Parameters<typeof pod>[2] = {}) => pod(`shop/${name}`, { app: 'web' }, more)
const front = (spec: Json = {}) =>
  service('shop/front', { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec })
const world = (...objects: readonly Json[]) => load(client, ...objects)
const none = 'SERVICE_HAS_NO_ENDPOINTS'

describe('S-064 to S-067 Services that are reached from outside', () => {
  const nodes = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
  const at = (name: string, nodeName: string) => web(name, { spec: { nodeName } })
  const nodePort = (more: Json = {}) =>
    front({ type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }], ...more })
  const balancer = (more: Json = {}): Json => ({
    ...front({ type: 'LoadBalancer', ports: [{ port: 80, targetPort: 8080 }], ...more }),
    status: { loadBalancer: { ingress: [{ ip: '198.51.100.5' }] } },
  })
  const fromOffice = policy('shop/web', { ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }] }] })
  const fromPods = policy('shop/web', { ingress: [{ from: [{ namespaceSelector: {} }] }] })

  it.each<[string, readonly Json[], Rows]>([
    [
      'by a port of a node',
      [nodePort()],
      [
        ['internet -> node/n1:30080', 'yes'],
        ['internet -> 192.168.0.2:30080', 'yes'],
        ['internet -> shop/svc/front:30080', 'yes'],
        ['internet -> shop/svc/front:80', 'yes'],
        ['internet -> shop/svc/front:8080', 'no', 'SERVICE_PORT_UNKNOWN'],
        ['shop/client -> shop/svc/front:30080', 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'by a port of a node, which is another one for another protocol',
      [nodePort({ ports: [{ port: 53, protocol: 'UDP', nodePort: 30053 }] })],
      [
        ['internet -> node/n1:30053/udp', 'yes'],
        ['internet -> node/n1:30053', 'yes', 'NOT_SUBJECT_TO_POLICIES'],
      ],
    ],
    [
      'by a port of a node that is also the number of another port of the Service',
      [
        nodePort({
          ports: [
            { name: 'web', port: 80, targetPort: 8080, nodePort: 30080 },
            { name: 'admin', port: 30080, targetPort: 9090, nodePort: 31000 },
          ],
        }),
        policy('shop/web', { ingress: [{ ports: [{ port: 8080 }] }] }),
      ],
      [
        ['internet -> node/n1:30080', 'yes'],
        ['internet -> node/n1:31000', 'no', 'DENIED_BY_INGRESS'],
      ],
    ],
    ['a ClusterIP is not', [front()], [['internet -> shop/svc/front:80', 'no', 'SERVICE_NOT_EXPOSED']]],
    [
      'by the address of a load balancer',
      [balancer()],
      [
        ['internet -> 198.51.100.5:80', 'yes'],
        ['internet -> shop/svc/front:80', 'yes'],
        ['internet -> 198.51.100.5:8080', 'no', 'SERVICE_PORT_UNKNOWN'],
      ],
    ],
    [
      'by the address of a load balancer, where a port of the nodes is none of its own (S-211)',
      [balancer({ ports: [{ port: 80, targetPort: 8080, nodePort: 31000 }] })],
      [
        ['internet -> 198.51.100.5:80', 'yes'],
        ['internet -> 198.51.100.5:31000', 'no', 'SERVICE_PORT_UNKNOWN'],
        ['shop/client -> 198.51.100.5:31000', 'no', 'SERVICE_PORT_UNKNOWN'],
        ['internet -> node/n1:31000', 'yes'],
        ['internet -> shop/svc/front:31000', 'yes'],
      ],
    ],
    [
      'by an external address of a ClusterIP',
      [front({ externalIPs: ['198.51.100.9'] })],
      [
        ['internet -> 198.51.100.9:80', 'yes'],
        ['internet -> shop/svc/front:80', 'yes'],
      ],
    ],
    [
      'the client’s address is replaced',
      [nodePort(), fromOffice],
      [['203.0.113.7 -> node/n1:30080', 'no', 'DENIED_BY_INGRESS']],
    ],
    [
      'the client’s address is kept with Local',
      [nodePort({ externalTrafficPolicy: 'Local' }), fromOffice],
      [
        ['203.0.113.7 -> node/n1:30080', 'yes'],
        ['198.51.100.77 -> node/n1:30080', 'no', 'DENIED_BY_INGRESS'],
      ],
    ],
    [
      'no selector matches a Pod that comes by way of a node',
      [nodePort(), fromPods],
      [
        ['shop/client -> node/n2:30080', 'no', 'DENIED_BY_INGRESS'],
        ['shop/client -> shop/svc/front:80', 'yes'],
      ],
    ],
    [
      'a block of the nodes matches a Pod that comes by way of a node, whatever is open to the Pod itself',
      [nodePort(), policy('shop/web', { ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/24' } }] }] })],
      [
        ['shop/client -> node/n2:30080', 'yes'],
        ['shop/client -> shop/svc/front:80', 'undetermined', 'UNDETERMINED_ADDRESS'],
      ],
    ],
    [
      'no selector matches a Pod that comes by the load balancer',
      [balancer(), fromPods],
      [['shop/client -> 198.51.100.5:80', 'no', 'DENIED_BY_INGRESS']],
    ],
    [
      'a Pod has no ports of nodes',
      [nodePort(), policy('shop/web', { ingress: [{ ports: [{ port: 8080 }] }] })],
      [
        ['shop/client -> node/n1:30080', 'yes'],
        ['shop/client -> shop/a:30080', 'no', 'DENIED_BY_INGRESS'],
      ],
    ],
  ])('%s', (_, objects, rows) => expectRows(world(...nodes, at('a', 'n1'), ...objects), rows))

  it('the port of a node is shown as it was asked', () => {
    const { to, port } = ask(world(...nodes, at('a', 'n1'), nodePort()), 'internet -> shop/svc/front:30080')
    expect([to.id, port]).toEqual(['shop/front', { protocol: 'TCP', number: 30080 }])
  })

  it('S-035 S-064 the node’s address is of the client’s family', () => {
    const dual = {
      ...node('n1', '192.168.0.1'),
      status: { addresses: ['192.168.0.1', 'fd00::1'].map(address => ({ type: 'InternalIP', address })) },
    }
    const everybody = (cidr: string) => policy('shop/web', { ingress: [{ from: [{ ipBlock: { cidr } }] }] })
    expectRows(world(dual, at('a', 'n1'), nodePort(), everybody('0.0.0.0/0')), [
      ['203.0.113.7 -> shop/svc/front:80', 'yes'],
      ['2001:db8::7 -> shop/svc/front:80', 'no'],
      ['shop/client -> node/n1:30080', 'yes'],
    ])
  })

  it('S-066 with Local, only the node that has an endpoint answers', () => {
    const local = world(...nodes, at('a', 'n1'), nodePort({ externalTrafficPolicy: 'Local' }))
    expectRows(local, [
      ['internet -> node/n1:30080', 'yes'],
      ['internet -> node/n2:30080', 'no', none],
    ])
    expect(ask(local, 'internet -> node/n2:30080').message).toContain('n2')
  })

  it('S-205 S-066 from outside, a load balancer knows the nodes that have an endpoint, and no node is the client’s', () => {
    const local = { externalTrafficPolicy: 'Local', internalTrafficPolicy: 'Local' }
    const answers = (exposed: Json, question: string) => codes(world(...nodes, web('a'), exposed), question)
    for (const [exposed, question] of [
      [balancer(local), '203.0.113.7 -> 198.51.100.5:80'],
      [nodePort(local), '203.0.113.7 -> shop/svc/front:80'],
    ] as const)
      expect(answers(exposed, question)).not.toContain('ASSUMED_LOCAL_ENDPOINT')
    expect(answers(nodePort(local), '203.0.113.7 -> node/n1:30080')).toContain('ASSUMED_LOCAL_ENDPOINT')
  })

  it('S-060 S-067 a Pod’s egress by way of a node or a load balancer is to the Pod behind, whose address is put in its place', () => {
    const egress = (peer: Json, port: number) =>
      policy('shop/client', { policyTypes: ['Egress'], egress: [{ to: [peer], ports: [{ port }] }] })
    const toNode = egress({ ipBlock: { cidr: '192.168.0.0/24' } }, 30080)
    const toPod = egress({ podSelector: { matchLabels: { app: 'web' } } }, 8080)
    const placed = at('a', 'n2')
    for (const [exposed, dialed] of [
      // Its own node is no way round: the connection ends at the Pod.
      [nodePort(), 'node/n1:30080'],
      [nodePort(), 'node/n2:30080'],
      [balancer(), '198.51.100.5:80'],
    ] as const) {
      const question = `shop/client -> ${dialed}`
      expectRows(world(...nodes, placed, exposed, toPod), [[question, 'yes']])
      expectRows(world(...nodes, placed, exposed, toNode), [[question, 'no', 'DENIED_BY_EGRESS']])
    }
  })

  it('says that the client’s address is taken to be replaced', () => {
    const open = policy('shop/web', { ingress: [{}] })
    const exposed = world(...nodes, at('a', 'n1'), nodePort(), open)
    for (const from of ['internet', '203.0.113.7', 'shop/client'])
      expect(codes(exposed, `${from} -> node/n2:30080`)).toContain('ASSUMED_CLIENT_IP')
    const unasked = world(...nodes, at('a', 'n1'), nodePort())
    expect(codes(unasked, 'internet -> node/n2:30080')).not.toContain('ASSUMED_CLIENT_IP')
    const local = world(...nodes, at('a', 'n1'), nodePort({ externalTrafficPolicy: 'Local' }), open)
    expect(codes(local, '203.0.113.7 -> node/n1:30080')).not.toContain('ASSUMED_CLIENT_IP')
  })

  it('an address that may be a node’s is no end that can be asked for, and the error says what is', () => {
    const asking = () => ask(world(at('a', 'n1'), nodePort()), 'internet -> 192.168.7.7:30080')
    expect(asking).toThrow(
      expect.objectContaining({
        diagnostics: [expect.objectContaining({ help: expect.stringContaining('`shop/svc/front:30080`') })],
      }),
    )
  })

  it('the steps are in the order of the way', () => {
    const stepsOf = (question: string, ...objects: readonly Json[]) =>
      ask(world(...nodes, at('a', 'n1'), ...objects), question).steps.map(({ step }) => step)
    expect(stepsOf('shop/client -> node/n2:30080', nodePort())).toEqual(['service', 'egress', 'ingress'])
    expect(stepsOf('shop/client -> 198.51.100.5:80', balancer())).toEqual(['service', 'egress', 'ingress'])
    expect(stepsOf('internet -> 198.51.100.5:80', balancer())).toEqual(['service', 'ingress'])
  })

  it('the ends of the answer are the client and the Pod', () => {
    const { endpoints: answers } = ask(
      world(...nodes, at('a', 'n1'), nodePort()),
      'shop/client -> node/n2:30080',
    )
    const ends = answers?.map(({ from, to, port }) => [from.id, to.id, port?.number])
    expect(ends ?? []).toEqual([['shop/client', 'shop/a', 8080]])
  })
})

describe('a port of a node', () => {
  const nodes = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
  const spec = { type: 'NodePort', ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
  const onNode = (name: string) => web(name, { spec: { nodeName: 'n1' } })

  it('that keeps to its node names the nodes of the Pods', () => {
    const local = front({ ...spec, externalTrafficPolicy: 'Local' })
    const answer = ask(world(...nodes, onNode('web'), local), '203.0.113.7 -> node/n2:30080')
    expect([answer.verdict, answer.message]).toEqual([
      'no',
      'Service front forwards only to Pods on the node that was dialed (externalTrafficPolicy: Local), and none of its Pods is on n2, but on n1',
    ])
  })

  it('is what is open, and not the port of the Service', () => {
    const answer = world(...nodes, onNode('web'), front(spec))
    expect(openPorts(answer, 'internet -> node/n1:30080')).toBe('TCP 30080')
  })

  it('that is a hostPort leads a Pod to itself, and no other Pod of its kind', () => {
    const like = (name: string, hostPort?: number): Json =>
      web(name, { spec: { nodeName: 'n1' }, ports: [{ containerPort: 8080, hostPort }] })
    const closed = policy('shop/web', { policyTypes: ['Ingress'] })
    const own = load(...nodes, like('one', 80), like('two', 81), like('three'), closed)
    const sourcesOn = (port: string) => {
      const question = { to: 'node/n1', port, protocol: undefined, namespace: 'default' } as const
      const { sources } = sourcesReport(own, { ...question, by: 'pod', selector: undefined })
      return [...sources].map(({ from }) => from.id)
    }
    // The node is that of both.
    expect([sourcesOn('80'), sourcesOn('81')]).toEqual([
      ['node/n1', 'shop/one'],
      ['node/n1', 'shop/two'],
    ])
    expectRows(own, [['node/n1 -> node/n1:80', 'yes', 'NODE_TRAFFIC']])
  })
})
