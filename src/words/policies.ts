import type { PolicyFacts, PortNotFound } from '../report/facts/policies.ts'
import type { SentenceOnly } from '../report/facts/sentence.ts'
import { portText } from '../report/open.ts'
import { notEnforcedText, selectionText } from './assumptions.ts'

const asItIs = ({ text }: SentenceOnly): string => text

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
  NAMED_PORT_UNRESOLVED: facts => ('text' in facts ? facts.text : portNotFoundText(facts)),
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
  UNDETERMINED_ADDRESS: facts =>
    'text' in facts
      ? facts.text
      : `no Pod of the input is known to have this address, and policies isolate Pods of namespace ${facts.namespace}`,
}

function portNotFoundText(facts: PortNotFound): string {
  switch (facts.why) {
    case 'not-declared':
      return `${facts.on} declares no port ${portText(facts.port)}`
    case 'no-target-port': {
      const { service, targets, declared } = facts
      const names = targets.map(({ protocol, name }) => `${protocol} ${name}`).join(', ')
      const has = declared?.ports.map(({ name, number }) =>
        name === undefined ? number : `${name} (${number})`,
      )
      return `Service ${service} leads to the port named ${names}, and no Pod behind it declares one${has === undefined ? '' : `: ${declared?.pod} declares ${has.join(', ')}`}`
    }
    case 'not-written': {
      const listed = facts.ports.map(({ protocol, name = 'without a name' }) => `${protocol} ${name}`)
      return `no Endpoints or EndpointSlice of Service ${facts.service} has a port ${listed.join(', ')}`
    }
  }
}
