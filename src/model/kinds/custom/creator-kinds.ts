import type { MissingObjects } from '../../../report/facts/documents.ts'
import type { Mapping } from '../../../source/mapping.ts'
import type { Part } from './custom-object.ts'

/*
 * The kinds that make a controller create what the input does not have, with the place that it is read from.
 */

/** What a kind is known to create; undefined where an object of it creates nothing of these. */
export interface CreatorKind {
  readonly group: string | RegExp
  readonly kind: string | RegExp
  readonly read: (spec: Part, own: Own) => Omit<Found, 'names'> & { readonly names?: readonly string[] }
}

export interface Own {
  readonly name: string
  readonly namespace: string
  /** As written: an object of an unknown kind without one may be in none. */
  readonly written: string | undefined
  readonly value: Mapping
}

export interface Found {
  readonly creates: MissingObjects | undefined
  /** A text with placeholders names no namespace. */
  readonly into?: string | undefined
  readonly names: readonly string[]
  readonly folder?: string | undefined
}

const podsHere = (_: Part, { namespace }: Own) => ({ creates: 'pods', into: namespace }) as const

export const CREATOR_KINDS: readonly CreatorKind[] = [
  {
    // Flux: helm-controller's docs/spec/v2/helmreleases.md
    group: 'helm.toolkit.fluxcd.io',
    kind: 'HelmRelease',
    read: (spec, { namespace }) => ({
      creates: 'chart',
      into: spec.text('targetNamespace') ?? namespace,
      names: [
        spec.text('releaseName'),
        spec.text('chart', 'spec', 'chart'),
        spec.text('chartRef', 'name'),
      ].filter(isText),
    }),
  },
  {
    group: 'helm.fluxcd.io',
    kind: 'HelmRelease',
    read: (spec, { namespace }) => ({
      creates: 'chart',
      into: spec.text('targetNamespace') ?? namespace,
      names: [spec.text('releaseName'), spec.text('chart', 'name')].filter(isText),
    }),
  },
  {
    // k3s and RKE2: k3s-io/helm-controller, pkg/apis/helm.cattle.io/v1
    group: 'helm.cattle.io',
    kind: 'HelmChart',
    read: (spec, { namespace }) => ({
      creates: 'chart',
      into: spec.text('targetNamespace') ?? namespace,
      names: [spec.text('chart')].filter(isText),
    }),
  },
  {
    // crossplane-contrib/provider-helm
    group: 'helm.crossplane.io',
    kind: 'Release',
    read: spec => ({
      creates: 'chart',
      into: spec.text('forProvider', 'namespace'),
      names: [spec.text('forProvider', 'chart', 'name')].filter(isText),
    }),
  },
  {
    // argoproj/argo-cd: docs/operator-manual/application.yaml
    group: 'argoproj.io',
    kind: 'Application',
    read: spec => ofApplication(spec),
  },
  {
    group: 'argoproj.io',
    kind: 'ApplicationSet',
    read: spec => ofApplication(spec.part('template', 'spec')),
  },
  {
    // Flux: kustomize-controller's docs/spec/v1/kustomizations.md
    group: 'kustomize.toolkit.fluxcd.io',
    kind: 'Kustomization',
    read: spec => ({
      creates: 'manifests',
      into: spec.text('targetNamespace'),
      // What it changes is in no file of the folder.
      ...(!isChanging(spec) && { folder: spec.text('path') }),
    }),
  },
  {
    // kubevela/kubevela: components of an application
    group: 'core.oam.dev',
    kind: 'Application',
    read: (_, { namespace }) => ({ creates: 'manifests', into: namespace }),
  },
  {
    // GitLab's operator installs its chart.
    group: 'apps.gitlab.com',
    kind: 'GitLab',
    read: (_, { namespace }) => ({ creates: 'chart', into: namespace }),
  },
  { group: 'fleet.cattle.io', kind: /^(?:GitRepo|HelmOp|Bundle)$/, read: () => ({ creates: 'manifests' }) },
  { group: 'configsync.gke.io', kind: /^(?:RootSync|RepoSync)$/, read: () => ({ creates: 'manifests' }) },
  {
    group: /^(?:kappctrl\.k14s\.io|packaging\.carvel\.dev)$/,
    kind: /^(?:App|PackageInstall)$/,
    read: () => ({ creates: 'manifests' }),
  },
  { group: 'addons.cluster.x-k8s.io', kind: 'ClusterResourceSet', read: () => ({ creates: 'manifests' }) },
  {
    // An operator, which is installed with its own Pods.
    group: 'operators.coreos.com',
    kind: 'Subscription',
    read: (spec, { namespace }) => ({
      creates: 'manifests',
      into: namespace,
      names: [spec.text('name')].filter(isText),
    }),
  },
  {
    // kyverno/kyverno: rules with `generate`; GeneratingPolicy writes the object as CEL
    group: /(?:^|\.)kyverno\.io$/,
    kind: /^(?:ClusterPolicy|Policy|GeneratingPolicy|NamespacedGeneratingPolicy)$/,
    read: (spec, { namespace, value }) => {
      const generated = [
        ...spec.list('rules').map(rule => rule.part('generate')),
        ...spec.list('generate'),
      ].filter(rule => rule.has())
      if (!generated.some(generatesPolicy)) return { creates: undefined }
      const isOfNamespace = !/^(?:Cluster|Generating)/.test(String(value['kind']))
      return { creates: 'policies', ...(isOfNamespace && { into: namespace }) }
    },
  },
  {
    // projectcapsule/capsule: a Tenant's namespaces get its policies
    group: 'capsule.clastix.io',
    kind: 'Tenant',
    read: spec => ({ creates: spec.has('networkPolicies') ? 'policies' : undefined }),
  },
  {
    // otterize/intents-operator: network policies from declared calls
    group: 'k8s.otterize.com',
    kind: /ClientIntents$/,
    read: () => ({ creates: 'policies' }),
  },
  {
    // keycloak/keycloak: its operator makes a NetworkPolicy for the server's Pods, which is not known here
    group: 'k8s.keycloak.org',
    kind: 'Keycloak',
    read: podsHere,
  },
  // Runs, whose Pods come and go.
  { group: 'tekton.dev', kind: /^(?:TaskRun|PipelineRun|CustomRun|Run)$/, read: podsHere },
  {
    group: 'argoproj.io',
    kind: /^(?:Workflow|CronWorkflow|ArgoCD|EventBus|EventSource|Sensor)$/,
    read: podsHere,
  },
  { group: 'sparkoperator.k8s.io', kind: /SparkApplication$/, read: podsHere },
  // docs.openshift.com: Ingress Operator
  {
    group: 'operator.openshift.io',
    kind: 'IngressController',
    read: () => ({ creates: 'pods', into: 'openshift-ingress' }),
  },
  {
    // What these install is in namespaces of their own.
    group: /^operator\.(?:tigera\.io|knative\.dev|tekton\.dev|cert-manager\.io)$/,
    kind: /./,
    read: () => ({ creates: 'pods' }),
  },
  // Operators whose Pods are not known in detail.
  ...podsOf([
    [/(?:^|\.)(?:percona\.com|pxc\.percona\.com|psmdb\.percona\.com)$/, /^Percona/],
    [
      /^(?:mongodbcommunity\.)?mongodb\.com$/,
      /^(?:MongoDB|MongoDBCommunity|MongoDBOpsManager|MongoDBMultiCluster)$/,
    ],
    [/^postgres-operator\.crunchydata\.com$/, /^(?:PostgresCluster|PGAdmin)$/],
    [/^(?:mysql\.oracle\.com|mysql\.presslabs\.org|moco\.cybozu\.com)$/, /Cluster$/],
    [/^(?:k8s\.)?mariadb\.(?:com|mmontes\.io)$/, /^(?:MariaDB|MaxScale|Galera)$/],
    [
      /^redis\.(?:redis\.opstreelabs\.in|opstreelabs\.in)$|^databases\.spotahome\.com$|^app\.redislabs\.com$/,
      /^Redis/,
    ],
    [/^dragonflydb\.io$/, /^Dragonfly$/],
    [/^(?:clickhouse\.altinity\.com|clickhouse-keeper\.altinity\.com)$/, /^ClickHouse/],
    [
      /^(?:cassandra|k8ssandra|scylla)\.(?:datastax\.com|k8ssandra\.io|scylladb\.com)$/,
      /^(?:CassandraDatacenter|K8ssandraCluster|ScyllaCluster)$/,
    ],
    [/^(?:zookeeper\.pravega\.io|pravega\.pravega\.io)$/, /Cluster$/],
    [/^cockroachdb?\.(?:com|cockroachlabs\.com)$|^crdb\.cockroachlabs\.com$/, /^CrdbCluster$/],
    [/^etcd\.database\.coreos\.com$|^operator\.etcd\.io$/, /^EtcdCluster$/],
    [/^operator\.victoriametrics\.com$/, /^(?:VM(?!.*(?:Rule|Scrape|User|Config|Probe)$)|VLogs|VL|VT)/],
    [/^loki\.grafana\.com$|^tempo\.grafana\.com$/, /Stack$|^TempoMonolithic$/],
    [/^jaegertracing\.io$/, /^Jaeger$/],
    [/^opentelemetry\.io$/, /^(?:OpenTelemetryCollector|TargetAllocator|OpAMPBridge)$/],
    [/^logging\.banzaicloud\.io$/, /^(?:Logging|FluentbitAgent|SyslogNGConfig)$/],
    [/^fluentbit\.fluent\.io$/, /^(?:FluentBit|Fluentd|Collector)$/],
    [/^(?:opensearch\.opster\.io|opensearch\.org)$/, /^OpenSearchCluster$/],
    [/^logstash\.k8s\.elastic\.co$/, /^Logstash$/],
    [/^vault\.banzaicloud\.com$/, /^Vault$/],
    [/^(?:solr\.apache\.org)$/, /^SolrCloud$/],
    [/^kafka\.banzaicloud\.io$/, /^KafkaCluster$/],
    [/^flink\.apache\.org$/, /^Flink(?:Deployment|SessionJob)$/],
    [/^(?:nats\.io|jetstream\.nats\.io)$/, /^NatsCluster$/],
    [/^(?:ceph|cassandra|nfs)\.rook\.io$/, /^Ceph(?:Cluster|ObjectStore|Filesystem|NFS|RBDMirror)$/],
    [/^kafka\.strimzi\.io$/, /^KafkaMirrorMaker$/],
    [
      /^platform\.confluent\.io$/,
      /^(?:Kafka|Zookeeper|KRaftController|Connect|SchemaRegistry|KsqlDB|ControlCenter|KafkaRestProxy)$/,
    ],
    [/^k8s\.nginx\.org$/, /^NginxIngressController$/],
    [/^serving\.kserve\.io$/, /^(?:InferenceService|InferenceGraph|LLMInferenceService)$/],
    [/^machinelearning\.seldon\.io$/, /^SeldonDeployment$/],
    [/^actions\.(?:github\.com|summerwind\.dev)$/, /^(?:AutoscalingRunnerSet|AutoscalingListener|Runner.*)$/],
    [/^awx\.ansible\.com$/, /^AWX$/],
    [/^camel\.apache\.org$/, /^(?:Integration|Pipe|Camel.*)$/],
    [/^temporal\.io$/, /^TemporalCluster$/],
    [/^kubevirt\.io$|^cdi\.kubevirt\.io$/, /^(?:KubeVirt|CDI)$/],
    [/^(?:install|sailoperator)\.istio\.io$/, /^(?:IstioOperator|Istio)$/],
  ]),
]

