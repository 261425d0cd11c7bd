import type { PolicyEdit } from '../engine/policy-index.ts'
import type { Pod } from '../model/objects.ts'
import { type AllPairs, allPairs } from '../network/all-pairs.ts'
import { changedPairs, type OpenIds } from '../network/changed-pairs.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { outsideEndpoints } from '../network/external-blocks.ts'
import { outsideOfPods } from '../network/ip-families.ts'
import { isNat64Evident } from '../network/nat64.ts'
import type { Policy } from '../policy/policy.ts'
import { ALL } from '../sets/connections.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import { saysSame } from '../world/same.ts'
import type { World } from '../world/world.ts'
import { type Change, changeOf, type EndpointGroup, type Reach, reachOf } from './change.ts'
import { changesOfObjects } from './changed-objects.ts'
import { changesOfPairs, concernedPairs, indexed } from './concerned-pairs.ts'
import {
  type EndpointSides,
  isUnchanged,
  matchEndpoints,
  outsideOf,
  podsWithAssumed,
} from './endpoint-sides.ts'

/** The differences of two worlds: between Pods, and between them and the addresses outside, on all ports. */
export interface Comparison {
  /** May be computed while it is iterated over, each time again. */
  readonly changes: Iterable<Change>
  /** The endpoints that are in one of the worlds only, or whose identity, addresses or node differ. */
  readonly altered: readonly EndpointSides[]
}

/** Compares two worlds, which have only names in common. */
export const compareWorlds = (before: World, after: World): Comparison => comparisonsWith(before)(after)

/**
 * Up to this many pairs for each Pod are evaluated one by one. For an edit of a policy or two that is much quicker than to
 * evaluate all pairs first, though for one pair it is much slower.
 */
const FEW_PAIRS = 1 / 20

/**
 * Compares a world with several others. `assumed` are Pods that are in the input of none of them. What is computed for the
 * first one is used again for others with the same endpoints.
 *
 * There are three ways: where endpoints differ, all pairs are evaluated in both worlds; after an edit of policies alone, the
 * pairs that it concerns one by one, or where these are many, the classes of endpoints that it concerns.
 */
export function comparisonsWith(
  before: World,
  {
    assumed = [],
    fewPairs = before.cluster.pods.length * FEW_PAIRS,
  }: { readonly assumed?: readonly Pod[]; readonly fewPairs?: number } = {},
): (after: World) => Comparison {
  const pods = lazily(() => podsWithAssumed(before, assumed).map((pod): Endpoint => ({ kind: 'pod', pod })))
  const index = lazily(() => indexed(before, pods()))
  const pairs = lazily(() =>
    allPairs(
      before,
      [...pods(), ...outsideEndpoints(before.policies.all, outsideOfPods(before.cluster))],
      () => ALL,
    ),
  )
  const reachBefore = memoized((from: Endpoint) => memoized((to: Endpoint) => reachOf(before, from, to)))
  return after => {
    const isSameOutside = isNat64Evident(after) === isNat64Evident(before)
    const all =
      after.cluster === before.cluster && isSameOutside ? [] : matchEndpoints(before, after, assumed)
    const altered = all.filter(sides => !isUnchanged(before, after, sides))
    const edit = policyEdit(before, after)
    if (altered.length > 0)
      return { altered, changes: changesOfObjects({ before, after, all, altered, edit }) }
    if (edit.removed.length === 0 && edit.added.length === 0) return { altered, changes: [] }
    const asLater = laterIn(all)
    const outside = indexed(before, outsideOf(before, after))
    const few = concernedPairs(before, edit, { pods: index(), outside }, fewPairs)
    const changes =
      few === undefined
        ? changesOfPolicies(before, pairs(), edit, asLater)
        : changesOfPairs(reachBefore, after, few, asLater)
    return { altered, changes }
  }
}

/**
 * The changes of an edit of policies, over the classes of all endpoints: only those that an edited policy selects are evaluated
 * again. `asLater` is an endpoint as the later world has it.
 */
function changesOfPolicies(
  world: World,
  pairs: AllPairs,
  edit: PolicyEdit,
  asLater: (endpoint: Endpoint) => Endpoint,
): readonly Change[] {
  const edited = pairs.edited(edit)
  const groups = edited.pairs.classes.map(([first, ...others]): EndpointGroup => {
    const sides = (before: Endpoint): EndpointSides => ({ before, after: asLater(before) })
    return [sides(first), ...others.map(sides)]
  })
  const reach = ({ open, undetermined }: OpenIds): Reach => ({
    open: pairs.table.at(open),
    undetermined: pairs.table.at(undetermined),
  })
  return changedPairs(world, pairs, edited, edit).flatMap(({ from, to, before, after }) => {
    const [source, destination] = [groups[from], groups[to]]
    if (source === undefined || destination === undefined) return []
    return [changeOf(source, destination, reach(before), reach(after))]
  })
}

/** The policies in effect that are in one world only, or differ. */
function policyEdit(before: World, after: World): PolicyEdit {
  const keyOf = ({ kind, direction, namespace, name }: Policy): string =>
    JSON.stringify([kind, direction, namespace, name])
  const was = new Map(before.policies.all.map(policy => [keyOf(policy), policy]))
  const kept = new Set<Policy | undefined>()
  const added = after.policies.all.filter(policy => {
    const old = was.get(keyOf(policy))
    if (old !== policy && !saysSame(old, policy)) return true
    kept.add(old)
    return false
  })
  return { removed: before.policies.all.filter(policy => !kept.has(policy)), added }
}

/** An unaltered endpoint as the later world has it; `all` is empty if both have one cluster. */
function laterIn(all: readonly EndpointSides[]): (endpoint: Endpoint) => Endpoint {
  const later = new Map(
    all.flatMap(({ before, after }) =>
      before?.kind === 'pod' && after !== undefined ? [[before.pod, after] as const] : [],
    ),
  )
  return endpoint => (endpoint.kind === 'pod' && later.get(endpoint.pod)) || endpoint
}
