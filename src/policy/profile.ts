import { BEHAVIORS, type BehaviorEntry, type Behaviors, type PluginName, type Topic } from './behaviors.ts'

/** A network plugin, as far as policies go. */
export interface Profile {
  readonly name: PluginName
  /** As its project writes it. */
  readonly title: string
  /** Other words for it; `means` where it is not just another spelling. */
  readonly aliases: readonly { readonly name: string; readonly means?: string }[]
}

/** What `--cni` knows, in the order in which it is shown. */
export const PROFILES: readonly Profile[] = [
  {
    name: 'calico',
    title: 'Calico',
    aliases: [
      { name: 'canal', means: "Calico's policies over Flannel's network" },
      {
        name: 'rke2',
        means: 'RKE2 brings Canal, which has the policies of Calico, unless another plugin is chosen',
      },
      {
        name: 'rke',
        means: 'RKE brings Canal, which has the policies of Calico, unless another plugin is chosen',
      },
      { name: 'microk8s', means: 'MicroK8s brings Calico' },
    ],
  },
  {
    name: 'cilium',
    title: 'Cilium',
    aliases: [
      {
        name: 'gke',
        means:
          'GKE Dataplane V2 is Cilium, as in Autopilot; for a cluster with its older dataplane it is --cni calico',
      },
      { name: 'dataplane-v2', means: 'GKE Dataplane V2 is Cilium' },
      { name: 'azure-cilium', means: 'Azure CNI Powered by Cilium' },
    ],
  },
  { name: 'antrea', title: 'Antrea', aliases: [] },
  {
    name: 'kube-router',
    title: 'kube-router',
    aliases: [
      { name: 'k3s', means: "k3s brings kube-router's policy controller" },
      { name: 'k3d', means: "k3d runs k3s, which brings kube-router's policy controller" },
      { name: 'k0s', means: 'k0s brings kube-router, unless Calico is chosen' },
    ],
  },
  {
    name: 'ovn-kubernetes',
    title: 'OVN-Kubernetes',
    aliases: [
      { name: 'ovn' },
      { name: 'ovnk' },
      { name: 'ovn-k8s' },
      { name: 'ovnkubernetes' },
      { name: 'openshift', means: 'OpenShift brings OVN-Kubernetes, by default since 4.12' },
      { name: 'okd', means: 'OKD brings OVN-Kubernetes' },
    ],
  },
  {
    name: 'kindnet',
    title: 'kindnet',
    aliases: [
      { name: 'kube-network-policies', means: 'which kindnet has built in' },
      { name: 'knp', means: 'kube-network-policies, which kindnet has built in' },
      { name: 'kind', means: "kind's own plugin is kindnet" },
    ],
  },
  {
    name: 'aws-vpc-cni',
    title: 'Amazon VPC CNI',
    aliases: [
      { name: 'aws', means: "the network policy agent of Amazon's VPC CNI, where it is switched on" },
      { name: 'eks', means: "the network policy agent of Amazon's VPC CNI, where it is switched on" },
      { name: 'vpc-cni' },
    ],
  },
  {
    name: 'azure-npm',
    title: 'Azure Network Policy Manager',
    aliases: [
      {
        name: 'azure',
        means: 'the Azure Network Policy Manager; with Azure CNI Powered by Cilium it is --cni cilium',
      },
      {
        name: 'aks',
        means: 'the Azure Network Policy Manager; with Azure CNI Powered by Cilium it is --cni cilium',
      },
      { name: 'npm' },
    ],
  },
  { name: 'weave', title: 'Weave Net', aliases: [{ name: 'weave-net' }, { name: 'weavenet' }] },
  { name: 'flannel', title: 'Flannel', aliases: [{ name: 'flanneld' }] },
  { name: 'none', title: 'no enforcement', aliases: [] },
]

/** What is known of a plugin on a topic. */
export function knownOf<T extends Topic>(profile: Profile, topic: T): BehaviorEntry<Behaviors[T]> {
  if (topic !== 'enforces' && !enforces(profile)) return { is: 'not-applicable' }
  return BEHAVIORS[topic][profile.name] ?? { is: 'not-known' }
}

/** What a plugin does; undefined where none is named, or where it is not known: then it is taken to do what most do. */
export function behavior<T extends Topic>(profile: Profile | undefined, topic: T): Behaviors[T] | undefined {
  const cell = profile && knownOf(profile, topic)
  return cell?.is === 'known' ? cell.how : undefined
}

/** S-070: it is taken that a cluster has a plugin that does, unless another one is named. */
export const enforces = (profile: Profile | undefined): boolean => behavior(profile, 'enforces') !== 'no'
