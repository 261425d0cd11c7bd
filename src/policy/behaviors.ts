/*
 * What the NetworkPolicy API leaves to the network plugin, and what is known of each plugin there. What is not certain, or not
 * listed, is not known. Nobody looks at a plugin's name elsewhere: see `behavior` (profile.ts).
 */

/** As `--cni` takes it. */
export type PluginName =
  | 'calico'
  | 'cilium'
  | 'antrea'
  | 'kube-router'
  | 'ovn-kubernetes'
  | 'kindnet'
  | 'aws-vpc-cni'
  | 'azure-npm'
  | 'weave'
  | 'flannel'
  | 'none'

/** The behaviors of plugins by topic. */
export interface Behaviors {
  /** S-070. */
  readonly enforces: 'yes' | 'no'
  /** Whether an ipBlock matches the addresses of Pods (S-036). */
  readonly ipBlockOfPods: 'yes' | 'no'
  /** And those of nodes, so of Pods on their node's network (S-039). */
  readonly ipBlockOfNodes: 'yes' | 'no'
  /** S-042. */
  readonly toOwnNode: 'always open' | 'filtered'
  /** What a Pod on its node's network is to policies (S-043). */
  readonly hostNetwork: 'the node' | 'the node, and any Pod'
  /** A Pod that connects to itself through a Service (S-046). */
  readonly selfThroughService: 'always open' | 'as any Pod' | 'usually dropped'
  /** S-028. */
  readonly namedPorts: 'yes' | 'no'
  /** S-032. */
  readonly endPort: 'yes' | 'no'
  /** S-055. */
  readonly icmp: 'by rules without ports'

  // Documentation: no plugin is known to do otherwise than the others, so that no answer depends on these.

  /** Whether an ipBlock matches the addresses of Services (S-038). */
  readonly ipBlockOfServices: 'no'
  /** S-040. */
  readonly fromOwnNode: 'always open'
  /** A client whose address the Pod's own node has replaced by its own (S-065). */
  readonly rewrittenByOwnNode: 'filtered'
  /** S-056. */
  readonly sctp: 'yes'
  /** Named ports of sidecars (S-031). */
  readonly sidecarPorts: 'no'
  /** Both selectors in one peer (S-014). */
  readonly bothSelectors: 'yes'
  /** What becomes of established connections when policies change (S-049). */
  readonly established: 'judged anew'
}

export type Topic = keyof Behaviors

/** How it is known: from the plugin's code, its documentation or a thread of its project; or everybody says so. */
export type KnownBy = 'code' | 'documentation' | 'issue' | 'common-knowledge'

/** What is known of one plugin on one topic. */
export type BehaviorEntry<Behavior> =
  | { readonly is: 'known'; readonly how: Behavior; readonly by: KnownBy; readonly note?: string }
  /** On the release, or on a setting. */
  | { readonly is: 'depends'; readonly by: KnownBy; readonly note: string }
  | { readonly is: 'not-known' }
  /** The plugin enforces nothing. */
  | { readonly is: 'not-applicable' }

const known =
  (by: KnownBy) =>
  <const Behavior>(how: Behavior, note?: string): BehaviorEntry<Behavior> => ({
    is: 'known',
    how,
    by,
    ...(note !== undefined && { note }),
  })
const inCode = known('code')
const documented = known('documentation')
const issue = known('issue')
const common = known('common-knowledge')
const depends = (by: KnownBy, note: string): BehaviorEntry<never> => ({ is: 'depends', by, note })

const AFTER_TRANSLATION = 'it judges behind the translation to the Pod'

