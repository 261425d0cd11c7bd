import type { Natural } from '../common.ts'

/*
 * ASSUMED_WHAT_IF: one change of the input that the answer is about.
 */

export type WhatIf =
  | {
      readonly edit: 'apply'
      readonly files: readonly string[]
      /** In the order in which they are applied. */
      readonly objects: readonly AppliedObject[]
    }
  | {
      readonly edit: 'delete'
      readonly object: ObjectName
      /** How many objects are deleted with it: those in a namespace, the Pods on a node or of a workload. */
      readonly dependents: Natural
      /** What creates another Pod in its place. */
      readonly replacement?: Replacement
    }
  | {
      readonly edit: 'label'
      readonly object: ObjectName
      /** Whether the labels are those of its Pods: no policy sees the labels of a workload itself (S-300). */
      readonly ofPods: boolean
      readonly changes: readonly LabelChange[]
      /** `irrelevant`: no answer depends on these labels. */
      readonly effect: 'changed' | 'irrelevant' | 'none'
      /** The workload that no longer counts the Pod as its own (S-156). */
      readonly releasedBy?: ObjectName
      /** What the workload creates in its place. */
      readonly replacement?: Replacement
    }

/** An object, by its kind and name; without a namespace where it is in none. */
export interface ObjectName {
  readonly kind: string
  readonly namespace?: string | undefined
  readonly name: string
}

export interface AppliedObject {
  readonly object: ObjectName
  /** `recreated`: a cluster would refuse to change it in place, so that it is deleted first. */
  readonly became: 'new' | 'unchanged' | 'replaced' | 'recreated'
  /** The fields that a cluster would refuse to change in place. */
  readonly immutable: readonly string[]
  /** Whether its Pods are created again. */
  readonly withPods: boolean
}

/** What a workload does when it has lost a Pod. */
export interface Replacement {
  readonly by: ObjectName
  /** How many of its Pods are left, as the new one is not part of the answer; absent where all are created again. */
  readonly left?: Natural
}

/** Null where there is no such label. */
export interface LabelChange {
  readonly key: string
  readonly value: string | null
  readonly before: string | null
}
