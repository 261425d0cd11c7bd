import { expect, it } from 'vitest'
import { load } from '../../semantics/ask.ts'

/** Whom a policy of a kind can select: Pods of its own namespace, or of the whole cluster, and nodes with them. */
type Reach = 'namespace' | 'cluster' | 'cluster and nodes'

it.each<[apiVersion: string, kind: string, reach: Reach]>([
  ['policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy', 'cluster'],
  ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', 'cluster'],
  ['cilium.io/v2', 'CiliumNetworkPolicy', 'namespace'],
  ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'cluster and nodes'],
  ['crd.projectcalico.org/v1', 'NetworkPolicy', 'namespace'],
  ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', 'cluster and nodes'],
  ['projectcalico.org/v3', 'NetworkPolicy', 'namespace'],
  ['projectcalico.org/v3', 'GlobalNetworkPolicy', 'cluster and nodes'],
  ['crd.antrea.io/v1beta1', 'NetworkPolicy', 'namespace'],
  ['crd.antrea.io/v1beta1', 'ClusterNetworkPolicy', 'cluster and nodes'],
  ['security.antrea.tanzu.vmware.com/v1alpha1', 'ClusterNetworkPolicy', 'cluster and nodes'],
  ['k8s.ovn.org/v1', 'EgressFirewall', 'namespace'],
  ['k8s.ovn.org/v1', 'AdminPolicyBasedExternalNetworkPolicy', 'cluster and nodes'],
  ['security.istio.io/v1', 'AuthorizationPolicy', 'namespace'],
  ['security.istio.io/v1', 'PeerAuthentication', 'namespace'],
  ['policy.linkerd.io/v1beta3', 'Server', 'namespace'],
  ['policy.linkerd.io/v1beta1', 'ServerAuthorization', 'namespace'],
  ['policy.linkerd.io/v1alpha1', 'AuthorizationPolicy', 'namespace'],
  ['consul.hashicorp.com/v1alpha1', 'ServiceIntentions', 'cluster'],
  ['kuma.io/v1alpha1', 'MeshTrafficPermission', 'cluster'],
  ['vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicy', 'namespace'],
  ['example.com/v1', 'TeamNetworkPolicy', 'cluster and nodes'],
])('S-071 %s %s is a policy of its %s', (apiVersion, kind, reach) => {
  const [policy] = load({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' } }).unmodeled
  const scope = policy?.namespace === undefined ? 'cluster' : 'namespace'
  expect(policy?.nodes ? `${scope} and nodes` : scope).toBe(reach)
})

it.each([
  ['policy.networking.k8s.io/v1alpha1', 'NetworkPolicyStatus'],
  ['cilium.io/v2', 'CiliumNetworkPolicyNode'],
  ['cilium.io/v2', 'CiliumEndpoint'],
  ['projectcalico.org/v3', 'NetworkPolicyRecommendation'],
  ['crd.projectcalico.org/v1', 'NetworkPolicyRecommendation'],
  ['crd.antrea.io/v1beta1', 'NetworkPolicyRecommendation'],
  ['security.antrea.tanzu.vmware.com/v1alpha1', 'NetworkPolicyStats'],
  ['k8s.ovn.org/v1', 'NetworkPolicyStatus'],
  ['k8s.ovn.org/v1', 'EgressFirewallStatus'],
  ['security.istio.io/v1', 'RequestAuthentication'],
  ['policy.linkerd.io/v1alpha1', 'MeshTLSAuthentication'],
  ['consul.hashicorp.com/v1alpha1', 'ServiceIntentionsStatus'],
  ['kuma.io/v1alpha1', 'MeshTrafficPermissionInsight'],
  ['vpcresources.k8s.aws/v1beta1', 'SecurityGroupPolicyStatus'],
  ['example.com/v1', 'NetworkPolicyReport'],
])('S-071 %s %s decides about no connection', (apiVersion, kind) => {
  expect(load({ apiVersion, kind, metadata: { name: 'p', namespace: 'shop' } }).unmodeled).toEqual([])
})
