import type { PolicyEdit } from '../engine/policy-index.ts'
import { allPairs } from '../network/all-pairs.ts'
import type { Endpoint } from '../network/endpoint.ts'
import { selectionOfEndpoint } from '../network/selected-pods.ts'
import type { Way } from '../network/settlement.ts'
import type { Direction } from '../report/facts/rules.ts'
import { ALL, equal } from '../sets/connections.ts'
import { groupBy } from '../sets/group-by.ts'
import { idAt } from '../sets/vector.ts'
import type { World } from '../world/world.ts'
import { type Change, changeOf, type EndpointGroup, NOTHING_OPEN, type Reach } from './change.ts'
import type { EndpointSides } from './endpoint-sides.ts'

interface EditedWorlds {
  readonly before: World
  readonly after: World
  readonly all: readonly EndpointSides[]
  readonly altered: readonly EndpointSides[]
  readonly edit: PolicyEdit
}

/** Endpoints that are equivalent in each of two worlds, with the numbers of their classes there. */
interface JointClass {
  readonly group: EndpointGroup
  readonly before: number | undefined
  readonly after: number | undefined
}

/**
 * For worlds with different endpoints: the connections from those that are altered or that an edited policy selects for
 * egress, and to those that are altered or that one selects for ingress.
 */
export function changesOfObjects({ before, after, all, altered, edit }: EditedWorlds): Iterable<Change> {
  const [was, is] = [
    openByClass(
      before,
      all.map(sides => sides.before),
    ),
    openByClass(
      after,
      all.map(sides => sides.after),
    ),
  ]
  const classes = jointClassesOf(all, was, is)
  const isAltered = new Set(altered)
  const selects = { egress: selectedByEdited(edit, 'egress'), ingress: selectedByEdited(edit, 'ingress') }
  const affectedFor = (direction: Direction): ReadonlySet<JointClass> =>
    new Set(
      classes.filter(({ group }) =>
        group.some(
          sides =>
            isAltered.has(sides) ||
            selects[direction](before, sides.before) ||
            selects[direction](after, sides.after),
        ),
      ),
    )
  const [sources, destinations] = [affectedFor('egress'), affectedFor('ingress')]
  function* changes(): Iterable<Change> {
    for (const from of sources) yield* changesBetween('from', from, classes, was, is)
    for (const to of destinations)
      yield* changesBetween(
        'to',
        to,
        classes.filter(from => !sources.has(from)),
        was,
        is,
      )
  }
  return { [Symbol.iterator]: () => changes()[Symbol.iterator]() }
}

/** Whether a policy of an edit selects an endpoint, or may do so. */
function selectedByEdited(
  { removed, added }: PolicyEdit,
  direction: Direction,
): (world: World, endpoint: Endpoint | undefined) => boolean {
  const asked = [...removed, ...added].filter(policy => policy.direction === direction)
  return (world, endpoint) => {
    if (endpoint === undefined) return false
    const selection = selectionOfEndpoint(world, endpoint)
    return asked.some(policy => selection(policy) !== 'no')
  }
}

/** The connections of one group with each of others, where they are different. */
function* changesBetween(
  way: Way,
  here: JointClass,
  others: readonly JointClass[],
  was: OpenByClass,
  is: OpenByClass,
): Iterable<Change> {
  const [old, now] = [was.openVector(way, here.before), is.openVector(way, here.after)]
  for (const there of others) {
    // An endpoint and itself are no pair.
    if (here === there && here.group.length === 1) continue
    const [before, after] = [old(there.before), now(there.after)]
    if (equal(before.open, after.open) && equal(before.undetermined, after.undetermined)) continue
    const [from, to] = way === 'from' ? [here, there] : [there, here]
    yield changeOf(from.group, to.group, before, after)
  }
}

/** What is open in one world, by classes of endpoints; nothing for an endpoint that it does not have. */
interface OpenByClass {
  readonly classOf: (endpoint: Endpoint | undefined) => number | undefined
  /** From or to one class, with each. */
  readonly openVector: (way: Way, here: number | undefined) => (there: number | undefined) => Reach
}

function openByClass(world: World, endpoints: readonly (Endpoint | undefined)[]): OpenByClass {
  const there = endpoints.filter(endpoint => endpoint !== undefined)
  const { classes, table, ...pairs } = allPairs(world, there, () => ALL)
  const numbers = new Map(
    classes.flatMap((members, index) => members.map(endpoint => [endpoint, index] as const)),
  )
  return {
    classOf: endpoint => endpoint && numbers.get(endpoint),
    openVector: (way, here) => {
      if (here === undefined) return () => NOTHING_OPEN
      const { open, undetermined } = pairs[way](here)
      return other =>
        other === undefined
          ? NOTHING_OPEN
          : { open: table.at(idAt(open, other)), undetermined: table.at(idAt(undetermined, other)) }
    },
  }
}

const jointClassesOf = (
  all: readonly EndpointSides[],
  was: OpenByClass,
  is: OpenByClass,
): readonly JointClass[] =>
  [...groupBy(all, ({ before, after }) => `${was.classOf(before)} ${is.classOf(after)}`).values()].map(
    group => ({
      group,
      before: was.classOf(group[0].before),
      after: is.classOf(group[0].after),
    }),
  )
