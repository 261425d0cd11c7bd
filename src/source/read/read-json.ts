import type { Diagnostic } from '../diagnostic.ts'
import type { SourceFile } from '../file.ts'
import { headOfList, type Identity } from '../manifest.ts'
import { positionAt } from '../position.ts'
import { type DocumentText, documentsOf, KEPT_UP_TO, knowAsOne } from './documents.ts'
import { LARGEST_OBJECT, type ListText, listTextByBrackets, listTextOf } from './list-items.ts'

export type JsonReading =
  | { readonly kind: 'value'; readonly value: unknown }
  /** A large List, whose items are read when they are asked for: all at once would take several times their size. */
  | {
      readonly kind: 'list'
      readonly ofItems: Identity | undefined
      readonly items: Iterable<JsonItem>
    }
  /** YAML, or so much like it that the reader of YAML says best what is wrong. */
  | { readonly kind: 'not JSON' }
  | { readonly kind: 'broken'; readonly why: Diagnostic }

export type JsonList = Extract<JsonReading, { kind: 'list' }>
type JsonItem = Extract<JsonReading, { kind: 'value' | 'broken' }>

/** As many values as memory holds; a dump of a whole cluster has a tenth of them. */
const MOST_VALUES = 30_000_000

/** JSON is read as such, because it is a hundred times quicker; what is none is YAML, which says what is wrong with it. */
export function readJson(file: SourceFile): JsonReading {
  const { text } = file
  if (!/^\s*[{[]/.test(text)) return { kind: 'not JSON' }
  if (text.length > KEPT_UP_TO) {
    const list = readList(file)
    if (list !== undefined) return list
    // One kubectl after the other, with `---` between what they print.
    if (documentsOf(file).length > 1) return { kind: 'not JSON' }
  }
  if (text.length > LARGEST_OBJECT && countValues(text) > MOST_VALUES)
    return broken(file, `it has more than ${MOST_VALUES} values`, 0)
  try {
    const value: unknown = JSON.parse(text)
    return hasKeyTwice(text, value) ? { kind: 'not JSON' } : { kind: 'value', value }
  } catch (error) {
    if (text.length <= HAND_WRITTEN) return { kind: 'not JSON' }
    return refused(file, error, { text, start: 0 })
  }
}

function readList(file: SourceFile): JsonReading | undefined {
  const document = { text: file.text, start: 0, isKept: false }
  const list = listTextOf(document)
  if (list === undefined) return undefined
  try {
    const value: unknown = JSON.parse(list.head.text)
    if (hasItems(value)) return broken(file, '`items` stands twice', list.items[0]?.start ?? 0)
    const head = headOfList(value)
    if (head === undefined) return undefined
    knowAsOne(file, document)
    return { kind: 'list', ...head, items: itemsOf(file, document, list) }
  } catch {
    return undefined
  }
}

/** Whether what is left of a List without its items has items all the same. */
const hasItems = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'items' in value && JSON.stringify(value.items) !== '[]'

/** Up to the first that is broken: behind it nothing is sure. */
function* itemsOf(file: SourceFile, document: DocumentText, list: ListText): Iterable<JsonItem> {
  let { items } = list
  let isExact = false
  for (let index = 0; index < items.length; index++) {
    let read = itemOf(file, items[index])
    if (read?.kind === 'broken' && !isExact) {
      // It may only be indented oddly. What was whole so far begins and ends at the same places.
      items = listTextByBrackets(document)?.items ?? items
      isExact = true
      read = itemOf(file, items[index])
    }
    if (read !== undefined) yield read
    if (read?.kind === 'broken') return
  }
}

function itemOf(file: SourceFile, item: DocumentText | undefined): JsonItem | undefined {
  if (item === undefined) return undefined
  try {
    return { kind: 'value', value: JSON.parse(item.text) }
  } catch (error) {
    return refused(file, error, item)
  }
}

/** What the parser says of a part of a file. */
function refused(
  file: SourceFile,
  error: unknown,
  { text, start }: Pick<DocumentText, 'text' | 'start'>,
): JsonItem {
  const message = error instanceof Error ? error.message : String(error)
  const place = Number(/at position (\d+)/.exec(message)?.[1] ?? text.trimEnd().length - 1)
  return broken(file, message.replace(/ in JSON at position.*/, '').toLowerCase(), start + place)
}

function broken(file: SourceFile, why: string, start: number): JsonItem {
  return {
    kind: 'broken',
    why: {
      severity: 'error',
      code: 'JSON_SYNTAX',
      message: `the file cannot be read as JSON: ${why}`,
      object: 'the file',
      at: { file, position: positionAt(file, start, start + 1) },
      help: 'it may have been cut off: make it anew',
    },
  }
}

/** About as many as there are, and those in strings too: told from a stretch of every few, because it is a long text. */
function countValues(text: string): number {
  let count = 0
  for (let start = 0; start < text.length; start += EVERY * STRETCH)
    for (let at = start; at < start + STRETCH; at++) {
      const code = text.charCodeAt(at)
      if (code === COMMA || code === BRACKET || code === BRACE) count++
    }
  return count * EVERY
}

const STRETCH = 256
const EVERY = 16

const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b]

/** What people write; what is longer, a machine has written, which repeats no key. */
const HAND_WRITTEN = 1_000_000

/** JSON.parse takes the last of two equal keys without a word: more keys are written then than are read. */
function hasKeyTwice(text: string, value: unknown): boolean {
  if (text.length > HAND_WRITTEN) return false
  let written = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) written++
  return written !== countKeys(value)
}

/** How many keys are in a value and everything below it. */
function countKeys(value: unknown): number {
  let keys = 0
  const open = [value]
  for (let next = open.pop(); next !== undefined; next = open.pop())
    if (typeof next === 'object' && next !== null) {
      const items: readonly unknown[] = Object.values(next)
      if (!Array.isArray(next)) keys += items.length
      for (const item of items) if (typeof item === 'object') open.push(item)
    }
  return keys
}
