import type { Diagnostic } from './diagnostic.ts'
import { type DocumentText, documentsOf, KEPT_UP_TO } from './documents.ts'
import type { SourceFile } from './file.ts'
import { LARGEST_OBJECT, listTextOf } from './list-items.ts'
import { headOfList, type Identity } from './manifest.ts'
import { positionAt } from './position.ts'

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
    // One kubectl after the other, with `---` between what they print.
    if (documentsOf(file).length > 1) return { kind: 'not JSON' }
    const list = readList(file)
    if (list !== undefined) return list
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
  const [document] = documentsOf(file)
  const list = document && listTextOf(document)
  if (list === undefined) return undefined
  try {
    const head = headOfList(JSON.parse(list.head.text))
    return head && { kind: 'list', ...head, items: itemsOf(file, list.items) }
  } catch {
    return undefined
  }
}

/** Up to the first that is broken: behind it nothing is sure. */
function* itemsOf(file: SourceFile, items: readonly DocumentText[]): Iterable<JsonItem> {
  for (const item of items)
    try {
      yield { kind: 'value', value: JSON.parse(item.text) }
    } catch (error) {
      yield refused(file, error, item)
      return
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