function podsOf(kinds: readonly (readonly [group: RegExp, kind: RegExp])[]): readonly CreatorKind[] {
  return kinds.map(([group, kind]) => ({ group, kind, read: podsHere }))
}

/** Whether kustomize changes what it installs. */
const isChanging = (spec: Part): boolean =>
  spec.text('targetNamespace') !== undefined ||
  spec.text('namespace') !== undefined ||
  ['patches', 'patchesStrategicMerge', 'patchesJson6902'].some(field => spec.list(field).length > 0)

const isText = (text: string | undefined): text is string => text !== undefined

function ofApplication(spec: Part): ReturnType<CreatorKind['read']> {
  const sources = [spec.part('source'), ...spec.list('sources')]
  const chart = sources.map(source => source.text('chart')).find(isText)
  return {
    creates: chart === undefined ? 'manifests' : 'chart',
    into: spec.text('destination', 'namespace'),
    names: sources
      .flatMap(source => [source.text('chart'), source.text('helm', 'releaseName')])
      .filter(isText),
    ...(chart === undefined &&
      !sources.some(source => isChanging(source.part('kustomize'))) && {
        folder: sources.map(source => source.text('path')).find(isText),
      }),
  }
}

/** A rule that creates one kind of object, copies several, or writes any as an expression. */
function generatesPolicy(rule: Part): boolean {
  const kinds = [rule.text('kind'), ...rule.words('cloneList', 'kinds'), rule.text('expression')]
  const inForeach = rule.list('foreach').some(generatesPolicy)
  return inForeach || kinds.some(kind => kind !== undefined && /(?:Network|Authorization)Policy/.test(kind))
}
