import { describe, expect, it } from 'vitest'
import type { PluginRemark } from '../../src/report/facts/assumptions.ts'
import { omitted, say } from '../../src/words/reason.ts'
import { CREATED } from './created.ts'
import { type AnyReason, type Examples, PLUGIN_EXAMPLES } from './plugin-examples.ts'

/*
 * What every code that an answer assumes, or warns of, says: facts, and the sentence that they make.
 */

const weave: PluginRemark = { name: 'weave', title: 'Weave Net' }
const cilium: PluginRemark = { name: 'cilium', title: 'Cilium', note: 'unless it is switched on' }
const block = { cidr: '10.0.0.0/8', except: [] }
const holed = { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] }

const EXAMPLES: Examples = {
  ...PLUGIN_EXAMPLES,
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
  UNDETERMINED_NOT_RENDERED: [
    [
      { kustomizations: ['overlays/prod'] },
      'the files are read as they are, without the kustomization overlays/prod, which may decide otherwise: -k asks about it',
    ],
    [
      { kustomizations: ['a', 'b', 'c', 'd'] },
      'the files are read as they are, without the kustomizations a, b, c and 1 more, which may decide otherwise: -k asks about one of them',
    ],
  ],
  ASSUMED_CLUSTER_DNS: [
    [
      { kind: 'pods', namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns', tier: 'dns' }, port: 53 },
      "the cluster's DNS Pods are not in the input: taken to be in namespace kube-system, labelled k8s-app=kube-dns,tier=dns, on port 53",
    ],
    [
      { kind: 'pods', namespace: 'dns', labels: {}, port: 53 },
      "the cluster's DNS Pods are not in the input: taken to be in namespace dns, on port 53",
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
      'www.example.com is a name outside the cluster: assuming it exists and resolves to a public address',
    ],
  ],
  ASSUMED_NAT64: [
    [
      { address: '203.0.113.7' },
      'a policy has a block of 64:ff9b::/96, the prefix of NAT64: assuming 203.0.113.7 is reached through it',
    ],
  ],
  ASSUMED_API_SERVER: [
    [
      { port: 6443 },
      'assuming the API server listens on port 6443: selectors do not match it (--api-server names its address)',
    ],
    [
      { calls: 'shop/hook' },
      'assuming the API server does not run on the node of shop/hook, which always reaches its own Pods: no selector matches it, only an ipBlock with its address',
    ],
  ],
  ASSUMED_HOST_PORT: [
    [
      { node: 'n1', hostPort: { protocol: 'TCP', number: 80 }, pod: 'edge/proxy' },
      "assuming hostPort 80 of node n1 leads to edge/proxy and keeps the client's address, as with most network plugins",
    ],
  ],
  ASSUMED_GATEWAY: [
    [
      { gateway: 'infra/edge', route: 'shop/httproute/web' },
      'Gateway infra/edge is not in the manifests: assuming that it accepts shop/httproute/web on this port',
    ],
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
      { pod: 'shop/db', block, matches: 'unknown' },
      'the address of shop/db is not in the input; ipBlock 10.0.0.0/8 may or may not hold it',
    ],
    [
      { pod: 'shop/db', block, others: [block, block, block, block], matches: 'unknown' },
      'the address of shop/db is not in the input; ipBlock 10.0.0.0/8, 10.0.0.0/8, 10.0.0.0/8 and 2 more may or may not hold it',
    ],
    [
      { pod: 'shop/db', block: { cidr: '0.0.0.0/0', except: [] }, matches: 'yes' },
      'the address of shop/db is not in the input; ipBlock 0.0.0.0/0 holds every address it can have',
    ],
  ],
  ASSUMED_CLIENT_IP: [
    [{}, "the client's address is taken to be replaced by that of a node before a policy sees it"],
    [
      { client: '203.0.113.7', service: 'shop/web' },
      'the address of 203.0.113.7 is taken to be replaced by that of a node before a policy sees it, because Service shop/web has externalTrafficPolicy: Cluster',
    ],
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
  ...CREATED,
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
  UNDETERMINED_LABEL: [
    [
      { about: 'selected Pods', policy: 'db', pods: ['shop/a', 'shop/b'] },
      'whether db selects shop/a, shop/b depends on a label that only a running cluster knows',
    ],
    [
      { about: 'selecting policies', of: 'shop/job', policies: ['db'] },
      'whether shop/job is selected by db depends on a label that only a running cluster knows',
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
      { code: 'UNDETERMINED_CREATED_POLICY', facts: { by: [object] } },
      { code: 'ASSUMED_CREATED_PODS', facts: { how: 'from-its-template', by: [object] } },
      { code: 'ASSUMED_TEMPLATE_PARAMETERS', facts: { templates: [odd] } },
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
