import type { DirectionVerdict } from '../../engine/evidence.ts'
import { endpointId } from '../../network/endpoint-ids.ts'
import { judgePair } from '../../network/pair.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { Policy, Rule } from '../../policy/policy.ts'
import type { World } from '../../world/world.ts'
import { ruleRef } from '../policy-facts.ts'
import { opensAny } from '../rules.ts'
import { type Difference, OTHER } from './difference.ts'

/** A rule that allows the connection in the other direction only. */
export interface Reversed {
  readonly policy: Policy
  readonly difference: Difference
}

/**
 * Rules for the opposite direction between the same two endpoints: `egress` written for `ingress`, the policy of the client
 * for that of the server, or a rule for responses, which need none (S-004, S-048).
 */
export function reversedRules(world: World, { flow }: PolicySide): readonly Reversed[] {
  const { from, to } = flow
  const verdicts = judgePair(world, to, from).flatMap(({ egress, ingress }) => [egress, ingress])
  const ends = { from: endpointId(world, to), to: endpointId(world, from) }
  // The same rule may match for both IP families.
  const opening = new Map(
    verdicts
      .flatMap(one => (one === undefined ? [] : openingRules(one, flow)))
      .map(({ policy, rule }) => [rule, policy] as const),
  )
  return [...opening].map(([rule, policy]) => ({
    policy,
    difference: {
      code: 'NEAR_MISS_DIRECTION',
      facts: { rule: ruleRef(policy, rule), ...ends },
      at: rule.at,
      fix: undefined,
      cost: OTHER,
    },
  }))
}

/** Those with peers: a rule without peers is not about this direction in particular. */
function openingRules(
  { selecting }: DirectionVerdict,
  flow: PolicySide['flow'],
): readonly { readonly policy: Policy; readonly rule: Rule }[] {
  return selecting.flatMap(({ policy, rules }) =>
    rules
      .filter(trace => trace.rule.peers !== 'any' && opensAny(trace, flow))
      .map(({ rule }) => ({ policy, rule })),
  )
}