export const BEHAVIORS: {
  readonly [T in Topic]: { readonly [P in PluginName]?: BehaviorEntry<Behaviors[T]> }
} = {
  enforces: {
    calico: common('yes'),
    cilium: common('yes'),
    antrea: common('yes'),
    'kube-router': common('yes'),
    'ovn-kubernetes': common('yes'),
    kindnet: issue('yes', 'in kind since v0.24, August 2024'),
    'aws-vpc-cni': documented('yes', 'since 1.14, where the network policy agent is switched on'),
    'azure-npm': documented('yes', 'on Windows nodes only in part'),
    weave: issue('yes', 'egress since PR 3313, June 2018; the project is archived'),
    flannel: issue(
      'no',
      "Flannel by itself enforces no policies; with netpol.enabled its Helm chart brings kube-network-policies (--cni knp), and k3s brings kube-router's controller (--cni k3s)",
    ),
    none: common('no'),
  },
  ipBlockOfPods: {
    calico: common('yes'),
    cilium: inCode('no', 'a block is for addresses outside the cluster'),
    antrea: common('yes'),
    'kube-router': common('yes'),
    'ovn-kubernetes': common('yes'),
    kindnet: inCode('yes'),
    weave: issue('yes', 'since PR 3367, August 2018'),
  },
  ipBlockOfNodes: {
    calico: common('yes'),
    cilium: documented('no', 'unless policy-cidr-match-mode is nodes, since 1.15'),
    antrea: common('yes'),
    'kube-router': common('yes'),
    'ovn-kubernetes': common('yes'),
    kindnet: inCode('yes'),
    weave: issue('yes', 'but for the own node, which is always open, issue 3924'),
  },
  toOwnNode: {
    kindnet: inCode('filtered', 'since 2026'),
    weave: issue('always open', 'issue 3924'),
  },
  hostNetwork: {
    calico: inCode('the node'),
    cilium: documented('the node', 'Cilium calls it the host or remote-node entity'),
    antrea: inCode('the node', 'as a peer since issue 3078'),
    'kube-router': inCode('the node'),
    'ovn-kubernetes': documented(
      'the node, and any Pod',
      'as a peer it is matched by podSelector: {} beside a namespaceSelector too; netpol does not evaluate that',
    ),
    kindnet: inCode('the node'),
  },
  selfThroughService: {
    calico: issue('usually dropped', 'kube-proxy replaces the source by the address of the node'),
    cilium: issue('always open', 'since PR 15321'),
    antrea: documented('always open', 'with AntreaProxy'),
    'ovn-kubernetes': issue('as any Pod', 'since PR 3178'),
  },
  namedPorts: {
    calico: common('yes'),
    cilium: common('yes'),
    antrea: inCode('yes'),
    'kube-router': common('yes'),
    kindnet: inCode('yes'),
    weave: issue('no', 'issue 3032'),
  },
  endPort: {
    calico: common('yes'),
    cilium: depends('issue', 'older releases take it and apply port alone, issue 28684'),
    'azure-npm': depends('issue', 'older releases take it and apply port alone, AKS issue 2857'),
    antrea: common('yes'),
    'kube-router': common('yes'),
    kindnet: inCode('yes'),
    weave: common('no'),
  },
  ipBlockOfServices: {
    calico: issue('no', `with iptables ${AFTER_TRANSLATION}`),
    antrea: issue('no', AFTER_TRANSLATION),
    'ovn-kubernetes': issue('no', AFTER_TRANSLATION),
    kindnet: inCode('no', AFTER_TRANSLATION),
  },
  fromOwnNode: {
    calico: common('always open'),
    cilium: common('always open'),
    antrea: issue('always open', 'by a mark on the packet, since PR 1816'),
    'kube-router': common('always open'),
    'ovn-kubernetes': documented('always open'),
    kindnet: inCode('always open', 'sockets of root on the node are exempt'),
    weave: common('always open'),
  },
  rewrittenByOwnNode: {
    antrea: issue('filtered', 'since PR 1816 the own node is known by a mark, not by its address'),
    kindnet: inCode('filtered', 'the own node is known by its sockets, not by its address'),
  },
  icmp: {
    calico: common('by rules without ports'),
    cilium: issue('by rules without ports'),
    antrea: documented('by rules without ports'),
    'ovn-kubernetes': documented('by rules without ports'),
    kindnet: inCode('by rules without ports'),
  },
  sctp: {
    cilium: depends('documentation', 'SCTP has to be switched on, and targetPort has to equal port'),
  },
  sidecarPorts: { kindnet: inCode('no', 'it looks at spec.containers alone') },
  bothSelectors: {
    calico: common('yes'),
    cilium: common('yes'),
    antrea: common('yes'),
    'kube-router': common('yes'),
    'ovn-kubernetes': common('yes'),
    kindnet: common('yes'),
    weave: depends('code', 'older releases look at podSelector alone'),
  },
  established: { kindnet: inCode('judged anew', 'in strict mode') },
}
