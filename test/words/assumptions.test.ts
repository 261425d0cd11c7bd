import { describe, expect, it } from 'vitest'
import type { AssumptionReason, WarningReason } from '../../src/report/assumption.ts'
import type { PluginRemark } from '../../src/report/facts/assumptions.ts'
import { omitted, say } from '../../src/words/reason.ts'

/*
 * What every code that an answer assumes, or warns of, says: facts, and the sentence that they make.
 */

type AnyReason = AssumptionReason | WarningReason

/** For each code, so that a new one does not compile here until somebody has read its sentence; what-if.test.ts has one of its own. */
type Examples = {
  readonly [C in Exclude<AnyReason['code'], 'ASSUMED_WHAT_IF'>]: readonly (readonly [
    facts: Extract<AnyReason, { readonly code: C }>['facts'],
    sentence: string,
  ])[]
}

const weave: PluginRemark = { name: 'weave', title: 'Weave Net' }
const cilium: PluginRemark = { name: 'cilium', title: 'Cilium', note: 'unless it is switched on' }
const block = { cidr: '10.0.0.0/8', except: [] }
const holed = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] }
const http = { protocol: 'TCP', name: 'http' } as const
const range = [{ protocol: 'TCP', ports: [[80, 90]] }] as const

const EXAMPLES: Examples = {
  ASSUMED_NAMESPACE: [
    [
      { namespaces: ['shop'] },
      'namespace shop is not in the input: taken to exist, with kubernetes.io/metadata.name as the only label',
    ],
    [
      { namespaces: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
      'namespace a, b, c, d, e and 2 more are not in the input: taken to exist, with kubernetes.io/metadata.name as the only label',
    ],
  ],
  ASSUMED_CLUSTER_DNS: [
    [
      { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns', tier: 'dns' }, port: 53 },
      "the cluster's DNS Pods are not in the input: taken to be in namespace kube-system, labelled k8s-app=kube-dns,tier=dns, on port 53",
    ],
    [
      { kind: 'address', address: '10.0.0.53' },
      'the DNS server 10.0.0.53, which the Pod names itself, is not in the input: taken for an address, and for no Pod',
    ],
  ],
  ASSUMED_NODE_DNS: [
    [{}, "the node's DNS servers are not in the input: they are taken to be outside the cluster"],
  ],
  ASSUMED_OUTSIDE_NAME: [
    [
      { name: 'www.example.com' },
      'www.example.com is a name outside the cluster: taken to exist, and to stand for a public address',
    ],
  ],
  ASSUMED_API_SERVER: [
    [{ port: 6443 }, 'the API server is taken to be on a node, behind port 6443: selectors do not match it'],
  ],
  ASSUMED_INGRESS_CONTROLLER: [
    [
      {
        kind: 'pods',
        namespace: 'ingress-nginx',
        labels: { 'app.kubernetes.io/name': 'nginx', tier: 'edge' },
      },
      "the controller's Pods are not in the input: taken to be in namespace ingress-nginx, labelled app.kubernetes.io/name=nginx, tier=edge (--ingress-controller names others)",
    ],
    [
      { kind: 'external', name: 'the load balancer of the cloud' },
      'requests are taken to come from the load balancer of the cloud, whose addresses are not known',
    ],
  ],
  ASSUMED_LOCAL_ENDPOINT: [
    [
      { service: { namespace: 'shop', name: 'api' } },
      "Service api keeps to the client's node (traffic policy Local), and the input does not tell the nodes: the endpoint is taken to be there",
    ],
  ],
  ASSUMED_OBJECT: [
    [
      { typed: 'api', object: { id: 'shop/api', kind: 'Deployment', namespace: 'shop', name: 'api' } },
      '`api` is taken for Deployment shop/api, which is asked by its address; as a name it would not resolve',
    ],
  ],
  ASSUMED_POD_IP: [
    [
      { block, matches: 'unknown' },
      "the Pod's address is not in the input; ipBlock 10.0.0.0/8 may or may not hold it",
    ],
    [
      { block: { cidr: '0.0.0.0/0', except: [] }, matches: 'yes' },
      "the Pod's address is not in the input; ipBlock 0.0.0.0/0 holds every address it can have",
    ],
  ],
  ASSUMED_CLIENT_IP: [
    [{}, "the client's address is taken to be replaced by that of a node before a policy sees it"],
  ],
  ASSUMED_IPBLOCK_MATCHES_POD: [
    [
      { block: holed },
      'ipBlock 10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16 is taken to match Pods too, as it does with most network plugins',
    ],
  ],
  ASSUMED_POLICY_AFTER_SERVICE: [
    [
      { block, plugin: weave },
      "ipBlock 10.0.0.0/8 holds the Service's own address, which is taken to be replaced by the Pod's before a policy sees it (not known of Weave Net)",
    ],
  ],
  ASSUMED_NODE_EGRESS: [
    [
      { endpoint: 'shop/web' },
      'network plugins differ on whether egress policies hold shop/web off its own node; it is taken to get there',
    ],
    [
      { endpoint: 'shop/web', plugin: cilium },
      'network plugins differ on whether egress policies hold shop/web off its own node; it is taken to get there (of Cilium: unless it is switched on)',
    ],
  ],
  ASSUMED_HOST_NETWORK: [
    [
      { endpoints: ['shop/agent'] },
      "shop/agent is on the node's network: policies take it for the node, and no selector matches it",
    ],
    [
      { endpoints: ['shop/a', 'shop/b'], plugin: weave },
      "shop/a, shop/b are on the node's network: policies take it for the node, and no selector matches it (not known of Weave Net)",
    ],
  ],
  ASSUMED_SELF_THROUGH_SERVICE: [
    [
      { endpoint: 'shop/web', service: { namespace: 'shop', name: 'front' } },
      'network plugins differ on whether shop/web reaches itself through Service front; it is taken to',
    ],
  ],
  ASSUMED_NO_PORTS_PROTOCOLS: [
    [{}, 'ICMP and other protocols without ports are taken to pass only rules without ports'],
  ],
  ASSUMED_SIDECAR_PORT: [
    [
      { port: 'metrics' },
      'only a sidecar declares the port metrics; network plugins differ on whether policies see it, and it is taken that they do not',
    ],
  ],
  ASSUMED_ENFORCING_CNI: [[{}, "the cluster's network plugin is taken to enforce NetworkPolicies"]],
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
      'Weave Net does not know endPort, so that a range opens its first port only: TCP 80 (of TCP 80-90: the network plugin does not know endPort)',
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
  UNDETERMINED_INVALID_INPUT: [
    [
      {
        leftOut: [
          { object: 'NetworkPolicy shop/api', source: { file: 'a.yaml', line: 11, column: 3 } },
          { object: 'a document' },
        ],
      },
      'left out because a cluster would refuse it: NetworkPolicy shop/api (a.yaml:11), a document; put right, it may decide otherwise',
    ],
  ],
  UNDETERMINED_UNMODELLED_POLICY: [
    [
      { policies: [{ kind: 'CiliumNetworkPolicy', namespace: 'shop', name: 'p' }] },
      'CiliumNetworkPolicy shop/p is not evaluated: it may decide otherwise',
    ],
    [
      { policies: ['a', 'b', 'c', 'd'].map(name => ({ kind: 'AdminNetworkPolicy', name })) },
      'AdminNetworkPolicy a, AdminNetworkPolicy b, AdminNetworkPolicy c and 1 more are not evaluated: they may decide otherwise',
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
  UNDETERMINED_LABEL: [
    [
      { about: 'selected Pods', policy: 'db', pods: ['shop/a', 'shop/b'] },
      'whether db selects shop/a, shop/b hangs on a label that only a running cluster knows',
    ],
    [
      { about: 'selecting policies', of: 'shop/job', policies: ['db'] },
      'whether shop/job is selected by db hangs on a label that only a running cluster knows',
    ],
  ],
  INGRESS_CLASS_UNKNOWN: [
    [{}, 'the Ingress has no class, and there is no default one: a controller may ignore it'],
  ],
  DNS_OVER_TCP_BLOCKED: [
    [
      { servers: 'kube-system/kube-dns' },
      'names resolve over UDP, but TCP to kube-system/kube-dns is not open: answers that are too long for UDP will fail',
    ],
  ],
}

describe('what an answer assumes, in a sentence', () => {
  it.each(
    Object.entries(EXAMPLES).flatMap(([code, rows]) =>
      rows.map(([facts, sentence]) => ({ reason: { code, facts } as AnyReason, sentence })),
    ),
  )('$reason.code: $sentence', ({ reason, sentence }) => expect(say(reason)).toBe(sentence))

  it('nothing that a terminal would obey is said as it is written', () => {
    const odd = `a${String.fromCharCode(27)}[31m`
    const object = { kind: 'Pod', namespace: 'shop', name: odd }
    const reasons: readonly AnyReason[] = [
      { code: 'ASSUMED_WHAT_IF', facts: { edit: 'delete', object, dependents: 0 } },
      { code: 'UNDETERMINED_INVALID_INPUT', facts: { leftOut: [{ object: odd }] } },
      { code: 'UNDETERMINED_UNMODELLED_POLICY', facts: { policies: [object] } },
    ]
    for (const reason of reasons) expect(say(reason)).toContain(String.raw`a\u{1b}[31m`)
  })

  it('of many of one code, the rest is a number', () => {
    expect(omitted('ASSUMED_POD_IP', 4)).toEqual({
      code: 'ASSUMED_POD_IP',
      message: 'so too in 4 other cases',
      facts: { others: 4 },
    })
  })
})
