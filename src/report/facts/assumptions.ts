import type { Sentence } from './sentence.ts'

/** What is known of a code that says what an answer assumes, and what makes it less than sure. */
export interface AssumptionFacts {
  readonly ASSUMED_NAMESPACE: Sentence
  readonly ASSUMED_CLUSTER_DNS: Sentence
  readonly ASSUMED_NODE_DNS: Sentence
  readonly ASSUMED_OUTSIDE_NAME: Sentence
  readonly ASSUMED_API_SERVER: Sentence
  readonly ASSUMED_INGRESS_CONTROLLER: Sentence
  readonly ASSUMED_LOCAL_ENDPOINT: Sentence
  readonly ASSUMED_OBJECT: Sentence
  readonly ASSUMED_POD_IP: Sentence
  readonly ASSUMED_CLIENT_IP: Sentence
  readonly ASSUMED_IPBLOCK_MATCHES_POD: Sentence
  readonly ASSUMED_POLICY_AFTER_SERVICE: Sentence
  readonly ASSUMED_NODE_EGRESS: Sentence
  readonly ASSUMED_HOST_NETWORK: Sentence
  readonly ASSUMED_SELF_THROUGH_SERVICE: Sentence
  readonly ASSUMED_NO_PORTS_PROTOCOLS: Sentence
  readonly ASSUMED_SIDECAR_PORT: Sentence
  readonly ASSUMED_ENFORCING_CNI: Sentence
  readonly CNI_BEHAVIOUR: Sentence
  readonly ASSUMED_CNI_BEHAVIOUR: Sentence
  readonly ASSUMED_WHAT_IF: Sentence
  readonly UNDETERMINED_INVALID_INPUT: Sentence
  readonly UNDETERMINED_UNMODELLED_POLICY: Sentence
  readonly INGRESS_CLASS_UNKNOWN: Sentence
  readonly DNS_OVER_TCP_BLOCKED: Sentence
}
