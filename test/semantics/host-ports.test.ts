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

/* `hostPort`: a port of the node leads to a Pod on it, whose policies decide (S-060). */

const nodes = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
const edge = (port: Json = {}, spec: Json = { nodeName: 'n1' }): Json =>
  pod('edge/proxy', { app: 'proxy' }, { spec, ports: [{ containerPort: 8080, hostPort: 80, ...port }] })
const client = (spec: Json = {}): Json =>
  pod('shop/client', { app: 'client' }, { spec, status: { podIP: '10.0.0.7' } })
const closed = policy('edge/proxy', { policyTypes: ['Ingress'] })
const letting = (ingress: Json): Json => policy('edge/proxy', { ingress: [ingress] })
const fromBlock = (cidr: string): Json => letting({ from: [{ ipBlock: { cidr } }] })

describe('hostPort', () => {
  it.each<[string, readonly Json[], Rows]>([
    [
      "the Pod's policies decide, on the port of the container",
      [...nodes, edge(), closed],
      [
        ['internet -> node/n1:80', 'no', 'DENIED_BY_INGRESS'],
        ['203.0.113.7 -> node/n1:80', 'no'],
        ['203.0.113.7 -> 192.168.0.1:80', 'no'],
        ['internet -> http://192.168.0.1/', 'no'],
        ['node/n2 -> node/n1:80', 'no'],
        ['node/n1 -> node/n1:80', 'yes'],
        ['internet -> node/n2:80', 'yes', 'NOT_SUBJECT_TO_POLICIES'],
        ['internet -> node/n1:8080', 'yes', 'NOT_SUBJECT_TO_POLICIES'],
        ['internet -> node/n1:80/udp', 'yes', 'NOT_SUBJECT_TO_POLICIES'],
        ['node/n2 -> 192.168.0.0/24:80', 'partial'],
      ],
    ],
    [
      'which is the one that a rule has to name',
      [...nodes, edge(), letting({ ports: [{ port: 8080 }] })],
      [['internet -> node/n1:80', 'yes']],
    ],
    [
      'and not that of the node',
      [...nodes, edge(), letting({ ports: [{ port: 80 }] })],
      [['internet -> node/n1:80', 'no']],
    ],
    [
      'the client keeps its address',
      [...nodes, edge(), fromBlock('203.0.113.0/24')],
      [
        ['203.0.113.7 -> node/n1:80', 'yes'],
        ['198.51.100.1 -> node/n1:80', 'no'],
        ['node/n2 -> node/n1:80', 'no'],
      ],
    ],
    [
      'so does another node',
      [...nodes, edge(), fromBlock('192.168.0.2/32')],
      [['node/n2 -> node/n1:80', 'yes']],
    ],
    [
      'without a port, its port is not open with the others',
      [...nodes, edge(), closed],
      [
        ['internet -> node/n1', 'partial'],
        ['internet -> node/n2', 'yes'],
      ],
    ],
    [
      'of one protocol',
      [...nodes, edge({ protocol: 'UDP' }), closed],
      [
        ['internet -> node/n1:80/udp', 'no'],
        ['internet -> node/n1:80', 'yes'],
      ],
    ],
    [
      'of one address of the node',
      [
        {
          ...node('n1', '192.168.0.1'),
          status: {
            addresses: [
              { type: 'InternalIP', address: '192.168.0.1' },
              { type: 'ExternalIP', address: '198.51.100.7' },
            ],
          },
        },
        edge({ hostIP: '192.168.0.1' }),
        closed,
      ],
      [
        ['internet -> 192.168.0.1:80', 'no'],
        ['internet -> 198.51.100.7:80', 'yes'],
        ['internet -> node/n1:80', 'no'],
      ],
    ],
    [
      'of the loopback address, which nobody else reaches',
      [...nodes, edge({ hostIP: '127.0.0.1' }), closed],
      [['internet -> node/n1:80', 'yes']],
    ],
    ['of any address', [...nodes, edge({ hostIP: '0.0.0.0' }), closed], [['internet -> node/n1:80', 'no']]],
    [
      'a Pod on the network of its node is no other than the node',
      [...nodes, edge({ containerPort: 80 }, { nodeName: 'n1', hostNetwork: true }), closed],
      [['internet -> node/n1:80', 'yes', 'NOT_SUBJECT_TO_POLICIES']],
    ],
    [
      'a Pod that has finished has no port',
      [...nodes, { ...edge(), status: { phase: 'Succeeded' } }, closed],
      [['internet -> node/n1:80', 'yes']],
    ],
    [
      'where it runs is not known',
      [...nodes, edge({}, {}), closed],
      [
        ['internet -> node/n1:80', 'undetermined', 'UNDETERMINED_HOST_PORT'],
        ['internet -> node/n1:81', 'yes'],
      ],
    ],
    [
      'where it runs is not known, and does not matter',
      [...nodes, edge({}, {})],
      [['internet -> node/n1:80', 'yes']],
    ],
    [
      'of a DaemonSet, on each node',
      [
        ...nodes,
        {
          apiVersion: 'apps/v1',
          kind: 'DaemonSet',
          metadata: { namespace: 'edge', name: 'proxy' },
          spec: {
            selector: { matchLabels: { app: 'proxy' } },
            template: {
              metadata: { labels: { app: 'proxy' } },
              spec: {
                containers: [{ name: 'c', image: 'c', ports: [{ containerPort: 8080, hostPort: 80 }] }],
              },
            },
          },
        },
        closed,
      ],
      [
        ['internet -> node/n1:80', 'no'],
        ['internet -> node/n2:80', 'no'],
      ],
    ],
    [
      'a node port of that number comes first',
      [
        ...nodes,
        edge({ hostPort: 30080 }),
        closed,
        pod('edge/web', { app: 'web' }),
        service('edge/web', {
          type: 'NodePort',
          selector: { app: 'web' },
          ports: [{ port: 80, nodePort: 30080 }],
        }),
      ],
      [['internet -> node/n1:30080', 'yes']],
    ],
  ])('%s', (_, objects, rows) => expectRows(load(...objects), rows))

  it.each<[string, readonly Json[], Rows]>([
    [
      'on the same node is seen as it is',
      [client({ nodeName: 'n1' }), letting({ from: [{ namespaceSelector: {} }] })],
      [['shop/client -> node/n1:80', 'yes']],
    ],
    [
      'on another node may be seen as that node',
      [client({ nodeName: 'n2' }), letting({ from: [{ namespaceSelector: {} }] })],
      [['shop/client -> node/n1:80', 'undetermined', 'UNDETERMINED_HOST_PORT']],
    ],
    [
      'on another node, and neither is let in',
      [client({ nodeName: 'n2' }), closed],
      [['shop/client -> node/n1:80', 'no']],
    ],
    [
      'on another node, and both are let in',
      [client({ nodeName: 'n2' }), letting({ ports: [{ port: 8080 }] })],
      [['shop/client -> node/n1:80', 'yes']],
    ],
    [
      'on another node is held by its own policies, which see the node',
      [
        client({ nodeName: 'n2' }),
        policy('shop/client', {
          egress: [{ to: [{ ipBlock: { cidr: '192.168.0.0/24' } }], ports: [{ port: 80 }] }],
        }),
      ],
      [
        ['shop/client -> node/n1:80', 'yes'],
        ['shop/client -> node/n2:80', 'yes'],
      ],
    ],
    [
      'on the same node is held by its own policies, which see the Pod',
      [
        client({ nodeName: 'n1' }),
        policy('shop/client', { egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }] }),
      ],
      [['shop/client -> node/n1:80', 'yes']],
    ],
    [
      'of which the node is not known',
      [
        client(),
        policy('shop/client', { egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 8080 }] }] }),
      ],
      [['shop/client -> node/n1:80', 'undetermined', 'UNDETERMINED_HOST_PORT']],
    ],
    [
      'of which the node is not known, and nothing is let out',
      [client(), policy('shop/client', { policyTypes: ['Egress'] })],
      [['shop/client -> node/n1:80', 'no']],
    ],
    ['that has the port reaches itself', [closed], [['edge/proxy -> node/n1:80', 'yes']]],
  ])('a client Pod %s', (_, objects, rows) => expectRows(load(...nodes, edge(), ...objects), rows))

  it('says which Pod and port, and what it assumes', () => {
    const world = load(...nodes, edge(), closed)
    const { message, steps, endpoints } = ask(world, 'internet -> node/n1:80')
    expect(message).toMatch(/^hostPort 80 of node n1 leads to edge\/proxy:8080: /)
    expect(steps.map(({ step, reason }) => [step, reason])).toEqual([
      ['node', 'HOST_PORT_FORWARDS'],
      ['ingress', 'DENIED_BY_INGRESS'],
    ])
    expect(endpoints?.map(({ to, port }) => [to.id, port])).toEqual([
      ['edge/proxy', { protocol: 'TCP', number: 8080 }],
    ])
    expect(codes(world, 'internet -> node/n1:80')).toContain('ASSUMED_HOST_PORT')
    expect(codes(load(...nodes, edge()), 'internet -> node/n1:80')).not.toContain('ASSUMED_HOST_PORT')
  })

  it('and so is a node port', () => {
    const front = service('edge/web', {
      type: 'NodePort',
      selector: { app: 'proxy' },
      ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
    })
    expect(
      openPorts(load(...nodes, edge({ hostPort: undefined }), front, closed), 'internet -> node/n1'),
    ).toBe('TCP 1-30079,30081-65535; UDP 1-65535; SCTP 1-65535; OTHER')
    expect(openPorts(load(...nodes, edge({ hostPort: undefined }), front), 'internet -> node/n1')).toBe('all')
  })

  it('is left out of what is open on the node', () => {
    const open = openPorts(load(...nodes, edge(), closed), 'internet -> node/n1')
    expect(open).toBe('TCP 1-79,81-65535; UDP 1-65535; SCTP 1-65535; OTHER')
    expect(openPorts(load(...nodes, edge()), 'internet -> node/n1')).toBe('all')
  })

  it('is told of all sources', () => {
    const world = load(...nodes, edge(), client({ nodeName: 'n2' }), fromBlock('203.0.113.0/24'))
    const question = {
      to: 'node/n1:80',
      port: undefined,
      protocol: undefined,
      namespace: 'default',
      selector: undefined,
      by: 'workload',
    } as const
    const { sources } = sourcesReport(world, question)
    expect([...sources].map(({ from, verdict }) => [from.cidrs ?? from.id, verdict])).toEqual([
      ['edge/proxy', 'yes'],
      ['node/n1', 'yes'],
      [['203.0.113.0/24'], 'yes'],
    ])
  })
})
