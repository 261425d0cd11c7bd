import type { Field } from '../decode.ts'
import type { ClusterObject } from '../objects.ts'
import { decodeNamespace } from './namespace.ts'
import { decodeNode } from './node.ts'
import { decodePod } from './pod.ts'
import { decodeService } from './service.ts'
import { decodeWorkload } from './workload.ts'

/** How the manifests of one kind become an object; undefined for one that cannot exist. */
export interface ObjectKind<T> {
  readonly apiVersion: string
  readonly kind: string
  readonly decode: (object: Field) => T | undefined
}

/** The kinds that make up the cluster. */
export const CLUSTER_KINDS: readonly ObjectKind<ClusterObject>[] = [
  { apiVersion: 'v1', kind: 'Namespace', decode: decodeNamespace },
  { apiVersion: 'v1', kind: 'Pod', decode: decodePod },
  { apiVersion: 'v1', kind: 'Service', decode: decodeService },
  { apiVersion: 'v1', kind: 'Node', decode: decodeNode },
  {
    apiVersion: 'v1',
    kind: 'ReplicationController',
    decode: decodeWorkload('ReplicationController'),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    decode: decodeWorkload('Deployment'),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    decode: decodeWorkload('ReplicaSet'),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    decode: decodeWorkload('StatefulSet'),
  },
  {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    decode: decodeWorkload('DaemonSet'),
  },
  { apiVersion: 'batch/v1', kind: 'Job', decode: decodeWorkload('Job') },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    decode: decodeWorkload('CronJob'),
  },
]
