import { describe, expect, it } from 'vitest'
import { buildWorld, type World } from '../../src/world/world.ts'
import { run } from '../cli/run.ts'
import { codes, expectRows, type Json, load, namespace, pod, policy, service } from '../semantics/ask.ts'
import { custom, template } from './custom-objects.ts'

/* The Pods of kinds whose operators are well known. */

const read = (text: string): World => buildWorld([{ path: 'x.yaml', text }])
const namesOf = (world: World): readonly string[] => world.cluster.pods.map(({ name }) => name)
const servicesOf = (world: World): readonly string[] => world.cluster.services.map(({ name }) => name)
const labelsOf = (world: World, name: string): Json =>
  Object.fromEntries(
    [...(world.cluster.pods.find(one => one.name === name)?.labels ?? [])].map(([key, value]) => [
      key,
      typeof value === 'string' ? value : '?',
    ]),
  )

const OPERATORS: readonly (readonly [string, Json, pods: readonly string[], services: readonly string[]])[] =
  [
    [
      'Prometheus, in shards',
      custom('monitoring.coreos.com/v1', 'Prometheus', 'm/main', { replicas: 1, shards: 2 }),
      ['prometheus-main-0', 'prometheus-main-shard-1-0'],
      ['prometheus-operated'],
    ],
    [
      'Alertmanager',
      custom('monitoring.coreos.com/v1', 'Alertmanager', 'm/main', { replicas: 2 }),
      ['alertmanager-main-0', 'alertmanager-main-1'],
      ['alertmanager-operated'],
    ],
    [
      'ThanosRuler',
      custom('monitoring.coreos.com/v1', 'ThanosRuler', 'm/main', {}),
      ['thanos-ruler-main-0'],
      ['thanos-ruler-operated'],
    ],
    [
      'Cluster of CloudNativePG',
      custom('postgresql.cnpg.io/v1', 'Cluster', 'shop/pg', { instances: 2 }),
      ['pg-1', 'pg-2'],
      ['pg-rw', 'pg-ro', 'pg-r'],
    ],
    [
      'Kafka of Strimzi',
      custom('kafka.strimzi.io/v1beta2', 'Kafka', 'shop/k', {
        kafka: { replicas: 1, listeners: [{ name: 'plain', port: 9092 }] },
        zookeeper: { replicas: 1 },
        entityOperator: {},
      }),
      ['k-kafka-0', 'k-zookeeper-0', 'k-entity-operator~1'],
      ['k-kafka-bootstrap', 'k-kafka-brokers', 'k-zookeeper-client'],
    ],
    [
      'KafkaNodePool',
      custom(
        'kafka.strimzi.io/v1beta2',
        'KafkaNodePool',
        'shop/brokers',
        { replicas: 1, roles: ['broker'] },
        {
          labels: { 'strimzi.io/cluster': 'k' },
        },
      ),
      ['k-brokers-0'],
      [],
    ],
    [
      'Elasticsearch of ECK',
      custom('elasticsearch.k8s.elastic.co/v1', 'Elasticsearch', 'shop/es', {
        nodeSets: [
          { name: 'hot', count: 1, podTemplate: template({ tier: 'hot' }) },
          { name: 'cold', count: 1 },
        ],
      }),
      ['es-es-hot-0', 'es-es-cold-0'],
      ['es-es-http', 'es-es-internal-http', 'es-es-hot', 'es-es-cold', 'es-es-transport'],
    ],
    [
      'Kibana of ECK',
      custom('kibana.k8s.elastic.co/v1', 'Kibana', 'shop/kb', { count: 1 }),
      ['kb-kb~1'],
      ['kb-kb-http'],
    ],
    [
      'a virtual machine',
      custom('kubevirt.io/v1', 'VirtualMachine', 'shop/vm', {
        template: { metadata: { labels: { app: 'vm' } } },
      }),
      ['virt-launcher-vm~1'],
      [],
    ],
    [
      'a virtual machine that is stopped',
      custom('kubevirt.io/v1', 'VirtualMachine', 'shop/vm', { runStrategy: 'Halted', template: {} }),
      [],
      [],
    ],
    [
      'RabbitMQ',
      custom('rabbitmq.com/v1beta1', 'RabbitmqCluster', 'shop/mq', {}),
      ['mq-server-0'],
      ['mq', 'mq-nodes'],
    ],
    [
      'Postgres of Zalando',
      custom('acid.zalan.do/v1', 'postgresql', 'shop/db', { numberOfInstances: 2 }),
      ['db-0', 'db-1'],
      ['db', 'db-repl'],
    ],
  ]

