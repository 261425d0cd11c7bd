import type { Coded, IpBlock, Natural, Open, PolicyRef, Port } from '../common.ts'
import type { PoliciesNotEnforced, UndeterminedSelection } from './assumptions.ts'
import type { LabeledRef } from './fixes.ts'
import type { UnverifiedName } from './names.ts'
import type {
  Direction,
  LabelRequirement,
  NamedPortFacts,
  PeerFacts,
  PodsPeer,
  PortFacts,
  RuleRef,
} from './rules.ts'

/** The facts of codes for what policies, rules and peers do on one side of a connection. */
export interface PolicyFacts extends DifferenceFacts {
  /** What of the question a rule allows; or the peer that matches. */
  readonly RULE_MATCHES:
    | { readonly about: 'rule'; readonly opens: Open }
    | { readonly about: 'peer'; readonly peer: PeerFacts }
  readonly RULE_DOES_NOT_MATCH: { readonly differences: readonly DifferenceReason[] }
  readonly ALLOWED_BY_RULE: AllowedByRule
  readonly OPEN_IN_PART: AllowedByRule
  readonly ALLOWED_NO_POLICY_SELECTS_SOURCE: NotIsolated
  readonly ALLOWED_NO_POLICY_SELECTS_DESTINATION: NotIsolated
  readonly NOT_SUBJECT_TO_POLICIES: IneffectivePolicies
  readonly POLICY_NOT_ENFORCED: IneffectivePolicies | PoliciesNotEnforced
  readonly DENIED_BY_EGRESS: DeniedByPolicies
  readonly DENIED_BY_INGRESS: DeniedByPolicies
  readonly UNDETERMINED_LABEL: IsolationUnknown | PeersUnknown | UndeterminedSelection
  readonly UNDETERMINED_ADDRESS: PeersUnknown | UnverifiedName
}

/** The facts of codes for why a rule does not match, or a policy does not apply. */
export interface DifferenceFacts {
  readonly NEAR_MISS_PORT: OtherPorts
  readonly NEAR_MISS_PROTOCOL: OtherProtocol
  readonly NEAR_MISS_LABEL: OtherLabel
  readonly NEAR_MISS_NAMESPACE_LABEL: OtherLabel
  readonly NEAR_MISS_OWN_NAMESPACE: {
    /** The policy's. */
    readonly namespace: string
    readonly object: string
    readonly objectNamespace: string
  }
  readonly NEAR_MISS_AND_OR: SelectorsAndOr
  /** A label of the Pod that a namespaceSelector requires, or one of its namespace that a podSelector requires. */
  readonly NEAR_MISS_SELECTOR: {
    readonly requirements: readonly LabelRequirement[]
    /** What has the labels. */
    readonly object: LabeledRef
    readonly matchesNothing?: true
  }
  /** One rule has only peers, the other only ports: as one, they would allow less. */
  readonly NEAR_MISS_TWO_RULES: {
    readonly direction: Direction
    readonly peers: RuleRef
    readonly ports: RuleRef
  }
  /** The only rule of a policy that is called after what it denies. */
  readonly NEAR_MISS_EMPTY_RULE: { readonly policy: PolicyRef; readonly direction: Direction }
  readonly NEAR_MISS_CIDR: {
    readonly block: IpBlock
    readonly object: string
    /** The block holds the address of the Service that was dialed, which policies do not see (S-038). */
    readonly holdsService?: true
    /** A node's address takes the place of the object's before policies see it (S-064, S-067). */
    readonly replaced?: ReplacedByNode
  }
  readonly NEAR_MISS_EXCEPT: { readonly cidr: string; readonly except: string; readonly object: string }
  readonly SERVICE_PORT_IS_NOT_POD_PORT: {
    readonly port: PortFacts
    readonly asked: Port | null
    /** What is behind the Service, if it is not a Pod. */
    readonly destination?: string
  }
  readonly IPBLOCK_IS_FOR_OUTSIDE: { readonly block: IpBlock; readonly object: string }
  readonly SELECTOR_NEEDS_A_POD: {
    readonly object: string
    readonly hostNetwork?: true
    readonly replaced?: ReplacedByNode
  }
  readonly NAMED_PORT_UNRESOLVED: PortNameUnknown | PortNotFound
  readonly NEAR_MISS_POLICY_NAMESPACE: {
    readonly policyNamespace: string
    /** Whether the policy names its namespace: otherwise it is in the default one. */
    readonly isWritten: boolean
    readonly object: string
    readonly objectNamespace: string
  }
  readonly NEAR_MISS_SUBJECT_LABEL: OtherLabel
  /** With the object that it would select but for one label. */
  readonly POLICY_SELECTS_NOTHING: { readonly nearest: OtherLabel }
  /** The rule allows connections `from` … `to`, and the question is about the opposite direction. */
  readonly NEAR_MISS_DIRECTION: { readonly rule: RuleRef; readonly from: string; readonly to: string }
  /** Without policyTypes, the direction is not isolated although it is written, or isolated although it is not. */
  readonly POLICY_TYPES_LEFT_OUT: { readonly direction: Direction; readonly isIsolated: boolean }
  readonly RULES_OUTSIDE_POLICY_TYPES: {
    readonly policy: PolicyRef
    readonly direction: Direction
    readonly object: string
  }
}

