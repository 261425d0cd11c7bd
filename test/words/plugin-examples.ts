import type { AssumptionReason, WarningReason } from '../../src/report/assumption.ts'
import type { PluginRemark } from '../../src/report/facts/assumptions.ts'

/*
 * Facts and the sentences that they make, of the codes for what depends on the network plugin.
 */

export type AnyReason = AssumptionReason | WarningReason

/** For each code, so that a new one does not compile here until somebody has read its sentence; what-if.test.ts has one of its own. */
export type Examples = {
  readonly [C in Exclude<AnyReason['code'], 'ASSUMED_WHAT_IF'>]: readonly (readonly [
    facts: Extract<AnyReason, { readonly code: C }>['facts'],
    sentence: string,
  ])[]
}

const weave: PluginRemark = { name: 'weave', title: 'Weave Net' }
const cilium: PluginRemark = { name: 'cilium', title: 'Cilium', note: 'unless it is switched on' }
const block = { cidr: '10.0.0.0/8', except: [] }
const http = { protocol: 'TCP', name: 'http' } as const
const range = [{ protocol: 'TCP', ports: [[80, 90]] }] as const

export const PLUGIN_EXAMPLES: Pick<
  Examples,
  'CNI_BEHAVIOUR' | 'ASSUMED_CNI_BEHAVIOUR' | 'POLICY_NOT_ENFORCED' | 'UNDETERMINED_CNI_BEHAVIOUR'
> = {
  CNI_BEHAVIOUR: [
    [{ topic: 'ipBlockOfNodes', plugin: weave }, 'Weave Net lets no ipBlock match nodes'],
    [
      { topic: 'ipBlockOfPods', unmatched: { block, endpoint: 'shop/db' }, plugin: cilium },
      'Cilium lets no ipBlock match Pods, so that 10.0.0.0/8 does not match shop/db (unless it is switched on)',
    ],
    [
      { topic: 'toOwnNode', plugin: weave },
      'Weave Net holds a Pod to its egress policies on the way to its own node, too',
    ],
    [
      { topic: 'selfThroughService', plugin: weave },
      'Weave Net takes a Pod that gets to itself through a Service for any other',
    ],
    [
      { topic: 'namedPorts', plugin: weave },
      'Weave Net does not know named ports, so that they open nothing',
    ],
    [
      { topic: 'namedPorts', port: http, plugin: weave },
      'Weave Net does not know named ports, so that TCP http opens nothing',
    ],
    [
      { topic: 'endPort', plugin: weave },
      'Weave Net does not know endPort, so that a range opens its first port only',
    ],
    [
      {
        topic: 'endPort',
        range: { applied: [{ protocol: 'TCP', ports: [[80, 80]] }], written: range },
        plugin: weave,
      },
      'Weave Net does not know endPort, so that a range opens its first port only: TCP 80 of TCP 80-90',
    ],
  ],
  ASSUMED_CNI_BEHAVIOUR: [
    [
      { topic: 'sctp', plugin: cilium },
      'SCTP is taken to get through at all (of Cilium: unless it is switched on)',
    ],
    [
      { topic: 'bothSelectors', plugin: weave },
      'both selectors of one entry are taken to count (not known of Weave Net)',
    ],
    [
      { topic: 'rewrittenByOwnNode', endpoint: 'shop/db', plugin: weave },
      "the node that replaces the client's address is taken not to be let in as shop/db's own (not known of Weave Net)",
    ],
    [
      { topic: 'namedPorts', port: http, plugin: weave },
      'TCP http is taken for the port of that name (not known of Weave Net)',
    ],
    [
      { topic: 'endPort', range, plugin: weave },
      'all of TCP 80-90 is taken to be open (not known of Weave Net)',
    ],
  ],
  POLICY_NOT_ENFORCED: [
    [
      { about: 'all policies', plugin: { name: 'none', title: 'no enforcement' }, policies: 1 },
      'with --cni none NetworkPolicies are not enforced: the one in the input has no effect',
    ],
    [
      {
        about: 'all policies',
        plugin: { name: 'flannel', title: 'Flannel', note: 'by itself it enforces none' },
        policies: 3,
      },
      'with --cni flannel NetworkPolicies are not enforced: the 3 in the input have no effect; by itself it enforces none',
    ],
  ],
  UNDETERMINED_CNI_BEHAVIOUR: [
    [
      {
        about: 'any Pod',
        plugin: { name: 'ovn-kubernetes', title: 'OVN-Kubernetes' },
        endpoint: 'shop/agent',
      },
      "OVN-Kubernetes lets `podSelector: {}` beside a namespaceSelector match shop/agent on its node's network, which is not evaluated: more may be open",
    ],
    [
      { about: 'any Pod', plugin: { name: 'ovn-kubernetes', title: 'OVN-Kubernetes' } },
      'OVN-Kubernetes lets `podSelector: {}` beside a namespaceSelector match Pods on the network of a node, which is not evaluated: more may be open',
    ],
  ],
}
