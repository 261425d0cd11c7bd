import type { Part } from '../custom-object.ts'
import { numbered, OF_DEPLOYMENT, OF_STATEFUL_SET, type OperatorKind } from './operator.ts'

/** A Tenant of MinIO gets certificates unless it declines them. */
const hasTls = (spec: Part): boolean => !spec.has('requestAutoCert') || spec.isTrue('requestAutoCert')

/** Where users give the Pods of a RabbitmqCluster labels, below its spec. */
const RABBITMQ_LABELS = ['override', 'statefulSet', 'spec', 'template', 'metadata', 'labels']

/** Operators with one kind each. */
export const OTHER_OPERATORS: readonly OperatorKind[] = [
  {
    // rabbitmq/cluster-operator: internal/metadata/label.go, internal/resource/statefulset.go and service.go
    group: 'rabbitmq.com',
    kind: 'RabbitmqCluster',
    identity: ['app.kubernetes.io/name', 'app.kubernetes.io/component'],
    labelsPath: ['spec', ...RABBITMQ_LABELS],
    pods: ({ name, labels, spec }) => [
      {
        name: `${name}-server`,
        replicas: spec.count('replicas') ?? 1,
        first: 0,
        labels: {
          ...labels,
          'app.kubernetes.io/name': name,
          'app.kubernetes.io/component': 'rabbitmq',
          'app.kubernetes.io/part-of': 'rabbitmq',
          // Merged over what the operator would create.
          ...spec.texts(...RABBITMQ_LABELS),
        },
        unknowable: OF_STATEFUL_SET,
        labelsOfOne: numbered,
        ports: [
          ['epmd', 4369],
          ['amqp', 5672],
          ['management', 15672],
          ['prometheus', 15692],
        ],
      },
    ],
    services: ({ name }) => {
      const selector = { 'app.kubernetes.io/name': name }
      return [
        {
          name,
          selector,
          ports: [
            ['amqp', 5672],
            ['management', 15672],
            ['prometheus', 15692],
          ],
        },
        {
          name: `${name}-nodes`,
          selector,
          ports: [
            ['epmd', 4369],
            ['cluster-rpc', 25672],
          ],
          headless: true,
        },
      ]
    },
  },
  {
    // zalando/postgres-operator: pkg/cluster/k8sres.go and util.go, the defaults of pkg/util/config/config.go
    group: 'acid.zalan.do',
    kind: 'postgresql',
    identity: ['application', 'cluster-name'],
    pods: ({ name, spec }) => [
      {
        name,
        replicas: spec.count('numberOfInstances') ?? 1,
        first: 0,
        labels: { application: 'spilo', 'cluster-name': name },
        unknowable: OF_STATEFUL_SET,
        labelsOfOne: (pod, index) => ({
          ...numbered(pod, index),
          'spilo-role': index === 0 ? 'master' : 'replica',
        }),
        ports: [
          [undefined, 8008],
          [undefined, 5432],
          [undefined, 8080],
        ],
      },
    ],
    services: ({ name }) =>
      (['master', 'replica'] as const).map(role => ({
        name: role === 'master' ? name : `${name}-repl`,
        selector: { application: 'spilo', 'cluster-name': name, 'spilo-role': role },
        ports: [['postgresql', 5432]],
      })),
  },
  {
    // grafana/grafana-operator: controllers/reconcilers/grafana/deployment_reconciler.go, controllers/resources/resources.go
    group: 'grafana.integreatly.org',
    kind: 'Grafana',
    identity: ['app'],
    // One that is installed elsewhere has an address.
    pods: ({ name, spec }) =>
      spec.has('external')
        ? []
        : [
            {
              name: `${name}-deployment`,
              replicas: spec.count('deployment', 'spec', 'replicas') ?? 1,
              labels: {
                ...spec.texts('deployment', 'spec', 'template', 'metadata', 'labels'),
                app: name,
              },
              unknowable: OF_DEPLOYMENT,
              ports: [
                ['grafana-http', 3000],
                ['grafana-alert', 9094],
              ],
            },
          ],
    services: ({ name, spec }) =>
      spec.has('external')
        ? []
        : [{ name: `${name}-service`, selector: { app: name }, ports: [['grafana', 3000, 'grafana-http']] }],
    labelsPath: ['spec', 'deployment', 'spec', 'template', 'metadata', 'labels'],
  },
  {
    // minio/operator: pkg/resources/statefulsets/minio-statefulset.go, pkg/apis/minio.min.io/v2/constants.go and labels.go
    group: 'minio.min.io',
    kind: 'Tenant',
    identity: ['v1.min.io/tenant'],
    pods: ({ name, spec }) =>
      spec.list('pools').map((pool, index) => {
        const ofPool = pool.text('name') ?? `pool-${index}`
        return {
          name: `${name}-${ofPool}`,
          replicas: pool.count('servers') ?? 1,
          first: 0,
          labels: { ...pool.texts('labels'), 'v1.min.io/tenant': name, 'v1.min.io/pool': ofPool },
          unknowable: OF_STATEFUL_SET,
          labelsOfOne: numbered,
          ports: [
            [undefined, 9000],
            ['console-port', hasTls(spec) ? 9443 : 9090],
          ],
        }
      }),
    services: ({ name, spec }) => {
      const selector = { 'v1.min.io/tenant': name }
      const [scheme, port, console] = hasTls(spec)
        ? (['https', 443, 9443] as const)
        : (['http', 80, 9090] as const)
      return [
        { name: 'minio', selector, ports: [[`${scheme}-minio`, port, 9000]] },
        { name: `${name}-console`, selector, ports: [[`${scheme}-console`, console]] },
        { name: `${name}-hl`, selector, ports: [[`${scheme}-minio`, 9000]], headless: true },
      ]
    },
  },
]
