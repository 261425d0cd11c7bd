import type { EndpointRef, Open, Port } from './common.ts'
import type { Conclusion, ServiceForwards } from './facts/paths.ts'
import type { Matrix } from './report.ts'

/*
 * Which endpoints reach one, or which one reaches, as a terminal shows it: by namespace, with equal endpoints on one line
 * where they would be many. The machine formats give every endpoint.
 */

export interface Tree {
  readonly direction: 'to' | 'from'
  /** The endpoint that is asked about. */
  readonly end: EndpointRef
  readonly port: Port | null
  readonly by: Matrix['by']
  /** Where connections to a Service arrive. */
  readonly forwards: ServiceForwards | undefined
  readonly sections: readonly TreeSection[]
  /** How many endpoints are left out, because it would be too long. */
  readonly notShown: number
  /** Those that are in no section, part by part. */
  readonly others: readonly TreeOthers[]
  /** Why they are; worked out each time it is looked through. */
  readonly denied: Iterable<TreeDenied>
}

/** What a section is about. */
export type TreeSpace =
  | { readonly kind: 'namespace'; readonly name: string }
  /** Namespaces of which all endpoints have the same. */
  | { readonly kind: 'equal-namespaces'; readonly names: readonly string[] }
  | { readonly kind: 'namespaces' | 'nodes' | 'outside' }

export interface TreeSection {
  readonly space: TreeSpace
  readonly lines: readonly TreeLine[]
}

export interface TreeLine {
  /** One, or several that have the same. */
  readonly ends: readonly TreeEnd[]
  /** They are all of the section. */
  readonly isWhole: boolean
  /** What is open, of that what is not open between all Pods of the two, and what cannot be told: nothing is in two of them. */
  readonly open: Open
  readonly inPart: Open
  /** `rest`: all that is not open. */
  readonly undetermined: Open | 'rest'
  /** Where it was asked for: the first reason, and how many others there are. */
  readonly why: { readonly first: Conclusion; readonly others: number } | undefined
}

/** An endpoint of a line, with how many of its Pods the line is about. */
export interface TreeEnd {
  readonly ref: EndpointRef
  readonly pods: number
  readonly of: number
}

export interface TreeOthers {
  readonly kind: TreeSpace['kind']
  readonly ends: readonly EndpointRef[]
  /** They are all of their kind. */
  readonly isWhole: boolean
}

/** Sources that are denied for the same reason. */
export interface TreeDenied {
  readonly sources: readonly EndpointRef[]
  readonly why: Conclusion
  /** The sentence names none of them, so that it is true of all. */
  readonly isOfAll: boolean
}
