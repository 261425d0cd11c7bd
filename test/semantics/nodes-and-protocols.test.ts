import { describe, expect, it } from 'vitest'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { ask, codes, expectRows, type Json, load, node, openPorts, pod, policy, refusals } from './ask.ts'

/* Nodes, self, hostNetwork, lifecycle; other protocols. */

const running = (podIP: string, more: Json = {}): Json => ({ phase: 'Running', podIP, ...more })
const fromBlock = (cidr: string, except?: readonly string[]): Json => ({
  ingress: [{ from: [{ ipBlock: { cidr, ...(except && { except }) } }] }],
})

it('a node is among the sources of connections to its own ports', () => {
  const nodes = load(node('n1', '192.168.0.1'), node('n2', '192.168.0.2'))
  const question = {
    to: 'node/n1',
    port: '80',
    protocol: undefined,
    namespace: 'default',
    selector: undefined,
  }
  const { sources } = sourcesReport(nodes, { ...question, by: 'workload' })
  expect([...sources].map(({ from }) => from.id)).toEqual(['node/n1', 'node/n2', 'internet'])
})

describe('A.7 nodes, self, hostNetwork, lifecycle', () => {
  const closed = policy('shop/db', { policyTypes: ['Ingress', 'Egress'] })
  const onNodes = load(
    node('n1', '192.168.0.1'),
    node('n2', '192.168.0.2'),
    pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
    pod('shop/agent', { app: 'db' }, { spec: { nodeName: 'n1', hostNetwork: true } }),
    pod('shop/far', { app: 'agent' }, { spec: { nodeName: 'n2', hostNetwork: true } }),
    closed,
  )

  it('S-040 S-041 the Pod’s own node gets in whatever the policies; another node does not', () => {
    expectRows(onNodes, [
      ['node/n1 -> shop/db:80', 'yes', 'NODE_TRAFFIC'],
      ['192.168.0.1 -> shop/db:80', 'yes', 'NODE_TRAFFIC'],
      ['node/n2 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('S-041 another node is let in by a rule without peers', () => {
    const world = load(
      node('n2', '192.168.0.2'),
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
      policy('shop/db', { ingress: [{ ports: [{ port: 80 }] }] }),
    )
    expectRows(world, [['node/n2 -> shop/db:80', 'yes', 'ALLOWED_BY_RULE']])
  })

  it('S-042 a Pod gets to its own node, and the answer says that this is assumed', () => {
    expectRows(onNodes, [
      ['shop/db -> node/n1:80', 'yes', 'NODE_TRAFFIC'],
      ['shop/db -> node/n2:80', 'no', 'DENIED_BY_EGRESS'],
    ])
    expect(codes(onNodes, 'shop/db -> node/n1:80')).toContain('ASSUMED_NODE_EGRESS')
  })

  it('S-040 where nobody says which node a Pod runs on, it is not guessed', () => {
    const world = load(node('n1', '192.168.0.1'), pod('shop/db', { app: 'db' }), closed)
    expectRows(world, [['node/n1 -> shop/db:80', 'undetermined', 'UNDETERMINED_NODE']])
  })

  it('S-043 no policy isolates a Pod on its node’s network', () => {
    expectRows(onNodes, [
      ['internet -> shop/agent:80', 'yes'],
      ['shop/agent -> internet:80', 'yes'],
    ])
    expect(codes(onNodes, 'internet -> shop/agent:80')).toContain('ASSUMED_HOST_NETWORK')
  })

  it('S-043 no selector matches a Pod on its node’s network; on the same node it gets in', () => {
    const world = load(
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
      pod('shop/near', { app: 'agent' }, { spec: { nodeName: 'n1', hostNetwork: true } }),
      pod(
        'shop/far',
        { app: 'agent' },
        { spec: { nodeName: 'n2', hostNetwork: true }, status: running('192.168.0.2') },
      ),
      policy('shop/db', { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'agent' } } }] }] }),
    )
    expectRows(world, [
      ['shop/far -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
      ['shop/near -> shop/db:80', 'yes', 'NODE_TRAFFIC'],
    ])
  })

  it('S-043 where the node of such a Pod is not known, neither is the answer', () => {
    const world = load(
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
      pod('shop/agent', {}, { spec: { hostNetwork: true } }),
      pod('shop/far', {}, { spec: { hostNetwork: true, nodeName: 'n2' } }),
      policy('shop/db', { ingress: [{ from: [{ ipBlock: { cidr: '192.168.0.0/16' } }] }] }),
    )
    expectRows(world, [
      ['shop/agent -> shop/db:80', 'undetermined', 'UNDETERMINED_HOST_NETWORK'],
      ['shop/far -> shop/db:80', 'undetermined', 'UNDETERMINED_HOST_NETWORK'],
    ])
  })

  it('S-040 where the node of such a Pod is not known, it may be the Pod’s own', () => {
    const world = load(
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
      pod('shop/agent', {}, { spec: { hostNetwork: true } }),
      closed,
    )
    expectRows(world, [['shop/agent -> shop/db:80', 'undetermined', 'UNDETERMINED_HOST_NETWORK']])
  })

  it('S-043 such a Pod has the addresses of its own node, unless its status has others', () => {
    const onNode = (name: string, status?: Json) =>
      pod(`shop/${name}`, {}, { spec: { hostNetwork: true, nodeName: 'n2' }, ...(status && { status }) })
    const world = load(
      node('n1', '192.168.1.1'),
      node('n2', '192.168.2.2'),
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n3' } }),
      onNode('near'),
      onNode('told', running('192.168.3.3')),
      policy('shop/db', fromBlock('192.168.2.0/24')),
    )
    expectRows(world, [
      ['shop/near -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
      ['shop/told -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('S-039 of several addresses of one family a node uses the first', () => {
    const addresses = ['192.168.0.2', '172.16.0.2'].map(address => ({ type: 'InternalIP', address }))
    const world = load(
      { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n2' }, status: { addresses } },
      pod('shop/db', { app: 'db' }, { spec: { nodeName: 'n1' } }),
      policy('shop/db', fromBlock('192.168.0.0/16')),
    )
    expectRows(world, [
      ['node/n2 -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
      ['172.16.0.2 -> shop/db:80', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('two nodes are not one end of the Pod network that reaches itself', () => {
    expectRows(onNodes, [['node/n1 -> node/n2:80', 'yes', 'NOT_SUBJECT_TO_POLICIES']])
  })

  it('S-044 S-045 a Pod reaches itself, its own containers included', () => {
    expectRows(onNodes, [['shop/db -> shop/db:80', 'yes', 'SELF_TRAFFIC']])
    const addressed = load(pod('shop/db', { app: 'db' }, { status: running('10.0.0.2') }), closed)
    expectRows(addressed, [['shop/db -> 10.0.0.2:80', 'yes', 'SELF_TRAFFIC']])
  })

  const deployment = (replicas: number): Json => ({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'db', namespace: 'shop' },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'db' } },
      template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'c', image: 'c' }] } },
    },
  })

  it('S-046 a Pod that reaches itself through a Service: assumed to work', () => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db', namespace: 'shop' },
      spec: { selector: { app: 'db' }, ports: [{ port: 80 }] },
    }
    const world = load(pod('shop/db', { app: 'db' }), service, closed)
    expectRows(world, [['shop/db -> shop/svc/db:80', 'yes', 'SELF_TRAFFIC']])
    expect(codes(world, 'shop/db -> shop/svc/db:80')).toContain('ASSUMED_SELF_THROUGH_SERVICE')
  })

  it('S-047 two Pods of one Deployment are different Pods', () => {
    expectRows(load(deployment(2), closed), [['shop/deploy/db -> shop/deploy/db:80', 'no', 'DENIED_BY_BOTH']])
    expectRows(load(deployment(1), closed), [['shop/deploy/db -> shop/deploy/db:80', 'yes', 'SELF_TRAFFIC']])
  })

  it('S-048 answers need no rule of their own', () => {
    const world = load(
      pod('shop/web'),
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { policyTypes: ['Ingress', 'Egress'], ingress: [{}] }),
    )
    expectRows(world, [
      ['shop/web -> shop/db:80', 'yes', 'ALLOWED_BY_RULE'],
      ['shop/db -> shop/web:80', 'no', 'DENIED_BY_EGRESS'],
    ])
  })

  it('S-049 each answer is about a new connection: asking changes nothing', () => {
    expect(ask(onNodes, 'node/n2 -> shop/db:80')).toEqual(ask(onNodes, 'node/n2 -> shop/db:80'))
  })

  it.each(['Succeeded', 'Failed'])('S-050 a Pod that has %s has no network', phase => {
    const world = load(pod('shop/web'), pod('shop/job', {}, { status: { phase } }))
    expectRows(world, [
      ['shop/web -> shop/job:80', 'no', 'POD_HAS_TERMINATED'],
      ['shop/job -> shop/web:80', 'no', 'POD_HAS_TERMINATED'],
    ])
  })

  it.each([
    ['part of a family: not to be told', '10.0.0.0/8', undefined, 'undetermined', 'UNDETERMINED_ADDRESS'],
    ['a whole family: matches', '0.0.0.0/0', undefined, 'yes', 'ALLOWED_BY_RULE'],
    ['all of it that a Pod can have: matches', '0.0.0.0/0', ['169.254.169.254/32'], 'yes', 'ALLOWED_BY_RULE'],
    ['only what no Pod can have: does not match', '169.254.0.0/16', undefined, 'no', 'DENIED_BY_INGRESS'],
  ] as const)(
    'S-051 a Pod without an address, and a block that holds %s',
    (_, cidr, except, verdict, reason) => {
      const world = load(
        pod('shop/web'),
        pod('shop/db', { app: 'db' }),
        policy('shop/db', fromBlock(cidr, except)),
      )
      expectRows(world, [['shop/web -> shop/db:80', verdict, reason]])
    },
  )

  it('S-051 a Pod without an address is selected by its labels all the same', () => {
    const world = load(
      pod('shop/web', { app: 'web' }),
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }] }] }),
    )
    expectRows(world, [['shop/web -> shop/db:80', 'yes']])
  })

  it('S-052 it does not matter which container of a Pod asks or answers', () => {
    const spec = {
      containers: [],
      initContainers: [{ name: 'i', image: 'i' }],
      ephemeralContainers: [{ name: 'e', image: 'e' }],
    }
    const world = load(pod('shop/web', {}, { spec }), pod('shop/db', { app: 'db' }), closed)
    expectRows(world, [['shop/web -> shop/db:80', 'no', 'DENIED_BY_INGRESS']])
  })

  it('S-053 without the last policy that selects it, a Pod is open again', () => {
    expectRows(load(pod('shop/web'), pod('shop/db', { app: 'db' }), closed), [
      ['shop/web -> shop/db:80', 'no'],
    ])
    expectRows(load(pod('shop/web'), pod('shop/db', { app: 'db' })), [['shop/web -> shop/db:80', 'yes']])
  })
})

