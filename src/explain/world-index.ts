import { memoizedByObject } from '../engine/all/memoized.ts'
import { type PeerPredicates, peerOf, predicatesOf, subjectOf } from '../engine/predicates.ts'
import { namespaceOf } from '../model/cluster.ts'
import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import type { Pod } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import type { NetworkPolicy, Peer, Scope } from '../policy/policy.ts'
import { groupBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'

/** What differences ask of a world again and again, found out once. */
interface WorldIndex {
  /** The policies that could be meant for Pods of a namespace: its own, and those that select no Pod where they are. */
  readonly policiesFor: (namespace: string) => readonly NetworkPolicy[]
  /** Whether a policy selects no Pod of the input. */
  readonly selectsNothing: (policy: Subject) => boolean
  /** Whether a peer of a policy in a namespace matches no Pod of the input. */
  readonly peerMatchesNothing: (peer: PodsPeer, namespace: string) => boolean
  /** The keys of the labels that policies select Pods by. */
  readonly keysUsed: () => ReadonlySet<string>
}

type Subject = Pick<NetworkPolicy, 'namespace' | 'scope'>
type PodsPeer = Extract<Peer, { kind: 'pods' }>

export const worldIndex: (world: World) => WorldIndex = memoizedByObject(world => {
  const labelSets = labelSetsByNamespace(world)
  const policies = groupBy(world.networkPolicies, ({ namespace }) => namespace)
  const selectsNothing = memoizedByObject((policy: Subject) =>
    matchesNothing(world, labelSets, policy.scope, policy.namespace, pod => subjectOf(policy, pod)),
  )
  let idle: readonly NetworkPolicy[] | undefined
  let keys: ReadonlySet<string> | undefined
  // A peer belongs to one policy.
  const unmatched = new WeakMap<PodsPeer, boolean>()
  return {
    policiesFor: namespace => {
      idle ??= world.networkPolicies.filter(selectsNothing)
      return [...(policies.get(namespace) ?? []), ...idle.filter(one => one.namespace !== namespace)]
    },
    selectsNothing,
    peerMatchesNothing: (peer, namespace) => {
      const before = unmatched.get(peer)
      if (before !== undefined) return before
      const now = matchesNothing(world, labelSets, peer, namespace, pod => peerOf(peer, namespace, pod))
      unmatched.set(peer, now)
      return now
    },
    keysUsed: () => {
      keys ??= keysUsed(world)
      return keys
    },
  }
})

/** The labels of the Pods that policies can select, each set of them once: Pods of a workload have the same. */
function labelSetsByNamespace({ cluster }: World): ReadonlyMap<string, readonly Labels[]> {
  const pods = groupBy(
    cluster.pods.filter(({ hostNetwork }) => !hostNetwork),
    ({ namespace }) => namespace,
  )
  return new Map([...pods].map(([namespace, here]) => [namespace, distinctLabels(here)]))
}

function distinctLabels(pods: readonly Pod[]): readonly Labels[] {
  const keyOf = (labels: Labels): string =>
    [...labels].map(([key, value]) => `${key}=${value === UNKNOWABLE ? '?' : value}`).join()
  return [...new Map(pods.map(({ labels }) => [keyOf(labels), labels])).values()]
}

/** Whether none of the Pods of some namespaces matches; `own` is the namespace of the policy. */
function matchesNothing(
  { cluster }: World,
  labelSets: ReadonlyMap<string, readonly Labels[]>,
  { namespaces }: Pick<Scope, 'namespaces'>,
  ofPolicy: string,
  match: (pod: PeerPredicates<Match>) => Match,
): boolean {
  const among = namespaces === 'own' ? [ofPolicy] : [...labelSets.keys()]
  return among.every(namespace => {
    const { labels: namespaceLabels } = namespaceOf(cluster, namespace)
    return (labelSets.get(namespace) ?? []).every(labels => {
      const pod = { kind: 'pod', namespace, namespaceLabels, labels, ports: [], address: undefined } as const
      return match(predicatesOf(pod)) === 'no'
    })
  })
}

function keysUsed({ networkPolicies }: World): ReadonlySet<string> {
  const selectors = networkPolicies.flatMap(({ scope, directions }) => [
    scope.pods,
    ...directions.flatMap(({ rules }) =>
      rules.flatMap(({ peers }) =>
        peers === 'any'
          ? []
          : peers.flatMap(peer => (peer.kind === 'pods' && peer.pods !== undefined ? [peer.pods] : [])),
      ),
    ),
  ])
  return new Set(selectors.flatMap(({ requirements }) => requirements.map(({ key }) => key)))
}
