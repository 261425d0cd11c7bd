import { policySet } from '../engine/evaluate.ts'
import { type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { NetworkPolicy, Policy, Rule } from '../policy/policy.ts'
import type { VerdictWord } from '../report/common.ts'
import type { Cause, CausingPolicy } from '../report/report.ts'
import { fewest } from '../sets/fewest.ts'
import type { World } from '../world/world.ts'
import { notEnforced } from './enforcement.ts'
import { placeText, ruleName, sourceOf } from './phrases.ts'
import { opensAny } from './rules.ts'

/** The question asked again, of a world with something less. */
export type Ask = (world: World) => VerdictWord

/** More policies than these are not tried one by one. */
const MOST = 20

/** Which policies or rules make the answer what it is; undefined where none has a part in it. */
export function causeOf(
  world: World,
  verdict: VerdictWord,
  sides: readonly PolicySide[],
  ask: Ask,
): Cause | undefined {
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

function causeOfNo(world: World, sides: readonly PolicySide[], ask: Ask): Cause | undefined {
  const refusing = sides.filter(side => wordOfSide(side) !== 'yes')
  const policies = networkPoliciesOf(world, refusing)
  if (policies.length === 0 || policies.length > MOST) return undefined
  const tried = policies.map(policy => ({ policy, without: ask(withoutPolicies(world, [policy])) }))
  const alone = tried.filter(({ without }) => without === 'yes')
  const [only, ...more] = alone
  if (only !== undefined)
    return {
      message:
        more.length === 0
          ? `it is ${nameAt(only.policy)} alone: without it the answer would be yes`
          : `without any one of these the answer would be yes: ${alone.map(({ policy }) => nameAt(policy)).join(', ')}`,
      policies: alone.map(({ policy, without }) => causing(policy, without)),
    }
  const together = fewest(policies, some => ask(withoutPolicies(world, some)) === 'yes')
  if (together === undefined) return undefined
  return {
    message: `no policy alone: only without ${together.map(nameAt).join(' and ')} together would the answer be yes`,
    policies: tried
      .filter(({ policy }) => together.includes(policy))
      .map(({ policy, without }) => causing(policy, without)),
  }
}

/** S-002: a policy that selects a Pod for the other direction only does not isolate it in this one. */
const NOBODY_ISOLATES = 'no policy isolates the source for egress or the destination for ingress'

function causeOfYes(world: World, sides: readonly PolicySide[], ask: Ask): Cause | undefined {
  const unenforced = notEnforced(world)
  if (unenforced !== undefined && world.networkPolicies.length > 0)
    return { message: `everything is open: ${unenforced}`, policies: [] }
  const isolated = sides.filter(({ verdict }) => verdict.selecting.length > 0)
  if (isolated.length === 0)
    return sides.length === 0 ? undefined : { message: NOBODY_ISOLATES, policies: [] }
  const opening = openingRules(isolated)
  if (opening.length === 0 || opening.length > MOST) return undefined
  const needed = opening
    .map(one => ({ ...one, without: ask(withoutRule(world, one.policy, one.rule)) }))
    .filter(({ without }) => without !== 'yes')
  return {
    message: [
      ...needed.map(
        ({ policy, rule, without }) =>
          `kept open by ${ruleName(policy, rule)}: if it did not open it, the answer would be ${without}`,
      ),
      ...severalText(opening.filter(({ rule }) => needed.every(one => one.rule !== rule))),
    ].join('; '),
    policies: needed.map(({ policy, rule, without }) => ({ ...causing(policy, without), rule: rule.index })),
  }
}

interface Opening {
  readonly policy: Policy
  readonly rule: Rule
}

/** The rules that open something of the question, each once. */
function openingRules(sides: readonly PolicySide[]): readonly Opening[] {
  const opening = new Map<Rule, Opening>()
  for (const { verdict, flow } of sides)
    for (const { policy, rules } of verdict.selecting)
      for (const trace of rules)
        if (opensAny(trace, flow)) opening.set(trace.rule, { policy, rule: trace.rule })
  return [...opening.values()]
}

/** Of several rules for one direction any would do; both directions have to be open (S-004). */
function severalText(opening: readonly Opening[]): readonly string[] {
  return (['egress', 'ingress'] as const).flatMap(direction => {
    const names = opening
      .filter(({ policy }) => policy.direction === direction)
      .map(({ policy, rule }) => ruleName(policy, rule))
    return names.length === 0 ? [] : [`open for ${direction} by ${names.join(' or ')}, none of them needed`]
  })
}

type Written = Pick<Policy, 'namespace' | 'name' | 'at'>

const nameAt = ({ name, at }: Written): string => `${name} (${placeText(at)})`

const causing = ({ namespace, name, at }: Written, without: VerdictWord): CausingPolicy => ({
  kind: 'NetworkPolicy',
  namespace,
  name,
  source: sourceOf(at),
  without,
})

/** The policies that isolate an end on some of the sides, each once. */
function networkPoliciesOf(world: World, sides: readonly PolicySide[]): readonly NetworkPolicy[] {
  const selecting = new Set(sides.flatMap(({ verdict }) => verdict.selecting.map(({ policy }) => policy)))
  return world.networkPolicies.filter(({ directions }) => directions.some(one => selecting.has(one)))
}

function withoutPolicies(world: World, gone: readonly NetworkPolicy[]): World {
  return withPolicies(
    world,
    world.networkPolicies.filter(policy => !gone.includes(policy)),
  )
}

function withoutRule(world: World, policy: Policy, rule: Rule): World {
  const less = { ...policy, rules: policy.rules.filter(one => one !== rule) }
  return withPolicies(
    world,
    world.networkPolicies.map(one => ({
      ...one,
      directions: one.directions.map(direction => (direction === policy ? less : direction)),
    })),
  )
}

const withPolicies = (world: World, networkPolicies: readonly NetworkPolicy[]): World => ({
  ...world,
  networkPolicies,
  policies: policySet(networkPolicies.flatMap(({ directions }) => directions)),
})
