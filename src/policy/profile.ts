/*
 * What the NetworkPolicy API leaves to the network plugin, and what is known of a plugin there: the columns and the cells
 * of the table in profiles.ts. Whatever hangs on the plugin asks here, and nowhere for its name.
 */

/** What there is to know of a plugin, and the ways in which they are known to differ. */
export interface Behaviors {
  /** S-070. */
  readonly enforces: 'yes' | 'no'
  /** Whether an ipBlock matches the addresses of Pods (S-036). */
  readonly ipBlockOfPods: 'yes' | 'no'
  /** And those of nodes, so of Pods on their node's network (S-039). */
  readonly ipBlockOfNodes: 'yes' | 'no'
  /** And those of Services (S-038). */
  readonly ipBlockOfServices: 'no'
  /** S-040. */
  readonly fromOwnNode: 'always open'
  /** S-042. */
  readonly toOwnNode: 'always open' | 'filtered'
  /** What a Pod on its node's network is to policies (S-043). */
  readonly hostNetwork: 'the node' | 'the node, and any Pod'
  /** A client whose address the Pod's own node has replaced by its own (S-065). */
  readonly rewrittenByOwnNode: 'filtered'
  /** A Pod that dials a Service and gets to itself (S-046). */
  readonly selfThroughService: 'always open' | 'as any Pod' | 'usually dropped'
  /** S-055. */
  readonly icmp: 'by rules without ports'
  /** S-056. */
  readonly sctp: 'yes'
  /** S-028. */
  readonly namedPorts: 'yes' | 'no'
  /** Named ports of sidecars (S-031). */
  readonly sidecarPorts: 'no'
  /** S-032. */
  readonly endPort: 'yes' | 'no'
  /** Both selectors in one peer (S-014). */
  readonly bothSelectors: 'yes'
  /** What becomes of established connections when policies change (S-049). */
  readonly established: 'judged anew'
}

export type Topic = keyof Behaviors

/** How it is known: its code, its documentation, a thread of its project; or it is what everybody says. */
export type Evidence = 'code' | 'documentation' | 'issue' | 'common knowledge'

/** What is known of one plugin about one thing. */
export type Cell<Behavior> =
  | { readonly is: 'known'; readonly how: Behavior; readonly by: Evidence; readonly note?: string }
  /** On the release, or on a setting. */
  | { readonly is: 'depends'; readonly by: Evidence; readonly note: string }
  | { readonly is: 'not known' }
  /** What enforces nothing does not behave in one way or another. */
  | { readonly is: 'nothing' }

/** A network plugin, as far as policies go. */
export interface Profile {
  /** As `--cni` takes it. */
  readonly name: string
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