export type DifferenceReason = Coded<DifferenceFacts>

/** Why a side, a rule or a peer decides as it does. */
export type PolicyReason = Coded<PolicyFacts>

/** Why a rule or a peer matches or does not. */
export type RuleReason =
  | DifferenceReason
  | Coded<Pick<PolicyFacts, 'RULE_MATCHES' | 'RULE_DOES_NOT_MATCH'>>
  | { readonly code: 'UNDETERMINED_LABEL' | 'UNDETERMINED_ADDRESS'; readonly facts: PeersUnknown }

/** The facts of a reason of a rule or a peer. */
export type RuleReasonFacts = RuleReason['facts']

/** The facts of a difference. */
export type DifferenceReasonFacts = DifferenceReason['facts']

/** What policies see instead of a client. */
export interface ReplacedByNode {
  /** Those of the nodes, as far as they are known. */
  readonly nodes: readonly string[]
  /** The Service that says so by `externalTrafficPolicy: Cluster`. */
  readonly service?: string
  /** The client's own address is in the block. */
  readonly holdsClient?: true
}

/** What a selector requires, and what an object has instead. */
export interface OtherLabel {
  readonly requirement: LabelRequirement
  readonly object: LabeledRef
  /** Absent where it has no such label, null where only a running cluster knows its value. */
  readonly actual?: string | null
  /** A label that it has and that is likely intended. */
  readonly instead?: { readonly key: string; readonly value: string }
  /** The kind of the workload, if it has the label itself and not in the template of its Pods. */
  readonly workload?: string
  /** The peer matches no Pod at all. */
  readonly matchesNothing?: true
}

/** Ports that are not those that were asked for. */
export interface OtherPorts {
  readonly ports: readonly PortFacts[]
  readonly asked: Port | null
  /** The headless Service whose target port it is: its clients must dial the port of the Pods (S-215). */
  readonly headless?: string
}

/** The right port of another protocol; or the right name of a port, which the destination has for another protocol. */
export type OtherProtocol =
  | { readonly about: 'number'; readonly port: PortFacts; readonly asked: Port | null }
  | { readonly about: 'name'; readonly port: PortFacts; readonly destination: string }

/** Two selectors in one peer or in two (S-014). */
export type SelectorsAndOr =
  /** One peer has both, and the object matches one of them. */
  | {
      readonly peers: 'one'
      readonly peer: PodsPeer
      readonly object: string
      readonly objectNamespace: string
    }
  /** Two peers have one each, and the object matches this one alone. */
  | { readonly peers: 'two'; readonly peer: PodsPeer; readonly object: string }

/** Why the destination has no port of a name (S-028, S-029). */
export type PortNameUnknown =
  | { readonly why: 'plugin'; readonly port: NamedPortFacts }
  | { readonly why: 'not-a-pod'; readonly port: NamedPortFacts; readonly destination: string }
  | {
      readonly why: 'other-ports'
      readonly port: NamedPortFacts
      readonly destination: string
      readonly declared: readonly { readonly name?: string; readonly number: number }[]
    }
  /** It is the name of a port of a Service, and not of the Pod behind it, which may have one of its own. */
  | {
      readonly why: 'name-of-service'
      readonly port: NamedPortFacts
      readonly service: string
      readonly destination: string
      readonly own?: { readonly name: string; readonly number: number }
    }

