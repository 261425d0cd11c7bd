import type { ReasonCode } from './codes.ts'
import type { EndpointRef, Open, Port } from './common.ts'

/*
 * Who reaches one end, or whom it reaches, as the terminal gets it: by namespace, and those who stand alike on one line where
 * they would be many. The machine formats give every end.
 */

export interface Tree {
  readonly direction: 'to' | 'from'
  /** The end that is asked about. */
  readonly end: EndpointRef
  readonly port: Port | null
  /** Where connections to a Service arrive, in words. */
  readonly forwards: string | undefined
  readonly sections: readonly TreeSection[]
  /** How many ends are left out, because it would be too long. */
  readonly notShown: number
  /** Those of whom nothing is said above. */
  readonly others: Others
}

/** A namespace, or what is in none. */
export interface TreeSection {
  readonly title: string
  readonly lines: readonly TreeLine[]
}

export interface TreeLine {
  /** `deploy/api (3 Pods)`. */
  readonly ends: string
  /** What is open, of that what is not open between all Pods of the two, and what cannot be told: nothing is in two of them. */
  readonly open: Open
  readonly inPart: Open
  /** `rest`: all that is not open. */
  readonly undetermined: Open | 'rest'
  /** In words, where it was asked for. */
  readonly why: string | undefined
}

export interface Others {
  /** `12 workloads in 4 namespaces`; empty where there is nobody else. */
  readonly counts: readonly string[]
  readonly reasons: readonly OthersReason[]
  /** How many reasons are left out, because it would be too long, and how many sources they are about. */
  readonly notShown: { readonly reasons: number; readonly sources: number }
}

/** What keeps some of them out. */
export interface OthersReason {
  /** `shop/db`, `shop/web`, `internet`; of many the first few. */
  readonly names: string
  /** The world outside counts as one. */
  readonly count: number
  /** Of whom the words are true; absent where they are of all. */
  readonly example: string | undefined
  readonly reason: ReasonCode
  readonly message: string
}
