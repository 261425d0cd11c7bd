/*
 * What the NetworkPolicy API leaves to the network plugin, and what is known of a plugin there: the columns and the cells
 * of the table in profiles.ts. Whatever depends on the plugin asks here, and nowhere for its name.
 */

/** The ways in which plugins are known to differ, and answers with them; those that none differ in are in common-behaviors.ts. */
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
  /** A Pod that dials a Service and gets to itself (S-046). */
  readonly selfThroughService: 'always open' | 'as any Pod' | 'usually dropped'
  /** S-028. */
  readonly namedPorts: 'yes' | 'no'
  /** S-032. */
  readonly endPort: 'yes' | 'no'
}

export type Topic = keyof Behaviors

/** How it is known: its code, its documentation, a thread of its project; or it is what everybody says. */
export type Evidence = 'code' | 'documentation' | 'issue' | 'common-knowledge'

/** What is known of one plugin about one thing. */
export type Cell<Behavior> =
  | { readonly is: 'known'; readonly how: Behavior; readonly by: Evidence; readonly note?: string }
  /** On the release, or on a setting. */
  | { readonly is: 'depends'; readonly by: Evidence; readonly note: string }
  | { readonly is: 'not-known' }
  /** What enforces nothing does not behave in one way or another. */
  | { readonly is: 'not-applicable' }

/** As `--cni` takes it. */
export type PluginName =
  | 'calico'
  | 'cilium'
  | 'antrea'
  | 'kube-router'
  | 'ovn-kubernetes'
  | 'kindnet'
  | 'weave'
  | 'flannel'
  | 'none'

/** A network plugin, as far as policies go. */
export interface Profile {
  readonly name: PluginName
  /** As its project writes it. */
  readonly title: string
  /** Other words for it; `means` where it is not just another spelling. */
  readonly aliases: readonly { readonly name: string; readonly means?: string }[]
  readonly cells: { readonly [T in Topic]: Cell<Behaviors[T]> }
}

/** What a plugin does; undefined where none is named, or where it is not known: then most of them are gone by. */
export function behavior<T extends Topic>(profile: Profile | undefined, topic: T): Behaviors[T] | undefined {
  const cell = profile?.cells[topic]
  return cell?.is === 'known' ? cell.how : undefined
}

/** S-070: it is taken that a cluster has a plugin that does, unless another one is named. */
export const enforces = (profile: Profile | undefined): boolean => behavior(profile, 'enforces') !== 'no'
