import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type ScalarTag,
} from 'yaml'
import { memoized } from '../../sets/memoized.ts'
import type { FieldPath } from '../file.ts'
import type { DocumentText } from './document-texts.ts'
import { SCALARS } from './yaml-scalars.ts'

/*
 * The careful reader: the package yaml, which knows all of the language and reports what is wrong and where.
 */

/** The same scalars as the quick reader's. */
const TAGS: readonly ScalarTag[] = SCALARS.map(({ tag, test, resolve }) => ({
  tag: `tag:yaml.org,2002:${tag}`,
  default: true,
  test,
  resolve,
}))

const BASE64 = /^(?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?$/
const UTF_8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** The only tag of YAML's own that changes a value. */
const BINARY: ScalarTag = {
  tag: 'tag:yaml.org,2002:binary',
  resolve: written => {
    const plain = written.replace(/\s/g, '')
    const bytes = BASE64.test(plain) ? atob(plain) : ''
    if (btoa(bytes) !== plain) throw new Error('this is no base64')
    return UTF_8.decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)))
  },
}

/** Further line ends of kubectl's reader; each is one character, so replacing them moves no offset. */
const OTHER_LINE_ENDS = /\r(?!\n)|[\u0085\u2028\u2029]/g

/** A document with its errors; all its offsets count from its own start. */
export const carefulYaml = memoized(
  ({ text }: DocumentText): Document.Parsed =>
    parseDocument(text.replace(OTHER_LINE_ENDS, '\n'), {
      prettyErrors: false,
      schema: 'failsafe',
      customTags: [...TAGS, BINARY],
      merge: true,
      logLevel: 'silent',
      stringKeys: false,
      // The parser compares each key with every other one; yaml-syntax.ts looks for equal ones.
      uniqueKeys: false,
    }),
  ({ isKept }) => isKept,
)

/** A part of the text, by offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * The span of the value at a path if it is a scalar or an item of a list, else of its key; for a path that does not exist,
 * that of the nearest ancestor.
 */
export function spanIn(document: Document.Parsed, path: FieldPath, part?: 'key'): Span | undefined {
  let node: Node | undefined = document.contents ?? undefined
  if (node === undefined) return undefined
  let marked = spanOfNode((isMap(node) ? asNode(node.items[0]?.key) : undefined) ?? node)
  for (const [depth, step] of path.entries()) {
    const entry: NodeEntry | undefined = node && entryOf(document, node, step)
    if (entry === undefined) return marked
    const { key, value }: NodeEntry = entry
    const isLast = depth === path.length - 1
    const shown = key === undefined || (isLast && part !== 'key' && isWrittenOut(value)) ? value : key
    marked = (shown && spanOfNode(shown)) ?? marked
    node = value
  }
  return marked
}

interface NodeEntry {
  readonly key: Node | undefined
  readonly value: Node | undefined
}

/** A child of a node, with aliases and merge keys resolved; undefined where there is none. An item of a list has no key. */
function entryOf(document: Document.Parsed, node: Node, step: string | number): NodeEntry | undefined {
  const container = isAlias(node) ? node.resolve(document) : node
  if (isMap(container)) {
    const pair = pairOf(document, container.items, String(step))
    return pair && { key: asNode(pair.key), value: asNode(pair.value) }
  }
  const value = isSeq(container) ? asNode(container.items[Number(step)]) : undefined
  return value && { key: undefined, value }
}

/** Whether a node is a scalar that is written out, and not left empty. */
const isWrittenOut = (node: Node | undefined): boolean =>
  isScalar(node) && node.range != null && node.range[1] > node.range[0]

const spanOfNode = ({ range }: Node): Span | undefined =>
  range ? { start: range[0], end: range[1] } : undefined

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

const asNode = (value: unknown): Node | undefined =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined
