import type { Port } from '../common.ts'
import type { PoliciesNotEnforced, UndeterminedSelection } from './assumptions.ts'
import type { SentenceOnly } from './sentence.ts'

/** What is known of a code that says what policies, rules and peers do about one side of a connection. */
export interface PolicyFacts {
  readonly NEAR_MISS_PORT: SentenceOnly
  readonly NEAR_MISS_PROTOCOL: SentenceOnly
  readonly NEAR_MISS_LABEL: SentenceOnly
  readonly NEAR_MISS_NAMESPACE_LABEL: SentenceOnly
  readonly NEAR_MISS_OWN_NAMESPACE: SentenceOnly
  readonly NEAR_MISS_AND_OR: SentenceOnly
  readonly NEAR_MISS_CIDR: SentenceOnly
  readonly NEAR_MISS_EXCEPT: SentenceOnly
  readonly SERVICE_PORT_IS_NOT_POD_PORT: SentenceOnly
  readonly IPBLOCK_IS_FOR_OUTSIDE: SentenceOnly
  readonly SELECTOR_NEEDS_A_POD: SentenceOnly
  readonly RULE_DOES_NOT_MATCH: SentenceOnly
  readonly NEAR_MISS_POLICY_NAMESPACE: SentenceOnly
  readonly NEAR_MISS_SUBJECT_LABEL: SentenceOnly
  readonly POLICY_SELECTS_NOTHING: SentenceOnly
  readonly NEAR_MISS_DIRECTION: SentenceOnly
  readonly POLICY_TYPES_LEFT_OUT: SentenceOnly
  readonly RULES_OUTSIDE_POLICY_TYPES: SentenceOnly
  readonly NAMED_PORT_UNRESOLVED: SentenceOnly | PortNotFound
  readonly ALLOWED_BY_RULE: SentenceOnly
  readonly RULE_MATCHES: SentenceOnly
  readonly ALLOWED_NO_POLICY_SELECTS_SOURCE: SentenceOnly
  readonly ALLOWED_NO_POLICY_SELECTS_DESTINATION: SentenceOnly
  readonly NOT_SUBJECT_TO_POLICIES: SentenceOnly
  readonly POLICY_NOT_ENFORCED: SentenceOnly | PoliciesNotEnforced
  readonly DENIED_BY_EGRESS: SentenceOnly
  readonly DENIED_BY_INGRESS: SentenceOnly
  readonly OPEN_IN_PART: SentenceOnly
  readonly UNDETERMINED_LABEL: SentenceOnly | UndeterminedSelection
  readonly UNDETERMINED_ADDRESS: SentenceOnly | UnverifiedName
}

/** A port that is asked for by a name that nothing has. */
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

/** A name that is made of an address which no Pod is known to have, in a namespace with policies. */
export interface UnverifiedName {
  readonly why: 'unverified-name'
  readonly namespace: string
}
