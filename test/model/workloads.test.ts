import { describe, expect, it } from 'vitest'
import { matrixReport } from '../../src/questions/matrix/matrix.ts'
import { buildWorld, type World } from '../../src/world/world.ts'
import {
  expectRows,
  type Json,
  load,
  namespace,
  node,
  pod,
  policy,
  refusals,
  service,
} from '../semantics/ask.ts'

/* The Pods that workloads make, and those of a dump. */

const template = (labels: Json, spec: Json = {}): Json => ({
  metadata: { labels },
  spec: { containers: [{ name: 'c', image: 'c' }], ...spec },
})

function workload(kind: string, id: string, spec: Json, more: Json = {}): Json {
  const [ns, name] = id.split('/')
  const apiVersion = kind === 'ReplicationController' ? 'v1' : kind.endsWith('Job') ? 'batch/v1' : 'apps/v1'
  return {
    apiVersion,
    kind,
    metadata: { namespace: ns, name, ...more },
    spec: { template: template({ app: name }), ...spec },
  }
}

const selector = (app: string): Json => ({ selector: { matchLabels: { app } } })
const namesOf = (world: World): readonly string[] => world.cluster.pods.map(({ name }) => name)

describe('workloads make their Pods', () => {
  it.each([
    [
      'a Deployment with 2 replicas',
      workload('Deployment', 'shop/api', { replicas: 2, ...selector('api') }),
      ['api~1', 'api~2'],
    ],
    ['S-302 replicas absent is one', workload('ReplicaSet', 'shop/api', selector('api')), ['api~1']],
    ['S-302 replicas 0 is none', workload('Deployment', 'shop/api', { replicas: 0, ...selector('api') }), []],
    ['a ReplicationController', workload('ReplicationController', 'shop/api', { replicas: 1 }), ['api~1']],
    [
      'S-301 a StatefulSet, by ordinal',
      workload('StatefulSet', 'shop/db', { replicas: 2, ...selector('db') }),
      ['db-0', 'db-1'],
    ],
    [
      'a StatefulSet that starts at 3',
      workload('StatefulSet', 'shop/db', { ordinals: { start: 3 }, ...selector('db') }),
      ['db-3'],
    ],
    ['a Job', workload('Job', 'shop/once', { parallelism: 2 }), ['once~1', 'once~2']],
    ['an Indexed Job', workload('Job', 'shop/once', { completionMode: 'Indexed' }), ['once-0~']],
    [
      'a Job makes no more than are to complete',
      workload('Job', 'shop/once', { completionMode: 'Indexed', completions: 1, parallelism: 5 }),
      ['once-0~'],
    ],
    ['a suspended Job', workload('Job', 'shop/once', { suspend: true }), []],
    [
      'a DaemonSet without nodes in the input',
      workload('DaemonSet', 'shop/agent', selector('agent')),
      ['agent~1'],
    ],
  ])('%s', (_, object, names) => {
    expect(namesOf(load(object))).toEqual(names)
  })

  it('S-302 a DaemonSet makes one on each node', () => {
    const world = load(
      node('n1', '192.168.0.1'),
      node('n2', '192.168.0.2'),
      workload('DaemonSet', 'shop/agent', selector('agent')),
    )
    expect(world.cluster.pods.map(({ node: on }) => on)).toEqual(['n1', 'n2'])
  })

  it('a CronJob makes the Pods of its Job', () => {
    const { spec, ...rest } = workload('CronJob', 'shop/nightly', {})
    const world = load({ ...rest, spec: { schedule: '0 0 * * *', jobTemplate: { spec } } })
    expect(namesOf(world)).toEqual(['nightly~1'])
  })

  it('S-300 Pods have the labels of the template, not those of the workload', () => {
    const world = load(
      workload('Deployment', 'shop/api', selector('api'), { labels: { app: 'other' } }),
      pod('shop/client'),
      policy('shop/other', {}),
    )
    expectRows(world, [['shop/client -> shop/deploy/api:80', 'yes', 'ALLOWED_NO_POLICY_SELECTS_DESTINATION']])
  })

  it('S-303 a selector on a label that only a running cluster knows: Exists holds, In cannot be told', () => {
    const labeled = (expression: Json) =>
      load(
        workload('Deployment', 'shop/api', selector('api')),
        pod('shop/db', { app: 'db' }),
        policy('shop/db', { ingress: [{ from: [{ podSelector: { matchExpressions: [expression] } }] }] }),
      )
    const key = 'pod-template-hash'
    expectRows(labeled({ key, operator: 'Exists' }), [['shop/api -> shop/db:80', 'yes']])
    expectRows(labeled({ key, operator: 'In', values: ['7d9'] }), [
      ['shop/api -> shop/db:80', 'undetermined', 'UNDETERMINED_LABEL'],
    ])
    expectRows(labeled({ key, operator: 'DoesNotExist' }), [['shop/api -> shop/db:80', 'no']])
  })

  it('S-303 a policy that may or may not select a Pod leaves open only what it would open as well', () => {
    const maybe = policy('shop/db', {
      podSelector: { matchLabels: { 'pod-template-hash': '7d9' } },
      ingress: [{ ports: [{ port: 80 }] }],
    })
    const world = load(workload('Deployment', 'shop/api', selector('api')), pod('shop/client'), maybe)
    expectRows(world, [
      ['shop/client -> shop/api:80', 'yes'],
      ['shop/client -> shop/api:443', 'undetermined', 'UNDETERMINED_LABEL'],
    ])
  })

  it('a StatefulSet’s Pods can be told apart by their names', () => {
    const first = policy('shop/db', {
      podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'db-0' } },
    })
    const world = load(
      workload('StatefulSet', 'shop/db', { replicas: 2, ...selector('db') }),
      pod('shop/client'),
      first,
    )
    expectRows(world, [
      ['shop/client -> shop/db-0:80', 'no'],
      ['shop/client -> shop/db-1:80', 'yes'],
      ['shop/client -> shop/sts/db:80', 'partial', 'ENDPOINTS_DIFFER'],
    ])
  })

  it('S-302 a workload without Pods can be asked about', () => {
    const world = load(
      workload('Deployment', 'shop/api', { replicas: 0, ...selector('api') }),
      pod('shop/client'),
    )
    expectRows(world, [
      ['shop/client -> shop/api:80', 'no', 'WORKLOAD_HAS_NO_PODS'],
      ['shop/api -> shop/client:80', 'no', 'WORKLOAD_HAS_NO_PODS'],
    ])
  })

  it('S-156 a selector that does not match the template is refused', () => {
    expect(refusals(workload('Deployment', 'shop/api', selector('web')))).toEqual([
      'spec.template.metadata.labels: Invalid value: {"app":"api"}: `selector` does not match template `labels`',
    ])
  })

  it('a number of replicas that no cluster has is refused', () => {
    expect(
      refusals(workload('Deployment', 'shop/api', { replicas: 2_000_000_000, ...selector('api') })),
    ).toHaveLength(1)
  })
})

