import { type IdentityIndex, identityIndex } from '../engine/all/identity-index.ts'
import type { PolicyEdit } from '../engine/policy-index.ts'
import { peersOf, subjectOf } from '../engine/predicates.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { identitiesOf } from '../network/ip-families.ts'
import type { Policy, Rule } from '../policy/policy.ts'
import type { Direction } from '../report/facts/rules.ts'
import { type Bits, countBits, forEachBit, NO_BITS, subtractBits, unionBits } from '../sets/bits.ts'
import { isEmpty } from '../sets/connections.ts'
import { memoized } from '../sets/memoized.ts'
import type { World } from '../world/world.ts'
import { type Change, changeOf, different, type EndpointGroup, type Reach, reachOf } from './change.ts'
import { contentOf, matched } from './matched-sides.ts'

/** Two endpoints, source first. */
type EndpointPair = readonly [from: Endpoint, to: Endpoint]

/** Endpoints with an index of their identities: an endpoint is in it once for each of its addresses. */
interface IndexedEndpoints {
  readonly endpoints: readonly Endpoint[]
  readonly index: IdentityIndex
}

export function indexed(world: World, all: readonly Endpoint[]): IndexedEndpoints {
  const seen = all.flatMap(endpoint =>
    identitiesOf(world, endpoint).map(identity => ({ endpoint, identity })),
  )
  return {
    endpoints: seen.map(({ endpoint }) => endpoint),
    index: identityIndex(seen.map(({ identity }) => identity)),
  }
}

/** The Pods of a world, and the addresses outside. */
interface Indexes {
  readonly pods: IndexedEndpoints
  readonly outside: IndexedEndpoints
}

/**
 * The pairs of endpoints whose connections an edit of policies can change; undefined if they may be more than `most`. They are
 * found from the edited policies alone: of a Pod that one of these selects, the pairs with everything that an edited rule
 * matches, and all its pairs if it may be isolated in one world only (S-002).
 */
export function concernedPairs(
  before: World,
  edit: PolicyEdit,
  { pods, outside }: Indexes,
  most: number,
): readonly EndpointPair[] | undefined {
  const destinations = new Map<Endpoint, Set<Endpoint>>()
  const add = (from: Endpoint | undefined, to: Endpoint | undefined): void => {
    if (from === undefined || to === undefined || from === to) return
    const known = destinations.get(from)
    if (known === undefined) destinations.set(from, new Set([to]))
    else known.add(to)
  }
  for (const direction of ['egress', 'ingress'] as const) {
    const isolated = isolatedInBoth(before, edit, direction, pods.index)
    for (const { policy, rules, isInPlace } of editedPolicies(edit, direction)) {
      const subjects = subjectOf(policy, pods.index).maybe
      const news = isInPlace ? NO_BITS : subtractBits(subjects, isolated(policy))
      for (const { endpoints, index } of [pods, outside]) {
        const matching = unionBits(rules.map(rule => peersOf(rule, policy.namespace, index).maybe))
        const all = index.all.maybe
        if (countBits(subjects) * countBits(matching) + countBits(news) * countBits(all) > most)
          return undefined
        const concern = (subject: number, others: Bits): void =>
          forEachBit(others, other => {
            const [here, there] = [pods.endpoints[subject], endpoints[other]]
            if (direction === 'egress') add(here, there)
            else add(there, here)
          })
        forEachBit(subjects, subject => concern(subject, matching))
        forEachBit(news, subject => concern(subject, all))
      }
    }
  }
  return [...destinations].flatMap(([from, tos]) => [...tos].map((to): EndpointPair => [from, to]))
}

/** The Pods that are surely isolated in the tier of a policy, by policies of its namespace that both worlds have. */
function isolatedInBoth(
  before: World,
  edit: PolicyEdit,
  direction: Direction,
  index: IdentityIndex,
): (policy: Policy) => Bits {
  const inPlace = editedPolicies(edit, direction).filter(({ isInPlace }) => isInPlace)
  return ({ namespace, tier }) => {
    const kept = before.policies
      .candidates(namespace, direction)
      .filter(policy => !edit.removed.includes(policy))
    const both = [...kept, ...inPlace.map(({ policy }) => policy)]
    const isolating = both.filter(policy => policy.isolates && policy.tier.order === tier.order)
    return unionBits(isolating.map(policy => subjectOf(policy, index).yes))
  }
}

interface EditedPolicy {
  readonly policy: Policy
  /** Those that only one world has. */
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
    // A rule at another index is another rule.
    const rules = matched(before?.rules ?? [], after?.rules ?? [], [contentOf])
    const changed = rules.flatMap(rule =>
      rule.before && rule.after ? [] : (rule.before ?? rule.after ?? []),
    )
    return [{ policy, rules: changed, isInPlace }]
  })
}

/** The changes of some pairs, each evaluated by itself; `asLater` is an endpoint as the later world has it. */
export function changesOfPairs(
  reachBefore: (from: Endpoint) => (to: Endpoint) => Reach,
  after: World,
  pairs: readonly EndpointPair[],
  asLater: (endpoint: Endpoint) => Endpoint,
): readonly Change[] {
  const groupOf = memoized(
    (endpoint: Endpoint): EndpointGroup => [{ before: endpoint, after: asLater(endpoint) }],
  )
  return pairs
    .map(([from, to]) => {
      const now = reachOf(after, asLater(from), asLater(to))
      return changeOf(groupOf(from), groupOf(to), reachBefore(from)(to), now)
    })
    .filter(({ before: was, after: is }) => !isEmpty(different(was, is)))
}
