import { evaluate } from '../../engine/evaluate.ts'
import type { DirectionVerdict } from '../../engine/evidence.ts'
import { opensAny } from '../words.ts'
import { type Difference, OTHER } from './difference.ts'
import type { Near } from './near-misses.ts'
import { idOf, type Side } from './side.ts'

/**
 * Rules for just the other way between the same two ends: who wrote `egress` for `ingress`, or the policy of the client for
 * that of the server, or a rule for the answers, which nobody needs (S-004, S-048).
 */
export function forTheOtherWay(side: Side): readonly Near[] {
  const { world, direction, subject, other, subjectEnd, otherEnd } = side
  const isInward = direction === 'ingress'
  const verdict = isInward
    ? evaluate(world.policies, subjectEnd, otherEnd)
    : evaluate(world.policies, otherEnd, subjectEnd)
  const [from, to] = (isInward ? [subject, other] : [other, subject]).map(party => idOf(side, party))
  return [verdict.egress, verdict.ingress].flatMap(one =>
    one === undefined ? [] : openingRules(one, side).map(near => nearOf(near, `${from} to ${to}`)),
  )
}

type Opening = Pick<Near, 'policy'> & { readonly rule: NonNullable<Near['rule']> }

/** Those that name their peers: a rule for everybody is about no way in particular. */
function openingRules({ selecting }: DirectionVerdict, { asked }: Side): readonly Opening[] {
  return selecting.flatMap(({ policy, rules }) =>
    rules
      .filter(trace => trace.rule.peers !== 'any' && opensAny(trace, asked))
      .map(({ rule }) => ({ policy, rule })),
  )
}

function nearOf({ policy, rule }: Opening, way: string): Near {
  const difference: Difference = {
    reason: 'NEAR_MISS_DIRECTION',
    message: `its ${policy.direction}[${rule.index}] is for the other way, from ${way}`,
    at: rule.at,
    mend: undefined,
    cost: OTHER,
  }
  return { policy, rule: undefined, differences: [difference], cost: difference.cost }
}
