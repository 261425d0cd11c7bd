import type { FieldPath } from '../../file.ts'
import type { MappingNode, YamlDocument, YamlNode } from './nodes.ts'
import { keyText } from './scalars.ts'
import { isMerge } from './values.ts'

/** A part of the text, by offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A child of a node; a key alone has no value, an item of a list no key. */
interface Entry {
  readonly key: YamlNode | undefined
  readonly value: YamlNode | undefined
}

/**
 * The span of the value at a path if it is a scalar or an item of a list, else of its key; for a path that does not exist,
 * that of the nearest ancestor.
 */
export function spanIn({ root }: YamlDocument, path: FieldPath, part?: 'key'): Span | undefined {
  let node = root
  if (node === undefined) return undefined
  const firstKey = node.kind === 'mapping' ? node.children[0] : undefined
  let marked = spanOf(firstKey ?? node)
  for (const [depth, step] of path.entries()) {
    const entry: Entry | undefined = node && childOf(node, step)
    if (entry === undefined) return marked
    const { key, value }: Entry = entry
    const isScalar = depth === path.length - 1 && part !== 'key' && value !== undefined && hasText(value)
    const shown = key === undefined || isScalar ? value : key
    // An item that is left empty is behind its dash.
    marked = (shown && (spanOf(shown) ?? (key === undefined ? shown : undefined))) ?? marked
    node = value
  }
  return marked
}

/** A child of a node, with aliases and merge keys resolved; undefined where there is none. */
function childOf(node: YamlNode, step: string | number): Entry | undefined {
  const container = node.kind === 'alias' ? node.target : node
  if (container.kind === 'mapping') return entryOf(container, String(step))
  const value = container.kind === 'sequence' ? container.children[Number(step)] : undefined
  return value && { key: undefined, value }
}

/** Whether a node is a scalar that is written out, and not left empty. */
const hasText = (node: YamlNode): boolean => node.kind === 'scalar' && node.end > node.start

function spanOf(node: YamlNode): Span | undefined {
  const { start, end } = node
  // The indicator of a block scalar is shown for it.
  if (node.kind === 'scalar' && node.style === 'block') return { start, end: start + 1 }
  return end > start ? { start, end } : undefined
}

/** The entry of a mapping that counts: the last with that key, whether written or merged. */
function entryOf({ children }: MappingNode, name: string): Entry | undefined {
  for (let index = children.length - 2; index >= 0; index -= 2) {
    const [key, value] = [children[index], children[index + 1]]
    if (key === undefined || value === undefined) continue
    if (isMerge(key)) {
      const found = mergedEntry(value, name)
      if (found !== undefined) return found
    } else if (nameOf(key) === name) return { key, value }
  }
  return undefined
}

function mergedEntry(source: YamlNode, name: string): Entry | undefined {
  for (const one of source.kind === 'sequence' ? source.children : [source]) {
    const map = one.kind === 'alias' ? one.target : one
    const found = map.kind === 'mapping' ? entryOf(map, name) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function nameOf(key: YamlNode): string | undefined {
  const node = key.kind === 'alias' ? key.target : key
  return node.kind === 'scalar' ? keyText(node) : undefined
}
