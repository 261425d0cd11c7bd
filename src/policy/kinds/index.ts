import type { ObjectKind } from '../../model/kinds/index.ts'
import type { PolicyObject } from '../policy.ts'
import { decodeNetworkPolicy } from './network-policy.ts'

/** The policy kinds that are evaluated. */
export const POLICY_KINDS: readonly ObjectKind<PolicyObject>[] = [
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', decode: decodeNetworkPolicy },
]