describe('a dump of a cluster', () => {
  const owned = (kind: string, name: string): Json => ({
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }],
  })
  const hash = { 'pod-template-hash': '7d9' }
  const replicaSet = workload(
    'ReplicaSet',
    'shop/api-7d9',
    { replicas: 2, selector: { matchLabels: { app: 'api-7d9' } } },
    owned('Deployment', 'api'),
  )
  const livePod = (name: string): Json => ({
    ...pod(
      `shop/${name}`,
      {},
      { status: { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'True' }] } },
    ),
    metadata: { name, namespace: 'shop', labels: { app: 'api', ...hash }, ...owned('ReplicaSet', 'api-7d9') },
  })
  const deployment = workload('Deployment', 'shop/api', { replicas: 2, ...selector('api') })

  it('Pods that belong to a workload are not counted twice', () => {
    const world = load(deployment, replicaSet, livePod('api-7d9-x'), livePod('api-7d9-y'))
    expect(world.cluster.pods.map(({ name, workload: by }) => [name, by?.kind, by?.name])).toEqual([
      ['api-7d9-x', 'Deployment', 'api'],
      ['api-7d9-y', 'Deployment', 'api'],
    ])
  })

  it('a ReplicaSet that a Deployment made makes no Pods of its own', () => {
    expect(namesOf(load(deployment, replicaSet))).toEqual(['api~1', 'api~2'])
  })

  it('Pods alone are told whose they are by their owner and their hash', () => {
    const world = load(livePod('api-7d9-x'), livePod('api-7d9-y'))
    const everyone = () => true
    const report = matrixReport(world, {
      by: 'workload',
      asked: { protocol: undefined, port: undefined },
      isSource: everyone,
      isDestination: everyone,
    })
    expect(report.endpoints[0]).toEqual({
      id: 'shop/api',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'api',
      pods: 2,
    })
  })

  it('a static Pod of a node is a bare Pod', () => {
    const mirror = {
      ...pod('kube-system/etcd'),
      metadata: { name: 'etcd', namespace: 'kube-system', ...owned('Node', 'n1') },
    }
    expect(load(mirror).cluster.pods.map(({ workload: by }) => by)).toEqual([undefined])
  })

  it('S-202 a Pod that is not ready is no endpoint of a Service, unless the Service says so', () => {
    const unready = pod(
      'shop/web',
      { app: 'web' },
      { status: { phase: 'Running', podIP: '10.0.0.1', conditions: [{ type: 'Ready', status: 'False' }] } },
    )
    const of = (more: Json) =>
      load(
        unready,
        pod('shop/client'),
        service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }], ...more }),
      )
    expectRows(of({}), [['shop/client -> shop/svc/web:80', 'no', 'SERVICE_HAS_NO_ENDPOINTS']])
    expectRows(of({ publishNotReadyAddresses: true }), [['shop/client -> shop/svc/web:80', 'yes']])
  })
})

