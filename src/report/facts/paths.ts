import type { AnyPodOnNodes } from './assumptions.ts'
import type { Sentence } from './sentence.ts'

/** The code says it all. */
type Nothing = Readonly<Record<never, never>>

/** What is known of a code that says where a connection leads, and what it meets on its way. */
export interface PathFacts {
  readonly SELF_TRAFFIC: Nothing
  readonly NODE_TRAFFIC: Sentence
  readonly DENIED_BY_BOTH: Sentence
  readonly ENDPOINTS_DIFFER: Sentence
  readonly NO_SHARED_IP_FAMILY: Sentence
  readonly POD_HAS_TERMINATED: Nothing
  readonly WORKLOAD_HAS_NO_PODS: Sentence
  readonly NAME_RESOLVES: Sentence
  readonly NAME_NOT_FOUND: Sentence
  readonly DNS_BLOCKED: Sentence
  readonly SERVICE_FORWARDS: Sentence
  readonly SERVICE_HAS_NO_ENDPOINTS: Sentence
  readonly SERVICE_PORT_UNKNOWN: Sentence
  readonly SERVICE_NOT_EXPOSED: Sentence
  readonly OUTSIDE_SOURCE_RANGES: Sentence
  readonly ROUTE_MATCHES: Sentence
  readonly ROUTE_REDIRECTS: Sentence
  readonly NO_ROUTE: Sentence
  readonly SERVICE_NOT_FOUND: Sentence
  readonly BACKEND_UNUSABLE: Sentence
  readonly UNDETERMINED_CNI_BEHAVIOUR: Sentence | AnyPodOnNodes
  readonly UNDETERMINED_NODE: Sentence
  readonly UNDETERMINED_BACKEND: Sentence
  readonly UNDETERMINED_ROUTE: Sentence
  readonly UNDETERMINED_CONTROLLER_PORT: Sentence
  readonly UNDETERMINED_DNS: Sentence
  readonly UNDETERMINED_HOST_NETWORK: Sentence
}
