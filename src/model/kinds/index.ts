import type { Field } from '../decode/field.ts'
import type { ClusterObject } from '../objects.ts'
import { decodeEndpointSlice, decodeEndpoints } from './endpoints.ts'
import {
  decodeGateway,
  decodeGatewayClass,
  decodeGatewayRoute,
  decodeListenerSet,
  decodeReferenceGrant,
} from './gateway.ts'
import { decodeIngress, decodeIngressClass } from './ingress.ts'
import { decodeNamespace } from './namespace.ts'
import { decodeNode } from './node.ts'
import { decodeOpenshiftRoute } from './openshift-route.ts'
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

/** The versions of the Gateway API that are or were served, the newest first: they are the same in all that is read here. */
const GATEWAY_API: readonly (Omit<ObjectKind<ClusterObject>, 'apiVersion'> & {
  readonly versions: readonly string[]
})[] = [
  { kind: 'GatewayClass', isClusterScoped: true, decode: decodeGatewayClass, versions: ['v1', 'v1beta1'] },
  { kind: 'Gateway', decode: decodeGateway, versions: ['v1', 'v1beta1'] },
  { kind: 'ListenerSet', decode: decodeListenerSet, versions: ['v1'] },
  { kind: 'HTTPRoute', decode: decodeGatewayRoute('HTTPRoute'), versions: ['v1', 'v1beta1'] },
  { kind: 'GRPCRoute', decode: decodeGatewayRoute('GRPCRoute'), versions: ['v1', 'v1alpha2'] },
  { kind: 'TLSRoute', decode: decodeGatewayRoute('TLSRoute'), versions: ['v1', 'v1alpha3', 'v1alpha2'] },
  { kind: 'TCPRoute', decode: decodeGatewayRoute('TCPRoute'), versions: ['v1', 'v1alpha2'] },
  { kind: 'UDPRoute', decode: decodeGatewayRoute('UDPRoute'), versions: ['v1', 'v1alpha2'] },
  { kind: 'ReferenceGrant', decode: decodeReferenceGrant, versions: ['v1', 'v1beta1', 'v1alpha2'] },
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
  ...GATEWAY_API.flatMap(({ versions, ...kind }) =>
    versions.map(version => ({ apiVersion: `gateway.networking.k8s.io/${version}`, ...kind })),
  ),
  { apiVersion: 'gateway.networking.x-k8s.io/v1alpha1', kind: 'XListenerSet', decode: decodeListenerSet },
  // OpenShift 3 had them in the core group, as many templates still do.
  ...['route.openshift.io/v1', 'v1'].map(apiVersion => ({
    apiVersion,
    kind: 'Route',
    decode: decodeOpenshiftRoute,
  })),
]
