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
    aliases: [{ name: 'canal', means: "Calico's policies over Flannel's network" }],
  },
  { name: 'cilium', title: 'Cilium', aliases: [] },
  { name: 'antrea', title: 'Antrea', aliases: [] },
  {
    name: 'kube-router',
    title: 'kube-router',
    aliases: [{ name: 'k3s', means: "k3s brings kube-router's policy controller" }],
  },
  {
    name: 'ovn-kubernetes',
    title: 'OVN-Kubernetes',
    aliases: [{ name: 'ovn' }, { name: 'ovnk' }, { name: 'ovn-k8s' }, { name: 'ovnkubernetes' }],
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
