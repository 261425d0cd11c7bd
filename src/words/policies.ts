import type { PolicyFacts } from '../report/facts/policies.ts'
import type { Sentence } from '../report/facts/sentence.ts'
import { notEnforcedText, selectionText } from './assumptions.ts'

const asItIs = ({ text }: Sentence): string => text

export const POLICY_SENTENCES: { readonly [C in keyof PolicyFacts]: (facts: PolicyFacts[C]) => string } = {
  NEAR_MISS_PORT: asItIs,
  NEAR_MISS_PROTOCOL: asItIs,
  NEAR_MISS_LABEL: asItIs,
  NEAR_MISS_NAMESPACE_LABEL: asItIs,
  NEAR_MISS_OWN_NAMESPACE: asItIs,
  NEAR_MISS_AND_OR: asItIs,
  NEAR_MISS_CIDR: asItIs,
  NEAR_MISS_EXCEPT: asItIs,
  SERVICE_PORT_IS_NOT_POD_PORT: asItIs,
  IPBLOCK_IS_FOR_OUTSIDE: asItIs,
  SELECTOR_NEEDS_A_POD: asItIs,
  RULE_DOES_NOT_MATCH: asItIs,
  NEAR_MISS_POLICY_NAMESPACE: asItIs,
  NEAR_MISS_SUBJECT_LABEL: asItIs,
  POLICY_SELECTS_NOTHING: asItIs,
  NEAR_MISS_DIRECTION: asItIs,
  POLICY_TYPES_LEFT_OUT: asItIs,
  RULES_OUTSIDE_POLICY_TYPES: asItIs,
  NAMED_PORT_UNRESOLVED: asItIs,
  ALLOWED_BY_RULE: asItIs,
  RULE_MATCHES: asItIs,
  ALLOWED_NO_POLICY_SELECTS_SOURCE: asItIs,
  ALLOWED_NO_POLICY_SELECTS_DESTINATION: asItIs,
  NOT_SUBJECT_TO_POLICIES: asItIs,
  POLICY_NOT_ENFORCED: facts => ('about' in facts ? notEnforcedText(facts) : facts.text),
  DENIED_BY_EGRESS: asItIs,
  DENIED_BY_INGRESS: asItIs,
  OPEN_IN_PART: asItIs,
  UNDETERMINED_LABEL: facts => ('about' in facts ? selectionText(facts) : facts.text),
  UNDETERMINED_ADDRESS: asItIs,
}
