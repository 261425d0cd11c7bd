import { editedIndex } from '../engine/policy-index.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { NetworkPolicy, Policy, Rule } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { VerdictWord } from '../report/common.ts'
import type { CauseFacts, NamedRule } from '../report/facts/cause.ts'
import type { CausingPolicy } from '../report/report.ts'
import { fewest } from '../sets/fewest.ts'
import { sourceOf } from '../source/position.ts'
import type { World } from '../world/world.ts'
import { policyRef } from './policy-facts.ts'
import { allowingRules } from './rules.ts'

/** The verdict on the question in a changed world. */
export type Ask = (world: World) => VerdictWord

/** What makes an answer what it is. */
export interface CauseFound {
  readonly facts: CauseFacts
  /** The policies without which the answer would be different, each alone or all together. */
  readonly policies: readonly CausingPolicy[]
}

/** More policies than these are not tried one by one. */
const MOST = 20

/**
 * Which policies or rules cause the answer; undefined where none does. Each is removed, and the question asked again.
 */
export function causeOf(
  world: World,
  verdict: VerdictWord,
  sides: readonly PolicySide[],
  ask: Ask,
): CauseFound | undefined {
  switch (verdict) {
    case 'yes':
      return causeOfYes(world, sides, ask)
    case 'no':
    case 'partial':
      return causeOfNo(world, sides, ask)
    case 'undetermined':
      return undefined
  }
}

function causeOfNo(world: World, sides: readonly PolicySide[], ask: Ask): CauseFound | undefined {
  const policies = isolatingPolicies(
    world,
    sides.filter(side => wordOfSide(side) !== 'yes'),
  )
  if (policies.length === 0 || policies.length > MOST) return undefined
  const tried = policies.map(policy => ({ policy, without: ask(withoutPolicies(world, [policy])) }))
  const found = (kind: 'each-policy' | 'policies-together', some: readonly NetworkPolicy[]): CauseFound => ({
    facts: { kind, policies: some.map(({ name, at }) => ({ name, source: sourceOf(at) })) },
    policies: tried
      .filter(({ policy }) => some.includes(policy))
      .map(({ policy, without }) => ({ ...policyRef(policy), without })),
  })
  const alone = tried.filter(({ without }) => without === 'yes').map(({ policy }) => policy)
  if (alone.length > 0) return found('each-policy', alone)
  const together = fewest(policies, some => ask(withoutPolicies(world, some)) === 'yes')
  return together && found('policies-together', together)
}

function causeOfYes(world: World, sides: readonly PolicySide[], ask: Ask): CauseFound | undefined {
  const { profile, networkPolicies } = world
  if (profile !== undefined && !enforces(profile) && networkPolicies.length > 0)
    return { facts: { kind: 'not-enforced', plugin: profile.name }, policies: [] }
  const isolated = sides.filter(({ verdict }) => verdict.selecting.length > 0)
  if (isolated.length === 0)
    return sides.length === 0 ? undefined : { facts: { kind: 'not-isolated' }, policies: [] }
  const opening = openingRules(isolated)
  if (opening.length === 0 || opening.length > MOST) return undefined
  const needed = opening
    .map(one => ({ ...one, without: ask(withoutRule(world, one.policy, one.rule)) }))
    .filter(({ without }) => without !== 'yes')
  const others = opening.filter(({ rule }) => needed.every(one => one.rule !== rule))
  return {
    facts: {
      kind: 'rules',
      needed: needed.map(one => ({ ...namedRule(one), without: one.without })),
      alternatives: (['egress', 'ingress'] as const).flatMap(direction => {
        const rules = others.filter(({ policy }) => policy.direction === direction)
        return rules.length === 0 ? [] : [{ direction, rules: rules.map(namedRule) }]
      }),
    },
    policies: needed.map(({ policy, rule, without }) => ({
      ...policyRef(policy),
      without,
      rule: rule.index,
    })),
  }
}

interface Opening {
  readonly policy: Policy
  readonly rule: Rule
}

/** The rules that allow something of the question, each once. */
function openingRules(sides: readonly PolicySide[]): readonly Opening[] {
  const opening = sides.flatMap(({ verdict, flow }) => allowingRules(verdict, flow))
  return [...new Map(opening.map(({ policy, trace: { rule } }) => [rule, { policy, rule }])).values()]
}

const namedRule = ({ policy, rule }: Opening): NamedRule => ({
  policy: policy.name,
  direction: policy.direction,
  rule: rule.index,
  source: sourceOf(rule.at),
})

/** The policies that isolate an endpoint on some of the sides, each once. */
function isolatingPolicies(world: World, sides: readonly PolicySide[]): readonly NetworkPolicy[] {
  const selecting = new Set(sides.flatMap(({ verdict }) => verdict.selecting.map(({ policy }) => policy)))
  return world.networkPolicies.filter(({ directions }) => directions.some(one => selecting.has(one)))
}

const withoutPolicies = (world: World, gone: readonly NetworkPolicy[]): World => ({
  ...world,
  networkPolicies: world.networkPolicies.filter(policy => !gone.includes(policy)),
  policies: editedIndex(world.policies, { removed: gone.flatMap(({ directions }) => directions), added: [] }),
})

/** The policy isolates the same Pods as before. */
function withoutRule(world: World, policy: Policy, rule: Rule): World {
  const less = { ...policy, rules: policy.rules.filter(one => one !== rule) }
  return {
    ...world,
    networkPolicies: world.networkPolicies.map(one => ({
      ...one,
      directions: one.directions.map(direction => (direction === policy ? less : direction)),
    })),
    policies: editedIndex(world.policies, { removed: [policy], added: [less] }),
  }
}
