import type { CustomObject, Part, Texts } from '../custom-object.ts'
import {
  numbered,
  OF_STATEFUL_SET,
  type OperatorKind,
  type OperatorPods,
  type OperatorPort,
  recommended,
  VERSION,
} from './operator.ts'

const operated = (app: string, instance: string): Texts => recommended(app, instance, 'prometheus-operator')
const RELOADER = ['reloader-web', 8080] as const
/** Its web server may listen on the Pod's own address 127.0.0.1 alone. */
const web = (spec: Part, number: number): readonly OperatorPort[] =>
  spec.isTrue('listenLocal') ? [] : [[portName(spec), number]]
const portName = (spec: Part): string => spec.text('portName') ?? 'web'
const common = (spec: Part) => ({
  first: 0,
  unknowable: [VERSION, ...OF_STATEFUL_SET],
  labelsOfOne: numbered,
  hostNetwork: spec.isTrue('hostNetwork'),
})
const ofUser = (spec: Part): Texts => spec.texts('podMetadata', 'labels')
const server = (
  prefix: string,
  app: string,
  { name, spec }: CustomObject,
  own: Texts,
): readonly OperatorPods[] =>
  Array.from({ length: spec.count('shards') ?? 1 }, (_, shard) => ({
    ...common(spec),
    name: shard === 0 ? `${prefix}-${name}` : `${prefix}-${name}-shard-${shard}`,
    replicas: spec.count('replicas') ?? 1,
    labels: {
      ...ofUser(spec),
      ...operated(app, name),
      'operator.prometheus.io/name': name,
      'operator.prometheus.io/shard': String(shard),
      ...own,
    },
    ports: [
      ...web(spec, 9090),
      RELOADER,
      ...(spec.has('thanos') ? ([['http', 10902] as const, ['grpc', 10901] as const] as const) : []),
    ],
  }))
const labelsPath = ['spec', 'podMetadata', 'labels']
const group = 'monitoring.coreos.com'
/** prometheus-operator/prometheus-operator: pkg/prometheus, pkg/alertmanager, pkg/thanos; the names of labels in pkg/operator. */
export const PROMETHEUS_OPERATOR: readonly OperatorKind[] = [
  {
    group,
    kind: 'Prometheus',
    identity: ['app.kubernetes.io/name', 'prometheus'],
    labelsPath,
    pods: object => server('prometheus', 'prometheus', object, { prometheus: object.name }),
    services: ({ spec }) => [
      {
        name: spec.text('serviceName') ?? 'prometheus-operated',
        selector: { 'app.kubernetes.io/name': 'prometheus' },
        ports: [[portName(spec), 9090, portName(spec)]],
        headless: true,
      },
    ],
  },
  {
    group,
    kind: 'PrometheusAgent',
    identity: ['app.kubernetes.io/name', 'operator.prometheus.io/name'],
    labelsPath,
    pods: object => server('prom-agent', 'prometheus-agent', object, {}),
  },
  {
    group,
    kind: 'Alertmanager',
    identity: ['app.kubernetes.io/name', 'alertmanager'],
    labelsPath,
    pods: ({ name, spec }) => [
      {
        ...common(spec),
        name: `alertmanager-${name}`,
        replicas: spec.count('replicas') ?? 1,
        labels: { ...ofUser(spec), ...operated('alertmanager', name), alertmanager: name },
        ports: [...web(spec, 9093), ['mesh-tcp', 9094], ['mesh-udp', 9094, 'UDP'], RELOADER],
      },
    ],
    services: ({ spec }) => [
      {
        name: spec.text('serviceName') ?? 'alertmanager-operated',
        selector: { 'app.kubernetes.io/name': 'alertmanager' },
        ports: [
          [portName(spec), 9093, portName(spec)],
          ['tcp-mesh', 9094, 'mesh-tcp'],
        ],
        headless: true,
      },
    ],
  },
  {
    group,
    kind: 'ThanosRuler',
    identity: ['app.kubernetes.io/name', 'thanos-ruler'],
    labelsPath,
    pods: ({ name, spec }) => [
      {
        ...common(spec),
        name: `thanos-ruler-${name}`,
        replicas: spec.count('replicas') ?? 1,
        labels: { ...ofUser(spec), ...operated('thanos-ruler', name), 'thanos-ruler': name },
        ports: [['grpc', 10901], ...web(spec, 10902), RELOADER],
      },
    ],
    services: ({ spec }) => [
      {
        name: spec.text('serviceName') ?? 'thanos-ruler-operated',
        selector: { 'app.kubernetes.io/name': 'thanos-ruler' },
        ports: [
          [portName(spec), 10902, portName(spec)],
          ['grpc', 10901, 'grpc'],
        ],
        headless: true,
      },
    ],
  },
]