describe('A.8 other protocols', () => {
  const db = (...ports: readonly Json[]) =>
    load(
      pod('shop/web'),
      pod('shop/db', { app: 'db' }),
      policy('shop/db', { ingress: [ports.length > 0 ? { ports } : {}] }),
    )

  it('S-043 one end is said once to be on the node’s network', () => {
    const agent = pod('shop/agent', {}, { spec: { hostNetwork: true } })
    // Without policies it does not matter.
    expect(ask(load(agent), 'shop/agent -> shop/agent').assumptions).toEqual([])
    const { assumptions } = ask(load(agent, policy('shop/all', {})), 'shop/agent -> shop/agent')
    expect(assumptions.map(({ message }) => message)).toContain(
      "shop/agent is on the node's network: policies take it for the node, and no selector matches it",
    )
  })

  it('S-054 a policy knows no protocol but TCP, UDP and SCTP', () => {
    expect(refusals(policy('shop/db', { ingress: [{ ports: [{ protocol: 'ICMP' }] }] }))).toEqual([
      'spec.ingress[0].ports[0].protocol: Unsupported value: "ICMP": supported values: "TCP", "UDP", "SCTP"',
    ])
  })

  it('S-055 what has no ports passes a rule without ports only, and the answer says that this is assumed', () => {
    expect(openPorts(db(), 'shop/web -> shop/db')).toBe('all')
    const everyPort = db({ protocol: 'TCP' }, { protocol: 'UDP' }, { protocol: 'SCTP' })
    expect(openPorts(everyPort, 'shop/web -> shop/db')).toBe('TCP 1-65535; UDP 1-65535; SCTP 1-65535')
    expect(codes(everyPort, 'shop/web -> shop/db')).toContain('ASSUMED_NO_PORTS_PROTOCOLS')
  })

  it('S-056 SCTP is a protocol like the others', () => {
    expectRows(db({ protocol: 'SCTP', port: 7 }), [
      ['shop/web -> shop/db:7/sctp', 'yes'],
      ['shop/web -> shop/db:7', 'no'],
    ])
  })

  it('S-057 a policy knows nothing above ports: such fields are refused', () => {
    expect(refusals(policy('shop/db', { ingress: [{ from: [{ serviceSelector: {} }], http: [] }] }))).toEqual(
      expect.arrayContaining([
        'unknown field "spec.ingress[0].http"',
        'unknown field "spec.ingress[0].from[0].serviceSelector"',
      ]),
    )
  })
})
