import { assumptionsOfPolicies } from '../../explain/assumptions/plugin.ts'
import { requirementFacts, ruleFacts } from '../../explain/policy-facts.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import type { NetworkPolicy, Policy } from '../../policy/policy.ts'
import type { Meaning, WrittenRule } from '../../report/facts/inventory.ts'
import type { Direction } from '../../report/facts/rules.ts'
import type { Field, NetworkPolicyItem } from '../../report/inventory.ts'
import { sourceOf } from '../../source/position.ts'
import { placeText } from '../../words/names.ts'
import type { World } from '../../world/world.ts'
import {
  assumptionsOfWorld,
  type Described,
  DIRECTIONS,
  field,
  nameFields,
  unenforcingPlugin,
} from './fields.ts'
import { kubectlSelector, policyTypes, specLines } from './spec-lines.ts'

export function networkPolicyItem(world: World, policy: NetworkPolicy): NetworkPolicyItem {
  const { namespace, name, scope, at } = policy
  const selected = selectedBy(world, policy)
  const idsOf = (matches: 'yes' | 'unknown'): readonly string[] =>
    selected.filter(one => one.matches === matches).map(({ pod }) => podRef(world, pod).id)
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    podSelector: kubectlSelector(scope.pods),
    policyTypes: policyTypes(policy),
    pods: idsOf('yes'),
    undetermined: idsOf('unknown'),
    source: sourceOf(at),
  }
}

/** A NetworkPolicy as kubectl describes it, and what it means. */
export function describeNetworkPolicy(world: World, policy: NetworkPolicy): Described {
  const item = networkPolicyItem(world, policy)
  const spec: Field = { name: 'Spec', values: specLines(policy), preformatted: true }
  const pods = world.cluster.pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  return {
    id: item.id,
    facts: [...nameFields(item), field('Source', placeText(item.source)), spec],
    meaning: meaningOf(world, policy, item),
    assumptions: [...assumptionsOfWorld(world), ...assumptionsOfPolicies(world, [policy], pods)],
  }
}

function meaningOf(world: World, policy: NetworkPolicy, item: NetworkPolicyItem): readonly Meaning[] {
  const { namespace, scope, directions, ineffective, typesWritten } = policy
  const plugin = unenforcingPlugin(world)
  const selector = scope.pods.requirements.map(requirementFacts)
  const { pods, undetermined } = item
  const onHost = onHostNetwork(world, policy).map(pod => podRef(world, pod).id)
  const inDirection = (direction: Direction): Policy | undefined =>
    directions.find(one => one.direction === direction)
  const meaning: readonly (Meaning | false)[] = [
    plugin !== undefined && { kind: 'unenforced', of: 'NetworkPolicy', plugin },
    { kind: 'selects', namespace, selector, pods, undetermined },
    onHost.length > 0 && { kind: 'host-network-left-out', pods: onHost },
    ...DIRECTIONS.map((direction): Meaning => {
      const own = inDirection(direction)
      return { kind: 'direction', direction, ...(own !== undefined && { rules: reportedRules(own) }) }
    }),
    ...ineffective
      .filter(({ rules }) => rules.length > 0)
      .map(
        (own): Meaning => ({ kind: 'ignored-rules', direction: own.direction, rules: reportedRules(own) }),
      ),
    !typesWritten && { kind: 'default-policy-types', hasEgress: inDirection('egress') !== undefined },
  ]
  return meaning.filter(one => one !== false)
}

const reportedRules = (policy: Policy): readonly WrittenRule[] =>
  policy.rules.map(rule => ({ facts: ruleFacts(policy, rule), source: sourceOf(rule.at) }))
