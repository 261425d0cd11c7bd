import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair } from 'yaml'
import type { NodeTree } from '../node-tree.ts'

/** A document of the careful reader, with aliases and merge keys resolved. */
export const carefulTree = (document: Document.Parsed): NodeTree<Node> => ({
  root: document.contents ?? undefined,
  firstKeyOf: node => (isMap(node) ? nodeOf(node.items[0]?.key) : undefined),
  childOf: (node, step) => {
    const container = isAlias(node) ? node.resolve(document) : node
    if (isMap(container)) {
      const pair = pairOf(document, container.items, String(step))
      return pair && { key: nodeOf(pair.key), value: nodeOf(pair.value) }
    }
    const value = isSeq(container) ? nodeOf(container.items[Number(step)]) : undefined
    return value && { key: undefined, value }
  },
  hasText: node => isScalar(node) && node.range != null && node.range[1] > node.range[0],
  spanOf: ({ range }) => (range ? { start: range[0], end: range[1] } : undefined),
})

/** An entry of a mapping, or of what is merged into it. */
function pairOf(
  document: Document.Parsed,
  items: readonly Pair<unknown, unknown>[],
  key: string,
): Pair<unknown, unknown> | undefined {
  const own = items.findLast(pair => isScalar(pair.key) && String(pair.key.value) === key)
  if (own !== undefined) return own
  const merged = items.find(pair => isScalar(pair.key) && pair.key.value === '<<')?.value
  for (const source of isSeq(merged) ? merged.items : [merged]) {
    const map = isAlias(source) ? source.resolve(document) : source
    const found = isMap(map) ? pairOf(document, map.items, key) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

const nodeOf = (value: unknown): Node | undefined =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined
