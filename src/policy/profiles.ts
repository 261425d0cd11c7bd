import type { Cell, Evidence, Profile } from './profile.ts'

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
const common = known('common-knowledge')
const depends = (by: Evidence, note: string): Cell<never> => ({ is: 'depends', by, note })
const NOT_KNOWN: Cell<never> = { is: 'not-known' }

type Cells = Profile['cells']

const NOTHING: Cells = {
  enforces: NOT_KNOWN,
  ipBlockOfPods: { is: 'not-applicable' },
  ipBlockOfNodes: { is: 'not-applicable' },
  toOwnNode: { is: 'not-applicable' },
  hostNetwork: { is: 'not-applicable' },
  selfThroughService: { is: 'not-applicable' },
  namedPorts: { is: 'not-applicable' },
  endPort: { is: 'not-applicable' },
}

const CALICO: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node'),
  selfThroughService: issue('usually dropped', 'kube-proxy replaces the source by the address of the node'),
  namedPorts: common('yes'),
  endPort: common('yes'),
}

const CILIUM: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: code('no', 'a block is for addresses outside the cluster'),
  ipBlockOfNodes: documented('no', 'unless policy-cidr-match-mode is nodes, since 1.15'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: documented('the node', 'Cilium calls it the host or remote-node entity'),
  selfThroughService: issue('always open', 'since PR 15321'),
  namedPorts: common('yes'),
  endPort: depends('issue', 'older releases take it and apply port alone, issue 28684'),
}

const ANTREA: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node', 'as a peer since issue 3078'),
  selfThroughService: documented('always open', 'with AntreaProxy'),
  namedPorts: code('yes'),
  endPort: common('yes'),
}

const KUBE_ROUTER: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: code('the node'),
  selfThroughService: NOT_KNOWN,
  namedPorts: common('yes'),
  endPort: common('yes'),
}

const OVN_KUBERNETES: Cells = {
  enforces: common('yes'),
  ipBlockOfPods: common('yes'),
  ipBlockOfNodes: common('yes'),
  toOwnNode: NOT_KNOWN,
  hostNetwork: documented(
    'the node, and any Pod',
    'as a peer it is matched by podSelector: {} beside a namespaceSelector too; netpol does not evaluate that',
  ),
  selfThroughService: issue('as any Pod', 'since PR 3178'),
  namedPorts: NOT_KNOWN,
  endPort: NOT_KNOWN,
}

const KINDNET: Cells = {
  enforces: issue('yes', 'in kind since v0.24, August 2024'),
  ipBlockOfPods: code('yes'),
  ipBlockOfNodes: code('yes'),
  toOwnNode: code('filtered', 'since 2026'),
  hostNetwork: code('the node'),
  selfThroughService: NOT_KNOWN,
  namedPorts: code('yes'),
  endPort: code('yes'),
}

const WEAVE: Cells = {
  enforces: issue('yes', 'egress since PR 3313, June 2018; the project is archived'),
  ipBlockOfPods: issue('yes', 'since PR 3367, August 2018'),
  ipBlockOfNodes: issue('yes', 'but for the own node, which is always open, issue 3924'),
  toOwnNode: issue('always open', 'issue 3924'),
  hostNetwork: NOT_KNOWN,
  selfThroughService: NOT_KNOWN,
  namedPorts: issue('no', 'issue 3032'),
  endPort: common('no'),
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
