import type { Selector } from '../model/selector.ts'
import type { Direction } from '../report/facts/rules.ts'
import type { Addresses } from '../sets/addresses.ts'
import type { Connections, Protocol } from '../sets/connections.ts'
import type { Location } from '../source/file.ts'

/** What a rule does with the connections that it matches; `pass` leaves them to the next tier (K-006). */
export type Action = 'allow' | 'deny' | 'pass'

/**
 * One direction of one policy, compiled: the only form of a policy that the engine knows, whatever its kind.
 *
 * Tiers are asked by ascending order, the policies of a tier by ascending priority, and the first rule of a policy that
 * matches decides. Which of several policies of one priority is applied is undefined (K-007): for NetworkPolicies, which only
 * allow, it makes no difference (S-003).
 */
export interface Policy {
  /** That of its object. */
  readonly kind: string
  /** Empty for a cluster-scoped policy, as in the API. */
  readonly namespace: string
  readonly name: string
  readonly at: Location
  readonly direction: Direction
  readonly tier: Tier
  readonly priority: number
  readonly scope: Scope
  /** Whether it isolates the Pods that it selects: what no rule of its tier matches is denied (S-002). */
  readonly isolates: boolean
  readonly rules: readonly Rule[]
}

/** Policies that are asked before or after others, whatever their priorities (K-002). No two tiers have the same order. */
export interface Tier {
  readonly name: string
  readonly order: number
}

export const NETWORK_POLICY_TIER: Tier = { name: 'NetworkPolicy', order: 0 }

/** The Pods that a policy selects: those that match `pods`, in some namespaces. */
export interface Scope {
  /** `own`: the policy's namespace (S-001). A selector may select any namespace, and without requirements all (K-010). */
  readonly namespaces: 'own' | Selector
  readonly pods: Selector
}

/** What says which Pods a policy selects. */
export type Scoped = Pick<Policy, 'namespace' | 'scope'>

/** It matches connections with its peers on its ports: both have to match (S-012). */
export interface Rule {
  /** Its index in `spec.ingress` or `spec.egress`. */
  readonly index: number
  readonly action: Action
  readonly peers: 'any' | readonly Peer[]
  readonly ports: 'any' | readonly PortMatch[]
  readonly at: Location
}

export type Peer =
  | {
      readonly kind: 'pods'
      /** `own`: a podSelector alone selects Pods of the policy's namespace (S-014). */
      readonly namespaces: 'own' | Selector
      /** Undefined: every Pod of those namespaces. */
      readonly pods: Selector | undefined
      readonly at: Location
    }
  | {
      readonly kind: 'addresses'
      readonly cidr: Block
      readonly except: readonly Block[]
      /** `cidr` without `except` (S-034). */
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
      /** With an endPort, what `port` alone matches, which a network plugin without endPort applies (S-032). */
      readonly withoutEndPort?: Connections
      /** What is written, where the network plugin applies less of it. */
      readonly written?: Connections
      readonly at: Location
    }
  | {
      readonly kind: 'name'
      readonly protocol: Protocol
      readonly name: string
      /** The network plugin does not support named ports: it matches nothing. */
      readonly ignored?: true
      readonly at: Location
    }

/** An object of one of the kinds of policies that are evaluated: its directions in effect, and those without effect (S-010). */
export interface PolicyObject extends Scoped, Pick<Policy, 'name' | 'at'> {
  /** As its manifest has it, but for kinds with the name of another one, which have their group as well (K-000). */
  readonly kind: string
  readonly directions: readonly Policy[]
  readonly ineffective: readonly Policy[]
}

/** With what only some of its readers need to know of how it is written. */
export interface NetworkPolicy extends PolicyObject {
  readonly kind: 'NetworkPolicy'
  /** Whether policyTypes is written; otherwise the directions are the defaults (S-008). */
  readonly typesWritten: boolean
  /** Whether metadata.namespace is written; otherwise it is the default one (S-007). */
  readonly namespaceWritten: boolean
}

export const isNetworkPolicy = (policy: PolicyObject): policy is NetworkPolicy =>
  policy.kind === 'NetworkPolicy'
