/*
 * Labels that platforms put on namespaces of their own, for manifests without these namespaces. Policies select by them.
 */

/** docs.openshift.com, About network policy: the groups of namespaces that its own policies select. */
const OPENSHIFT_GROUP = 'network.openshift.io/policy-group'
const OPENSHIFT_INGRESS = 'policy-group.network.openshift.io/ingress'
const OPENSHIFT_HOST_NETWORK = 'policy-group.network.openshift.io/host-network'

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'openshift-ingress': { [OPENSHIFT_GROUP]: 'ingress', [OPENSHIFT_INGRESS]: '' },
  'openshift-monitoring': { [OPENSHIFT_GROUP]: 'monitoring' },
  'openshift-host-network': { [OPENSHIFT_HOST_NETWORK]: '' },
}

/** The labels of a namespace that is a platform's; none for every other. */
export const labelsOfPlatform = (name: string): Readonly<Record<string, string>> =>
  Object.hasOwn(LABELS, name) ? (LABELS[name] ?? {}) : {}
