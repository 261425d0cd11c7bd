import type { Pod } from '../model/objects.ts'
import { type Match, selects } from '../model/selector.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { World } from '../world/world.ts'
import { isSubject } from './endpoint.ts'

/*
 * Which policies isolate which Pods: what a podSelector chooses in its own namespace, of the Pods that a policy can
 * hold at all (S-001, S-043).
 */

/** Whether a policy selects a Pod. */
export const isSelected = (policy: NetworkPolicy, pod: Pod): Match =>
  isSubject({ kind: 'pod', pod }) ? chooses(policy, pod) : 'no'

/** Whether a policy's selector chooses a Pod without effect, because it is on its node's network (S-043). */
export const isChosenOnHost = (policy: NetworkPolicy, pod: Pod): boolean =>
  pod.hostNetwork && chooses(policy, pod) !== 'no'

export const onHostNetwork = ({ cluster }: World, policy: NetworkPolicy): readonly Pod[] =>
  cluster.pods.filter(pod => isChosenOnHost(policy, pod))

function chooses({ namespace, subject }: NetworkPolicy, pod: Pod): Match {
  return namespace === pod.namespace && !pod.finished ? selects(subject, pod.labels) : 'no'
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
