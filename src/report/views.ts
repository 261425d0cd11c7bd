import type { Entry } from './codes/page.ts'
import type { EndpointRef, Open, Port, ViaRoute } from './common.ts'
import type { Conclusion, ServiceForwards } from './facts/paths.ts'
import type { Matrix, Report, RoutedConnection, WhoCanReach } from './report.ts'

/*
 * What a terminal shows instead of a report that is too large to be read: made when it is asked for.
 */

/** The key of the views of a report: a symbol, so that JSON leaves them out. */
export const VIEWS: unique symbol = Symbol('views')

/** The answer of `matrix`, with its views. */
export interface MatrixAnswer extends Matrix {
  readonly [VIEWS]: {
    readonly overview: () => Overview
    /** Undefined unless one source was asked for. */
    readonly tree: (() => Tree) | undefined
  }
}

/** The answer of `who-can-reach`, with its view. */
export interface WhoCanReachAnswer extends WhoCanReach {
  readonly [VIEWS]: {
    readonly tree: () => Tree
    /** Whether something of the answer is unknown. */
    readonly isUndetermined: boolean
  }
}

/** Codes and what they mean, without their examples. */
export interface CodeList {
  readonly kind: 'CodeList'
  readonly codes: readonly Entry[]
}

/** The output of a question: a report, with its views if it has some. */
export type Output = Exclude<Report, Matrix | WhoCanReach> | MatrixAnswer | WhoCanReachAnswer | CodeList

/**
 * A summary of a matrix that is too large to be read cell by cell: equal rows and columns are collapsed, and pairs are
 * counted. The machine formats give the matrix itself.
 */
export interface Overview {
  readonly by: Matrix['by']
  readonly port: Port | null
  readonly sources: Counted
  readonly destinations: Counted
  /** Whether the sources are the destinations. */
  readonly isSame: boolean
  /** Whether the sources are all endpoints, so that a destination without a source is reached by nothing. */
  readonly isEverybody: boolean
  /** How many are selected, where only pairs with a selected one are asked for. */
  readonly selected: number | undefined
  /** The pairs of a source and a destination. */
  readonly pairs: Share & { readonly partial: number; readonly undetermined: number }
  /** The matrix with equal rows and columns collapsed; undefined where too many of them differ. */
  readonly collapsed: CollapsedMatrix | undefined
  /** The addresses outside, by their ids. */
  readonly outside: readonly EndpointRef[]
  readonly shares: Shares
  /** Selected destinations that the same number of sources reach, the most exposed first. */
  readonly exposed: readonly Reached[]
  /** The ids of selected endpoints that no other reaches, and of those that reach no other. */
  readonly unreached: readonly string[]
  readonly silent: readonly string[]
  /** What clients outside reach through Ingresses and routes. */
  readonly routed: readonly RoutedConnection[]
}

/** How many endpoints there are: `pods` is the number of their Pods, `outside` that of sets of addresses. */
export interface Counted {
  readonly inside: number
  readonly pods: number
  readonly outside: number
}

export interface Share {
  readonly open: number
  readonly of: number
}

/**
 * The matrix with equal rows and equal columns collapsed. A cell holds for each pair of a member of the row and a member of
 * the column; the cell of an endpoint with itself is in `itself`, by its id.
 */
export interface CollapsedMatrix {
  readonly rows: readonly EqualEndpoints[]
  readonly columns: readonly EqualEndpoints[]
  /** By row, then by column; null for a pair that is not asked for, such as two endpoints outside. */
  readonly cells: readonly (readonly (CollapsedCell | null)[])[]
  readonly itself: ReadonlyMap<string, CollapsedCell>
}

/** Endpoints with the same row, the same column or both, by their ids. */
export type EqualEndpoints = readonly [string, ...string[]]

export interface CollapsedCell {
  readonly open: Open
  readonly undetermined: Open
  readonly partial: boolean
}

/** By namespace: what share of the pairs between two of them has something open. Null is outside the cluster. */
export interface Shares {
  readonly rows: readonly (string | null)[]
  readonly columns: readonly (string | null)[]
  /** By row, then by column. */
  readonly cells: readonly (readonly Share[])[]
}

export interface Reached {
  readonly ids: readonly string[]
  /** How many sources inside the cluster reach each of them. */
  readonly sources: number
  /** Whether some address outside does. */
  readonly outside: boolean
}

/**
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

/** One of the other endpoints, or those of its Pods with the same reachability. */
export interface TreeItem {
  readonly ref: EndpointRef
  /** How many of its Pods these are, and how many it has. */
  readonly pods: number
  readonly of: number
  /** Undefined where nothing is open between the two. */
  readonly reach: TreeReach | undefined
}

/** What is between the endpoint that is asked about and another one: no port is in two of the three. */
export interface TreeReach {
  /** The same for what is equal. */
  readonly key: string
  readonly open: Open
  /** Open, but not for all Pods or addresses. */
  readonly inPart: Open
  /** `rest`: all that is not open. */
  readonly undetermined: Open | 'rest'
  /** The Ingresses and routes that lead there, and whether there is no other way. */
  readonly via: readonly TreeVia[]
  readonly isOnlyVia: boolean
  readonly why: () => readonly TreeReason[]
}

/** `sends` is what a request needs to come that way; none for a plain one. */
export type TreeVia = Pick<ViaRoute, 'id' | 'sends'>

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
