import type { Labels } from '../model/labels.ts'
import type { ContainerPort } from '../model/objects.ts'
import type { Match, Requirement } from '../model/selector.ts'
import type { Peer, Policy, PortMatch, Rule } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import type { Addresses } from '../sets/addresses.ts'
import type { Connections } from '../sets/connections.ts'
import type { Decision } from './decide.ts'

/** What policies see of one end of a connection, and nothing else: equal identities have equal verdicts. */
export type Identity = PodIdentity | AddressIdentity | UnknownIdentity

export interface PodIdentity {
  readonly kind: 'pod'
  readonly namespace: string
  readonly namespaceLabels: Labels
  readonly labels: Labels
  readonly ports: readonly ContainerPort[]
  /**
   * The one address that this connection uses; undefined where no manifest has it (S-051), and empty where the network
   * plugin lets no block match this end (S-036, S-039).
   */
  readonly address: Addresses | undefined
}

/** An end outside the Pod network: addresses outside, a node, a Pod on its node's network (S-043). */
export interface AddressIdentity {
  readonly kind: 'address'
  /** Addresses that are in the same blocks of all policies; undefined and empty as above. */
  readonly addresses: Addresses | undefined
}

/** An end of which nothing is known, as an ingress controller that cannot be found: asked in single pairs only. */
export interface UnknownIdentity {
  readonly kind: 'anything'
  readonly addresses: undefined
}

export const addressesOf = (identity: Identity): Addresses | undefined =>
  identity.kind === 'pod' ? identity.address : identity.addresses

/** A requirement that a label did not meet, or that cannot be decided; `actual` is undefined where the label is absent. */
export interface RequirementTrace {
  readonly requirement: Requirement
  readonly actual: string | undefined
  readonly matches: Exclude<Match, 'yes'>
}

/** One peer of a rule against the other end. */
export type PeerTrace = PodsTrace | AddressesTrace

export interface PodsTrace {
  readonly kind: 'pods'
  readonly peer: Extract<Peer, { kind: 'pods' }>
  readonly matches: Match
  /** None where the other end is not a Pod, which no selector matches. */
  readonly namespaceFailures: readonly RequirementTrace[]
  readonly podFailures: readonly RequirementTrace[]
}

export interface AddressesTrace {
  readonly kind: 'addresses'
  readonly peer: Extract<Peer, { kind: 'addresses' }>
  readonly matches: Match
}

/** What one port entry covers on the destination. */
export interface PortTrace {
  readonly port: PortMatch
  readonly covers: Connections
}

export interface RuleTrace {
  readonly rule: Rule
  readonly other: Identity
  /** Where no peer does, its blocks may match together (S-051). */
  readonly matches: Match
  readonly peers: readonly PeerTrace[]
  readonly ports: readonly PortTrace[]
  /** What its ports match, which is decided by its action where its peers match. */
  readonly covers: Connections
}

/** A policy that selects the subject, or may do so. */
export interface PolicyTrace {
  readonly policy: Policy
  readonly selects: Exclude<Match, 'no'>
  readonly rules: readonly RuleTrace[]
}

/** A policy that does not select the subject in a direction, for one reason alone. */
export interface PolicyMiss {
  readonly policy: Policy
  readonly why:
    | { readonly kind: 'labels'; readonly failures: readonly RequirementTrace[] }
    /** Its podSelector would select the subject, were it in the subject's namespace (S-001). */
    | { readonly kind: 'namespace' }
    /** Its rules for this direction are ineffective, because policyTypes does not name it (S-010). */
    | { readonly kind: 'direction' }
  /** Its rules against the other end, if it did select the subject. */
  readonly rules: (other: Identity) => readonly RuleTrace[]
}

/** What the policies of one end decide in one direction. */
export interface DirectionVerdict extends Decision<Connections> {
  readonly direction: Direction
  /** Whether a policy surely isolates the Pod in this direction (S-002). */
  readonly surelyIsolated: boolean
  readonly undetermined: Connections
  /** The policies that select the Pod, or may do so, in the order in which they are asked. */
  readonly maySelect: readonly PolicyTrace[]
  /** Those of them that isolate it then; of other kinds only the rules decide. */
  readonly mayIsolate: readonly PolicyTrace[]
}

/** Both directions; undefined for an end that no policy can select. */
export interface Verdict {
  readonly allowed: Connections
  readonly undetermined: Connections
  readonly egress: DirectionVerdict | undefined
  readonly ingress: DirectionVerdict | undefined
}
