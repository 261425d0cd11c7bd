import { selects } from '../model/selector.ts'
import type { Direction, NetworkPolicy, Policy } from '../policy/policy.ts'
import type { PodIdentity, PolicyMiss } from './evidence.ts'
import { failures, matchRule } from './match.ts'

/** Whose policies are asked. */
export interface MissQuestion {
  readonly direction: Direction
  readonly subject: PodIdentity
}

/**
 * The policies that have no say about a Pod in a direction, but would have it if one thing were otherwise: the labels, the
 * namespace, or the policyTypes. What they would say then is read off their rules.
 */
export function missesOf(
  policies: readonly NetworkPolicy[],
  { direction, subject }: MissQuestion,
): readonly PolicyMiss[] {
  const miss = (policy: Policy, why: PolicyMiss['why']): PolicyMiss => ({
    policy,
    why,
    rules: other => {
      const destination = direction === 'ingress' ? subject : other
      return policy.rules.map(rule => matchRule(rule, subject.namespace, other, destination))
    },
  })
  const found: PolicyMiss[] = []
  for (const { namespace, subject: selector, directions, ineffective } of policies) {
    const inForce = directions.find(policy => policy.direction === direction)
    const written =
      inForce === undefined ? ineffective.find(policy => policy.direction === direction) : undefined
    if (namespace !== subject.namespace) {
      // Most policies are about others, and that is soon seen.
      if (inForce !== undefined && selects(selector, subject.labels) === 'yes')
        found.push(miss(inForce, { kind: 'namespace' }))
      continue
    }
    const failed = failures(selector, subject.labels)
    if (failed.some(({ matches }) => matches === 'unknown')) continue
    if (inForce !== undefined && failed.length > 0)
      found.push(miss(inForce, { kind: 'labels', failures: failed }))
    if (written !== undefined && failed.length === 0) found.push(miss(written, { kind: 'direction' }))
  }
  return found
}
