import type { Pod } from '../../model/objects.ts'
import { type Match, selects } from '../../model/selector.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import { isSubject } from '../party.ts'
import type { World } from '../world.ts'

/*
 * Which policies isolate which Pods: what a podSelector chooses in its own namespace, of the Pods that a policy can
 * hold at all (S-001, S-043).
 */

/** Whether a policy selects a Pod. */
export function isSelected(policy: NetworkPolicy, pod: Pod): Match {
  const isInReach = policy.namespace === pod.namespace && isSubject({ kind: 'pod', pod }) && !pod.finished
  return isInReach ? selects(policy.subject, pod.labels) : 'no'
}

/** The Pods that a policy selects, or may do so. */
export function selectedBy(
  { cluster }: World,
  policy: NetworkPolicy,
): readonly { readonly pod: Pod; readonly matches: Exclude<Match, 'no'> }[] {
  return cluster.pods.flatMap(pod => {
    const matches = isSelected(policy, pod)
    return matches === 'no' ? [] : [{ pod, matches }]
  })
}

/** The policies that select a Pod, or may do so. */
export const selecting = (
  { networkPolicies }: World,
  pod: Pod,
): readonly { readonly policy: NetworkPolicy; readonly matches: Exclude<Match, 'no'> }[] =>
  networkPolicies.flatMap(policy => {
    const matches = isSelected(policy, pod)
    return matches === 'no' ? [] : [{ policy, matches }]
  })
