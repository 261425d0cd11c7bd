import type { PoliciesNotEnforced, UndeterminedSelection } from './assumptions.ts'
import type { Sentence } from './sentence.ts'

/** What is known of a code that says what policies, rules and peers do about one side of a connection. */
export interface PolicyFacts {
  readonly NEAR_MISS_PORT: Sentence
  readonly NEAR_MISS_PROTOCOL: Sentence
  readonly NEAR_MISS_LABEL: Sentence
  readonly NEAR_MISS_NAMESPACE_LABEL: Sentence
  readonly NEAR_MISS_OWN_NAMESPACE: Sentence
  readonly NEAR_MISS_AND_OR: Sentence
  readonly NEAR_MISS_CIDR: Sentence
  readonly NEAR_MISS_EXCEPT: Sentence
  readonly SERVICE_PORT_IS_NOT_POD_PORT: Sentence
  readonly IPBLOCK_IS_FOR_OUTSIDE: Sentence
  readonly SELECTOR_NEEDS_A_POD: Sentence
  readonly RULE_DOES_NOT_MATCH: Sentence
  readonly NEAR_MISS_POLICY_NAMESPACE: Sentence
  readonly NEAR_MISS_SUBJECT_LABEL: Sentence
  readonly POLICY_SELECTS_NOTHING: Sentence
  readonly NEAR_MISS_DIRECTION: Sentence
  readonly POLICY_TYPES_LEFT_OUT: Sentence
  readonly RULES_OUTSIDE_POLICY_TYPES: Sentence
  readonly NAMED_PORT_UNRESOLVED: Sentence
  readonly ALLOWED_BY_RULE: Sentence
  readonly RULE_MATCHES: Sentence
  readonly ALLOWED_NO_POLICY_SELECTS_SOURCE: Sentence
  readonly ALLOWED_NO_POLICY_SELECTS_DESTINATION: Sentence
  readonly NOT_SUBJECT_TO_POLICIES: Sentence
  readonly POLICY_NOT_ENFORCED: Sentence | PoliciesNotEnforced
  readonly DENIED_BY_EGRESS: Sentence
  readonly DENIED_BY_INGRESS: Sentence
  readonly OPEN_IN_PART: Sentence
  readonly UNDETERMINED_LABEL: Sentence | UndeterminedSelection
  readonly UNDETERMINED_ADDRESS: Sentence
}
