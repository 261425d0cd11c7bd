import { predicatesOf, subjectOf } from '../engine/predicates.ts'
import { hasNetwork } from '../model/cluster.ts'
import type { Pod } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import type { PolicyObject, Scoped } from '../policy/policy.ts'
import type { World } from '../world/world.ts'
import { type Endpoint, identityOf } from './endpoint.ts'

/*
 * Which policies select which Pods: `subjectOf` (S-001), asked of what policies see of them.
 */

/** Which policies select an endpoint: none selects one outside the Pod network (S-043), nor a finished Pod (S-050). */
export function selectionOfEndpoint(world: World, endpoint: Endpoint): (policy: Scoped) => Match {
  if (endpoint.kind === 'pod' && !hasNetwork(endpoint.pod)) return () => 'no'
  const predicates = predicatesOf(identityOf(world, endpoint, undefined))
  return policy => subjectOf(policy, predicates)
}

const isSelected = (world: World, policy: Scoped, pod: Pod): Match =>
  selectionOfEndpoint(world, { kind: 'pod', pod })(policy)

/** Whether a policy would select a Pod if it were not on its node's network (S-043). */
export const wouldSelect = (world: World, policy: Scoped, pod: Pod): boolean =>
  pod.hostNetwork && isSelected(world, policy, { ...pod, hostNetwork: false }) !== 'no'

/** The Pods on their node's network that a policy would select. */
export const onHostNetwork = (world: World, policy: Scoped): readonly Pod[] =>
  world.cluster.pods.filter(pod => wouldSelect(world, policy, pod))

/** The Pods that a policy selects, or may select. */
export const selectedBy = (
  world: World,
  policy: Scoped,
): readonly { readonly pod: Pod; readonly matches: Exclude<Match, 'no'> }[] =>
  world.cluster.pods.flatMap(pod => {
    const matches = isSelected(world, policy, pod)
    return matches === 'no' ? [] : [{ pod, matches }]
  })

/** The policies that select a Pod, or may select it. */
export function selecting(
  world: World,
  pod: Pod,
): readonly { readonly policy: PolicyObject; readonly matches: Exclude<Match, 'no'> }[] {
  const selection = selectionOfEndpoint(world, { kind: 'pod', pod })
  return world.policyObjects.flatMap(policy => {
    const matches = selection(policy)
    return matches === 'no' ? [] : [{ policy, matches }]
  })
}
