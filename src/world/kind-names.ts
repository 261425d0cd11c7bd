/*
 * How kinds are called on a command line: as kubectl does, in any case.
 */

/** Those that are not the kind itself, or its plural. */
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
}

/** All names of a kind: singular, plural, short names. */
export function wordsFor(kind: string): readonly string[] {
  const singular = kind.toLowerCase()
  return [...new Set([singular, pluralOf(singular), ...(SHORT_NAMES[kind] ?? [])])]
}

/** As the API names its resources after their kinds. */
function pluralOf(singular: string): string {
  if (singular === 'endpoints') return singular
  if (singular.endsWith('s')) return `${singular}es`
  return singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`
}

/** Of some kinds the one that a word means; undefined where it means none. */
export const kindCalled = (word: string, kinds: readonly string[]): string | undefined =>
  kinds.find(kind => wordsFor(kind).includes(word.toLowerCase()))
