import { hasNodeLabel } from '../../model/cluster.ts'
import { requirementsOfPeers } from '../../policy/requirements.ts'
import { memoized } from '../../sets/memoized.ts'
import type { World } from '../../world/world.ts'

/*
 * Where distributions run the cluster's DNS, for input without it, and how they are recognized by what else is there.
 */

/** The DNS Pods of a cluster and the Service in front of them. */
export interface DnsPods {
  readonly namespace: string
  readonly service: string
  readonly labels: Readonly<Record<string, string>>
  /** Where the Pods listen, which is what policies see (S-243). */
  readonly port: number
}

/** As kubeadm has it (S-240), and with it k3s, kind, minikube, microk8s, Talos, AKS and GKE. */
export const KUBEADM_DNS: DnsPods = {
  namespace: 'kube-system',
  service: 'kube-dns',
  labels: { 'k8s-app': 'kube-dns' },
  port: 53,
}

interface Platform {
  readonly dns: DnsPods
  /** Objects of an API group that ends so, namespaces and labels of Nodes that begin so. */
  readonly groups: readonly string[]
  readonly namespaces: readonly string[]
  readonly nodeLabels: readonly string[]
  /** What policies for it select by, as `key=value`. */
  readonly selected: RegExp
}

/** A platform is one entry. */
const PLATFORMS: readonly Platform[] = [
  // openshift/cluster-dns-operator: assets/dns, and S-243.
  {
    dns: {
      namespace: 'openshift-dns',
      service: 'dns-default',
      labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      port: 5353,
    },
    groups: ['.openshift.io'],
    namespaces: ['openshift-'],
    nodeLabels: ['node.openshift.io/'],
    selected: /openshift\.io\/|=openshift-/,
  },
  // rancher/rke2-charts: rke2-coredns.
  {
    dns: {
      namespace: 'kube-system',
      service: 'rke2-coredns-rke2-coredns',
      labels: {
        'k8s-app': 'kube-dns',
        'app.kubernetes.io/name': 'rke2-coredns',
        'app.kubernetes.io/instance': 'rke2-coredns',
      },
      port: 53,
    },
    groups: ['rke.cattle.io'],
    namespaces: [],
    nodeLabels: ['rke.cattle.io/', 'rke2.io/'],
    selected: /=rke2-coredns/,
  },
  // The CoreDNS add-on of EKS.
  {
    dns: {
      namespace: 'kube-system',
      service: 'kube-dns',
      labels: { 'k8s-app': 'kube-dns', 'eks.amazonaws.com/component': 'coredns' },
      port: 53,
    },
    groups: ['vpcresources.k8s.aws', 'crd.k8s.amazonaws.com'],
    namespaces: [],
    nodeLabels: ['eks.amazonaws.com/'],
    selected: /^eks\.amazonaws\.com\/component=/,
  },
]

/** The DNS Pods of some platform behind a Service of this name. */
export const dnsPodsOf = (namespace: string, service: string): DnsPods | undefined =>
  [KUBEADM_DNS, ...PLATFORMS.map(({ dns }) => dns)].find(
    dns => dns.namespace === namespace && dns.service === service,
  )

/** The DNS Pods of the platform that the input is for: surely, or only by what its policies select. */
export function dnsOfPlatform(world: World): { readonly dns: DnsPods; readonly isSure: boolean } {
  const here = PLATFORMS.find(platform => isEvident(world, platform))
  if (here !== undefined) return { dns: here.dns, isSure: true }
  const selected = selectedBy(world)
  const likely = PLATFORMS.find(platform => selected.some(text => platform.selected.test(text)))
  if (likely === undefined) return { dns: KUBEADM_DNS, isSure: true }
  const { namespace, port } = likely.dns
  // The same Pods with more labels.
  return { dns: likely.dns, isSure: namespace === KUBEADM_DNS.namespace && port === KUBEADM_DNS.port }
}

const isEvident = ({ input, cluster }: World, { groups, namespaces, nodeLabels }: Platform): boolean =>
  groupsIn(input).some(group => groups.some(one => group.endsWith(one))) ||
  [...cluster.namespaces.keys()].some(name => namespaces.some(one => name.startsWith(one))) ||
  nodeLabels.some(one => hasNodeLabel(cluster, one))

/** The API groups of all objects that are not Kubernetes' own. */
const groupsIn = memoized(({ inForce }: World['input']): readonly string[] => [
  ...new Set([...inForce.values()].flatMap(({ object: { group } }) => group ?? [])),
])

const selectedBy = (world: World): readonly string[] =>
  requirementsOfPeers(world.policies.all).flatMap(({ key, values }) => values.map(value => `${key}=${value}`))
