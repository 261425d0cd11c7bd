import type { PolicyEdit } from '../engine/policy-index.ts'
import type { Pod } from '../model/objects.ts'
import { type AllPairs, allPairs } from '../network/all-pairs.ts'
import { changedPairs } from '../network/changed-pairs.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { externalEndpoints } from '../network/external-blocks.ts'
import { selectionOf } from '../network/selected-pods.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import { EVERY_ADDRESS } from '../sets/addresses.ts'
import { ALL, equal, isEmpty } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { lazily, memoized } from '../sets/memoized.ts'
import { idAt } from '../sets/vector.ts'
import { saysSame } from '../world/same.ts'
import type { World } from '../world/world.ts'
import {
  type Change,
  changeOf,
  different,
  type EndpointGroup,
  NOTHING_OPEN,
  type Reach,
  reachOf,
} from './change.ts'
import { concernedPairs, type EndpointPair, indexed } from './concerned-pairs.ts'
import { type EndpointSides, isUnchanged, matchEndpoints, outsideEndpoints, podsOf } from './endpoints.ts'

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
 */
export function comparisonsWith(
  before: World,
  {
    assumed = [],
    fewPairs = before.cluster.pods.length * FEW_PAIRS,
  }: { readonly assumed?: readonly Pod[]; readonly fewPairs?: number } = {},
): (after: World) => Comparison {
  const pods = lazily(() => podsOf(before, assumed).map((pod): Endpoint => ({ kind: 'pod', pod })))
  const index = lazily(() => indexed(before, pods()))
  const pairs = lazily(() =>
    allPairs(before, [...pods(), ...externalEndpoints(before, 'internet', EVERY_ADDRESS)], () => ALL),
  )
  const reachBefore = reachIn(before)
  return after => {
    const all = after.cluster === before.cluster ? [] : matchEndpoints(before, after, assumed)
    const altered = all.filter(sides => !isUnchanged(before, after, sides))
    const edit = policyEdit(before, after)
    if (altered.length > 0)
      return { altered, changes: changesOfObjects({ before, after, all, altered, edit }) }
    if (edit.removed.length === 0 && edit.added.length === 0) return { altered, changes: [] }
    const isLater = laterOf(all)
    const outside = indexed(before, outsideEndpoints(before, after))
    const few = concernedPairs(before, edit, { pods: index(), outside }, fewPairs)
    const changes =
      few === undefined
        ? changesOfPolicies(before, pairs(), edit, isLater)
        : changesOfPairs(reachBefore, after, few, isLater)
    return { altered, changes }
  }
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
function laterOf(all: readonly EndpointSides[]): (endpoint: Endpoint) => Endpoint {
  const later = new Map(
    all.flatMap(({ before, after }) =>
      before?.kind === 'pod' && after !== undefined ? [[before.pod, after] as const] : [],
    ),
  )
  return endpoint => (endpoint.kind === 'pod' && later.get(endpoint.pod)) || endpoint
}

/** What is open between two endpoints in a world, which is asked for each of several edits of it. */
function reachIn(world: World): (from: Endpoint, to: Endpoint) => Reach {
  const ofSource = memoized((from: Endpoint) => memoized((to: Endpoint) => reachOf(world, from, to)))
  return (from, to) => ofSource(from)(to)
}

function changesOfPairs(
  reachBefore: (from: Endpoint, to: Endpoint) => Reach,
  after: World,
  pairs: readonly EndpointPair[],
  isLater: (endpoint: Endpoint) => Endpoint,
): readonly Change[] {
  const groups = new Map(
    [...new Set(pairs.flat())].map((endpoint): readonly [Endpoint, EndpointGroup] => [
      endpoint,
      [{ before: endpoint, after: isLater(endpoint) }],
    ]),
  )
  return pairs.flatMap(([from, to]) => {
    const [source, destination] = [groups.get(from), groups.get(to)]
    if (source === undefined || destination === undefined) return []
    const change = changeOf(
      source,
      destination,
      reachBefore(from, to),
      reachOf(after, source[0].after, destination[0].after),
    )
    return isEmpty(different(change.before, change.after)) ? [] : [change]
  })
}

function changesOfPolicies(
  world: World,
  pairs: AllPairs,
  edit: PolicyEdit,
  isLater: (endpoint: Endpoint) => Endpoint,
): readonly Change[] {
  const edited = pairs.edited(edit)
  const groups = edited.pairs.classes.map(([first, ...others]): EndpointGroup => {
    const sides = (before: Endpoint): EndpointSides => ({ before, after: isLater(before) })
    return [sides(first), ...others.map(sides)]
  })
  const reach = ({
    open,
    undetermined,
  }: {
    readonly open: number
    readonly undetermined: number
  }): Reach => ({
    open: pairs.table.at(open),
    undetermined: pairs.table.at(undetermined),
  })
  return changedPairs(world, pairs, edited, edit).flatMap(({ from, to, before, after }) => {
    const [source, destination] = [groups[from], groups[to]]
    if (source === undefined || destination === undefined) return []
    return [changeOf(source, destination, reach(before), reach(after))]
  })
}

interface Objects {
  readonly before: World
  readonly after: World
  readonly all: readonly EndpointSides[]
  readonly altered: readonly EndpointSides[]
  readonly edit: PolicyEdit
}

/** Endpoints that are equivalent in each of two worlds, with the numbers of their classes there. */
interface Joint {
  readonly group: EndpointGroup
  readonly before: number | undefined
  readonly after: number | undefined
}

/**
 * For worlds with different endpoints: the connections from those that are altered or that an edited policy selects for
 * egress, and to those that are altered or that one selects for ingress.
 */
function changesOfObjects({ before, after, all, altered, edit }: Objects): Iterable<Change> {
  const [was, is] = [
    viewOf(
      before,
      all.map(sides => sides.before),
    ),
    viewOf(
      after,
      all.map(sides => sides.after),
    ),
  ]
  const joints = jointsOf(all, was, is)
  const isAltered = new Set(altered)
  const selects = { egress: selectedBy(edit, 'egress'), ingress: selectedBy(edit, 'ingress') }
  const isAffected = (direction: Direction): ReadonlySet<Joint> =>
    new Set(
      joints.filter(({ group }) =>
        group.some(
          sides =>
            isAltered.has(sides) ||
            selects[direction](before, sides.before) ||
            selects[direction](after, sides.after),
        ),
      ),
    )
  const [sources, destinations] = [isAffected('egress'), isAffected('ingress')]
  function* changes(): Iterable<Change> {
    for (const from of sources) yield* changedLine('from', from, joints, was, is)
    for (const to of destinations)
      yield* changedLine(
        'to',
        to,
        joints.filter(from => !sources.has(from)),
        was,
        is,
      )
  }
  return { [Symbol.iterator]: () => changes()[Symbol.iterator]() }
}

/** Whether a policy of an edit selects an endpoint, or may do so. */
function selectedBy(
  { removed, added }: PolicyEdit,
  direction: Direction,
): (world: World, endpoint: Endpoint | undefined) => boolean {
  const asked = [...removed, ...added].filter(policy => policy.direction === direction)
  return (world, endpoint) => {
    if (endpoint === undefined) return false
    const selection = selectionOf(world, endpoint)
    return asked.some(policy => selection(policy) !== 'no')
  }
}

/** The connections of one group with each of others, where they are different. */
function* changedLine(
  way: Way,
  here: Joint,
  others: readonly Joint[],
  was: View,
  is: View,
): Iterable<Change> {
  const [old, now] = [was.line(way, here.before), is.line(way, here.after)]
  for (const there of others) {
    // An endpoint and itself are no pair.
    if (here === there && here.group.length === 1) continue
    const [before, after] = [old(there.before), now(there.after)]
    if (equal(before.open, after.open) && equal(before.undetermined, after.undetermined)) continue
    const [from, to] = way === 'from' ? [here, there] : [there, here]
    yield changeOf(from.group, to.group, before, after)
  }
}

type Way = 'from' | 'to'

/** What is open in one world, by classes of endpoints; nothing for an endpoint that it does not have. */
interface View {
  readonly classOf: (endpoint: Endpoint | undefined) => number | undefined
  readonly line: (way: Way, here: number | undefined) => (there: number | undefined) => Reach
}

function viewOf(world: World, endpoints: readonly (Endpoint | undefined)[]): View {
  const there = endpoints.filter(endpoint => endpoint !== undefined)
  const { classes, table, ...pairs } = allPairs(world, there, () => ALL)
  const numbers = new Map(
    classes.flatMap((members, index) => members.map(endpoint => [endpoint, index] as const)),
  )
  return {
    classOf: endpoint => endpoint && numbers.get(endpoint),
    line: (way, here) => {
      if (here === undefined) return () => NOTHING_OPEN
      const { open, undetermined } = pairs[way](here)
      return other =>
        other === undefined
          ? NOTHING_OPEN
          : { open: table.at(idAt(open, other)), undetermined: table.at(idAt(undetermined, other)) }
    },
  }
}

const jointsOf = (all: readonly EndpointSides[], was: View, is: View): readonly Joint[] =>
  [...groupBy(all, ({ before, after }) => `${was.classOf(before)} ${is.classOf(after)}`).values()].map(
    group => ({
      group,
      before: was.classOf(group[0].before),
      after: is.classOf(group[0].after),
    }),
  )
