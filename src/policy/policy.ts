import type { Selector } from '../model/selector.ts'
import type { Addresses } from '../sets/addresses.ts'
import type { Connections, Protocol } from '../sets/connections.ts'
import type { Location } from '../source/file.ts'

export type Direction = 'egress' | 'ingress'

/** One direction of one policy: the only form of a policy that the engine knows. */
export interface Policy {
  readonly kind: 'NetworkPolicy'
  readonly namespace: string
  readonly name: string
  readonly at: Location
  readonly direction: Direction
  /** The Pods of the policy's namespace that it isolates in this direction (S-001, S-002). */
  readonly subject: Selector
  readonly rules: readonly Rule[]
}

/** Opens its ports to its peers; both must match (S-012). */
export interface Rule {
  /** Its place in `spec.ingress` or `spec.egress`, from 0. */
  readonly index: number
  readonly peers: 'any' | readonly Peer[]
  readonly ports: 'any' | readonly PortMatch[]
  readonly at: Location
}

export type Peer =
  | {
      readonly kind: 'pods'
      /** `own`: a peer with a podSelector alone means the policy's own namespace (S-014). */
      readonly namespaces: 'own' | Selector
      /** Undefined: every Pod of those namespaces. */
      readonly pods: Selector | undefined
      readonly at: Location
    }
  | {
      readonly kind: 'addresses'
      readonly cidr: Block
      readonly except: readonly Block[]
      /** What `cidr` holds without `except` (S-034). */
      readonly addresses: Addresses
      readonly at: Location
    }

export interface Block {
  readonly text: string
  readonly addresses: Addresses
  readonly at: Location
}

export type PortMatch =
  | {
      readonly kind: 'numbers'
      readonly protocol: Protocol
      readonly open: Connections
      /** Where an endPort is written, what `port` alone opens: so does a network plugin that does not know it (S-032). */
      readonly withoutEndPort?: Connections
      /** What is written, where the network plugin applies less of it. */
      readonly written?: Connections
      readonly at: Location
    }
  | {
      readonly kind: 'name'
      readonly protocol: Protocol
      readonly name: string
      /** The network plugin does not know named ports: it opens nothing. */
      readonly ignored?: true
      readonly at: Location
    }

/** A NetworkPolicy as it is in force: its directions, and the rules that are written for no direction in force (S-010). */
export interface NetworkPolicy {
  readonly kind: 'NetworkPolicy'
  readonly namespace: string
  readonly name: string
  readonly subject: Selector
  readonly directions: readonly Policy[]
  readonly ineffective: readonly Policy[]
  /** Whether policyTypes is written; where it is not, the directions are filled in (S-008). */
  readonly typesWritten: boolean
  readonly at: Location
}
