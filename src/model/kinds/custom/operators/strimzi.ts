import type { CustomObject, Part, Texts } from '../custom-object.ts'
import {
  OF_DEPLOYMENT,
  type OperatorKind,
  type OperatorPods,
  type OperatorPort,
  recommended,
} from './operator.ts'

const group = 'kafka.strimzi.io'
const CLUSTER = 'strimzi.io/cluster'
const IDENTITY = [CLUSTER, 'strimzi.io/name']
const of = (kind: string, cluster: string, component: string, type: string): Texts => ({
  [CLUSTER]: cluster,
  'strimzi.io/kind': kind,
  'strimzi.io/name': component,
  'strimzi.io/component-type': type,
  ...recommended(type, cluster, 'strimzi-cluster-operator'),
  'app.kubernetes.io/part-of': `strimzi-${cluster}`,
})
const ofPodSet = (set: string, extra: Texts): Pick<OperatorPods, 'labelsOfOne'> => ({
  labelsOfOne: pod => ({
    'strimzi.io/pod-name': pod,
    'strimzi.io/controller': 'strimzipodset',
    'strimzi.io/controller-name': set,
    ...extra,
  }),
})
const isolates = ({ name }: CustomObject): Texts => ({ [CLUSTER]: name })
const listenerPorts = (spec: Part): readonly (readonly [string, number])[] =>
  spec.list('kafka', 'listeners').flatMap((listener): (readonly [string, number])[] => {
    const [name, port] = [listener.text('name'), listener.number('port')]
    if (name === undefined || port === undefined) return []
    return [[OLD_NAMES[`${name} ${port}`] ?? `tcp-${name}`, port]]
  })
const OLD_NAMES: Texts = {
  'plain 9092': 'tcp-clients',
  'tls 9093': 'tcp-clientstls',
  'external 9094': 'tcp-external',
}
const BROKERS = [
  ['tcp-ctrlplane', 9090],
  ['tcp-replication', 9091],
] as const
const deployed = (
  kind: string,
  suffix: string,
  type: string,
  api: OperatorPort,
  service: string,
): OperatorKind => ({
  group,
  kind,
  identity: IDENTITY,
  labelsPath: ['spec', 'template', 'pod', 'metadata', 'labels'],
  isolates,
  pods: ({ name, labels, spec }) => [
    {
      name: `${name}-${suffix}`,
      replicas: spec.count('replicas') ?? 1,
      labels: {
        ...labels,
        ...spec.texts('template', 'pod', 'metadata', 'labels'),
        ...of(kind, name, `${name}-${suffix}`, type),
      },
      unknowable: OF_DEPLOYMENT,
      ports: [api],
    },
  ],
  services: ({ name }) => [
    {
      name: `${name}-${service}`,
      selector: { [CLUSTER]: name, 'strimzi.io/kind': kind, 'strimzi.io/name': `${name}-${suffix}` },
      ports: [['rest-api', api[1]]],
    },
  ],
})
/**
 * strimzi/strimzi-kafka-operator: KafkaCluster.java, KafkaConnectCluster.java and others in cluster-operator's model package,
 * Labels.java in operator-common. It isolates what it creates unless STRIMZI_NETWORK_POLICY_GENERATION is false.
 */
