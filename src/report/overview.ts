import type { EndpointRef, Open, Port } from './common.ts'
import type { Matrix } from './report.ts'

/*
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
  /** The pairs of a source and a destination. */
  readonly pairs: Share & { readonly partial: number; readonly undetermined: number }
  /** The matrix with equal rows and columns collapsed; undefined where too many of them differ. */
  readonly collapsed: CollapsedMatrix | undefined
  /** The addresses outside, by their ids. */
  readonly outside: readonly EndpointRef[]
  readonly shares: Shares
  /** Destinations that the same number of sources reach, the most exposed first. */
  readonly exposed: readonly Reached[]
  /** The ids of endpoints that no other reaches, and of those that reach no other. */
  readonly unreached: readonly string[]
  readonly silent: readonly string[]
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
  /** By row, then by column; null between two endpoints outside, which are no pair. */
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
