import type { ReasonCode } from './codes.ts'

/** A place in a file; line and column count from 1. */
export interface SourceRef {
  readonly file: string
  readonly line: number
  readonly column: number
}

/** One end of a question or of a connection. */
export interface EndpointRef {
  readonly id: string
  readonly kind: string
  readonly namespace?: string
  readonly name?: string
  /** What made the Pod; null for a bare one. */
  readonly workload?: { readonly kind: string; readonly name: string } | null
  /** The blocks that hold the addresses of an end that is no object of the cluster. */
  readonly cidrs?: readonly string[]
  /** How many Pods a workload or a namespace has. */
  readonly pods?: number
}

export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** Closed intervals of ports; what has no ports, such as ICMP, is `OTHER` with an empty list. */
export interface OpenPorts {
  readonly protocol: Protocol | 'OTHER'
  readonly ports: readonly (readonly [number, number])[]
}

/** `all`: every protocol and port. */
export type Open = 'all' | readonly OpenPorts[]

/** `number` is absent where a whole protocol is asked for, `name` present where the port was asked for by name. */
export interface Port {
  readonly protocol: Protocol
  readonly number?: number
  readonly name?: string
}

export interface Assumption {
  readonly code: ReasonCode
  readonly message: string
}

/** Something that works, but not always, or not as well as it should. */
export interface Warning {
  readonly code: ReasonCode
  readonly message: string
}

export type VerdictWord = 'yes' | 'no' | 'partial' | 'undetermined'
