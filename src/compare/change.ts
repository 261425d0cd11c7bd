import type { Endpoint } from '../network/endpoint.ts'
import { evaluatePair } from '../network/pair.ts'
import { ALL, type Connections, intersect, NONE, subtract, union, unionOf } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import type { EndpointSides } from './endpoint-sides.ts'

/** What is open from one endpoint to another in one world, and what of the rest is undetermined. */
export interface Reach {
  readonly open: Connections
  readonly undetermined: Connections
}

/** What is open from one endpoint to another; nothing where one of them is not there. */
export function reachOf(world: World, from: Endpoint | undefined, to: Endpoint | undefined): Reach {
  if (from === undefined || to === undefined) return NOTHING_OPEN
  const verdicts = evaluatePair(world, from, to)
  return {
    open: unionOf(verdicts.map(({ allowed }) => allowed)),
    undetermined: unionOf(verdicts.map(({ undetermined }) => undetermined)),
  }
}

export const NOTHING_OPEN: Reach = { open: NONE, undetermined: NONE }

/** Equivalent endpoints: in each of two worlds they have the same connections, with all others and with each other. */
export type EndpointGroup = readonly [EndpointSides, ...EndpointSides[]]

/** What is different between two worlds from each endpoint of a group to each endpoint of another group. */
export interface Change {
  readonly from: EndpointGroup
  readonly to: EndpointGroup
  readonly before: Reach
  readonly after: Reach
  /** Surely closed before, surely open after. */
  readonly opened: Connections
  /** Surely open before, surely closed after. */
  readonly closed: Connections
  /** What is different, and undetermined in one of the worlds. */
  readonly undetermined: Connections
}

export function changeOf(from: EndpointGroup, to: EndpointGroup, before: Reach, after: Reach): Change {
  const opened = intersect(closedIn(before), after.open)
  const closed = intersect(before.open, closedIn(after))
  return {
    from,
    to,
    before,
    after,
    opened,
    closed,
    undetermined: subtract(different(before, after), union(opened, closed)),
  }
}

const closedIn = ({ open, undetermined }: Reach): Connections => subtract(ALL, union(open, undetermined))

/** The connections whose verdicts differ in two worlds. */
export function different(before: Reach, after: Reach): Connections {
  return union(
    symmetricDifference(before.open, after.open),
    symmetricDifference(before.undetermined, after.undetermined),
  )
}

const symmetricDifference = (a: Connections, b: Connections): Connections =>
  union(subtract(a, b), subtract(b, a))