it('S-205 a Service that keeps to the client’s node has only the endpoints there', () => {
  const on = (name: string, labels: Json, nodeName: string) =>
    pod(`shop/${name}`, labels, { spec: { nodeName } })
  const local = (type: string) =>
    load(
      on('client', {}, 'n1'),
      on('far', { app: 'web' }, 'n2'),
      service('shop/web', { selector: { app: 'web' }, ports: [{ port: 80 }], internalTrafficPolicy: type }),
    )
  expectRows(local('Cluster'), [['shop/client -> shop/svc/web:80', 'yes']])
  expectRows(local('Local'), [['shop/client -> shop/svc/web:80', 'no', 'SERVICE_HAS_NO_ENDPOINTS']])
})

describe('ids', () => {
  it('a Pod and a workload of one name have longer ones', () => {
    const world = load(
      namespace('shop'),
      pod('shop/api'),
      workload('Deployment', 'shop/api', selector('api')),
    )
    const everyone = () => true
    const report = matrixReport(world, {
      by: 'workload',
      asked: { protocol: undefined, port: undefined },
      isSource: everyone,
      isDestination: everyone,
    })
    expect(report.endpoints.map(({ id }) => id)).toEqual(['shop/deployment/api', 'shop/pod/api', 'internet'])
    expectRows(world, [['shop/pod/api -> shop/deploy/api:80', 'yes']])
  })

  it('a namespace called like a kind makes a name ambiguous where both readings are there', () => {
    const world = load(
      pod('deploy/api'),
      pod('default/client'),
      workload('Deployment', 'default/api', selector('api')),
    )
    expect(() => expectRows(world, [['client -> deploy/api:80', 'yes']])).toThrow(/can be read in two ways/)
  })

  it('reads one file or many', () => {
    const world = buildWorld([
      { path: 'a.yaml', text: 'apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n' },
      {
        path: 'b.json',
        text: '{"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "b"}}]}',
      },
    ])
    expect({ names: namesOf(world), diagnostics: world.diagnostics }).toEqual({
      names: ['a', 'b'],
      diagnostics: [],
    })
  })
})
