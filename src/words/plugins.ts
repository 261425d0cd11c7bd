import type { PluginBehavior } from '../report/plugins.ts'

/*
 * Network plugins, and what is known of them.
 */

/** The topics in the order in which they are shown; `get cni` compiles only if they are those of policy/behaviors.ts. */
export const TOPIC_TITLES = {
  enforces: 'enforces NetworkPolicies',
  ipBlockOfPods: 'ipBlock matches Pods',
  ipBlockOfNodes: 'ipBlock matches nodes',
  ipBlockOfServices: 'ipBlock matches ClusterIPs',
  fromOwnNode: 'from the own node to a Pod',
  toOwnNode: 'from a Pod to its own node',
  hostNetwork: 'a hostNetwork Pod counts as',
  rewrittenByOwnNode: 'a client that the own node rewrites',
  selfThroughService: 'a Pod to itself, by a Service',
  icmp: 'ICMP passes isolation',
  sctp: 'SCTP',
  namedPorts: 'named ports',
  sidecarPorts: 'named ports of sidecars',
  endPort: 'endPort',
  bothSelectors: 'both selectors in one peer',
  established: 'established connections, on a change',
}

/** How something is known of a plugin. */
export const EVIDENCE: Readonly<Record<NonNullable<PluginBehavior['source']>, string>> = {
  code: 'from its code',
  documentation: 'from its documentation',
  issue: 'from a thread of its project',
  'common-knowledge': 'common knowledge',
}

/** `--cni gke is taken as Calico: ...`. */
export const aliasText = (typed: string, title: string, means: string): string =>
  `--cni ${typed} is taken as ${title}: ${means}`
