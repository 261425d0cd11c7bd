import type { ObjectKind } from '../../model/kinds/index.ts'
import type { NetworkPolicy } from '../policy.ts'
import { decodeNetworkPolicy } from './network-policy.ts'

/** The policy kinds that are evaluated. */
export const POLICY_KINDS: readonly ObjectKind<NetworkPolicy>[] = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', decode: decodeNetworkPolicy },
]

/**
 * The policy kinds that decide about connections too and are not evaluated (S-071): by group, and by the ending of the
 * kind where the group has other kinds as well.
 */
const UNMODELLED: readonly { readonly group: string; readonly kind: RegExp }[] = [
  { group: 'policy.networking.k8s.io', kind: /NetworkPolicy$/ },
  { group: 'cilium.io', kind: /NetworkPolicy$/ },
  { group: 'crd.projectcalico.org', kind: /NetworkPolicy$/ },
  { group: 'projectcalico.org', kind: /NetworkPolicy$/ },
  { group: 'crd.antrea.io', kind: /NetworkPolicy$/ },
  { group: 'security.antrea.tanzu.vmware.com', kind: /NetworkPolicy$/ },
  { group: 'k8s.ovn.org', kind: /^EgressFirewall$|NetworkPolicy$/ },
  { group: 'security.istio.io', kind: /^(Authorization|PeerAuthentication)/ },
  { group: 'policy.linkerd.io', kind: /^(Authorization|Server)/ },
  { group: 'consul.hashicorp.com', kind: /Intentions$/ },
  { group: 'kuma.io', kind: /Permission$/ },
]

/** Whether a kind decides about connections without being evaluated here. */
export function isUnmodelledPolicy(apiVersion: string, kind: string): boolean {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return UNMODELLED.some(known => known.group === group && known.kind.test(kind))
}
