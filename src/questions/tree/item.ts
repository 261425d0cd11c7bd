import { endpointRef } from '../../network/endpoint-ids.ts'
import { openOf } from '../../network/open.ts'
import type { Conclusion } from '../../report/facts/paths.ts'
import { keyWithout } from '../../report/reason.ts'
import type { TreeLine } from '../../report/tree.ts'
import { type Connections, isAll, isEmpty, subtract, union } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'

/** What is between the endpoint that a tree is about and another one; equal ones have equal keys. */
export interface TreeGets extends Pick<TreeLine, 'open' | 'inPart' | 'undetermined'> {
  readonly key: string
  readonly why: () => readonly TreeReason[]
}

export interface TreeReason {
  readonly why: Conclusion
  /** The same for endpoints that it is true of alike. */
  readonly key: string
}

/** One endpoint, or those of its Pods that get the same; `gets` is undefined for nothing. */
export interface TreeItem {
  readonly end: Group
  /** How many Pods the endpoint has in all. */
  readonly of: number
  readonly gets: TreeGets | undefined
}

/** A reason that is about one endpoint. */
export const treeReason = (world: World, { endpoints }: Group, why: Conclusion): TreeReason => ({
  why,
  key: keyWithout(
    endpoints.map(endpoint => endpointRef(world, endpoint).id),
    why,
  ),
})

export function treeGets(
  { open, inPart, undetermined }: Readonly<Record<'open' | 'inPart' | 'undetermined', Connections>>,
  why: TreeGets['why'],
): TreeGets {
  const unsure = subtract(undetermined, open)
  return {
    key: [open, inPart, unsure].join('|'),
    open: openOf(subtract(open, inPart)),
    inPart: openOf(inPart),
    undetermined: !isEmpty(open) && isAll(union(open, unsure)) && !isEmpty(unsure) ? 'rest' : openOf(unsure),
    why,
  }
}
