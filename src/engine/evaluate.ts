import type { Match } from '../model/selector.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import { CONNECTIONS, type Connections, subtract, union, unionOf } from '../sets/connections.ts'
import { bothWays, decide, undecided } from './decide.ts'
import type { DirectionVerdict, Identity, PodIdentity, PolicyTrace, Verdict } from './evidence.ts'
import { matchRule } from './match.ts'
import { predicatesOf, subjectOf } from './predicates.ts'

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

/** The set with some policies less and some more. */
export function withExchanged(
  { all, in: inPlace }: PolicySet,
  removed: readonly Policy[],
  added: readonly Policy[],
): PolicySet {
  const isLeft = (policy: Policy): boolean => !removed.includes(policy)
  const places = new Set([...removed, ...added].map(({ namespace }) => namespace))
  return {
    // Few ask for all of them, and they are many.
    get all() {
      return [...all.filter(isLeft), ...added]
    },
    in: (namespace, direction) => {
      const before = inPlace(namespace, direction)
      if (!places.has(namespace)) return before
      const more = added.filter(policy => policy.namespace === namespace && policy.direction === direction)
      return [...before.filter(isLeft), ...more]
    },
  }
}

/** Which new connections the policies let pass from one end to the other, and why: both sides must agree (S-004). */
export function evaluate(policies: PolicySet, from: Identity, to: Identity): Verdict {
  const egress = from.kind === 'pod' ? judge(policies, 'egress', from, to) : undefined
  const ingress = to.kind === 'pod' ? judge(policies, 'ingress', to, from) : undefined
  return { ...bothWays(CONNECTIONS, decisionOf(egress), decisionOf(ingress)), egress, ingress }
}

const decisionOf = (side: DirectionVerdict | undefined) =>
  side === undefined
    ? undecided(CONNECTIONS)
    : { allowed: side.allowed, possible: union(side.allowed, side.undetermined) }

/** One Pod's policies in one direction, asked about the other end. */
function judge(
  policies: PolicySet,
  direction: Direction,
  subject: PodIdentity,
  other: Identity,
): DirectionVerdict {
  // Ports are always those of the destination, whose names they may be (S-028).
  const destination = direction === 'egress' ? other : subject
  const asked = predicatesOf(subject)
  const selecting: PolicyTrace[] = []
  for (const policy of policies.in(subject.namespace, direction)) {
    const match = subjectOf(policy, asked)
    if (match === 'no') continue
    const rules = policy.rules.map(rule => matchRule(rule, policy.namespace, other, destination))
    selecting.push({ policy, selects: match, rules })
  }
  return verdictOf(direction, selecting)
}

function verdictOf(direction: Direction, selecting: readonly PolicyTrace[]): DirectionVerdict {
  const sure = selecting.filter(trace => trace.selects === 'yes')
  const unsure = selecting.filter(trace => trace.selects === 'unknown')
  const isolated = sure.length > 0
  const { allowed, possible } = decide(CONNECTIONS, {
    isolated,
    certain: unionOf(sure.map(trace => opensOf(trace, ['yes']))),
    possible: unionOf(selecting.map(trace => opensOf(trace, ['yes', 'unknown']))),
    unsure: unsure.map(trace => ({ selects: true, opens: opensOf(trace, ['yes']) })),
  })
  return { direction, isolated, allowed, undetermined: subtract(possible, allowed), selecting }
}

/** What the rules of one policy open whose peers match in one of these ways. */
function opensOf(trace: PolicyTrace, how: readonly Match[]): Connections {
  return unionOf(trace.rules.filter(rule => how.includes(rule.matches)).map(rule => rule.opens))
}
