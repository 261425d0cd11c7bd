import type { Behaviors, Cell, Evidence, Profile, Topic } from './profile.ts'

/*
 * The table: what is known of each network plugin. A fact that is not certain stands as not known.
 */

const known =
  (by: Evidence) =>
  <const Behavior>(how: Behavior, note?: string): Cell<Behavior> => ({
    is: 'known',
    how,
    by,
    ...(note !== undefined && { note }),
  })
const code = known('code')
const documented = known('documentation')
const issue = known('issue')
const common = known('common knowledge')
const depends = (by: Evidence, note: string): Cell<never> => ({ is: 'depends', by, note })
const NOT_KNOWN: Cell<never> = { is: 'not known' }

type Cells = Profile['cells']

const NOTHING: { readonly [T in Topic]: Cell<Behaviors[T]> } = {
  enforces: NOT_KNOWN,
  ipBlockOfPods: { is: 'nothing' },
  ipBlockOfNodes: { is: 'nothing' },
  ipBlockOfServices: { is: 'nothing' },
  fromOwnNode: { is: 'nothing' },
  toOwnNode: { is: 'nothing' },
  hostNetwork: { is: 'nothing' },
  rewrittenByOwnNode: { is: 'nothing' },
  selfThroughService: { is: 'nothing' },
  icmp: { is: 'nothing' },
  sctp: { is: 'nothing' },
  namedPorts: { is: 'nothing' },
  sidecarPorts: { is: 'nothing' },
  endPort: { is: 'nothing' },
  bothSelectors: { is: 'nothing' },
  established: { is: 'nothing' },
}

const CALICO: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  ipBlockOfServices: issue('no', 'with iptables it judges behind the translation to the Pod'),
  fromOwnNode: common('always open'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node'),
  rewrittenByOwnNode: NOT_KNOWN,
  selfThroughService: issue('usually dropped', 'kube-proxy replaces the source by the address of the node'),
  icmp: common('by rules without ports'),
  sctp: NOT_KNOWN,
  namedPorts: common('yes'),
  sidecarPorts: NOT_KNOWN,
  endPort: common('yes'),
  bothSelectors: common('yes'),
  established: NOT_KNOWN,
}

const CILIUM: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: code('no', 'a block is for addresses outside the cluster'),
  ipBlockOfNodes: documented('no', 'unless policy-cidr-match-mode is nodes, since 1.15'),
  ipBlockOfServices: NOT_KNOWN,
  fromOwnNode: common('always open'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: documented('the node', 'Cilium calls it the host or remote-node entity'),
  rewrittenByOwnNode: NOT_KNOWN,
  selfThroughService: issue('always open', 'since PR 15321'),
  icmp: issue('by rules without ports'),
  sctp: depends('documentation', 'SCTP has to be switched on, and targetPort has to equal port'),
  namedPorts: common('yes'),
  sidecarPorts: NOT_KNOWN,
  endPort: depends('issue', 'older releases take it and apply port alone, issue 28684'),
  bothSelectors: common('yes'),
  established: NOT_KNOWN,
}

const ANTREA: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  ipBlockOfServices: issue('no', 'it judges behind the translation to the Pod'),
  fromOwnNode: issue('always open', 'by a mark on the packet, since PR 1816'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node', 'as a peer since issue 3078'),
  rewrittenByOwnNode: issue('filtered', 'since PR 1816 the own node is known by a mark, not by its address'),
  selfThroughService: documented('always open', 'with AntreaProxy'),
  icmp: documented('by rules without ports'),
  sctp: NOT_KNOWN,
  namedPorts: code('yes'),
  sidecarPorts: NOT_KNOWN,
  endPort: common('yes'),
  bothSelectors: common('yes'),
  established: NOT_KNOWN,
}

const KUBE_ROUTER: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  ipBlockOfServices: NOT_KNOWN,
  fromOwnNode: common('always open'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node'),
  rewrittenByOwnNode: NOT_KNOWN,
  selfThroughService: NOT_KNOWN,
  icmp: NOT_KNOWN,
  sctp: NOT_KNOWN,
  namedPorts: common('yes'),
  sidecarPorts: NOT_KNOWN,
  endPort: common('yes'),
  bothSelectors: common('yes'),
  established: NOT_KNOWN,
}

