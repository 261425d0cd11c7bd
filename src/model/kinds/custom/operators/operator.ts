import type { Protocol } from '../../../../sets/connections.ts'
import type { CustomObject, Texts } from '../custom-object.ts'

/** What an operator creates for the objects of one kind. */
export interface OperatorKind {
  readonly group: string
  readonly kind: string
  readonly pods: (object: CustomObject) => readonly OperatorPods[]
  readonly services?: (object: CustomObject) => readonly OperatorService[]
  /** The labels of the Pods that it isolates with NetworkPolicies of its own. */
  readonly isolates?: (object: CustomObject) => Texts
  /** The labels that identify the Pods of one object, in every version of the operator. */
  readonly identity: readonly string[]
  /** Where in the object users give its Pods labels. */
  readonly labelsPath?: readonly string[]
}

export interface OperatorPods {
  readonly name: string
  readonly replicas: number
  /** The number of the first, where their names end with a number. */
  readonly first?: number
  readonly labels: Texts
  /** Labels whose values only a cluster knows. */
  readonly unknowable?: readonly string[]
  readonly labelsOfOne?: (podName: string, index: number) => Texts
  readonly ports: readonly OperatorPort[]
  readonly hostNetwork?: boolean
}

export type OperatorPort = readonly [name: string | undefined, number: number, protocol?: Protocol]

export interface OperatorService {
  readonly name: string
  readonly selector: Texts
  readonly ports: readonly (readonly [name: string, port: number, target?: number | string])[]
  readonly headless?: boolean
}

/** The labels that Kubernetes recommends, which most operators set. */
export const recommended = (name: string, instance: string, managedBy: string): Texts => ({
  'app.kubernetes.io/name': name,
  'app.kubernetes.io/instance': instance,
  'app.kubernetes.io/managed-by': managedBy,
})

/** The labels whose values only a cluster knows. */
export const VERSION = 'app.kubernetes.io/version'
export const OF_STATEFUL_SET = ['controller-revision-hash']
export const OF_DEPLOYMENT = ['pod-template-hash']

/** What each Pod of a StatefulSet has (S-301). */
export const numbered = (podName: string, index: number): Texts => ({
  'statefulset.kubernetes.io/pod-name': podName,
  'apps.kubernetes.io/pod-index': String(index),
})
