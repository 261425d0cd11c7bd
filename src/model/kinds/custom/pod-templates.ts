import { isMapping, type Mapping, valueAt } from '../../../source/mapping.ts'
import { type Labels, UNKNOWABLE } from '../../labels.ts'
import type { ContainerPort } from '../../objects.ts'

/*
 * Kinds that are not built in and have Pod templates in their spec, as a Deployment has.
 */

/** A Pod template somewhere in a spec. */
export interface FoundTemplate {
  /** From the object on. */
  readonly path: readonly (string | number)[]
  /** Of how many Pods, as far as it is written beside the template. */
  readonly replicas: number | undefined
  /** The name of the nearest item of a list that it is in. */
  readonly name: string | undefined
}

/** Specs are not nested more deeply than this. */
const DEEPEST = 12

/** The Pod templates in a value, in the order in which they are written. */
export function podTemplatesIn(
  value: unknown,
  path: readonly (string | number)[],
  within?: string,
): readonly FoundTemplate[] {
  if (path.length > DEEPEST) return []
  if (Array.isArray(value))
    return value.flatMap((item, index) =>
      podTemplatesIn(item, [...path, index], textAt(item, 'name') ?? within),
    )
  // An object within an object is created as it is, by whatever carries it.
  if (!isMapping(value) || isObject(value)) return []
  return Object.entries(value).flatMap(([key, child]): readonly FoundTemplate[] =>
    /template$/i.test(key) && isPodTemplate(child)
      ? [
          {
            path: [...path, key],
            replicas: REPLICAS.map(field => value[field]).find(isCount),
            name: within,
          },
        ]
      : podTemplatesIn(child, [...path, key], within),
  )
}

function textAt(value: unknown, key: string): string | undefined {
  const found = valueAt(value, key)
  return typeof found === 'string' ? found : undefined
}

const REPLICAS = ['replicas', 'parallelism', 'size', 'instances']

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0

export const isObject = ({ apiVersion, kind }: Mapping): boolean =>
  typeof apiVersion === 'string' && typeof kind === 'string'

function isPodTemplate(value: unknown): boolean {
  if (!isMapping(value) || !isMapping(value['spec'])) return false
  const { containers } = value['spec']
  return Array.isArray(containers) && containers.length > 0 && containers.every(isMapping)
}

/** What a kind is known to make of its template. */
export interface TemplateKind {
  readonly group: string
  readonly kind: string | RegExp
  /** The labels that it adds. */
  readonly labels: (name: string) => Labels
  /** Whether it creates Services for its Pods, too. */
  readonly hasServices?: true
  readonly ports?: (declared: readonly ContainerPort[]) => readonly ContainerPort[]
}

const tcp = (name: string, number: number): ContainerPort => ({
  name,
  number,
  protocol: 'TCP',
  sidecar: false,
})

/** Labels of one domain whose values only a cluster knows, and others. */
const unknowable = (
  domain: string,
  names: readonly string[],
  others: readonly (readonly [key: string, value: string])[],
): Labels =>
  new Map<string, string | typeof UNKNOWABLE>([
    ...names.map(name => [`${domain}${name}`, UNKNOWABLE] as const),
    ...others,
  ])

