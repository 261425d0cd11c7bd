import { stringify } from 'yaml'
import { printableLines } from '../source/printable.ts'

/*
 * `-o json` and `-o yaml`: the report itself. An iterable is written one item per line while iterating, so that a matrix may
 * be larger than memory.
 */

export function* json(report: object): Iterable<string> {
  const fields = Object.entries(report).filter(([, value]) => value !== undefined)
  yield '{'
  for (const [index, [key, value]] of fields.entries()) {
    const comma = index < fields.length - 1 ? ',' : ''
    if (isLazy(value)) yield* listInJson(key, value, comma)
    else yield indented(`${JSON.stringify(key)}: ${printableLines(JSON.stringify(value, null, 2))}${comma}`)
  }
  yield '}'
}

/** In YAML 1.1, whose readers would take a bare `no` for a boolean. */
export function* yaml(report: object): Iterable<string> {
  for (const [key, value] of Object.entries(report)) {
    if (value === undefined) continue
    if (isLazy(value)) {
      let isEmpty = true
      for (const item of lines(value)) {
        if (isEmpty) yield `${key}:`
        isEmpty = false
        yield `  - ${item}`
      }
      if (isEmpty) yield `${key}: []`
      continue
    }
    const text = stringify({ [key]: value }, { version: '1.1', aliasDuplicateObjects: false }).trimEnd()
    // JSON is YAML too, and can express everything without unprintable characters.
    yield printableLines(text) === text ? text : `${key}: ${printableLines(JSON.stringify(value))}`
  }
}

function* listInJson(key: string, items: Iterable<ListedItem>, comma: string): Iterable<string> {
  let before = `  ${JSON.stringify(key)}: [`
  let isEmpty = true
  for (const item of lines(items)) {
    yield before + (isEmpty ? '' : ',')
    isEmpty = false
    before = `    ${item}`
  }
  if (isEmpty) yield `${before}]${comma}`
  else {
    yield before
    yield `  ]${comma}`
  }
}

const isLazy = (value: unknown): value is Iterable<ListedItem> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Symbol.iterator in value

type ListedItem = Readonly<Record<string, unknown>>

/** Each item on one line. The texts of keys and values are memoized, because they repeat. */
function* lines(items: Iterable<ListedItem>): Iterable<string> {
  const known = new Map<unknown, string>()
  const textOf = (value: unknown): string => {
    const text = known.get(value) ?? printableLines(spaced(value))
    known.set(value, text)
    return text
  }
  for (const item of items) {
    let line = ''
    for (const key in item) line += `${line === '' ? '' : ', '}${textOf(key)}: ${textOf(item[key])}`
    yield `{${line}}`
  }
}

/** On one line, with a space after each comma and colon. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([key, own]) => `${JSON.stringify(key)}: ${spaced(own)}`)
    .join(', ')}}`
}

const indented = (text: string): string => text.replace(/^/gm, '  ')
