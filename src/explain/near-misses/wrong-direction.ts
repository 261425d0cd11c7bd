import type { DirectionVerdict } from '../../engine/evidence.ts'
import { judgePair } from '../../network/pair.ts'
import { opensAny } from '../rules.ts'
import { type Difference, OTHER } from './difference.ts'
import type { NearMiss } from './near-miss.ts'
import { idOf, type Side } from './side.ts'

/**
 * Rules for just the other way between the same two ends: who wrote `egress` for `ingress`, or the policy of the client for
 * that of the server, or a rule for the answers, which nobody needs (S-004, S-048).
 */
export function forTheOtherWay(side: Side): readonly NearMiss[] {
  const { from, to } = side.flow
  const way = `${idOf(side, to)} to ${idOf(side, from)}`
  const verdicts = judgePair(side.world, to, from).flatMap(({ egress, ingress }) => [egress, ingress])
  // Of two IP families the same rules may be for both.
  const opening = new Map(
    verdicts
      .flatMap(one => (one === undefined ? [] : openingRules(one, side)))
      .map(one => [one.rule, one] as const),
  )
  return [...opening.values()].map(one => nearOf(one, way))
}

type Opening = Pick<NearMiss, 'policy'> & { readonly rule: NonNullable<NearMiss['rule']> }

/** Those that name their peers: a rule for everybody is about no way in particular. */
function openingRules({ selecting }: DirectionVerdict, { asked }: Side): readonly Opening[] {
  return selecting.flatMap(({ policy, rules }) =>
    rules
      .filter(trace => trace.rule.peers !== 'any' && opensAny(trace, asked))
      .map(({ rule }) => ({ policy, rule })),
  )
}

function nearOf({ policy, rule }: Opening, way: string): NearMiss {
  const difference: Difference = {
    reason: 'NEAR_MISS_DIRECTION',
    message: `its ${policy.direction}[${rule.index}] is for the other way, from ${way}`,
    at: rule.at,
    fix: undefined,
    cost: OTHER,
  }
  return { policy, rule: undefined, differences: [difference], cost: difference.cost }
}
