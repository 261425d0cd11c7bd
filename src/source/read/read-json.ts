import { below, type Location, type SourceFile } from '../file.ts'
import { headOfList, type Reader, readObjects, type TypeMeta } from '../manifest.ts'
import { isMapping } from '../mapping.ts'
import { positionAt } from '../position.ts'
import { type DocumentText, documentsOf, KEPT_UP_TO, knowAsOne } from './document-texts.ts'
import { beginsLikeJson } from './json-values.ts'
import { LARGEST_OBJECT, listTextByBrackets, listTextOf } from './list-items.ts'
import { complainOfRepeated } from './repeated-keys.ts'

/** The limit of values in one text, for memory's sake; a dump of a whole cluster has a tenth of them. */
const MOST_VALUES = 30_000_000

/**
 * Reads JSON with JSON.parse, which is a hundred times quicker than YAML. False for YAML, and for what is close enough to it
 * that the YAML reader has the better messages.
 */
export function readJson(file: SourceFile, reader: Reader): boolean {
  const { text } = file
  if (!beginsLikeJson(text)) return false
  const at: Location = { file, document: 0, path: [] }
  if (text.length > KEPT_UP_TO) {
    if (readJsonList(at, reader)) return true
    // The outputs of several kubectl runs, with `---` between them.
    if (documentsOf(file).length > 1) return false
  }
  if (text.length > LARGEST_OBJECT && countValues(text) > MOST_VALUES) {
    complainOfJson(file, `it has more than ${MOST_VALUES} values`, 0, reader)
    return true
  }
  const parsed = parseJson(text)
  if ('error' in parsed) {
    if (text.length <= HAND_WRITTEN || documentsOf(file).length > 1) return false
    refuseText(file, { text, start: 0 }, parsed.error, reader)
    return true
  }
  const document = { text, start: 0, isKept: text.length <= KEPT_UP_TO, isJson: true } as const
  knowAsOne(file, document)
  if (hasKeyTwice(text, parsed.value)) complainOfRepeated(document, at, reader.complain)
  readObjects(parsed.value, at, undefined, reader)
  return true
}

type Parsed = { readonly value: unknown } | { readonly error: string }

function parseJson(text: string): Parsed {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

/** A large List, whose items are parsed one by one: all at once would need several times their size. False for anything else. */
function readJsonList(at: Location, reader: Reader): boolean {
  const { file } = at
  const document = { text: file.text, start: 0, isKept: false }
  const list = listTextOf(document)
  const parsed = list && parseJson(list.head.text)
  if (list === undefined || parsed === undefined || 'error' in parsed) return false
  const { value } = parsed
  // The items are cut out of the head.
  if (isMapping(value) && 'items' in value && JSON.stringify(value['items']) !== '[]') {
    const start = list.items[0]?.start ?? 0
    reader.complain({
      severity: 'warning',
      code: 'DUPLICATE_FIELD',
      message: 'duplicate field "items"',
      at: { file, position: positionAt(file, start, start + 1) },
      help: 'kubectl silently takes the last one: join the two, or remove one',
    })
    return false
  }
  const head = headOfList(value)
  if (head === undefined) return false
  knowAsOne(file, document)
  readItems({ at, document, ofItems: head.ofItems }, list.items, reader)
  return true
}

interface OpenList {
  readonly at: Location
  readonly document: DocumentText
  readonly ofItems: TypeMeta | undefined
}

/** Reads the items up to the first that is broken: after it, offsets are not reliable. */
function readItems(
  list: OpenList,
  items: readonly DocumentText[],
  reader: Reader,
  first = 0,
  isExact = false,
): void {
  const { at, document, ofItems } = list
  for (const [offset, item] of items.slice(first).entries()) {
    const index = first + offset
    const parsed = parseJson(item.text)
    if (!('error' in parsed)) {
      readObjects(parsed.value, below(at, 'items', index), ofItems, reader)
      continue
    }
    if (isExact) refuseText(at.file, item, parsed.error, reader)
    // The indentation may be misleading. The items that were read so far have the same offsets.
    else readItems(list, listTextByBrackets(document)?.items ?? items, reader, index, true)
    return
  }
}

/** Complains with the parser's error for a part of a file. */
function refuseText(
  file: SourceFile,
  { text, start }: Pick<DocumentText, 'text' | 'start'>,
  error: string,
  reader: Reader,
): void {
  const place = Number(/at position (\d+)/.exec(error)?.[1] ?? text.trimEnd().length - 1)
  complainOfJson(file, error.replace(/ in JSON at position.*/, '').toLowerCase(), start + place, reader)
}

/** Complains of what makes kubectl stop between two documents. */
export function complainOfStop(document: DocumentText, { file }: Location, reader: Reader): void {
  const { text, start, stop } = document
  if (stop === 'not-json') {
    const parsed = parseJson(text)
    refuseText(file, document, 'error' in parsed ? parsed.error : '', reader)
    return
  }
  const [marker = ''] = /^---\s*/.exec(text) ?? []
  reader.complain({
    severity: 'error',
    code: 'YAML_SYNTAX',
    message: 'only a comment can follow `---` on its line; kubectl refuses the file',
    at: { file, position: positionAt(file, start + marker.length, start + text.length) },
    help: 'move it to the next line',
  })
}

function complainOfJson(file: SourceFile, why: string, start: number, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'JSON_SYNTAX',
    message: `the file cannot be read as JSON: ${why}`,
    object: 'the file',
    at: { file, position: positionAt(file, start, start + 1) },
    help: 'it may have been cut off: make it anew',
  })
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
export function hasKeyTwice(text: string, value: unknown): boolean {
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
