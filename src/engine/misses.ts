import type { Policy, PolicyObject } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import type { PodIdentity, PolicyMiss } from './evidence.ts'
import { failures, matchRule } from './match.ts'
import { predicatesOf, subjectOf } from './predicates.ts'

/** The policies that do not select a Pod in a direction, but would if one thing were different. */
export function missesOf(
  policies: readonly PolicyObject[],
  { direction, subject }: { readonly direction: Direction; readonly subject: PodIdentity },
): readonly PolicyMiss[] {
  const predicates = predicatesOf(subject)
  const miss = (policy: Policy, why: PolicyMiss['why']): readonly PolicyMiss[] => [
    {
      policy,
      why,
      rules: other => {
        const destination = direction === 'ingress' ? subject : other
        return policy.rules.map(rule => matchRule(rule, subject.namespace, other, destination))
      },
    },
  ]
  return policies.flatMap((whole): readonly PolicyMiss[] => {
    const { namespace, scope } = whole
    const effective = whole.directions.find(policy => policy.direction === direction)
    const selects = subjectOf(whole, predicates)
    if (effective === undefined) {
      const ineffective = whole.ineffective.find(policy => policy.direction === direction)
      return ineffective === undefined || selects !== 'yes' ? [] : miss(ineffective, { kind: 'direction' })
    }
    if (selects !== 'no') return []
    if (scope.namespaces === 'own' && namespace !== subject.namespace) {
      const wouldSelect = subjectOf({ scope, namespace: subject.namespace }, predicates)
      return wouldSelect === 'yes' ? miss(effective, { kind: 'namespace' }) : []
    }
    // Else its namespace is a reason as well.
    if (scope.namespaces !== 'own' && failures(scope.namespaces, subject.namespaceLabels).length > 0)
      return []
    const failed = failures(scope.pods, subject.labels)
    const isSure = failed.length > 0 && failed.every(({ matches }) => matches === 'no')
    return isSure ? miss(effective, { kind: 'labels', failures: failed }) : []
  })
}