describe('the Pods of well-known operators are made from a table', () => {
  it.each(OPERATORS)('%s', (_, object, pods, services) => {
    const world = load(object)
    expect({ pods: namesOf(world), services: servicesOf(world) }).toEqual({ pods, services })
    // Each Service leads to some Pods: its selector and their labels are of one table.
    expect(world.diagnostics).toEqual([])
    for (const { name, selector } of world.cluster.services)
      expect(
        world.cluster.pods.some(one =>
          selector?.requirements.every(({ key, values }) =>
            values.some(value => one.labels.get(key) === value),
          ),
        ) || world.cluster.pods.length === 1,
        name,
      ).toBe(true)
  })

  it('with the labels that users give them', () => {
    const world = read(`apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: main, namespace: m}
spec: {podMetadata: {labels: {team: sre, prometheus: mine}}}
---
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata: {name: pg, namespace: m}
spec: {instances: 1, inheritedMetadata: {labels: {team: db}}}
---
apiVersion: rabbitmq.com/v1beta1
kind: RabbitmqCluster
metadata: {name: mq, namespace: m}
spec: {override: {statefulSet: {spec: {template: {metadata: {labels: {team: bus}}}}}}}
`)
    expect(labelsOf(world, 'prometheus-main-0')).toMatchObject({
      team: 'sre',
      prometheus: 'main',
      'app.kubernetes.io/instance': 'main',
      'app.kubernetes.io/version': '?',
    })
    expect(labelsOf(world, 'mq-server-0')).toMatchObject({ team: 'bus', 'app.kubernetes.io/name': 'mq' })
    expect(labelsOf(world, 'pg-1')).toMatchObject({
      team: 'db',
      'cnpg.io/cluster': 'pg',
      'cnpg.io/instanceRole': 'primary',
    })
  })

  it('and answers say what is assumed, and only those about such Pods', () => {
    const cluster = custom('postgresql.cnpg.io/v1', 'Cluster', 'shop/pg', { instances: 2 })
    const world = load(
      namespace('shop'),
      pod('shop/web', { app: 'web' }),
      pod('shop/cli'),
      cluster,
      policy(
        'shop/pg',
        {
          podSelector: { matchLabels: { 'cnpg.io/cluster': 'pg' } },
          ingress: [
            { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'postgresql' }] },
          ],
        },
        'pg',
      ),
    )
    expectRows(world, [
      ['shop/web -> pg-rw.shop:5432', 'yes'],
      ['shop/cli -> pg-rw.shop:5432', 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> shop/cluster/pg:9187', 'no', 'DENIED_BY_INGRESS'],
      ['shop/web -> shop/cli', 'yes'],
    ])
    expect(codes(world, 'shop/web -> shop/cluster/pg:5432')).toContain('ASSUMED_CREATED_PODS')
    expect(codes(world, 'shop/web -> shop/cli')).not.toContain('ASSUMED_CREATED_PODS')
  })

  it('suggestions select them by the labels that identify them in every version', async () => {
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\nspec: {podSelector: {}}\n'
    const files = {
      'pg.yaml':
        'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg, namespace: shop}\nspec: {instances: 1}\n',
      'deny.yaml': deny,
      'web.yaml':
        'apiVersion: argoproj.io/v1alpha1\nkind: Rollout\nmetadata: {name: web, namespace: shop}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web, version: v1}}\n    spec: {containers: [{name: c, image: c}]}\n',
    }
    const { out } = await run(files, 'explain shop/rollout/web shop/pg-1:5432')
    expect(out).toContain('cnpg.io/cluster: pg\n')
    expect(out).toContain('cnpg.io/podRole: instance\n')
    expect(out).toContain('app: web\n')
    expect(out).not.toMatch(/version: v1|app\.kubernetes\.io/)
  })

  it('and so do lists', async () => {
    const files = {
      'pg.yaml':
        'apiVersion: postgresql.cnpg.io/v1\nkind: Cluster\nmetadata: {name: pg, namespace: shop}\nspec: {instances: 1}\n',
    }
    for (const command of [
      'get pods -n shop',
      'describe pod pg-1 -n shop',
      'matrix',
      'who-can-reach shop/pg-1',
    ])
      expect((await run(files, command)).err).toContain('[ASSUMED_CREATED_PODS]')
  })

  it('the NetworkPolicies that an operator makes for its own Pods leave answers about them open', () => {
    const kafka = custom('kafka.strimzi.io/v1beta2', 'Kafka', 'shop/k', { kafka: { replicas: 1 } })
    const world = load(namespace('shop'), pod('shop/web', { app: 'web' }), pod('shop/cli'), kafka)
    expect(codes(world, 'shop/web -> shop/kafka/k:9091')).toContain('UNDETERMINED_CREATED_POLICY')
    expect(codes(world, 'shop/web -> shop/cli')).not.toContain('UNDETERMINED_CREATED_POLICY')
  })

  it('as the StatefulSet has them that the operator has created, where the input has one', () => {
    const owner = {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'Prometheus',
      name: 'main',
      uid: 'u',
      controller: true,
    }
    const world = load(custom('monitoring.coreos.com/v1', 'Prometheus', 'm/main', { replicas: 1 }), {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { namespace: 'm', name: 'prometheus-main', ownerReferences: [owner] },
      spec: {
        replicas: 2,
        serviceName: 'prometheus-operated',
        selector: { matchLabels: { prometheus: 'main' } },
        template: template({ prometheus: 'main', patched: 'yes' }),
      },
    })
    expect(world.cluster.pods.map(one => [one.name, one.labels.get('patched'), one.workload?.kind])).toEqual([
      ['prometheus-main-0', 'yes', 'Prometheus'],
      ['prometheus-main-1', 'yes', 'Prometheus'],
    ])
    expect(codes(world, 'm/prometheus/main -> 1.1.1.1:80')).not.toContain('ASSUMED_CREATED_PODS')
  })

  it('Pods of another version of the operator, with fewer labels, are those of the object', () => {
    const world = load(
      custom('rabbitmq.com/v1beta1', 'RabbitmqCluster', 'shop/mq', { replicas: 3 }),
      custom('grafana.integreatly.org/v1beta1', 'Grafana', 'shop/g', {}),
      pod('shop/mq-server-1', { old: 'yes' }),
      pod('shop/g-deployment-5d4f8c7b9-abcde', { app: 'g' }),
    )
    expect(namesOf(world)).toEqual(['mq-server-1', 'g-deployment-5d4f8c7b9-abcde'])
  })

  it('Pods and Services that the input has are not made again', () => {
    const world = load(
      custom('postgresql.cnpg.io/v1', 'Cluster', 'shop/pg', { instances: 3 }),
      pod('shop/pg-1', {
        'cnpg.io/cluster': 'pg',
        'cnpg.io/podRole': 'instance',
        'app.kubernetes.io/name': 'postgresql',
        'app.kubernetes.io/instance': 'pg',
        'app.kubernetes.io/managed-by': 'cloudnative-pg',
        'app.kubernetes.io/component': 'database',
      }),
      service('shop/pg-rw', { selector: { 'cnpg.io/cluster': 'pg' }, ports: [{ port: 5432 }] }),
    )
    expect(namesOf(world)).toEqual(['pg-1'])
    expect(servicesOf(world)).toEqual(['pg-rw', 'pg-ro', 'pg-r'])
  })
})
