import type { PathFacts } from '../report/facts/paths.ts'
import type { Sentence } from '../report/facts/sentence.ts'
import { anyPodText } from './assumptions.ts'

const asItIs = ({ text }: Sentence): string => text

export const PATH_SENTENCES: { readonly [C in keyof PathFacts]: (facts: PathFacts[C]) => string } = {
  SELF_TRAFFIC: () => 'a Pod always reaches itself',
  NODE_TRAFFIC: asItIs,
  DENIED_BY_BOTH: asItIs,
  ENDPOINTS_DIFFER: asItIs,
  NO_SHARED_IP_FAMILY: asItIs,
  POD_HAS_TERMINATED: () => 'the Pod has finished and has no network any more',
  WORKLOAD_HAS_NO_PODS: asItIs,
  NAME_RESOLVES: asItIs,
  NAME_NOT_FOUND: asItIs,
  DNS_BLOCKED: asItIs,
  SERVICE_FORWARDS: asItIs,
  SERVICE_HAS_NO_ENDPOINTS: asItIs,
  SERVICE_PORT_UNKNOWN: asItIs,
  SERVICE_NOT_EXPOSED: asItIs,
  OUTSIDE_SOURCE_RANGES: asItIs,
  ROUTE_MATCHES: asItIs,
  ROUTE_REDIRECTS: asItIs,
  NO_ROUTE: asItIs,
  SERVICE_NOT_FOUND: asItIs,
  BACKEND_UNUSABLE: asItIs,
  UNDETERMINED_CNI_BEHAVIOUR: facts => ('about' in facts ? anyPodText(facts) : facts.text),
  UNDETERMINED_NODE: asItIs,
  UNDETERMINED_BACKEND: asItIs,
  UNDETERMINED_ROUTE: asItIs,
  UNDETERMINED_CONTROLLER_PORT: asItIs,
  UNDETERMINED_DNS: asItIs,
  UNDETERMINED_HOST_NETWORK: asItIs,
}
