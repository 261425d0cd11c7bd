import { endpointId } from '../../network/endpoint-ids.ts'
import { evaluatePair } from '../../network/pair.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { Policy } from '../../policy/policy.ts'
import type { World } from '../../world/world.ts'
import { ruleRef } from '../policy-facts.ts'
import { allowingRules } from '../rules.ts'
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
  const ends = { from: endpointId(world, to), to: endpointId(world, from) }
  const opening = evaluatePair(world, to, from)
    .flatMap(({ egress, ingress }) => [egress, ingress])
    .flatMap(verdict => (verdict === undefined ? [] : allowingRules(verdict, flow)))
    // A rule without peers is not about this direction in particular.
    .filter(({ trace }) => trace.rule.peers !== 'any')
  // The same rule may match for both IP families.
  const policies = new Map(opening.map(({ policy, trace }) => [trace.rule, policy]))
  return [...policies].map(([rule, policy]) => ({
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
