import { type PeerPredicates, peerOf, predicatesOf, subjectOf } from '../engine/predicates.ts'
import { namespaceOf } from '../model/cluster.ts'
import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import type { Pod } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import type { NetworkPolicy, Peer, Scope } from '../policy/policy.ts'
import { groupBy } from '../sets/group-by.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'

/** What differences ask of a world again and again, found out once. */
interface WorldIndex {
  /**
   * The policies that could be meant for a Pod: those of its namespace, and of those that select no Pod where they are, the
   * ones that may select it. What may is a label that one of its requirements is about: most are about others.
   */
  readonly policiesFor: (pod: Pick<Pod, 'namespace' | 'labels'>) => readonly NetworkPolicy[]
  /** The Pods of a namespace that policies can select: one for each set of labels. */
  readonly podsIn: (namespace: string) => readonly Pod[]
  /** Whether a policy selects no Pod of the input. */
  readonly selectsNothing: (policy: Subject) => boolean
  /** Whether a peer of a policy in a namespace matches no Pod of the input. */
  readonly peerMatchesNothing: (peer: PodsPeer, namespace: string) => boolean
  /** The keys of the labels that policies select Pods by. */
  readonly keysUsed: () => ReadonlySet<string>
}

type Subject = Pick<NetworkPolicy, 'namespace' | 'scope'>
type PodsPeer = Extract<Peer, { kind: 'pods' }>

export const worldIndex: (world: World) => WorldIndex = memoized(world => {
  const pods = podsByNamespace(world)
  const podsIn = (namespace: string): readonly Pod[] => pods.get(namespace) ?? []
  const policies = groupBy(world.networkPolicies, ({ namespace }) => namespace)
  const selectsNothing = memoized((policy: Subject) =>
    matchesNothing(world, pods, policy.scope, policy.namespace, pod => subjectOf(policy, pod)),
  )
  let idle: ((labels: Labels) => readonly NetworkPolicy[]) | undefined
  let keys: ReadonlySet<string> | undefined
  // A peer belongs to one policy.
  const unmatched = new WeakMap<PodsPeer, boolean>()
  return {
    policiesFor: ({ namespace, labels }) => {
      idle ??= byRequiredLabel(world.networkPolicies.filter(selectsNothing))
      const elsewhere = idle(labels).filter(one => one.namespace !== namespace)
      return [...(policies.get(namespace) ?? []), ...elsewhere]
    },
    podsIn,
    selectsNothing,
    peerMatchesNothing: (peer, namespace) => {
      const before = unmatched.get(peer)
      if (before !== undefined) return before
      const now = matchesNothing(world, pods, peer, namespace, pod => peerOf(peer, namespace, pod))
      unmatched.set(peer, now)
      return now
    },
    keysUsed: () => {
      keys ??= keysUsed(world)
      return keys
    },
  }
})

/** Policies by a label that they require, so that of many those few are found that may select a Pod; in their own order. */
function byRequiredLabel(policies: readonly NetworkPolicy[]): (labels: Labels) => readonly NetworkPolicy[] {
  const byLabel = new Map<string, number[]>()
  const byOthers: number[] = []
  for (const [index, { scope }] of policies.entries()) {
    const named = scope.pods.requirements.find(({ operator }) => operator === 'In')
    if (named === undefined) byOthers.push(index)
    for (const value of named?.values ?? []) {
      const label = `${named?.key}=${value}`
      const known = byLabel.get(label)
      if (known === undefined) byLabel.set(label, [index])
      else known.push(index)
    }
  }
  return labels => {
    const found = [...labels].flatMap(([key, value]) =>
      value === UNKNOWABLE ? [] : (byLabel.get(`${key}=${value}`) ?? []),
    )
    return [...byOthers, ...found].sort((a, b) => a - b).flatMap(index => policies[index] ?? [])
  }
}

/** The Pods that policies can select, one for each set of labels: those of a workload have the same. */
function podsByNamespace({ cluster }: World): ReadonlyMap<string, readonly Pod[]> {
  const pods = groupBy(
    cluster.pods.filter(({ hostNetwork }) => !hostNetwork),
    ({ namespace }) => namespace,
  )
  return new Map([...pods].map(([namespace, here]) => [namespace, withDistinctLabels(here)]))
}

function withDistinctLabels(pods: readonly Pod[]): readonly Pod[] {
  const keyOf = ({ labels }: Pod): string =>
    [...labels].map(([key, value]) => `${key}=${value === UNKNOWABLE ? '?' : value}`).join()
  return [...groupBy(pods, keyOf).values()].map(([first]) => first)
}

/** Whether none of the Pods of some namespaces matches; `own` is the namespace of the policy. */
function matchesNothing(
  { cluster }: World,
  pods: ReadonlyMap<string, readonly Pod[]>,
  { namespaces }: Pick<Scope, 'namespaces'>,
  ofPolicy: string,
  match: (pod: PeerPredicates<Match>) => Match,
): boolean {
  const among = namespaces === 'own' ? [ofPolicy] : [...pods.keys()]
  return among.every(namespace => {
    const { labels: namespaceLabels } = namespaceOf(cluster, namespace)
    return (pods.get(namespace) ?? []).every(({ labels }) => {
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
