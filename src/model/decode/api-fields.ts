/*
 * The fields of the built-in kinds, as far as the evaluation reads them, in the API of Kubernetes 1.36. An object with
 * another field is refused as with `--validate=strict` (S-135), unless it comes from a cluster.
 */

const OBJECT = ['apiVersion', 'kind', 'metadata'] as const

export const NAMED_OBJECT = [...OBJECT, 'spec', 'status'] as const
export const OBJECT_META =
  'name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds labels annotations ownerReferences finalizers managedFields'.split(
    ' ',
  )
export const OWNER_REFERENCE = ['apiVersion', 'kind', 'name', 'uid', 'controller', 'blockOwnerDeletion']

export const POD_SPEC =
  'volumes initContainers containers ephemeralContainers restartPolicy terminationGracePeriodSeconds activeDeadlineSeconds dnsPolicy nodeSelector serviceAccountName serviceAccount automountServiceAccountToken nodeName hostNetwork hostPID hostIPC shareProcessNamespace securityContext imagePullSecrets hostname subdomain affinity schedulerName tolerations hostAliases priorityClassName priority dnsConfig readinessGates runtimeClassName enableServiceLinks preemptionPolicy overhead topologySpreadConstraints setHostnameAsFQDN os hostUsers schedulingGates resourceClaims resources hostnameOverride schedulingGroup'.split(
    ' ',
  )
export const CONTAINER =
  'name image command args workingDir ports envFrom env resources resizePolicy restartPolicy restartPolicyRules volumeMounts volumeDevices livenessProbe readinessProbe startupProbe lifecycle terminationMessagePath terminationMessagePolicy imagePullPolicy securityContext stdin stdinOnce tty'.split(
    ' ',
  )
export const CONTAINER_PORT = ['name', 'hostPort', 'containerPort', 'protocol', 'hostIP']
export const POD_DNS_CONFIG = ['nameservers', 'searches', 'options']
export const POD_DNS_OPTION = ['name', 'value']
export const HOST_ALIAS = ['ip', 'hostnames']
export const TEMPLATE = ['metadata', 'spec']

const SELECTING = ['replicas', 'minReadySeconds', 'selector', 'template']

/** `spec` of each kind that makes Pods. */
export const WORKLOAD_SPEC = {
  Deployment: [...SELECTING, 'strategy', 'revisionHistoryLimit', 'paused', 'progressDeadlineSeconds'],
  ReplicaSet: SELECTING,
  ReplicationController: SELECTING,
  StatefulSet: [
    ...SELECTING,
    ...'volumeClaimTemplates serviceName podManagementPolicy updateStrategy revisionHistoryLimit persistentVolumeClaimRetentionPolicy ordinals'.split(
      ' ',
    ),
  ],
  DaemonSet: ['selector', 'template', 'updateStrategy', 'minReadySeconds', 'revisionHistoryLimit'],
  Job: 'parallelism completions activeDeadlineSeconds podFailurePolicy successPolicy backoffLimit backoffLimitPerIndex maxFailedIndexes selector manualSelector template ttlSecondsAfterFinished completionMode suspend podReplacementPolicy managedBy'.split(
    ' ',
  ),
  CronJob:
    'schedule timeZone startingDeadlineSeconds concurrencyPolicy suspend jobTemplate successfulJobsHistoryLimit failedJobsHistoryLimit'.split(
      ' ',
    ),
} as const

export const SERVICE_SPEC =
  'ports selector clusterIP clusterIPs type externalIPs sessionAffinity loadBalancerIP loadBalancerSourceRanges externalName externalTrafficPolicy healthCheckNodePort publishNotReadyAddresses sessionAffinityConfig ipFamilies ipFamilyPolicy allocateLoadBalancerNodePorts loadBalancerClass internalTrafficPolicy trafficDistribution'.split(
    ' ',
  )
export const SERVICE_PORT = ['name', 'protocol', 'appProtocol', 'port', 'targetPort', 'nodePort']

export const ENDPOINTS = [...OBJECT, 'subsets']
export const ENDPOINT_SUBSET = ['addresses', 'notReadyAddresses', 'ports']
export const ENDPOINT_ADDRESS = ['ip', 'hostname', 'nodeName', 'targetRef']
export const ENDPOINT_PORT = ['name', 'port', 'protocol', 'appProtocol']
export const ENDPOINT_SLICE = [...OBJECT, 'addressType', 'endpoints', 'ports']
export const SLICE_ENDPOINT =
  'addresses conditions hostname targetRef deprecatedTopology nodeName zone hints'.split(' ')
export const ENDPOINT_CONDITIONS = ['ready', 'serving', 'terminating']

export const INGRESS_SPEC = ['ingressClassName', 'defaultBackend', 'tls', 'rules']
export const INGRESS_RULE = ['host', 'http']
export const INGRESS_HTTP = ['paths']
export const INGRESS_PATH = ['path', 'pathType', 'backend']
export const INGRESS_BACKEND = ['service', 'resource']
export const INGRESS_SERVICE = ['name', 'port']
export const INGRESS_SERVICE_PORT = ['name', 'number']
export const INGRESS_CLASS_SPEC = ['controller', 'parameters']
