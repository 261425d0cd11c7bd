import type { Matrix, Open } from '../report/report.ts'
import { type Connections, isAll, isEmpty, subtract, union } from '../sets/connections.ts'
import type { Group } from './matrix-grid.ts'
import { openOf } from './phrases.ts'

/** What is between the end that a tree is about and another one; equal ones have equal keys. */
export interface TreeGets {
  readonly key: string
  readonly open: Open
  readonly inPart: Open
  readonly undetermined: Open | 'rest'
  readonly why: () => readonly string[]
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
