import { ruleText, selectorText, sourceOf } from '../../explain/phrases.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import type { Direction, NetworkPolicy, Policy, Rule } from '../../policy/policy.ts'
import type { Sentence } from '../../report/inventory.ts'
import { firstFew } from '../../words/names.ts'
import type { World } from '../../world/world.ts'
import { sentence } from './facts.ts'

/** What a NetworkPolicy means, in plain sentences. */
export function meaningOf(world: World, policy: NetworkPolicy): readonly Sentence[] {
  return [
    subjectSentence(world, policy),
    ...outsideSentences(world, policy),
    directionSentence(policy, 'ingress'),
    directionSentence(policy, 'egress'),
    ...policy.ineffective.filter(({ rules }) => rules.length > 0).map(inertSentence),
    ...defaultSentences(policy),
  ]
}

function subjectSentence(world: World, policy: NetworkPolicy): Sentence {
  const { subject, namespace } = policy
  const whom =
    subject.requirements.length === 0
      ? `every Pod of namespace ${namespace}`
      : `the Pods ${selectorText(subject)} of namespace ${namespace}`
  const selected = selectedBy(world, policy)
  const [sure, unsure] = (['yes', 'unknown'] as const).map(matches =>
    selected.filter(one => one.matches === matches).map(({ pod }) => podRef(world, pod).id),
  )
  const perhaps = unsure?.length
    ? `; and perhaps ${firstFew(unsure, FEW)}, by labels that only a running cluster knows`
    : ''
  const now = sure?.length ? firstFew(sure, FEW) : 'none in the input'
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

/** So many objects are named in a sentence. */
export const FEW = 5

function directionSentence({ directions, namespace }: NetworkPolicy, direction: Direction): Sentence {
  const policy = directions.find(one => one.direction === direction)
  const [verb, other] =
    direction === 'ingress' ? ['comes in to', 'come in to'] : ['goes out from', 'go out from']
  if (policy === undefined) return sentence(`It does not limit what may ${other} them.`)
  if (policy.rules.length === 0)
    return sentence(
      `Nothing ${verb} them, unless another policy lets it (${direction} is isolated, without a rule).`,
    )
  if (policy.rules.some(isUnlimited))
    return { text: `Everything ${verb} them, by a rule without limits:`, parts: partsOf(policy, namespace) }
  return {
    text: `Nothing ${verb} them, unless another policy lets it, but:`,
    parts: partsOf(policy, namespace),
  }
}

/** Whether a rule opens everything to everyone. */
export const isUnlimited = ({ peers, ports }: Rule): boolean => peers === 'any' && ports === 'any'

const partsOf = ({ direction, rules }: Policy, namespace: string): Sentence['parts'] =>
  rules.map(rule => ({ text: ruleText(rule, direction, namespace), source: sourceOf(rule.at) }))

/** S-010. */
function inertSentence(policy: Policy): Sentence {
  const type = policy.direction === 'ingress' ? 'Ingress' : 'Egress'
  return {
    text: `Its ${policy.direction} rules are without effect, because policyTypes does not list ${type}:`,
    parts: partsOf(policy, policy.namespace),
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
