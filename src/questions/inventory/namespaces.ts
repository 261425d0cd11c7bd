import { policyRef } from '../../explain/policy-facts.ts'
import { isAssumed } from '../../model/cluster.ts'
import type { Namespace } from '../../model/objects.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type { NamespaceDefault } from '../../report/facts/inventory.ts'
import type { Direction } from '../../report/facts/rules.ts'
import type { NamespaceItem } from '../../report/inventory.ts'
import { sourceOf } from '../../source/source-of.ts'
import { factsField } from '../../words/inventory.ts'
import { placeText } from '../../words/lists.ts'
import { networkPolicies, type World } from '../../world/world.ts'
import {
  assumptionsOfWorld,
  type Described,
  DIRECTIONS,
  field,
  labelsField,
  reportedLabels,
  unenforcingPlugin,
} from './fields.ts'

export function namespaceItem({ cluster }: World, namespace: Namespace): NamespaceItem {
  const { name, labels, at } = namespace
  const pods = cluster.pods.filter(pod => pod.namespace === name).length
  return {
    name,
    declared: at !== undefined,
    assumed: isAssumed(namespace),
    pods,
    labels: reportedLabels(labels),
  }
}

/** A namespace, and what holds for all its Pods. */
export function describeNamespace(world: World, namespace: Namespace): Described {
  const { name, labels, pods, assumed } = namespaceItem(world, namespace)
  const policies = networkPolicies(world).filter(policy => policy.namespace === name)
  const facts = [
    field('Name', name),
    labelsField('Labels', labels),
    factsField('Declared', {
      kind: 'declared',
      ...(namespace.at !== undefined && { source: sourceOf(namespace.at) }),
      assumed,
    }),
    field('Pods', String(pods)),
    field('Network Policies', ...policies.map(({ name, at }) => `${name} (${placeText(sourceOf(at))})`)),
  ]
  const plugin = policies.length === 0 ? undefined : unenforcingPlugin(world)
  const meaning: Described['meaning'] =
    plugin === undefined
      ? DIRECTIONS.map(direction => defaultOf(policies, direction))
      : [{ kind: 'unenforced', of: 'Namespace', plugin }]
  return { id: name, facts, meaning, assumptions: assumptionsOfWorld(world) }
}

/** What holds for every Pod of a namespace, whatever its labels: the union of the policies that select them all (S-003). */
function defaultOf(policies: readonly NetworkPolicy[], direction: Direction): NamespaceDefault {
  const ofAll = policies
    .filter(({ scope }) => scope.pods.requirements.length === 0)
    .flatMap(({ directions }) => directions.filter(one => one.direction === direction))
  const opening = ofAll.filter(({ rules }) =>
    rules.some(({ peers, ports }) => peers === 'any' && ports === 'any'),
  )
  const closing = ofAll.filter(({ rules }) => rules.length === 0)
  const ways = [
    ['open', opening],
    ['closed', closing],
    ['limited', ofAll],
  ] as const
  const [is, by] = ways.find(([, some]) => some.length > 0) ?? (['not isolated', []] as const)
  return { kind: 'namespace-default', direction, is, by: by.map(policyRef) }
}
