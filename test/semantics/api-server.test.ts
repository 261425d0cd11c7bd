import { describe, expect, it } from 'vitest'
import { sourcesReport } from '../../src/questions/who-can-reach/who-can-reach.ts'
import { ask, codes, expectRows, type Json, load, pod, policy, type Rows, service } from './ask.ts'

/* S-069: the API server, as the destination and as the source. */

const client = pod('shop/client', { app: 'client' }, { spec: { nodeName: 'n9' } })
const hook = pod('shop/hook', { app: 'hook' }, { ports: [{ name: 'webhook', containerPort: 8443 }] })
const front = service('shop/hook', {
  selector: { app: 'hook' },
  ports: [{ port: 443, targetPort: 'webhook' }],
})
const letting = (peer: Json): Json =>
  policy('shop/hook', { ingress: [{ from: [peer], ports: [{ port: 8443 }] }] })
const out = (cidr: string, port: number): Json =>
  policy('shop/client', {
    policyTypes: ['Egress'],
    egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ port }] }],
  })
const endpoints = (...ips: readonly string[]): Json => ({
  apiVersion: 'v1',
  kind: 'Endpoints',
  metadata: { namespace: 'default', name: 'kubernetes' },
  subsets: [{ addresses: ips.map(ip => ({ ip })), ports: [{ name: 'https', port: 8443 }] }],
})
const kubernetes = service('default/kubernetes', {
  clusterIP: '10.96.0.1',
  ports: [{ name: 'https', port: 443, targetPort: 6443 }],
})
const node = (labels: Json): Json => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', labels } })

const controlPlane: readonly Json[] = [
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'cp', labels: { 'node-role.kubernetes.io/control-plane': '' } },
    status: { addresses: [{ type: 'InternalIP', address: '10.1.0.1' }] },
  },
]

describe('S-069 the API server as the destination', () => {
  const through: Rows = [
    ['shop/client -> default/svc/kubernetes', 'yes'],
    ['shop/client -> default/svc/kubernetes:443', 'yes'],
    ['shop/client -> default/kubernetes:https', 'yes'],
    ['shop/client -> api-server', 'yes'],
  ]
  it.each<[string, readonly Json[], Rows]>([
    ['is there without a manifest, on 6443', [out('0.0.0.0/0', 6443)], through],
    [
      'and not on the port of its Service',
      [out('0.0.0.0/0', 443)],
      [
        ['shop/client -> api-server', 'no'],
        ['shop/client -> default/svc/kubernetes', 'no'],
        ['shop/client -> api-server:443', 'yes'],
      ],
    ],
    [
      'its Service has one port',
      [],
      [['shop/client -> default/svc/kubernetes:6443', 'no', 'SERVICE_PORT_UNKNOWN']],
    ],
    ['of which only the Service is there', [kubernetes, out('0.0.0.0/0', 6443)], through],
    ['by its Endpoints', [kubernetes, endpoints('10.1.0.1'), out('10.1.0.1/32', 8443)], through],
    ['by its Endpoints alone', [endpoints('10.1.0.1'), out('10.1.0.1/32', 8443)], through],
    [
      'several of them',
      [endpoints('10.1.0.1', '10.1.0.2'), out('10.1.0.1/32', 8443)],
      [['shop/client -> api-server', 'partial']],
    ],
    ['on EKS', [node({ 'eks.amazonaws.com/nodegroup': 'a' }), out('0.0.0.0/0', 443)], through],
    ['on GKE', [node({ 'cloud.google.com/gke-nodepool': 'a' }), out('0.0.0.0/0', 443)], through],
    ['on AKS', [node({ 'kubernetes.azure.com/cluster': 'a' }), out('0.0.0.0/0', 443)], through],
    ['on the nodes of the control plane', [...controlPlane, out('10.1.0.1/32', 6443)], through],
    [
      'on the nodes of the control plane, which the policy does not allow',
      [...controlPlane, out('10.1.0.2/32', 6443)],
      [
        ['shop/client -> api-server', 'no'],
        ['shop/client -> node/cp:6443', 'no'],
      ],
    ],
    [
      'which no selector matches',
      [policy('shop/client', { policyTypes: ['Egress'], egress: [{ to: [{ namespaceSelector: {} }] }] })],
      [['shop/client -> api-server', 'no']],
    ],
    [
      'an object of that name comes first',
      [pod('default/api-server', { app: 'x' })],
      [['shop/client -> api-server:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION']],
    ],
  ])('%s', (_, objects, rows) => expectRows(load(client, ...objects), rows))

  it('an object of that name elsewhere is likely meant, and the API server is called otherwise', () => {
    const world = load(client, pod('shop/api-server', {}))
    expect(() => ask(world, 'shop/client -> api-server')).toThrow(
      'no Pod, workload or Service is called `api-server`',
    )
    expectRows(world, [['shop/client -> kube-system/kube-apiserver', 'yes']])
  })

  it('--api-server says where it is', () => {
    const world = load(client, out('10.1.0.1/32', 443))
    expectRows(
      world,
      [
        ['shop/client -> api-server', 'yes'],
        ['shop/client -> default/svc/kubernetes', 'yes'],
      ],
      { apiServer: '10.1.0.1' },
    )
    expectRows(world, [['shop/client -> api-server', 'no']], { apiServer: '10.1.0.1:6443' })
    expectRows(world, [['shop/client -> api-server', 'no']], { apiServer: '10.1.0.2' })
    expect(() => ask(world, 'shop/client -> api-server', { apiServer: 'here' })).toThrow('no address')
    expect(codes(world, 'shop/client -> api-server')).toContain('ASSUMED_API_SERVER')
    expect(codes(world, 'shop/client -> api-server', { apiServer: '10.1.0.1' })).not.toContain(
      'ASSUMED_API_SERVER',
    )
  })

  it('who can reach it', () => {
    const world = load(client, hook, out('0.0.0.0/0', 443))
    const question = {
      port: undefined,
      protocol: undefined,
      namespace: 'default',
      selector: undefined,
      by: 'workload',
    } as const
    const sources = (to: string) =>
      [...sourcesReport(world, { ...question, to }).sources].map(({ from }) => from.id)
    expect(sources('api-server')).toEqual(['shop/hook', 'internet'])
    expect(sources('svc/kubernetes:443')).toEqual(['shop/hook'])
    expect(sources('api-server:443')).toEqual(['shop/client', 'shop/hook', 'internet'])
  })
})