export const STRIMZI: readonly OperatorKind[] = [
  {
    group,
    kind: 'Kafka',
    identity: IDENTITY,
    labelsPath: ['spec', 'kafka', 'template', 'pod', 'metadata', 'labels'],
    isolates,
    pods: ({ name, labels, spec }) => {
      const part = (
        key: string,
        suffix: string,
        type: string,
        ports: readonly OperatorPort[],
      ): OperatorPods => ({
        name: `${name}-${suffix}`,
        replicas: spec.count(key, 'replicas') ?? 1,
        labels: {
          ...labels,
          ...spec.texts(key, 'template', 'pod', 'metadata', 'labels'),
          ...of('Kafka', name, `${name}-${suffix}`, type),
        },
        ports,
      })
      const inSet = (pods: OperatorPods, extra: Texts): OperatorPods => ({
        ...pods,
        first: 0,
        ...ofPodSet(pods.name, extra),
      })
      // With node pools, the brokers are those of KafkaNodePools.
      const brokers = spec.has('kafka', 'replicas')
        ? [
            inSet(part('kafka', 'kafka', 'kafka', [...BROKERS, ...listenerPorts(spec)]), {
              'strimzi.io/broker-role': 'true',
              'strimzi.io/pool-name': 'kafka',
            }),
          ]
        : []
      const zooKeeper = spec.has('zookeeper')
        ? [
            inSet(
              part('zookeeper', 'zookeeper', 'zookeeper', [
                ['tcp-clients', 2181],
                ['tcp-clustering', 2888],
                ['tcp-election', 3888],
              ]),
              {},
            ),
          ]
        : []
      const others = [
        {
          key: 'entityOperator',
          suffix: 'entity-operator',
          ports: [['healthcheck-to', 8080] as const, ['healthcheck-uo', 8081] as const],
        },
        { key: 'kafkaExporter', suffix: 'kafka-exporter', ports: [['tcp-prometheus', 9404] as const] },
        { key: 'cruiseControl', suffix: 'cruise-control', ports: [['rest-api', 9090] as const] },
      ]
      return [
        ...brokers,
        ...zooKeeper,
        ...others
          .filter(({ key }) => spec.has(key))
          .map(({ key, suffix, ports }) => ({
            ...part(key, suffix, suffix, ports),
            unknowable: OF_DEPLOYMENT,
          })),
      ]
    },
    services: ({ name, spec }) => {
      const selector = {
        [CLUSTER]: name,
        'strimzi.io/kind': 'Kafka',
        'strimzi.io/name': `${name}-kafka`,
        'strimzi.io/broker-role': 'true',
      }
      const ports = [['tcp-replication', 9091] as const, ...listenerPorts(spec)]
      return [
        { name: `${name}-kafka-bootstrap`, selector, ports },
        {
          name: `${name}-kafka-brokers`,
          selector,
          ports: [['tcp-ctrlplane', 9090], ...ports],
          headless: true,
        },
        ...(spec.has('zookeeper')
          ? [
              {
                name: `${name}-zookeeper-client`,
                selector: { [CLUSTER]: name, 'strimzi.io/name': `${name}-zookeeper` },
                ports: [['tcp-clients', 2181] as const],
              },
            ]
          : []),
      ]
    },
  },
  {
    group,
    kind: 'KafkaNodePool',
    identity: IDENTITY,
    labelsPath: ['spec', 'template', 'pod', 'metadata', 'labels'],
    pods: ({ name, labels, spec }) => {
      const cluster = labels[CLUSTER]
      if (cluster === undefined) return []
      const roles = spec.words('roles')
      return [
        {
          name: `${cluster}-${name}`,
          replicas: spec.count('replicas') ?? 1,
          first: 0,
          labels: {
            ...labels,
            ...spec.texts('template', 'pod', 'metadata', 'labels'),
            ...of('Kafka', cluster, `${cluster}-kafka`, 'kafka'),
            'strimzi.io/pool-name': name,
          },
          ...ofPodSet(`${cluster}-${name}`, {
            'strimzi.io/broker-role': String(roles.includes('broker')),
            'strimzi.io/controller-role': String(roles.includes('controller')),
          }),
          ports: BROKERS,
        },
      ]
    },
  },
  deployed('KafkaConnect', 'connect', 'kafka-connect', ['rest-api', 8083], 'connect-api'),
  deployed(
    'KafkaMirrorMaker2',
    'mirrormaker2',
    'kafka-mirror-maker-2',
    ['rest-api', 8083],
    'mirrormaker2-api',
  ),
  deployed('KafkaBridge', 'bridge', 'kafka-bridge', ['rest-api', 8080], 'bridge-service'),
]
