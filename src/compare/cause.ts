import { policyRef } from '../explain/policy-facts.ts'
import { allowingRules } from '../explain/rules.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Policy, PolicyObject, Rule } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { VerdictWord } from '../report/common.ts'
import type { CauseFacts, NamedRule } from '../report/facts/cause.ts'
import type { CausingPolicy } from '../report/report.ts'
import { distinctBy } from '../sets/group-by.ts'
import { memoizedBy } from '../sets/memoized.ts'
import { sourceOf } from '../source/source-of.ts'
import { type World, withPolicies } from '../world/world.ts'
import { enoughOf, MOST_TRIED } from './enough.ts'

/** The verdict on the question in a changed world. */
type AskVerdict = (world: World) => VerdictWord

/** What makes an answer what it is. */
interface CauseFound {
  readonly facts: CauseFacts
  /** The policies without which the answer would be different, each alone or all together. */
  readonly policies: readonly CausingPolicy[]
}

/**
 * Which policies or rules cause the answer; undefined where none does. Each is removed, and the question asked again.
 */
export function causeOf(
  world: World,
  verdict: VerdictWord,
  sides: readonly PolicySide[],
  ask: AskVerdict,
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

function causeOfNo(world: World, sides: readonly PolicySide[], ask: AskVerdict): CauseFound | undefined {
  const policies = denyingPolicies(
    world,
    sides.filter(side => wordOfSide(side) !== 'yes'),
  )
  if (policies.length === 0 || policies.length > MOST_TRIED) return undefined
  const verdictWithout = memoizedBy(
    (some: readonly PolicyObject[]) => policies.map(policy => Number(some.includes(policy))).join(''),
    some => ask(without(world, some)),
  )
  const enough = enoughOf(policies, some => verdictWithout(some) === 'yes')
  return (
    enough && {
      facts: {
        kind: enough.how === 'each' ? 'each-policy' : 'policies-together',
        policies: enough.parts.map(policyRef),
      },
      policies: enough.parts.map(policy => ({ ...policyRef(policy), without: verdictWithout([policy]) })),
    }
  )
}

function causeOfYes(world: World, sides: readonly PolicySide[], ask: AskVerdict): CauseFound | undefined {
  const { profile, policyObjects } = world
  if (profile !== undefined && !enforces(profile) && policyObjects.length > 0)
    return { facts: { kind: 'not-enforced', plugin: profile.name }, policies: [] }
  const isIsolated = sides.some(({ verdict }) => verdict.mayIsolate.length > 0)
  const opening = openingRules(sides)
  if (!isIsolated && opening.length === 0)
    return sides.length === 0 ? undefined : { facts: { kind: 'not-isolated' }, policies: [] }
  if (opening.length === 0 || opening.length > MOST_TRIED) return undefined
  const needed = opening
    .map(one => ({ ...one, without: ask(without(world, [one.rule])) }))
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
const openingRules = (sides: readonly PolicySide[]): readonly Opening[] =>
  distinctBy(
    sides
      .flatMap(({ verdict, flow }) => allowingRules(verdict, flow))
      .map(({ policy, trace: { rule } }) => ({ policy, rule })),
    ({ rule }) => rule,
  )

const namedRule = ({ policy, rule }: Opening): NamedRule => ({
  policy: policy.name,
  direction: policy.direction,
  rule: rule.index,
  source: sourceOf(rule.at),
})

/** The policies that may deny on some of the sides, by isolating an endpoint or by a rule, each once. */
function denyingPolicies(world: World, sides: readonly PolicySide[]): readonly PolicyObject[] {
  const selecting = new Set(sides.flatMap(({ verdict }) => verdict.maySelect.map(({ policy }) => policy)))
  return world.policyObjects.filter(({ directions }) => directions.some(one => selecting.has(one)))
}

/** A world without some policies and rules. A policy without its rules isolates the same Pods as before. */
function without(world: World, gone: readonly (PolicyObject | Rule)[]): World {
  const isLeft = (one: PolicyObject | Rule): boolean => !gone.includes(one)
  const concerned = world.policyObjects.filter(
    policy => !isLeft(policy) || policy.directions.some(({ rules }) => !rules.every(isLeft)),
  )
  const changed = concerned.filter(isLeft).map(policy => ({
    ...policy,
    directions: policy.directions.map(own => ({ ...own, rules: own.rules.filter(isLeft) })),
  }))
  return withPolicies(world, concerned, changed)
}
