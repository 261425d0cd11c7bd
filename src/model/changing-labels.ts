/*
 * Labels of Pods that do not say which Pods they are: the next release, another rollout or an update of what injects sidecars changes
 * them, and a policy that selects by them selects nothing from then on. More products are more entries.
 */

/** Set on single Pods or on revisions of them by the controllers that create these (S-301, S-303). */
const OF_CONTROLLERS: readonly string[] = [
  // kubernetes.io/docs/reference/labels-annotations-taints
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'job-name',
  'batch.kubernetes.io/job-completion-index',
  // argo-rollouts.readthedocs.io, Rollout specification
  'rollouts-pod-template-hash',
  // pkg.go.dev/knative.dev/serving/pkg/apis/serving
  'serving.knative.dev/revision',
  'serving.knative.dev/revisionUID',
  'serving.knative.dev/configurationGeneration',
  'serving.knative.dev/configurationUID',
  'serving.knative.dev/serviceUID',
]

/** Set by charts and by what builds, releases or injects, with what they are read for. */
const OF_RELEASES: readonly string[] = [
  // kubernetes.io/docs/concepts/overview/working-with-objects/common-labels
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/created-by',
  // helm.sh/docs/chart_best_practices/labels; `chart` and `heritage` are those of Helm 2
  'helm.sh/chart',
  'helm.sh/revision',
  'chart',
  'heritage',
  // istio.io/latest/docs/reference/config/labels; security.istio.io/tlsMode is set where the sidecar is injected
  'sidecar.istio.io/inject',
  'istio.io/rev',
  'istio.io/dataplane-mode',
  'security.istio.io/tlsMode',
  'service.istio.io/canonical-name',
  'service.istio.io/canonical-revision',
  'topology.istio.io/network',
  'topology.istio.io/cluster',
  'topology.istio.io/subzone',
  // github.com/linkerd/linkerd2, pkg/k8s/labels.go
  'linkerd.io/control-plane-ns',
  'linkerd.io/workload-ns',
  'linkerd.io/proxy-deployment',
  'linkerd.io/proxy-statefulset',
  'linkerd.io/proxy-daemonset',
  // kuma.io/docs, annotations and labels
  'kuma.io/sidecar-injection',
  // docs.datadoghq.com: unified service tagging, admission controller
  'tags.datadoghq.com/version',
  'admission.datadoghq.com/enabled',
  // azure.github.io/azure-workload-identity, labels and annotations
  'azure.workload.identity/use',
  // skaffold.dev/docs/tagging, labels of what it deploys
  'skaffold.dev/run-id',
]

/** Of version-like labels that people give themselves: some workloads are told apart by them, as in Istio's canaries. */
const OF_VERSIONS: readonly string[] = [
  'version',
  'revision',
  'commit',
  'git-commit',
  'build',
  'image-tag',
  // docs.openshift.com: a DeploymentConfig gives its Pods the name of the rollout, NAME-NUMBER
  'deployment',
]

/** Whether a label may be another one after the next release. */
export const mayChange = (key: string): boolean => isSetForRelease(key) || OF_VERSIONS.includes(key)

/** The same for a label that a workload selects its Pods by, of which none can be changed (S-156): a version there is a name. */
export const isSetForRelease = (key: string): boolean => isOfController(key) || OF_RELEASES.includes(key)

export const isOfController = (key: string): boolean => OF_CONTROLLERS.includes(key)
