import type { ClusterManifests, Json } from './cluster.ts'

/*
 * Makes of bare manifests what `kubectl get -o json` prints of them: with what a cluster fills in, keeps books of and
 * reports, which is ten times as much as was written.
 */

/** A List of everything, as large as a cluster's own. */
export const dumpOf = ({ namespaces, pods, policies }: ClusterManifests): Json => ({
  apiVersion: 'v1',
  items: [...namespaces, ...pods.map(servedPod), ...policies].map(served),
  kind: 'List',
  metadata: { resourceVersion: '' },
})

const START = '2026-10-01T08:00:00Z'

function served(object: Json, index: number): Json {
  const { metadata } = object
  return {
    ...object,
    metadata: {
      ...(isObject(metadata) ? metadata : {}),
      creationTimestamp: START,
      generation: 1,
      managedFields: [
        managed('kubectl-client-side-apply', {
          'f:metadata': fieldsOf(metadata),
          'f:spec': fieldsOf(object['spec']),
        }),
        ...(object['status'] === undefined
          ? []
          : [managed('kubelet', { 'f:status': fieldsOf(object['status']) }, 'status')]),
      ],
      resourceVersion: String(1_000_000 + index),
      uid: uidOf(index),
    },
  }
}

const uidOf = (index: number): string => `5d1f2c3a-0000-4000-8000-${index.toString(16).padStart(12, '0')}`

const managed = (manager: string, fieldsV1: Json, subresource?: string): Json => ({
  apiVersion: 'v1',
  fieldsType: 'FieldsV1',
  fieldsV1,
  manager,
  operation: 'Update',
  ...(subresource !== undefined && { subresource }),
  time: START,
})

/** The names of all fields, as the server keeps them. */
function fieldsOf(value: unknown): Json {
  if (Array.isArray(value))
    return Object.fromEntries(
      value.map((item: unknown, index) => [
        `k:{"name":"${nameOf(item) ?? index}"}`,
        { '.': {}, ...fieldsOf(item) },
      ]),
    )
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, own]) => [`f:${key}`, fieldsOf(own)]))
    : {}
}

const nameOf = (value: unknown): unknown => (isObject(value) ? value['name'] : undefined)

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function servedPod(pod: Json, index: number): Json {
  const { spec, status } = pod
  return {
    ...pod,
    spec: {
      containers: listOf(isObject(spec) ? spec['containers'] : []).map(servedContainer),
      dnsPolicy: 'ClusterFirst',
      enableServiceLinks: true,
      nodeName: isObject(spec) ? spec['nodeName'] : undefined,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
      restartPolicy: 'Always',
      schedulerName: 'default-scheduler',
      securityContext: {},
      serviceAccount: 'default',
      serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
      tolerations: ['not-ready', 'unreachable'].map(what => ({
        effect: 'NoExecute',
        key: `node.kubernetes.io/${what}`,
        operator: 'Exists',
        tolerationSeconds: 300,
      })),
      volumes: [{ name: 'kube-api-access-abcde', projected: { defaultMode: 420, sources: SOURCES } }],
    },
    status: {
      conditions: [
        'PodReadyToStartContainers',
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(type => ({
        lastProbeTime: null,
        lastTransitionTime: START,
        status: 'True',
        type,
      })),
      containerStatuses: [
        {
          containerID: `containerd://${uidOf(index).repeat(2)}`,
          image: 'registry.example.com/team/application:1.2.3',
          imageID: `registry.example.com/team/application@sha256:${'0123456789abcdef'.repeat(4)}`,
          lastState: {},
          name: 'main',
          ready: true,
          restartCount: 0,
          started: true,
          state: { running: { startedAt: START } },
        },
      ],
      hostIP: '192.168.0.10',
      hostIPs: [{ ip: '192.168.0.10' }],
      ...(isObject(status) ? status : {}),
      podIPs: [{ ip: isObject(status) ? status['podIP'] : undefined }],
      qosClass: 'Burstable',
      startTime: START,
    },
  }
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const SOURCES: readonly Json[] = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
  {
    downwardAPI: {
      items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
    },
  },
]

const servedContainer = (container: unknown): Json => ({
  ...(isObject(container) ? container : {}),
  env: ['LOG_LEVEL', 'DATABASE_URL', 'CACHE_URL', 'REGION', 'FEATURES', 'TRACING'].map(name => ({
    name,
    value: `a value of ${name.toLowerCase()} that somebody has set`,
  })),
  imagePullPolicy: 'IfNotPresent',
  livenessProbe: probe('/healthz'),
  readinessProbe: probe('/ready'),
  resources: { limits: { cpu: '1', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  volumeMounts: [
    {
      mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
      name: 'kube-api-access-abcde',
      readOnly: true,
    },
  ],
})

const probe = (path: string): Json => ({
  failureThreshold: 3,
  httpGet: { path, port: 'http', scheme: 'HTTP' },
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
})
