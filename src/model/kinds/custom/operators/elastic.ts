import type { Part, Texts } from '../custom-object.ts'
import { numbered, OF_DEPLOYMENT, OF_STATEFUL_SET, type OperatorKind } from './operator.ts'

const TYPE = 'common.k8s.elastic.co/type'
const scheme = (spec: Part): string =>
  spec.isTrue('http', 'tls', 'selfSignedCertificate', 'disabled') ? 'http' : 'https'
const ofTemplate = (part: Part): Texts => part.texts('podTemplate', 'metadata', 'labels')
const identity = (type: string, key: string, name: string): Texts => ({
  [TYPE]: type,
  [`${key}.k8s.elastic.co/name`]: name,
})
const single = (
  group: string,
  kind: string,
  [type, key, suffix, port]: readonly [type: string, key: string, suffix: string, port: number | undefined],
): OperatorKind => ({
  group: `${group}.k8s.elastic.co`,
  kind,
  identity: [`${key}.k8s.elastic.co/name`],
  labelsPath: ['spec', 'podTemplate', 'metadata', 'labels'],
  pods: ({ name, spec }) => [
    {
      name: `${name}-${suffix}`,
      replicas: spec.count('count') ?? spec.count('deployment', 'replicas') ?? 1,
      labels: {
        ...ofTemplate(spec),
        ...spec.texts('deployment', 'podTemplate', 'metadata', 'labels'),
        ...spec.texts('daemonSet', 'podTemplate', 'metadata', 'labels'),
        ...identity(type, key, name),
      },
      unknowable: [`${key}.k8s.elastic.co/version`, ...OF_DEPLOYMENT],
      ports: port === undefined ? [] : [[scheme(spec), port]],
    },
  ],
  services: ({ name, spec }) =>
    port === undefined
      ? []
      : [
          {
            name: `${name}-${suffix}-http`,
            selector: identity(type, key, name),
            ports: [[scheme(spec), port]],
          },
        ],
})
const clusterLabels = (name: string): Texts => ({
  [TYPE]: 'elasticsearch',
  'elasticsearch.k8s.elastic.co/cluster-name': name,
})
const ROLES = ['master', 'data', 'ingest', 'ml', 'transform', 'remote_cluster_client', 'voting_only']
/** elastic/cloud-on-k8s: GetIdentityLabels in pkg/apis, getDefaultContainerPorts in pkg/controller, the names in name.go there. */
export const ELASTIC: readonly OperatorKind[] = [
  {
    group: 'elasticsearch.k8s.elastic.co',
    kind: 'Elasticsearch',
    identity: ['elasticsearch.k8s.elastic.co/cluster-name'],
    pods: ({ name, spec }) =>
      spec.list('nodeSets').map((set, index) => {
        const setName = `${name}-es-${set.text('name') ?? index}`
        return {
          name: setName,
          replicas: set.count('count') ?? 1,
          first: 0,
          labels: {
            ...ofTemplate(set),
            ...clusterLabels(name),
            'elasticsearch.k8s.elastic.co/statefulset-name': setName,
            'elasticsearch.k8s.elastic.co/http-scheme': scheme(spec),
          },
          unknowable: [
            'elasticsearch.k8s.elastic.co/version',
            ...ROLES.map(role => `elasticsearch.k8s.elastic.co/node-${role}`),
            ...OF_STATEFUL_SET,
          ],
          labelsOfOne: numbered,
          ports: [
            [scheme(spec), 9200],
            ['transport', 9300],
          ],
        }
      }),
    services: ({ name, spec }) => {
      const http = { selector: clusterLabels(name), ports: [[scheme(spec), 9200]] } as const
      return [
        { name: `${name}-es-http`, ...http },
        { name: `${name}-es-internal-http`, ...http },
        ...spec.list('nodeSets').map((set, index) => {
          const setName = `${name}-es-${set.text('name') ?? index}`
          const selector = {
            ...clusterLabels(name),
            'elasticsearch.k8s.elastic.co/statefulset-name': setName,
          }
          return { name: setName, selector, ports: [[scheme(spec), 9200]], headless: true } as const
        }),
        {
          name: `${name}-es-transport`,
          selector: clusterLabels(name),
          ports: [['tls-transport', 9300]],
          headless: true,
        },
      ]
    },
  },
  single('kibana', 'Kibana', ['kibana', 'kibana', 'kb', 5601]),
  single('apm', 'ApmServer', ['apm-server', 'apm', 'apm', 8200]),
  single('enterprisesearch', 'EnterpriseSearch', ['enterprise-search', 'enterprisesearch', 'ent', 3002]),
  single('maps', 'ElasticMapsServer', ['maps', 'maps', 'ems', 8080]),
  single('beat', 'Beat', ['beat', 'beat', 'beat', undefined]),
  single('agent', 'Agent', ['agent', 'agent', 'agent', undefined]),
]