const OVN_KUBERNETES: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  ipBlockOfServices: issue('no', 'it judges behind the translation to the Pod'),
  fromOwnNode: documented('always open'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: documented(
    'the node, and any Pod',
    'as a peer it is matched by podSelector: {} beside a namespaceSelector too; netpol does not evaluate that',
  ),
  rewrittenByOwnNode: NOT_KNOWN,
  selfThroughService: issue('as any Pod', 'since PR 3178'),
  icmp: documented('by rules without ports'),
  sctp: NOT_KNOWN,
  namedPorts: NOT_KNOWN,
  sidecarPorts: NOT_KNOWN,
  endPort: NOT_KNOWN,
  bothSelectors: common('yes'),
  established: NOT_KNOWN,
}

const KINDNET: Cells = {
  enforces: issue('yes', 'in kind since v0.24, August 2024'),
  ipBlockOfPods: code('yes'),
  ipBlockOfNodes: code('yes'),
  ipBlockOfServices: code('no', 'it judges behind the translation to the Pod'),
  fromOwnNode: code('always open', 'sockets of root on the node are exempt'),
  toOwnNode: code('filtered', 'since 2026'),
  hostNetwork: code('the node'),
  rewrittenByOwnNode: code('filtered', 'the own node is known by its sockets, not by its address'),
  selfThroughService: NOT_KNOWN,
  icmp: code('by rules without ports'),
  sctp: NOT_KNOWN,
  namedPorts: code('yes'),
  sidecarPorts: code('no', 'it looks at spec.containers alone'),
  endPort: code('yes'),
  bothSelectors: common('yes'),
  established: code('judged anew', 'in strict mode'),
}

const WEAVE: Cells = {
  enforces: issue('yes', 'egress since PR 3313, June 2018; the project is archived'),
  ipBlockOfPods: issue('yes', 'since PR 3367, August 2018'),
  ipBlockOfNodes: issue('yes', 'but for the own node, which is always open, issue 3924'),
  ipBlockOfServices: NOT_KNOWN,
  fromOwnNode: common('always open'),
  toOwnNode: issue('always open', 'issue 3924'),
  hostNetwork: NOT_KNOWN,
  rewrittenByOwnNode: NOT_KNOWN,
  selfThroughService: NOT_KNOWN,
  icmp: NOT_KNOWN,
  sctp: NOT_KNOWN,
  namedPorts: issue('no', 'issue 3032'),
  sidecarPorts: NOT_KNOWN,
  endPort: common('no'),
  bothSelectors: depends('code', 'older releases look at podSelector alone'),
  established: NOT_KNOWN,
}

/** What `--cni` knows, in the order in which it is shown. */
export const PROFILES: readonly Profile[] = [
  {
    name: 'calico',
    title: 'Calico',
    aliases: [{ name: 'canal', means: "Calico's policies over Flannel's network" }],
    cells: CALICO,
  },
  { name: 'cilium', title: 'Cilium', aliases: [], cells: CILIUM },
  { name: 'antrea', title: 'Antrea', aliases: [], cells: ANTREA },
  {
    name: 'kube-router',
    title: 'kube-router',
    aliases: [{ name: 'k3s', means: "k3s brings kube-router's policy controller" }],
    cells: KUBE_ROUTER,
  },
  {
    name: 'ovn-kubernetes',
    title: 'OVN-Kubernetes',
    aliases: [{ name: 'ovn' }, { name: 'ovnk' }, { name: 'ovn-k8s' }, { name: 'ovnkubernetes' }],
    cells: OVN_KUBERNETES,
  },
  {
    name: 'kindnet',
    title: 'kindnet',
    aliases: [
      { name: 'kube-network-policies', means: 'which kindnet has built in' },
      { name: 'knp', means: 'kube-network-policies, which kindnet has built in' },
      { name: 'kind', means: "kind's own plugin is kindnet" },
    ],
    cells: KINDNET,
  },
  { name: 'weave', title: 'Weave Net', aliases: [{ name: 'weave-net' }, { name: 'weavenet' }], cells: WEAVE },
  {
    name: 'flannel',
    title: 'Flannel',
    aliases: [{ name: 'flanneld' }],
    cells: {
      ...NOTHING,
      enforces: issue(
        'no',
        "Flannel by itself enforces no policies; with netpol.enabled its Helm chart brings kube-network-policies (--cni knp), and k3s brings kube-router's controller (--cni k3s)",
      ),
    },
  },
  {
    name: 'none',
    title: 'no enforcement',
    aliases: [],
    cells: { ...NOTHING, enforces: common('no') },
  },
]
