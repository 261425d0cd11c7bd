import { isAssumed } from '../../model/cluster.ts'
import type { Namespace } from '../../model/objects.ts'
import type { Direction, NetworkPolicy } from '../../policy/policy.ts'
import type { Description, NamespaceItem, Sentence } from '../../report/inventory.ts'
import { sourceOf } from '../../source/position.ts'
import { firstFew, placeText } from '../../words/names.ts'
import type { World } from '../../world/world.ts'
import {
  assumptionsOfWorld,
  description,
  FEW,
  fact,
  labelLines,
  labelsOf,
  sentence,
  whyNotEnforced,
} from './facts.ts'
import { isUnlimited } from './network-policies.ts'

export function namespaceItem({ cluster }: World, namespace: Namespace): NamespaceItem {
  const { name, labels, at } = namespace
  const pods = cluster.pods.filter(pod => pod.namespace === name).length
  return { name, declared: at !== undefined, assumed: isAssumed(namespace), pods, labels: labelsOf(labels) }
}

/** A namespace, and what holds for all its Pods. */
export function describeNamespace(world: World, namespace: Namespace): Description {
  const item = namespaceItem(world, namespace)
  const policies = world.networkPolicies.filter(policy => policy.namespace === item.name)
  const facts = [
    fact('Name', item.name),
    fact('Labels', ...labelLines(item.labels)),
    fact('Declared', declaredText(namespace)),
    fact('Pods', String(item.pods)),
    fact('Network Policies', ...policies.map(policy => `${policy.name} (${placeText(sourceOf(policy.at))})`)),
  ]
  const why = policies.length === 0 ? undefined : whyNotEnforced(world)
  const meaning =
    why === undefined
      ? (['ingress', 'egress'] as const).map(direction => defaultOf(policies, direction))
      : [sentence(`Its Pods are open, whatever its policies say: ${why}.`)]
  return description('namespaces', item.name, { facts, meaning }, assumptionsOfWorld(world))
}

function declaredText(namespace: Namespace): string {
  if (namespace.at !== undefined) return `yes (${placeText(sourceOf(namespace.at))})`
  return isAssumed(namespace) ? 'no: objects are merely in it' : 'no: every cluster has it'
}

/** What holds for every Pod of a namespace, whatever its labels: the union of what selects them all (S-003). */
function defaultOf(policies: readonly NetworkPolicy[], direction: Direction): Sentence {
  const ofAll = policies
    .filter(({ scope }) => scope.pods.requirements.length === 0)
    .flatMap(({ directions }) => directions.filter(one => one.direction === direction))
  const verb = direction === 'ingress' ? 'comes in to' : 'goes out from'
  const namesOf = (some: typeof ofAll): string =>
    firstFew(
      some.map(({ name }) => name),
      FEW,
    )
  if (ofAll.length === 0)
    return sentence(`No default deny for ${direction}: its Pods are open, unless a policy selects them.`)
  const opening = ofAll.filter(({ rules }) => rules.some(isUnlimited))
  if (opening.length > 0) return sentence(`Everything ${verb} its Pods: ${namesOf(opening)} lets it.`)
  const closing = ofAll.filter(({ rules }) => rules.length === 0)
  if (closing.length > 0)
    return sentence(
      `Default deny for ${direction}, by ${namesOf(closing)}: nothing ${verb} its Pods but what a policy lets through.`,
    )
  return sentence(
    `All its Pods are isolated for ${direction}, by ${namesOf(ofAll)}: nothing ${verb} them but what a policy lets through.`,
  )
}
