/*
 * What the oracle is asked about: objects as the API has them, and what a network plugin does otherwise.
 */

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels }
  // biome-ignore lint/suspicious/noExplicitAny: what the API would take, nulls and all; the oracle looks at it field by field
  readonly [field: string]: any
}

type Labels = Readonly<Record<string, string>>
export type Protocol = 'TCP' | 'UDP' | 'SCTP' | 'ICMP'
export type Verdict = 'yes' | 'no' | 'unknown'

/** What a network plugin does otherwise than most do. */
export interface Plugin {
  readonly enforces?: false
  readonly blocksMatchPods?: false
  readonly blocksMatchNodes?: false
  readonly filtersOwnNode?: true
  readonly knowsPortNames?: false
  readonly knowsEndPort?: false
}

export interface Side {
  readonly pod: Manifest | undefined
  readonly address: string
  /** The addresses that it may have, where no manifest has one (S-051). */
  readonly mayBe: readonly string[] | undefined
  readonly node: string | undefined
}
