import { peerOf, predicatesOf } from '../../engine/predicates.ts'
import type { Pod } from '../../model/objects.ts'
import { selects } from '../../model/selector.ts'
import { identityOf } from '../../network/endpoint.ts'
import type { NetworkPolicy, Peer } from '../../policy/policy.ts'
import type { World } from '../../world/world.ts'

/** What near misses ask of a world again and again, found out once. */
interface WorldIndex {
  /** The policies that could have a say about Pods of a namespace: its own, and those that select nobody where they are. */
  readonly policiesFor: (namespace: string) => readonly NetworkPolicy[]
  /** Whether a policy selects no Pod of the input. */
  readonly selectsNobody: (policy: Pick<NetworkPolicy, 'namespace' | 'subject'>) => boolean
  /** Whether an entry of a policy in a namespace means no Pod of the input. */
  readonly meansNobody: (peer: PodsPeer, namespace: string) => boolean
  /** The keys by which the policies select Pods. */
  readonly keysUsed: () => ReadonlySet<string>
}

type PodsPeer = Extract<Peer, { kind: 'pods' }>

const known = new WeakMap<World, WorldIndex>()

export function worldIndex(world: World): WorldIndex {
  const before = known.get(world)
  if (before !== undefined) return before
  const now = lookedUp(world)
  known.set(world, now)
  return now
}

function lookedUp(world: World): WorldIndex {
  const pods = byNamespace(world.cluster.pods.filter(({ hostNetwork }) => !hostNetwork))
  const policies = byNamespace(world.networkPolicies)
  const selectsNobody = once(({ namespace, subject }: Pick<NetworkPolicy, 'namespace' | 'subject'>) =>
    (pods.get(namespace) ?? []).every(({ labels }) => selects(subject, labels) === 'no'),
  )
  let idle: readonly NetworkPolicy[] | undefined
  let keys: ReadonlySet<string> | undefined
  const meant = new WeakMap<PodsPeer, boolean>()
  return {
    policiesFor: namespace => {
      idle ??= world.networkPolicies.filter(selectsNobody)
      return [...(policies.get(namespace) ?? []), ...idle.filter(one => one.namespace !== namespace)]
    },
    selectsNobody,
    keysUsed: () => {
      keys ??= keysUsed(world)
      return keys
    },
    meansNobody: (peer, namespace) => {
      const before = meant.get(peer)
      if (before !== undefined) return before
      const among = peer.namespaces === 'own' ? (pods.get(namespace) ?? []) : [...pods.values()].flat()
      const isNobody = among.every(
        pod => peerOf(peer, namespace, predicatesOf(identityOf(world, asEndpoint(pod), undefined))) === 'no',
      )
      meant.set(peer, isNobody)
      return isNobody
    },
  }
}

const asEndpoint = (pod: Pod) => ({ kind: 'pod', pod }) as const

function byNamespace<T extends { readonly namespace: string }>(
  all: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const group = groups.get(one.namespace)
    if (group === undefined) groups.set(one.namespace, [one])
    else group.push(one)
  }
  return groups
}

function once<T extends object>(answer: (question: T) => boolean): (question: T) => boolean {
  const answers = new WeakMap<object, boolean>()
  return question => {
    const before = answers.get(question)
    if (before !== undefined) return before
    const now = answer(question)
    answers.set(question, now)
    return now
  }
}

function keysUsed({ networkPolicies }: World): ReadonlySet<string> {
  const selectors = networkPolicies.flatMap(({ subject, directions }) => [
    subject,
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
