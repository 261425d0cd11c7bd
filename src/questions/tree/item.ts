import { openOf } from '../../explain/phrases.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { EndpointRef, Open } from '../../report/common.ts'
import type { Matrix } from '../../report/report.ts'
import { type Connections, isAll, isEmpty, subtract, union } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'

/** What is between the end that a tree is about and another one; equal ones have equal keys. */
export interface TreeGets {
  readonly key: string
  readonly open: Open
  readonly inPart: Open
  readonly undetermined: Open | 'rest'
  readonly why: () => readonly TreeReason[]
}

export interface TreeReason {
  readonly text: string
  /** The same text for ends that it is true of alike. */
  readonly like: string
}

/** One end, or those of its Pods that get the same; undefined for nothing. */
export interface TreeItem {
  readonly end: Group
  /** How many Pods the end has in all. */
  readonly of: number
  readonly gets: TreeGets | undefined
}

/** Ends that stand together: a namespace, the nodes, or the world outside. */
export interface Space {
  readonly kind: 'namespace' | 'namespaces' | 'nodes' | 'outside'
  readonly name: string
  readonly items: TreeItem[]
}

/** What the words for ends hang on. */
export interface Words {
  readonly by: Matrix['by']
  readonly wide: boolean
  /** The end that the tree is about. */
  readonly itself: EndpointRef
}

/** A reason in words that name one end. */
export function treeReason(world: World, { endpoints }: Group, text: string): TreeReason {
  const ids = endpoints.map(endpoint => endpointRef(world, endpoint).id)
  return { text, like: ids.reduce((words, id) => words.replaceAll(id, ''), text) }
}

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
