import type { Field } from '../decode/field.ts'
import type { ClusterObject } from '../objects.ts'
import { decodeEndpointSlice, decodeEndpoints } from './endpoints.ts'
import { decodeGateway, decodeGatewayClass, decodeHttpRoute, decodeReferenceGrant } from './gateway.ts'
import { decodeIngress, decodeIngressClass } from './ingress.ts'
import { decodeNamespace } from './namespace.ts'
import { decodeNode } from './node.ts'
import { decodePod } from './pod.ts'
import { decodeService } from './service.ts'
import { decodeWorkload } from './workload.ts'

/** How the manifests of one kind become an object; undefined for one that cannot exist. */
export interface ObjectKind<T> {
  readonly apiVersion: string
  readonly kind: string
  /** Its objects are in no namespace. */
  readonly isClusterScoped?: true
  readonly decode: (object: Field) => T | undefined
}

/** The Gateway API is served in two versions that are the same in all that is read here. */
const GATEWAY_API: readonly Omit<ObjectKind<ClusterObject>, 'apiVersion'>[] = [
  { kind: 'GatewayClass', isClusterScoped: true, decode: decodeGatewayClass },
  { kind: 'Gateway', decode: decodeGateway },
  { kind: 'HTTPRoute', decode: decodeHttpRoute },
  { kind: 'ReferenceGrant', decode: decodeReferenceGrant },
]

/** The kinds that make up the cluster. */
export const CLUSTER_KINDS: readonly ObjectKind<ClusterObject>[] = [
  { apiVersion: 'v1', kind: 'Namespace', isClusterScoped: true, decode: decodeNamespace },
  { apiVersion: 'v1', kind: 'Pod', decode: decodePod },
  { apiVersion: 'v1', kind: 'Service', decode: decodeService },
  { apiVersion: 'v1', kind: 'Node', isClusterScoped: true, decode: decodeNode },
  { apiVersion: 'v1', kind: 'ReplicationController', decode: decodeWorkload('ReplicationController') },
  { apiVersion: 'apps/v1', kind: 'Deployment', decode: decodeWorkload('Deployment') },
  { apiVersion: 'apps/v1', kind: 'ReplicaSet', decode: decodeWorkload('ReplicaSet') },
  { apiVersion: 'apps/v1', kind: 'StatefulSet', decode: decodeWorkload('StatefulSet') },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', decode: decodeWorkload('DaemonSet') },
  { apiVersion: 'batch/v1', kind: 'Job', decode: decodeWorkload('Job') },
  { apiVersion: 'batch/v1', kind: 'CronJob', decode: decodeWorkload('CronJob') },
  { apiVersion: 'v1', kind: 'Endpoints', decode: decodeEndpoints },
  { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', decode: decodeEndpointSlice },
  { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', decode: decodeIngress },
  {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    isClusterScoped: true,
    decode: decodeIngressClass,
  },
  ...['v1', 'v1beta1'].flatMap(version =>
    GATEWAY_API.map(kind => ({ apiVersion: `gateway.networking.k8s.io/${version}`, ...kind })),
  ),
]
