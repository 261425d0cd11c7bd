import { selects } from '../model/selector.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import { ALL, intersect, subtract, union } from '../sets/connections.ts'
import { decide } from './decide.ts'
import type { DirectionVerdict, End, PodEnd, PolicyTrace, Verdict } from './evidence.ts'
import { matchRule } from './match.ts'

/** The policies of a cluster, ready to be asked. */
export interface PolicySet {
  readonly all: readonly Policy[]
  /** A policy acts on its own namespace only (S-001). */
  readonly in: (namespace: string, direction: Direction) => readonly Policy[]
}

export function policySet(all: readonly Policy[]): PolicySet {
  const byPlace = new Map<string, Policy[]>()
  for (const policy of all) {
    const key = `${policy.direction} ${policy.namespace}`
    const here = byPlace.get(key)
    if (here === undefined) byPlace.set(key, [policy])
    else here.push(policy)
  }
  return { all, in: (namespace, direction) => byPlace.get(`${direction} ${namespace}`) ?? [] }
}

/** Which new connections the policies let pass from one end to the other, and why: both sides must agree (S-004). */
export function evaluate(policies: PolicySet, from: End, to: End): Verdict {
  const egress = from.kind === 'pod' ? judge(policies, 'egress', from, to) : undefined
  const ingress = to.kind === 'pod' ? judge(policies, 'ingress', to, from) : undefined
  return combine(egress, ingress)
}

/** A connection passes if both directions let it; an end without policies of its own lets everything pass. */
export function combine(
  egress: DirectionVerdict | undefined,
  ingress: DirectionVerdict | undefined,
): Verdict {
  const allowed = intersect(egress?.allowed ?? ALL, ingress?.allowed ?? ALL)
  const undetermined = subtract(intersect(possible(egress), possible(ingress)), allowed)
  return { allowed, undetermined, egress, ingress }
}

const possible = (side: DirectionVerdict | undefined) =>
  side === undefined ? ALL : union(side.allowed, side.undetermined)

/** One Pod's policies in one direction, asked about the other end. */
export function judge(
  policies: PolicySet,
  direction: Direction,
  subject: PodEnd,
  other: End,
): DirectionVerdict {
  // Ports are always those of the destination, whose names they may be (S-028).
  const destination = direction === 'egress' ? other : subject
  const selecting: PolicyTrace[] = []
  for (const policy of policies.in(subject.namespace, direction)) {
    const match = selects(policy.subject, subject.labels)
    if (match === 'no') continue
    const rules = policy.rules.map(rule => matchRule(rule, policy.namespace, other, destination))
    selecting.push({ policy, selects: match, rules })
  }
  return decide(direction, selecting)
}