/** What of a question is open, and by which rule. */
export interface AllowedByRule {
  readonly direction: Direction
  readonly open: Open
  /** What cannot be determined, where something is open; `rest` if that is all the rest. Absent where the rest is denied. */
  readonly undetermined?: Open | 'rest'
  /** The rule that allows most of it; absent where none alone allows any. */
  readonly by?: {
    readonly rule: RuleRef
    readonly opens: Open
    /** Whether that is all that was asked. */
    readonly isAll: boolean
    /** The peer that matches. */
    readonly peer: 'any' | PeerFacts
    /**
     * Where no block alone surely holds an address that is not known: the rules whose blocks together hold every one that it
     * may be. The peer is the first of them.
     */
    readonly together?: readonly RuleRef[]
  }
  /** What would have denied it. */
  readonly nearest?: NearMissFacts
}

/** No policy isolates an endpoint for a direction (S-002). */
export interface NotIsolated {
  readonly object: string
  readonly direction: Direction
  /** The policy that was likely intended to. */
  readonly nearest?: NearMissFacts
}

/** Policies that have no effect on an endpoint whose labels they select. */
export interface IneffectivePolicies {
  readonly about: 'endpoint'
  readonly object: string
  readonly direction: Direction
  readonly policy: PolicyRef
  /** How many more there are. */
  readonly others: Natural
}

/** A policy or a rule that would have decided otherwise, but for its differences. */
export interface NearMissRef {
  readonly policy: PolicyRef
  /** Absent where it is the policy itself. */
  readonly rule?: RuleRef
}

/** The same with its differences. */
export interface NearMissFacts extends NearMissRef {
  readonly differences: readonly DifferenceReason[]
}

/** No rule of the policies that isolate an endpoint allows what was asked. */
export interface DeniedByPolicies {
  readonly direction: Direction
  readonly asked: Port | null
  /** The isolating policy that is nearest, or else one that has rules. */
  readonly policy: PolicyRef
  /** How many more isolate it. */
  readonly others: Natural
  /** How many rules they have for the direction. */
  readonly rules: Natural
  /** The nearest rule or policy, if it is near enough. */
  readonly nearest?: NearMissFacts
  /** The other endpoint, if it is an assumed node, which no selector matches (S-069). */
  readonly node?: string
}

/** Whether a policy isolates an endpoint depends on a label that only a running cluster knows. */
export interface IsolationUnknown {
  readonly about: 'isolation'
  readonly policy: PolicyRef
  readonly direction: Direction
}

/** What of a rule's peers is unknown. */
export interface PeersUnknown {
  readonly about: 'peers'
  readonly peers: readonly PeerUnknown[]
  /** Absent for a single peer. */
  readonly rule?: RuleRef
  /** What replaces an address that is known (S-038, S-064). */
  readonly replacedBy?: 'Pod' | 'node'
}

export type PeerUnknown = {
  /** Its index in the list; absent for a single peer. */
  readonly index?: Natural
} & (
  | {
      readonly kind: 'labels'
      readonly labels: readonly { readonly of: 'Pod' | 'Namespace'; readonly key: string }[]
    }
  | { readonly kind: 'address'; readonly block: IpBlock }
)

/** A port was asked for by a name that nothing has. */
export type PortNotFound =
  | { readonly why: 'not-declared'; readonly on: string; readonly port: Port | null }
  /** The target ports of a Service, and what the first Pod behind it declares. */
  | {
      readonly why: 'no-target-port'
      readonly service: string
      readonly targets: readonly { readonly protocol: string; readonly name: string }[]
      readonly declared?: { readonly pod: string; readonly ports: readonly Port[] }
    }
  /** A Service without a selector, whose Endpoints have no such ports. */
  | { readonly why: 'not-written'; readonly service: string; readonly ports: readonly Port[] }
