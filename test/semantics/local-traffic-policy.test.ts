import { describe, expect, it } from 'vitest'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { ask, expectRows, type Json, load, node, pod, policy, service } from './ask.ts'

/* SEMANTICS S-067, S-205: ports of nodes that keep to their node (`externalTrafficPolicy: Local`), dialed in the cluster. */

const nodes = [node('n1', '192.168.0.1'), node('n2', '192.168.0.2')]
const client = pod('shop/client', { app: 'client' }, { spec: { nodeName: 'n1' } })
const hostNetwork = pod('shop/host', {}, { spec: { nodeName: 'n1', hostNetwork: true } })
const at = (name: string, nodeName: string): Json =>
  pod(`shop/${name}`, { app: 'web' }, { spec: { nodeName } })
const local = service('shop/front', {
  type: 'NodePort',
  externalTrafficPolicy: 'Local',
  selector: { app: 'web' },
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }],
})
const fromPods = policy('shop/web', { ingress: [{ from: [{ namespaceSelector: {} }] }] })
const world = (...objects: readonly Json[]) => load(...nodes, client, hostNetwork, local, ...objects)
const plugin = 'UNDETERMINED_CNI_BEHAVIOUR'
const none = 'SERVICE_HAS_NO_ENDPOINTS'

describe('a port of a node without a backend', () => {
  const onOther = world(at('a', 'n2'))

  it('may lead clients in the cluster to backends on other nodes, as kube-proxy does', () => {
    expectRows(onOther, [
      ['shop/client -> node/n1:30080', 'undetermined', plugin],
      ['shop/client -> 192.168.0.1:30080', 'undetermined', plugin],
      ['shop/client -> node/n2:30080', 'yes'],
    ])
    expectRows(world(at('a', 'n1')), [['shop/client -> node/n2:30080', 'undetermined', plugin]])
  })

  it('nodes and Pods on their network, by their own ports alone', () => {
    expectRows(onOther, [
      ['node/n1 -> node/n1:30080', 'undetermined', plugin],
      ['shop/host -> node/n1:30080', 'undetermined', plugin],
      ['node/n2 -> node/n1:30080', 'no', none],
    ])
    expectRows(world(at('a', 'n1')), [['shop/host -> node/n2:30080', 'no', none]])
  })

  it('leads clients outside nowhere', () =>
    expectRows(onOther, [
      ['internet -> node/n1:30080', 'no', none],
      ['203.0.113.7 -> node/n1:30080', 'no', none],
    ]))

  it('a Pod keeps its address on that way, and policies decide', () => {
    expectRows(world(at('a', 'n2'), fromPods), [['shop/client -> node/n1:30080', 'undetermined', plugin]])
    expectRows(world(at('a', 'n2'), policy('shop/web', {})), [
      ['shop/client -> node/n1:30080', 'no', 'DENIED_BY_INGRESS'],
    ])
  })

  it('says on what it depends', () =>
    expect(ask(onOther, 'shop/client -> node/n1:30080').message).toBe(
      'open if what shop/client sends to a port of a node gets to Pods on other nodes as well, as with kube-proxy in its iptables mode; else Service front forwards only to Pods on the node that was dialed (externalTrafficPolicy: Local), and none of its Pods is on n1, but on n2',
    ))

  it('is listed with what is not known, and its other ports with what is', () => {
    const sourcesOf = (port: string | undefined) => {
      const question = { to: 'node/n1', port, protocol: 'tcp', namespace: 'default', selector: undefined }
      const { sources } = sourcesReport(onOther, { ...question, by: 'pod' })
      return [...sources].map(({ from, verdict, open, undetermined }) => [
        from.id,
        verdict,
        open,
        undetermined,
      ])
    }
    const port = [{ protocol: 'TCP', ports: [[30080, 30080]] }]
    const others = [
      {
        protocol: 'TCP',
        ports: [
          [1, 30079],
          [30081, 65535],
        ],
      },
    ]
    expect(sourcesOf('30080')).toEqual(
      ['node/n1', 'shop/a', 'shop/client', 'shop/host'].map(id => [id, 'undetermined', [], port]),
    )
    expect(sourcesOf(undefined)).toContainEqual(['shop/client', 'partial', others, port])
    expect(sourcesOf(undefined)).toContainEqual(['node/n2', 'partial', others, undefined])
  })
})
