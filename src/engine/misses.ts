import type { Direction, NetworkPolicy, Policy } from '../policy/policy.ts'
import type { PodIdentity, PolicyMiss } from './evidence.ts'
import { failures, matchRule } from './match.ts'
import { predicatesOf, subjectOf } from './predicates.ts'

/** Whose policies are asked. */
export interface MissQuestion {
  readonly direction: Direction
  readonly subject: PodIdentity
}

/**
 * The policies that do not apply to a Pod in a direction, but would if one thing were different: its labels, its namespace,
 * or the policyTypes. What they would do then is read off their rules.
 */
export function missesOf(
  policies: readonly NetworkPolicy[],
  { direction, subject }: MissQuestion,
): readonly PolicyMiss[] {
  const predicates = predicatesOf(subject)
  const miss = (policy: Policy, why: PolicyMiss['why']): PolicyMiss => ({
    policy,
    why,
    rules: other => {
      const destination = direction === 'ingress' ? subject : other
      return policy.rules.map(rule => matchRule(rule, subject.namespace, other, destination))
    },
  })
  return policies.flatMap((whole): readonly PolicyMiss[] => {
    const { namespace, scope } = whole
    const inForce = whole.directions.find(policy => policy.direction === direction)
    const selects = subjectOf(whole, predicates)
    if (inForce === undefined) {
      const written = whole.ineffective.find(policy => policy.direction === direction)
      return written === undefined || selects !== 'yes' ? [] : [miss(written, { kind: 'direction' })]
    }
    if (selects !== 'no') return []
    if (scope.namespaces === 'own' && namespace !== subject.namespace) {
      const wouldSelect = subjectOf({ scope, namespace: subject.namespace }, predicates)
      return wouldSelect === 'yes' ? [miss(inForce, { kind: 'namespace' })] : []
    }
    const failed = failures(scope.pods, subject.labels)
    const isSure = failed.length > 0 && failed.every(({ matches }) => matches === 'no')
    return isSure ? [miss(inForce, { kind: 'labels', failures: failed })] : []
  })
}
