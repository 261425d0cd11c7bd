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
import type { NodeTree } from '../node-tree.ts'
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

/** A document of the careful reader, with aliases and merge keys resolved. */
export const carefulTree = (document: Document.Parsed): NodeTree<Node> => ({
  root: document.contents ?? undefined,
  firstKeyOf: node => (isMap(node) ? asNode(node.items[0]?.key) : undefined),
  childOf: (node, step) => {
    const container = isAlias(node) ? node.resolve(document) : node
    if (isMap(container)) {
      const pair = pairOf(document, container.items, String(step))
      return pair && { key: asNode(pair.key), value: asNode(pair.value) }
    }
    const value = isSeq(container) ? asNode(container.items[Number(step)]) : undefined
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

const asNode = (value: unknown): Node | undefined =>
  isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : undefined
