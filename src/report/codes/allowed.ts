import { DB, DB_FROM_WEB, example, NOTHING_IN, node, pod, WEB } from './manifests.ts'
import type { Pages } from './page.ts'

const OPENED = example('explain web pod/db --port 5432', WEB, DB, DB_FROM_WEB)

/** Why something is open. */
export const ALLOWED = {
  ALLOWED_NO_POLICY_SELECTS_SOURCE: {
    meaning: 'No policy isolates the source for egress, so its side is open.',
    rule: 'A Pod is isolated for egress only by a policy of its own namespace whose podSelector matches it and whose policyTypes have Egress. Where there is none, everything may go out.',
    example: OPENED,
    mend: 'Nothing, if it is meant to be open. To close it, write a policy for the source with `policyTypes: [Egress]`, and let out DNS as well as what it needs.',
    see: ['ALLOWED_NO_POLICY_SELECTS_DESTINATION', 'DENIED_BY_EGRESS', 'DNS_BLOCKED'],
  },
  ALLOWED_NO_POLICY_SELECTS_DESTINATION: {
    meaning: 'No policy isolates the destination for ingress, so its side is open.',
    rule: 'A Pod is isolated for ingress only by a policy of its own namespace whose podSelector matches it and whose policyTypes have Ingress. Where there is none, everything may come in.',
    example: example('can-reach web pod/db --port 5432', WEB, DB),
    mend: 'Nothing, if it is meant to be open. If a policy was meant to select the Pod, compare its namespace and its podSelector with the Pod: `{netpol} get netpol --selecting pod/db` lists those that do.',
    see: ['ALLOWED_NO_POLICY_SELECTS_SOURCE', 'POLICY_SELECTS_NOTHING', 'NEAR_MISS_SUBJECT_LABEL'],
  },
  ALLOWED_BY_RULE: {
    meaning: 'A policy isolates an end of the connection, and a rule opens it.',
    rule: 'What the rules of all policies open is added up: one rule is enough, and no policy can take away what another one opens.',
    example: OPENED,
    mend: 'Nothing, if it is meant to be open. To close it, narrow the rule that is named; there may be others that open it too.',
    see: ['RULE_MATCHES', 'DENIED_BY_INGRESS'],
  },
  RULE_MATCHES: {
    meaning: 'The rule opens the connection.',
    rule: 'A rule matches when one entry of its `from` or `to` and one entry of its `ports` match. A list that is left out matches everything.',
    example: OPENED,
    mend: 'Nothing: this is the rule that the answer rests on.',
    see: ['ALLOWED_BY_RULE', 'RULE_DOES_NOT_MATCH'],
  },
  SELF_TRAFFIC: {
    meaning: 'A Pod always reaches its own address.',
    rule: 'Policies are about other ends. No policy keeps a Pod from itself.',
    example: example('can-reach db pod/db --port 5432', DB, NOTHING_IN),
    mend: 'Nothing: it cannot be closed by a policy.',
    see: ['ASSUMED_SELF_THROUGH_SERVICE'],
  },
  NODE_TRAFFIC: {
    meaning: 'A node and the Pods that run on it always reach each other.',
    rule: 'The kubelet has to reach the Pods of its node to probe them, so the node that a Pod runs on is let in whatever the policies say.',
    example: example(
      'can-reach node/n1 pod/db --port 5432',
      node('n1', '192.168.0.1'),
      pod('db', { spec: 'nodeName: n1' }),
      NOTHING_IN,
    ),
    mend: 'Nothing: it cannot be closed by a NetworkPolicy. Other nodes are addresses like any other: an ipBlock decides about them.',
    see: ['UNDETERMINED_NODE', 'ASSUMED_NODE_EGRESS', 'ASSUMED_HOST_NETWORK'],
  },
  NOT_SUBJECT_TO_POLICIES: {
    meaning: 'No NetworkPolicy can select this end: it is outside the Pod network.',
    rule: 'A podSelector selects Pods that have an address of their own. For nodes, Pods with `hostNetwork: true` and everything outside the cluster only the other end’s policies count.',
    example: example(
      'can-reach agent internet --port 443',
      pod('agent', { spec: 'hostNetwork: true' }),
      NOTHING_IN,
    ),
    mend: 'Nothing to mend: write the policy for the other end, if that is a Pod.',
    see: ['ASSUMED_HOST_NETWORK', 'SELECTOR_NEEDS_A_POD'],
  },
  POLICY_NOT_ENFORCED: {
    meaning: 'The network plugin does not enforce NetworkPolicies, so what they close is open.',
    rule: 'The API server takes every valid policy, but it is the network plugin that has to act on it, and some (flannel by itself, for one) do not.',
    example: example('can-reach web pod/db --port 5432 --cni none', WEB, DB, NOTHING_IN),
    mend: 'Install a plugin that enforces them. Until then no policy of the cluster has any effect.',
    see: ['ASSUMED_ENFORCING_CNI'],
  },
} satisfies Pages
