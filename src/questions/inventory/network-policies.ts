import { assumptionsOfPolicies } from '../../explain/assumptions/plugin.ts'
import { ruleFacts } from '../../explain/policy-facts.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import type { Direction, NetworkPolicy, Policy, Rule } from '../../policy/policy.ts'
import type { Description, NetworkPolicyItem, Sentence } from '../../report/inventory.ts'
import { sourceOf } from '../../source/position.ts'
import { firstFew, placeText } from '../../words/names.ts'
import { ruleText, selectorText } from '../../words/rules.ts'
import type { World } from '../../world/world.ts'
import { assumptionsOfWorld, description, FEW, fact, named, sentence, whyNotEnforced } from './facts.ts'
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
export function describeNetworkPolicy(world: World, policy: NetworkPolicy): Description {
  const item = networkPolicyItem(world, policy)
  const facts = [...named(item), fact('Source', placeText(item.source)), fact('Spec', ...specLines(policy))]
  const why = whyNotEnforced(world)
  const withoutEffect = why === undefined ? [] : [sentence(`It is without effect: ${why}. If they were:`)]
  const meaning = [...withoutEffect, ...meaningOf(world, policy, item)]
  const pods = world.cluster.pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  const assumptions = [...assumptionsOfWorld(world), ...assumptionsOfPolicies(world, [policy], pods)]
  return description('networkpolicies', item.id, { facts, meaning }, assumptions)
}

/** What a NetworkPolicy means, in plain sentences. */
function meaningOf(world: World, policy: NetworkPolicy, item: NetworkPolicyItem): readonly Sentence[] {
  return [
    subjectSentence(policy, item),
    ...outsideSentences(world, policy),
    directionSentence(policy, 'ingress'),
    directionSentence(policy, 'egress'),
    ...policy.ineffective.filter(({ rules }) => rules.length > 0).map(ineffectiveSentence),
    ...defaultSentences(policy),
  ]
}

function subjectSentence(
  { scope: { pods: selector }, namespace }: NetworkPolicy,
  { pods, undetermined }: NetworkPolicyItem,
): Sentence {
  const whom =
    selector.requirements.length === 0
      ? `every Pod of namespace ${namespace}`
      : `the Pods ${selectorText(selector.requirements)} of namespace ${namespace}`
  const perhaps =
    undetermined.length === 0
      ? ''
      : `; and perhaps ${firstFew(undetermined, FEW)}, by labels that only a running cluster knows`
  const now = pods.length === 0 ? 'none in the input' : firstFew(pods, FEW)
  return sentence(`It selects ${whom}: ${now}${perhaps}.`)
}

/** S-043. */
function outsideSentences(world: World, policy: NetworkPolicy): readonly Sentence[] {
  const outside = onHostNetwork(world, policy).map(pod => podRef(world, pod).id)
  if (outside.length === 0) return []
  const who = outside.length === 1 ? 'is on its' : 'are on their'
  return [
    sentence(`Not ${firstFew(outside, FEW)}, which ${who} node's network, where no policy selects a Pod.`),
  ]
}

function directionSentence({ directions }: NetworkPolicy, direction: Direction): Sentence {
  const policy = directions.find(one => one.direction === direction)
  const [verb, other] =
    direction === 'ingress' ? ['comes in to', 'come in to'] : ['goes out from', 'go out from']
  if (policy === undefined) return sentence(`It does not limit what may ${other} them.`)
  if (policy.rules.length === 0)
    return sentence(
      `Nothing ${verb} them, unless another policy lets it (${direction} is isolated, without a rule).`,
    )
  const text = policy.rules.some(isUnlimited)
    ? `Everything ${verb} them, by a rule without limits:`
    : `Nothing ${verb} them, unless another policy lets it, but:`
  return { text, parts: partsOf(policy) }
}

/** Whether a rule opens everything to everyone. */
export const isUnlimited = ({ peers, ports }: Rule): boolean => peers === 'any' && ports === 'any'

const partsOf = (policy: Policy): Sentence['parts'] =>
  policy.rules.map(rule => ({ text: ruleText(ruleFacts(policy, rule)), source: sourceOf(rule.at) }))

/** S-010. */
function ineffectiveSentence(policy: Policy): Sentence {
  const type = policy.direction === 'ingress' ? 'Ingress' : 'Egress'
  return {
    text: `Its ${policy.direction} rules are without effect, because policyTypes does not list ${type}:`,
    parts: partsOf(policy),
  }
}

/** S-008. */
function defaultSentences({ typesWritten, directions }: NetworkPolicy): readonly Sentence[] {
  if (typesWritten) return []
  const hasEgress = directions.some(({ direction }) => direction === 'egress')
  return [
    sentence(
      hasEgress
        ? 'policyTypes is not written, which means Ingress, and Egress because there are egress rules.'
        : 'policyTypes is not written, which means Ingress alone, because there are no egress rules.',
    ),
  ]
}
