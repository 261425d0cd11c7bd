import type { AssumptionFacts } from '../report/facts/assumptions.ts'
import type { Sentence } from '../report/facts/sentence.ts'

const asItIs = ({ text }: Sentence): string => text

export const ASSUMPTION_SENTENCES: {
  readonly [C in keyof AssumptionFacts]: (facts: AssumptionFacts[C]) => string
} = {
  ASSUMED_NAMESPACE: asItIs,
  ASSUMED_CLUSTER_DNS: asItIs,
  ASSUMED_NODE_DNS: asItIs,
  ASSUMED_OUTSIDE_NAME: asItIs,
  ASSUMED_API_SERVER: asItIs,
  ASSUMED_INGRESS_CONTROLLER: asItIs,
  ASSUMED_LOCAL_ENDPOINT: asItIs,
  ASSUMED_OBJECT: asItIs,
  ASSUMED_POD_IP: asItIs,
  ASSUMED_CLIENT_IP: asItIs,
  ASSUMED_IPBLOCK_MATCHES_POD: asItIs,
  ASSUMED_POLICY_AFTER_SERVICE: asItIs,
  ASSUMED_NODE_EGRESS: asItIs,
  ASSUMED_HOST_NETWORK: asItIs,
  ASSUMED_SELF_THROUGH_SERVICE: asItIs,
  ASSUMED_NO_PORTS_PROTOCOLS: asItIs,
  ASSUMED_SIDECAR_PORT: asItIs,
  ASSUMED_ENFORCING_CNI: asItIs,
  CNI_BEHAVIOUR: asItIs,
  ASSUMED_CNI_BEHAVIOUR: asItIs,
  ASSUMED_WHAT_IF: asItIs,
  UNDETERMINED_INVALID_INPUT: asItIs,
  UNDETERMINED_UNMODELLED_POLICY: asItIs,
  INGRESS_CLASS_UNKNOWN: asItIs,
  DNS_OVER_TCP_BLOCKED: asItIs,
}
