import type { Direction, NetworkPolicy, Policy } from '../policy/policy.ts'
import type { End, PodEnd, PolicyMiss } from './evidence.ts'
import { failures, matchRule } from './match.ts'

/** Whose policies are asked, and about which connection. */
export interface MissQuestion {
  readonly direction: Direction
  readonly subject: PodEnd
  readonly other: End
}

/**
 * The policies that have no say about a Pod in a direction, but would have it if one thing were otherwise: the labels, the
 * namespace, or the policyTypes. What they would say then is read off their rules.
 */
export function missesOf(
  policies: readonly NetworkPolicy[],
  { direction, subject, other }: MissQuestion,
): readonly PolicyMiss[] {
  const destination = direction === 'ingress' ? subject : other
  const miss = (policy: Policy, why: PolicyMiss['why']): PolicyMiss => ({
    policy,
    why,
    rules: policy.rules.map(rule => matchRule(rule, subject.namespace, other, destination)),
  })
  return policies.flatMap(({ namespace, subject: selector, directions, inert }) => {
    const isHere = namespace === subject.namespace
    const failed = failures(selector, subject.labels)
    if (failed.some(({ matches }) => matches === 'unknown')) return []
    const inForce = directions.find(policy => policy.direction === direction)
    const written = inert.find(policy => policy.direction === direction)
    if (inForce !== undefined && isHere && failed.length > 0)
      return [miss(inForce, { kind: 'labels', failures: failed })]
    if (inForce !== undefined && !isHere && failed.length === 0) return [miss(inForce, { kind: 'namespace' })]
    return written !== undefined && isHere && failed.length === 0
      ? [miss(written, { kind: 'direction' })]
      : []
  })
}
