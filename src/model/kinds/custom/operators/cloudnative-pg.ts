import type { Texts } from '../custom-object.ts'
import { OF_DEPLOYMENT, type OperatorKind, recommended, VERSION } from './operator.ts'

const of = (cluster: string, component: string): Texts => ({
  'cnpg.io/cluster': cluster,
  ...recommended('postgresql', cluster, 'cloudnative-pg'),
  'app.kubernetes.io/component': component,
})
const group = 'postgresql.cnpg.io'
/** cloudnative-pg/cloudnative-pg: pkg/specs/pods.go, services.go and pgbouncer/, pkg/utils/labels_annotations.go. */
export const CLOUDNATIVE_PG: readonly OperatorKind[] = [
  {
    group,
    kind: 'Cluster',
    identity: ['cnpg.io/cluster', 'cnpg.io/podRole'],
    labelsPath: ['spec', 'inheritedMetadata', 'labels'],
    pods: ({ name, spec }) => [
      {
        name,
        replicas: spec.count('instances') ?? 1,
        first: 1,
        labels: {
          ...spec.texts('inheritedMetadata', 'labels'),
          ...of(name, 'database'),
          'cnpg.io/podRole': 'instance',
        },
        unknowable: [VERSION],
        // The first instance is the primary until there is a failover.
        labelsOfOne: (pod, index) => {
          const role = index === 1 ? 'primary' : 'replica'
          return { 'cnpg.io/instanceName': pod, 'cnpg.io/instanceRole': role, role }
        },
        ports: [
          ['postgresql', 5432],
          ['metrics', 9187],
          ['status', 8000],
        ],
      },
    ],
    services: ({ name }) => {
      const ports = [['postgres', 5432]] as const
      const ofCluster = { 'cnpg.io/cluster': name }
      return [
        { name: `${name}-rw`, selector: { ...ofCluster, 'cnpg.io/instanceRole': 'primary' }, ports },
        { name: `${name}-ro`, selector: { ...ofCluster, 'cnpg.io/instanceRole': 'replica' }, ports },
        { name: `${name}-r`, selector: { ...ofCluster, 'cnpg.io/podRole': 'instance' }, ports },
      ]
    },
  },
  {
    group,
    kind: 'Pooler',
    identity: ['cnpg.io/poolerName'],
    labelsPath: ['spec', 'template', 'metadata', 'labels'],
    pods: ({ name, spec }) => [
      {
        name,
        replicas: spec.count('instances') ?? 1,
        labels: {
          ...spec.texts('template', 'metadata', 'labels'),
          ...of(spec.text('cluster', 'name') ?? '', 'pooler'),
          'cnpg.io/poolerName': name,
          'cnpg.io/podRole': 'pooler',
        },
        unknowable: OF_DEPLOYMENT,
        ports: [
          ['pgbouncer', 5432],
          ['metrics', 9127],
        ],
      },
    ],
    services: ({ name }) => [
      { name, selector: { 'cnpg.io/poolerName': name }, ports: [['pgbouncer', 5432, 'pgbouncer']] },
    ],
  },
]