/** The kinds that are known to create Pods from their template, and what they add to them. */
export const TEMPLATE_KINDS: readonly TemplateKind[] = [
  {
    // argoproj/argo-rollouts: DefaultRolloutUniqueLabelKey
    group: 'argoproj.io',
    kind: 'Rollout',
    labels: () => new Map([['rollouts-pod-template-hash', UNKNOWABLE]]),
  },
  {
    // openshift/openshift-controller-manager: MakeDeployment in pkg/apps/util
    group: 'apps.openshift.io',
    kind: 'DeploymentConfig',
    labels: name =>
      new Map<string, string | typeof UNKNOWABLE>([
        ['deploymentconfig', name],
        ['deployment', UNKNOWABLE],
      ]),
  },
  ...['Service', 'Configuration'].map(
    (kind): TemplateKind => ({
      // knative/serving: pkg/apis/serving/register.go, pkg/reconciler/revision/resources/meta.go, deploy.go and queue.go
      group: 'serving.knative.dev',
      kind,
      hasServices: true,
      labels: name =>
        new Map<string, string | typeof UNKNOWABLE>([
          ...(kind === 'Service' ? ([['serving.knative.dev/service', name]] as const) : []),
          ['serving.knative.dev/configuration', name],
          ['serving.knative.dev/revision', UNKNOWABLE],
          ['serving.knative.dev/revisionUID', UNKNOWABLE],
          ['pod-template-hash', UNKNOWABLE],
        ]),
      // The container listens on one port; the queue proxy beside it, on its own.
      ports: ([own = tcp('user-port', 8080)]) => [
        { ...own, name: 'user-port' },
        tcp('queue-port', 8012),
        tcp('http-queueadm', 8022),
        tcp('http-autometric', 9090),
        tcp('http-usermetric', 9091),
      ],
    }),
  ),
  {
    // ray-project/kuberay: ray-operator/controllers/ray/utils/constant.go, common/pod.go
    group: 'ray.io',
    kind: /^Ray(?:Cluster|Job|Service)$/,
    hasServices: true,
    labels: () =>
      unknowable('ray.io/', ['cluster', 'node-type', 'group', 'identifier'], [['ray.io/is-ray-node', 'yes']]),
  },
  {
    // kubeflow/training-operator: pkg/apis/kubeflow.org/v1/common_types.go
    group: 'kubeflow.org',
    kind: /Job$/,
    hasServices: true,
    labels: name =>
      unknowable(
        'training.kubeflow.org/',
        ['replica-type', 'replica-index', 'operator-name', 'job-role'],
        [['training.kubeflow.org/job-name', name]],
      ),
  },
  {
    // volcano-sh/apis: pkg/apis/batch/v1alpha1/labels.go
    group: 'batch.volcano.sh',
    kind: 'Job',
    hasServices: true,
    labels: name =>
      unknowable(
        'volcano.sh/',
        ['task-spec', 'queue-name', 'job-namespace'],
        [['volcano.sh/job-name', name]],
      ),
  },
  {
    // kubernetes-sigs/jobset: api/jobset/v1alpha2/jobset_types.go
    group: 'jobset.x-k8s.io',
    kind: 'JobSet',
    hasServices: true,
    labels: name =>
      unknowable(
        'jobset.sigs.k8s.io/',
        ['replicatedjob-name', 'replicatedjob-replicas', 'job-index', 'job-key', 'restart-attempt'],
        [['jobset.sigs.k8s.io/jobset-name', name]],
      ),
  },
  ...['CloneSet', 'StatefulSet', 'DaemonSet', 'BroadcastJob'].map(
    // openkruise/kruise: its workloads take the labels of their templates as those of Kubernetes do
    (kind): TemplateKind => ({
      group: 'apps.kruise.io',
      kind,
      labels: () => new Map([['controller-revision-hash', UNKNOWABLE]]),
    }),
  ),
]

export const templateKind = (group: string, kind: string): TemplateKind | undefined =>
  TEMPLATE_KINDS.find(
    known =>
      known.group === group && (typeof known.kind === 'string' ? known.kind === kind : known.kind.test(kind)),
  )

/** Groups whose objects only say what the templates of others should be like. */
const ONLY_RULES = /(?:^|\.)(?:kyverno\.io|gatekeeper\.sh|apiextensions\.k8s\.io|kubewarden\.io)$/

/** What others are made from later, or have to be like, which creates no Pods by itself. */
export const isOnlyForOthers = (group: string, kind: string): boolean =>
  ONLY_RULES.test(group) || /(?:Template|Runtime|Class|Definition)$/.test(kind)
