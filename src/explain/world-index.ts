import type { PodsTrace } from '../engine/evidence.ts'
import { type PeerPredicates, peerOf, predicatesOf, subjectOf } from '../engine/predicates.ts'
import { namespaceOf } from '../model/cluster.ts'
import type { Labels } from '../model/labels.ts'
import type { Pod } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import type { PolicyObject, Scope } from '../policy/policy.ts'
import { selectorsOf } from '../policy/requirements.ts'
import { distinctBy, groupBy } from '../sets/group-by.ts'
import { lazily, memoized, memoizedBy } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'

/** What near misses look up in a world, each found once. */
interface WorldIndex {
  /**
   * The policies that may have been intended for a Pod: those of its namespace, those of any namespace, and of those that
   * select no Pod in their own namespace, the ones whose podSelector the Pod may match.
   */
  readonly policiesFor: (pod: Pick<Pod, 'namespace' | 'labels'>) => readonly PolicyObject[]
  /** The Pods of a namespace that policies can select: one for each set of labels. */
  readonly podsIn: (namespace: string) => readonly Pod[]
  /** Whether a policy selects no Pod of the input. */
  readonly selectsNothing: (policy: Subject) => boolean
  /** The Pods that a peer of a policy in a namespace may match: one for each set of labels. */
  readonly podsMatchedBy: (peer: PodsTrace['peer'], namespace: string) => readonly Pod[]
  /** Whether a peer of a policy in a namespace matches no Pod of the input. */
  readonly peerMatchesNothing: (peer: PodsTrace['peer'], namespace: string) => boolean
  /** The keys of the labels that policies select Pods by. */
  readonly keysUsed: () => ReadonlySet<string>
}

type Subject = Pick<PolicyObject, 'namespace' | 'scope'>

export const worldIndex: (world: World) => WorldIndex = memoized(world => {
  const pods = podsByNamespace(world)
  const policies = groupBy(world.policyObjects, ({ namespace, scope }) =>
    scope.namespaces === 'own' ? namespace : ANY_NAMESPACE,
  )
  const selectsNothing = memoized((policy: Subject) =>
    isNone(matchedPods(world, pods, policy.scope, policy.namespace, pod => subjectOf(policy, pod))),
  )
  const matchedBy = (peer: PodsTrace['peer'], namespace: string) =>
    matchedPods(world, pods, peer, namespace, pod => peerOf(peer, namespace, pod))
  const peerMatchesNothing = memoized((peer: PodsTrace['peer']) =>
    memoizedBy(
      (namespace: string) => namespace,
      namespace => isNone(matchedBy(peer, namespace)),
    ),
  )
  const elsewhere = lazily(() =>
    byRequiredLabel(
      world.policyObjects.filter(policy => policy.scope.namespaces === 'own' && selectsNothing(policy)),
    ),
  )
  return {
    policiesFor: ({ namespace, labels }) => [
      ...(policies.get(namespace) ?? []),
      ...(policies.get(ANY_NAMESPACE) ?? []),
      ...elsewhere()(labels).filter(one => one.namespace !== namespace),
    ],
    podsIn: namespace => pods.get(namespace) ?? [],
    selectsNothing,
    podsMatchedBy: (peer, namespace) => [...matchedBy(peer, namespace)],
    peerMatchesNothing: (peer, namespace) => peerMatchesNothing(peer)(namespace),
    keysUsed: lazily(() => keysUsed(world)),
  }
})

/** The key of policies whose scope is not their own namespace (K-010). */
const ANY_NAMESPACE = Symbol('any namespace')

/** Finds the policies that may select Pods with some labels: the others require a label that is not among them. */
function byRequiredLabel(policies: readonly PolicyObject[]): (labels: Labels) => readonly PolicyObject[] {
  const keyed = policies.flatMap((policy, index) => {
    const required = policy.scope.pods.requirements.find(({ operator }) => operator === 'In')
    const labels = required?.values.map(value => `${required.key}=${value}`) ?? [NO_LABEL]
    return labels.map(label => ({ label, index, policy }))
  })
  const byLabel = groupBy(keyed, ({ label }) => label)
  return labels =>
    [NO_LABEL, ...labelTexts(labels)]
      .flatMap(label => byLabel.get(label) ?? [])
      .sort((a, b) => a.index - b.index)
      .map(({ policy }) => policy)
}

/** The key of policies that require no label value. */
const NO_LABEL = ''

const labelTexts = (labels: Labels): readonly string[] =>
  [...labels].map(([key, value]) => `${key}=${String(value)}`)

/** The Pods that policies can select, one for each set of labels: those of a workload have the same. */
const podsByNamespace = ({ cluster }: World): ReadonlyMap<string, readonly Pod[]> =>
  groupBy(
    distinctBy(
      cluster.pods.filter(({ hostNetwork }) => !hostNetwork),
      ({ namespace, labels }) => [namespace, ...labelTexts(labels)].join(),
    ),
    ({ namespace }) => namespace,
  )

/** The Pods of some namespaces that may match; `own` is the namespace of the policy. */
function* matchedPods(
  { cluster }: World,
  pods: ReadonlyMap<string, readonly Pod[]>,
  { namespaces }: Pick<Scope, 'namespaces'>,
  ofPolicy: string,
  match: (pod: PeerPredicates<Match>) => Match,
): Iterable<Pod> {
  for (const namespace of namespaces === 'own' ? [ofPolicy] : pods.keys()) {
    const { labels: namespaceLabels } = namespaceOf(cluster, namespace)
    for (const pod of pods.get(namespace) ?? []) {
      const { labels } = pod
      const seen = { kind: 'pod', namespace, namespaceLabels, labels, ports: [], address: undefined } as const
      if (match(predicatesOf(seen)) !== 'no') yield pod
    }
  }
}

function isNone(found: Iterable<unknown>): boolean {
  for (const _ of found) return false
  return true
}

function keysUsed({ policyObjects }: World): ReadonlySet<string> {
  const rules = policyObjects.flatMap(({ directions }) => directions.flatMap(one => one.rules))
  const peers = rules.flatMap(rule => (rule.peers === 'any' ? [] : rule.peers))
  const selectors = [
    ...policyObjects.map(({ scope }) => scope.pods),
    ...peers.flatMap(peer => selectorsOf(peer).ofPods),
  ]
  return new Set(selectors.flatMap(({ requirements }) => requirements.map(({ key }) => key)))
}
