import type { EndpointRef, Open, Port } from './common.ts'
import type { Conclusion, ServiceForwards } from './facts/paths.ts'
import type { Matrix } from './report.ts'

/*
 * Which endpoints reach one, or which one reaches: what a terminal shows by namespace. The machine formats have it as
 * `WhoCanReach`, and as a row of the matrix.
 */

export interface Tree {
  readonly direction: 'to' | 'from'
  /** The endpoint that is asked about. */
  readonly endpoint: EndpointRef
  readonly port: Port | null
  readonly by: Matrix['by']
  /** Where connections to a Service arrive. */
  readonly forwards: ServiceForwards | undefined
  readonly items: readonly TreeItem[]
  /** Why the others are denied; worked out each time it is iterated over. */
  readonly denied: Iterable<TreeDenied>
}

/** One of the other endpoints, or those of its Pods that get the same. */
export interface TreeItem {
  readonly ref: EndpointRef
  /** How many of its Pods these are, and how many it has. */
  readonly pods: number
  readonly of: number
  /** Undefined for nothing. */
  readonly gets: TreeGets | undefined
}

/** What is between the endpoint that is asked about and another one: no port is in two of the three. */
export interface TreeGets {
  /** The same for what is equal. */
  readonly key: string
  readonly open: Open
  /** Open, but not between all Pods of the two. */
  readonly inPart: Open
  /** `rest`: all that is not open. */
  readonly undetermined: Open | 'rest'
  readonly why: () => readonly TreeReason[]
}

export interface TreeReason {
  readonly why: Conclusion
  /** The same for reasons that differ only in the endpoints that they name. */
  readonly key: string
}

/** Sources that are denied for the same reason. */
export interface TreeDenied {
  readonly sources: readonly EndpointRef[]
  readonly why: Conclusion
  /** The sentence names none of them, so that it is true of all. */
  readonly isOfAll: boolean
}
