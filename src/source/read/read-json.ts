import type { Diagnostic } from '../diagnostic.ts'
import type { SourceFile } from '../file.ts'
import { headOfList, type TypeMeta } from '../manifest.ts'
import { positionAt } from '../position.ts'
import { type DocumentText, documentsOf, KEPT_UP_TO, knowAsOne } from './documents.ts'
import { LARGEST_OBJECT, type ListText, listTextByBrackets, listTextOf } from './list-items.ts'

export type JsonReading =
  | { readonly kind: 'value'; readonly value: unknown }
  /** A large List, whose items are parsed while they are iterated over: all at once would need several times their size. */
  | {
      readonly kind: 'list'
      readonly ofItems: TypeMeta | undefined
      readonly items: Iterable<JsonItem>
    }
  /** YAML, or close enough to it that the YAML reader has the better messages. */
  | { readonly kind: 'not JSON' }
  | { readonly kind: 'broken'; readonly why: Diagnostic }

export type JsonList = Extract<JsonReading, { kind: 'list' }>
type JsonItem = Extract<JsonReading, { kind: 'value' | 'broken' }>

/** The limit of values in one text, for memory's sake; a dump of a whole cluster has a tenth of them. */
const MOST_VALUES = 30_000_000

/** Reads JSON with JSON.parse, which is a hundred times quicker than YAML; anything else is left to the YAML reader. */
export function readJson(file: SourceFile): JsonReading {
  const { text } = file
  if (!/^\s*[{[]/.test(text)) return { kind: 'not JSON' }
  if (text.length > KEPT_UP_TO) {
    const list = readList(file)
    if (list !== undefined) return list
    // The outputs of several kubectl runs, with `---` between them.
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

/** Whether the head of a List, which is cut out of it, has further items. */
const hasItems = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'items' in value && JSON.stringify(value.items) !== '[]'

/** The items up to the first that is broken: after it, offsets are not reliable. */
function* itemsOf(file: SourceFile, document: DocumentText, list: ListText): Iterable<JsonItem> {
  let { items } = list
  let isExact = false
  for (let index = 0; index < items.length; index++) {
    let read = itemOf(file, items[index])
    if (read?.kind === 'broken' && !isExact) {
      // The indentation may be misleading. The items that were read so far have the same offsets.
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

/** The parser's error for a part of a file. */
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

/** An estimate from samples of a long text; separators in strings are counted too. */
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

/** The size up to which people may have written a text; programs, which write longer ones, repeat no key. */
const HAND_WRITTEN = 1_000_000

/** JSON.parse silently takes the last of two equal keys: then more keys are written than are read. */
function hasKeyTwice(text: string, value: unknown): boolean {
  if (text.length > HAND_WRITTEN) return false
  let written = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon !== undefined) written++
  return written !== countKeys(value)
}

/** The number of keys in a value, at all depths. */
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
