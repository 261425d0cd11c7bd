import type { PolicyEdit } from '../engine/policy-index.ts'
import type { AllPairs } from '../network/all-pairs.ts'
import { changedPairs, type OpenIds } from '../network/changed-pairs.ts'
import type { Endpoint } from '../network/endpoint.ts'
import type { World } from '../world/world.ts'
import { type Change, changeOf, type EndpointGroup, type Reach } from './change.ts'
import type { EndpointSides } from './endpoint-sides.ts'

/**
 * The changes of an edit of policies, over the classes of all endpoints: only those that an edited policy selects are evaluated
 * again. `asLater` is an endpoint as the later world has it.
 */
export function changesOfPolicies(
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