describe('S-069 the API server as the source', () => {
  const master = pod(
    'kube-system/kube-apiserver-m',
    { component: 'kube-apiserver' },
    { spec: { hostNetwork: true, nodeName: 'm' }, status: { podIP: '10.1.0.1' } },
  )
  const selecting = letting({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
    podSelector: { matchLabels: { component: 'kube-apiserver' } },
  })
  it.each<[string, readonly Json[], Rows]>([
    [
      'calls webhooks by the names of their Services',
      [],
      [
        ['api-server -> hook.shop:443', 'yes'],
        ['api-server -> hook.shop.svc:443', 'yes'],
        ['api-server -> https://hook.shop.svc.cluster.local/validate', 'yes'],
      ],
    ],
    ['calls webhooks', [], [['api-server -> shop/svc/hook:443', 'yes']]],
    [
      'and no selector matches it',
      [selecting],
      [
        ['api-server -> shop/svc/hook:443', 'no', 'DENIED_BY_INGRESS'],
        ['kube-system/kube-apiserver -> shop/svc/hook:443', 'no'],
      ],
    ],
    [
      'every address is let in',
      [letting({ ipBlock: { cidr: '0.0.0.0/0' } })],
      [['api-server -> shop/svc/hook:443', 'yes']],
    ],
    [
      'its address is not known',
      [letting({ ipBlock: { cidr: '10.1.0.0/16' } })],
      [['api-server -> shop/svc/hook:443', 'undetermined']],
    ],
    [
      'by its Endpoints',
      [endpoints('10.1.0.1'), letting({ ipBlock: { cidr: '10.1.0.0/16' } })],
      [['api-server -> shop/svc/hook:443', 'yes']],
    ],
    [
      'by its Endpoints, at another address',
      [endpoints('10.2.0.1'), letting({ ipBlock: { cidr: '10.1.0.0/16' } })],
      [['api-server -> shop/svc/hook:443', 'no']],
    ],
    [
      'as its Pods in a dump',
      [master, letting({ ipBlock: { cidr: '10.1.0.1/32' } })],
      [['api-server -> shop/svc/hook:443', 'yes']],
    ],
    [
      'as its Pods in a dump, by a selector',
      [
        { ...selecting },
        master,
        pod(
          'shop/hook',
          { app: 'hook' },
          { spec: { nodeName: 'w' }, ports: [{ name: 'webhook', containerPort: 8443 }] },
        ),
      ],
      [['api-server -> shop/hook:8443', 'no']],
    ],
  ])('%s', (_, objects, rows) =>
    expectRows(
      load(
        ...(objects.some(one => JSON.stringify(one).includes('"name":"hook","labels"')) ? [] : [hook]),
        front,
        ...objects,
      ),
      rows,
    ),
  )

  it('says what it assumes, and what to type for a node that is not there', () => {
    const world = load(hook, front, selecting)
    expect(codes(world, 'api-server -> shop/svc/hook:443')).toContain('ASSUMED_API_SERVER')
    expect(() => ask(world, 'node/master -> shop/svc/hook:443')).toThrow('there is no Node in the input')
  })
})
