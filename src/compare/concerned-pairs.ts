import { type PeerPredicates, peersOf, predicatesOf, subjectOf } from '../engine/predicates.ts'
import type { Match } from '../model/selector.ts'
import type { PolicyEdit } from '../network/all-pairs.ts'
import { addressesOf, type Endpoint, identityOf, isSubject } from '../network/endpoint.ts'
import type { Direction, Policy, Rule } from '../policy/policy.ts'
import type { World } from '../world/world.ts'
import { contentOf, matched } from './match.ts'

/** Two endpoints, source first. */
export type EndpointPair = readonly [from: Endpoint, to: Endpoint]

/** An endpoint, and what policies see of it over each of its addresses. */
export interface SeenEndpoint {
  readonly endpoint: Endpoint
  readonly over: readonly [PeerPredicates<Match>, ...PeerPredicates<Match>[]]
}

export function seen(world: World, endpoint: Endpoint): SeenEndpoint {
  const [first, ...others] = addressesOf(world.cluster, endpoint)
  const over = (address: typeof first): PeerPredicates<Match> =>
    predicatesOf(identityOf(world, endpoint, address))
  return { endpoint, over: [over(first), ...others.map(over)] }
}

/**
 * The pairs of some endpoints whose connections an edit of policies can change; undefined where they are more than `most`.
 * They are found from the edited policies alone: a Pod that one of them selects is concerned with the endpoints that a rule
 * matches which not both worlds have, and with all endpoints where it may be isolated in one world only (S-002).
 */
export function concernedPairs(
  before: World,
  edit: PolicyEdit,
  endpoints: readonly SeenEndpoint[],
  most: number,
): readonly EndpointPair[] | undefined {
  const pairs = new Map<SeenEndpoint, Map<SeenEndpoint, EndpointPair>>()
  let count = 0
  const add = (from: SeenEndpoint, to: SeenEndpoint): void => {
    const known = pairs.get(from) ?? new Map<SeenEndpoint, EndpointPair>()
    pairs.set(from, known)
    if (from === to || known.has(to)) return
    known.set(to, [from.endpoint, to.endpoint])
    count++
  }
  for (const direction of ['egress', 'ingress'] as const) {
    const othersOf = othersConcerned(before, edit, direction, endpoints)
    for (const subject of endpoints)
      for (const other of othersOf(subject)) {
        if (direction === 'egress') add(subject, other)
        else add(other, subject)
        if (count > most) return undefined
      }
  }
  return [...pairs.values()].flatMap(known => [...known.values()])
}

function othersConcerned(
  before: World,
  edit: PolicyEdit,
  direction: Direction,
  endpoints: readonly SeenEndpoint[],
): (subject: SeenEndpoint) => Iterable<SeenEndpoint> {
  const edited = editedPolicies(edit, direction)
  const matches = new Map<Rule, readonly SeenEndpoint[]>()
  const matchedBy = ({ namespace }: Policy, rule: Rule): readonly SeenEndpoint[] => {
    const found =
      matches.get(rule) ??
      endpoints.filter(({ over }) => over.some(one => peersOf(rule, namespace, one) !== 'no'))
    matches.set(rule, found)
    return found
  }
  return ({ endpoint, over: [subject] }) => {
    if (endpoint.kind !== 'pod' || !isSubject(endpoint)) return []
    const selecting = edited.filter(({ policy }) => subjectOf(policy, subject) !== 'no')
    const inPlace = selecting.filter(({ isInPlace }) => isInPlace)
    if (inPlace.length < selecting.length) {
      const kept = before.policies
        .in(endpoint.pod.namespace, direction)
        .filter(policy => !edit.removed.includes(policy))
      const isolating = [...kept, ...inPlace.map(({ policy }) => policy)]
      if (!isolating.some(policy => subjectOf(policy, subject) === 'yes')) return endpoints
    }
    return new Set(selecting.flatMap(({ policy, rules }) => rules.flatMap(rule => matchedBy(policy, rule))))
  }
}

interface EditedPolicy {
  readonly policy: Policy
  /** Those that not both worlds have. */
  readonly rules: readonly Rule[]
  /** Both worlds have it, with the same selector. */
  readonly isInPlace: boolean
}

function editedPolicies({ removed, added }: PolicyEdit, direction: Direction): readonly EditedPolicy[] {
  const isOf = (policy: Policy): boolean => policy.direction === direction
  const headOf = (policy: Policy): string => contentOf({ ...policy, rules: [] })
  return matched(removed.filter(isOf), added.filter(isOf), [headOf]).flatMap(({ before, after }) => {
    const policy = after ?? before
    if (policy === undefined) return []
    const isInPlace = before !== undefined && after !== undefined
    // In another place of its list a rule may be another one.
    const rules = matched(before?.rules ?? [], after?.rules ?? [], [contentOf])
    const changed = rules.flatMap(rule =>
      rule.before && rule.after ? [] : (rule.before ?? rule.after ?? []),
    )
    return [{ policy, rules: changed, isInPlace }]
  })
}
