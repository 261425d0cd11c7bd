import type { EndpointRef, Open, Port } from './common.ts'
import type { Matrix } from './report.ts'

/*
 * A matrix that is too large to be looked at cell by cell, as the terminal gets it: what is alike is one, and the rest is
 * counted. The machine formats give the matrix itself.
 */

export interface Overview {
  readonly by: Matrix['by']
  readonly port: Port | null
  readonly sources: Counted
  readonly destinations: Counted
  /** Whether the sources are the destinations again. */
  readonly isSame: boolean
  /** Whether they are all that there are, so that who is reached by none of them is reached by nobody. */
  readonly isEverybody: boolean
  /** The pairs of a source and a destination. */
  readonly pairs: Share & { readonly partial: number; readonly undetermined: number }
  /** The rows and columns of which none is like another; undefined where there are too many of them. */
  readonly folded: Folded | undefined
  /** The addresses outside, by their ids. */
  readonly outside: readonly EndpointRef[]
  readonly shares: Shares
  /** Destinations that the same number of sources reach, the most exposed first. */
  readonly exposed: readonly Reached[]
  /** The ids of those whom nobody reaches, and of those who reach nobody. */
  readonly unreached: readonly string[]
  readonly silent: readonly string[]
}

/** How many there are of what: `pods` are behind the workloads or namespaces, `outside` are addresses. */
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
 * The matrix with equal rows and equal columns laid together. The cell of two of them holds for each pair of a member of
 * the one and a member of the other; only that of an endpoint with itself stands in `itself`.
 */
export interface Folded {
  readonly rows: readonly FoldedEnds[]
  readonly columns: readonly FoldedEnds[]
  /** By row, then by column; null between two ends outside, which nobody asks about. */
  readonly cells: readonly (readonly (FoldedCell | null)[])[]
  readonly itself: ReadonlyMap<string, FoldedCell>
}

/** Endpoints that stand alike, by their ids; at least one. */
export type FoldedEnds = readonly [string, ...string[]]

export interface FoldedCell {
  readonly open: Open
  readonly undetermined: Open
  readonly partial: boolean
}

/** By namespace: what share of the pairs between two of them has something open. The world outside is one of them. */
export interface Shares {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
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
