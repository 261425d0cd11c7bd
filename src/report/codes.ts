/** What a reason code means, in a sentence. */
export const CODES = {
  ALLOWED_NO_POLICY_SELECTS_SOURCE: 'No policy isolates the source for egress, so its side is open.',
  ALLOWED_NO_POLICY_SELECTS_DESTINATION:
    'No policy isolates the destination for ingress, so its side is open.',
  ALLOWED_BY_RULE: 'A policy isolates an end of the connection, and a rule opens it.',
  SELF_TRAFFIC: 'A Pod always reaches its own address.',
  NODE_TRAFFIC: 'A node and the Pods that run on it always reach each other.',
  NOT_SUBJECT_TO_POLICIES: 'No NetworkPolicy can select this end: it is outside the Pod network.',
  DENIED_BY_EGRESS: 'Policies isolate the source for egress, and none of their rules opens the connection.',
  DENIED_BY_INGRESS:
    'Policies isolate the destination for ingress, and none of their rules opens the connection.',
  DENIED_BY_BOTH: 'Both the egress of the source and the ingress of the destination refuse the connection.',
  OPEN_IN_PART: 'Only some of the ports that were asked for are open.',
  ENDPOINTS_DIFFER: 'Several ends stand behind the name, and they do not answer alike.',
  NO_SHARED_IP_FAMILY:
    'One end has only IPv4 addresses and the other only IPv6 ones, so that no connection can be made.',
  POD_HAS_TERMINATED: 'The Pod has finished (Succeeded or Failed) and has no network any more.',
  WORKLOAD_HAS_NO_PODS: 'The workload makes no Pods, so there is nothing to connect.',
  NAME_RESOLVES: 'The name stands for something, and the client finds out for what.',
  NAME_NOT_FOUND: 'No DNS server that the client asks knows the name.',
  DNS_BLOCKED: 'The policies keep the client from the DNS server, so no name resolves.',
  DNS_OVER_TCP_BLOCKED: 'DNS is open over UDP only; an answer that is too long for UDP does not get through.',
  SERVICE_HAS_NO_ENDPOINTS: 'The Service has nothing behind it that is ready.',
  SERVICE_PORT_UNKNOWN: 'The Service does not have this port, so nothing forwards it.',
  SERVICE_NOT_EXPOSED: 'The Service is for clients inside the cluster only.',
  OUTSIDE_SOURCE_RANGES: 'The load balancer of the Service lets in other addresses only.',
  SERVICE_NOT_FOUND: 'A route leads to a Service that is not there.',
  ROUTE_MATCHES: 'An Ingress or an HTTPRoute has a rule for the request.',
  ROUTE_REDIRECTS: 'The HTTPRoute answers the request by itself, with a redirect.',
  NO_ROUTE: 'No Ingress or HTTPRoute has a rule for the request, and there is no default backend.',
  BACKEND_UNUSABLE: 'The backend of a route is no Service that it may refer to.',
  INGRESS_CLASS_UNKNOWN: 'It is not sure that a controller takes care of the Ingress.',
  SERVICE_FORWARDS: 'The Service hands the connection to a Pod behind it.',
  SERVICE_PORT_IS_NOT_POD_PORT: 'The rule names the port of the Service; policies see the port of the Pod.',
  NAMED_PORT_UNRESOLVED: 'The rule names a port that the destination Pod does not declare.',
  NEAR_MISS_PORT: 'The peer matches, but the port is another one.',
  NEAR_MISS_PROTOCOL: 'The peer and the port number match, but the protocol is another one.',
  NEAR_MISS_LABEL: 'The namespace matches, but a label of the Pod does not.',
  NEAR_MISS_NAMESPACE_LABEL: 'A label of the namespace does not match.',
  NEAR_MISS_OWN_NAMESPACE:
    'A podSelector alone means Pods of the policy’s own namespace, and the Pod is in another one.',
  NEAR_MISS_AND_OR:
    'One entry with two selectors wants both; two entries want either. The difference is one dash.',
  NEAR_MISS_SUBJECT_LABEL:
    'A policy would have its say, but its podSelector does not match a label of the Pod.',
  NEAR_MISS_POLICY_NAMESPACE: 'A policy would select the Pod, but it is in another namespace.',
  POLICY_SELECTS_NOTHING: 'A policy would have its say, but its podSelector matches no Pod at all.',
  RULES_OUTSIDE_POLICY_TYPES: 'A policy has rules for a direction that its policyTypes do not name.',
  NEAR_MISS_CIDR: 'The address is outside the block.',
  NEAR_MISS_EXCEPT: 'The address is in the block, but in an exception of it.',
  SELECTOR_NEEDS_A_POD: 'A selector matches Pods only, and the other end is none.',
  RULE_MATCHES: 'The rule opens the connection.',
  RULE_DOES_NOT_MATCH: 'Neither the peers nor the ports of the rule match.',
  UNDETERMINED_ADDRESS: 'A block decides, and the address of the Pod is not in the manifests.',
  UNDETERMINED_LABEL: 'A selector asks for a label whose value only a running cluster knows.',
  UNDETERMINED_NODE: 'It depends on which node a Pod runs, and the manifests do not say.',
  UNDETERMINED_BACKEND: 'A route leads to something that only its controller knows.',
  UNDETERMINED_ROUTE: 'Whether a rule matches is up to the controller.',
  UNDETERMINED_CONTROLLER_PORT:
    'The input does not tell whether the ingress controller is reached on this port from outside.',
  UNDETERMINED_DNS: 'Whether the client gets to the DNS server cannot be told from the manifests.',
  UNDETERMINED_HOST_NETWORK:
    'A Pod that uses its node’s network is judged as the node, whose address is not known.',
  UNDETERMINED_INVALID_INPUT:
    'Objects that a cluster would refuse were left out (--skip-invalid), and the answer may be another with them.',
  UNDETERMINED_UNMODELLED_POLICY:
    'There are policies of a kind that is not evaluated; they may decide otherwise.',
  ASSUMED_WHAT_IF: 'The answer is for an input that is changed by --apply, --delete or --label.',
  ASSUMED_NAMESPACE:
    'A namespace is used but not declared: it is taken to exist with its automatic label only.',
  ASSUMED_CLUSTER_DNS:
    'The DNS Pods of the cluster are not in the manifests; they are taken to be where kubeadm puts them.',
  ASSUMED_NODE_DNS: 'The DNS servers of the node, which are not in the manifests, are taken to be outside.',
  ASSUMED_OUTSIDE_NAME: 'A name of the world outside is taken to exist, and to stand for a public address.',
  ASSUMED_API_SERVER: 'The API server is taken to be on a node, on port 6443.',
  ASSUMED_INGRESS_CONTROLLER:
    'The Pods of the ingress controller are not in the manifests; they are taken to be where it is usually installed.',
  ASSUMED_LOCAL_ENDPOINT:
    'A Service keeps to the node of its client, and the manifests do not tell on which nodes the Pods are.',
  ASSUMED_OBJECT:
    'A word with a port is taken for a Pod or a workload, because no name of the cluster is so spelled.',
  ASSUMED_POD_IP: 'The address of a Pod is not in the manifests.',
  ASSUMED_CLIENT_IP: 'The address that the destination sees may have been rewritten on the way.',
  ASSUMED_IPBLOCK_MATCHES_POD:
    'An ipBlock is taken to match the addresses of Pods, as most network plugins have it.',
  ASSUMED_POLICY_AFTER_SERVICE:
    'Policies are taken to see the Pod behind a Service, not the Service’s own address.',
  ASSUMED_NODE_EGRESS: 'A Pod is taken to reach the node it runs on, whatever its egress policies say.',
  ASSUMED_HOST_NETWORK: 'A Pod that uses its node’s network is taken to be its node: no selector matches it.',
  ASSUMED_SELF_THROUGH_SERVICE:
    'A Pod that reaches itself through a Service is judged differently by network plugins.',
  ASSUMED_NO_PORTS_PROTOCOLS:
    'Protocols without ports, such as ICMP, are taken to pass rules without ports only.',
  ASSUMED_SIDECAR_PORT:
    'Only a sidecar declares the named port; whether policies see it is left to the network plugin.',
  ASSUMED_ENFORCING_CNI: 'The network plugin is taken to enforce NetworkPolicies.',
} as const

export type ReasonCode = keyof typeof CODES
