import type { FieldPath } from './file.ts'

/** A part of the text, by offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A parsed document for finding places, of either reader. */
export interface NodeTree<N> {
  readonly root: N | undefined
  readonly firstKeyOf: (node: N) => N | undefined
  /** Undefined where the node has no such child; a key alone has no value, an item of a list no key. */
  readonly childOf: (node: N, step: string | number) => TreeEntry<N> | undefined
  /** Whether it is a scalar that is written out, and not left empty. */
  readonly hasText: (node: N) => boolean
  readonly spanOf: (node: N) => Span | undefined
}

export interface TreeEntry<N> {
  readonly key: N | undefined
  readonly value: N | undefined
}

/**
 * The span of the value at a path if it is a scalar or an item of a list, else of its key; for a path that does not exist,
 * that of the nearest ancestor.
 */
export function spanIn<N>(tree: NodeTree<N>, path: FieldPath, part?: 'key'): Span | undefined {
  let node = tree.root
  if (node === undefined) return undefined
  let marked = tree.spanOf(tree.firstKeyOf(node) ?? node)
  for (const [depth, step] of path.entries()) {
    const entry: TreeEntry<N> | undefined = node === undefined ? undefined : tree.childOf(node, step)
    if (entry === undefined) return marked
    const { key, value }: TreeEntry<N> = entry
    const isLast = depth === path.length - 1
    const isScalar = isLast && part !== 'key' && value !== undefined && tree.hasText(value)
    const shown = key === undefined || isScalar ? value : key
    marked = (shown === undefined ? undefined : tree.spanOf(shown)) ?? marked
    node = value
  }
  return marked
}
