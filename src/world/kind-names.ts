/*
 * The names of kinds on a command line: those of kubectl, case-insensitive.
 */

/** Short names, besides the kind itself and its plural. */
const SHORT_NAMES: Readonly<Record<string, readonly string[]>> = {
  Pod: ['po'],
  Deployment: ['deploy'],
  ReplicaSet: ['rs'],
  StatefulSet: ['sts'],
  DaemonSet: ['ds'],
  CronJob: ['cj'],
  ReplicationController: ['rc'],
  Service: ['svc'],
  Endpoints: ['ep'],
  Namespace: ['ns'],
  Node: ['no'],
  NetworkPolicy: ['netpol'],
  Ingress: ['ing'],
  Gateway: ['gtw'],
  GatewayClass: ['gc'],
  ReferenceGrant: ['refgrant'],
  AdminNetworkPolicy: ['anp'],
  BaselineAdminNetworkPolicy: ['banp'],
  CiliumNetworkPolicy: ['cnp', 'ciliumnp'],
  CiliumClusterwideNetworkPolicy: ['ccnp'],
  ConfigMap: ['cm'],
  ServiceAccount: ['sa'],
  Rollout: ['ro'],
  DeploymentConfig: ['dc'],
  'Service.serving.knative.dev': ['ksvc', 'kservice'],
  VirtualMachine: ['vm'],
  VirtualMachineInstance: ['vmi'],
  Prometheus: ['prom'],
  Alertmanager: ['am'],
  Kafka: ['k'],
  Elasticsearch: ['es'],
  Kibana: ['kb'],
}

/** All names of a kind: singular, plural, short names. */
export function namesOfKind(kind: string): readonly string[] {
  const [singular = '', ...group] = kind.toLowerCase().split('.')
  const names = [singular, pluralOf(singular)].map(name => [name, ...group].join('.'))
  return [...new Set([...names, ...(SHORT_NAMES[kind] ?? [])])]
}

/** The plural as the API names its resources. */
function pluralOf(singular: string): string {
  if (singular === 'endpoints') return singular
  if (singular.endsWith('s')) return `${singular}es`
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`
}

/** Which of some kinds a word means; undefined for none of them. */
export const kindCalled = (word: string, kinds: readonly string[]): string | undefined =>
  kinds.find(kind => namesOfKind(kind).includes(word.toLowerCase()))
