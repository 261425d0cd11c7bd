import { codeAt, isBlank, isBreak } from './characters.ts'
import type { Cursor } from './cursor.ts'
import { YamlError } from './yaml-error.ts'

/** Scans a scalar in quotes, at the first of which the cursor is, and gives its text. */
export function scanQuoted(cursor: Cursor): string {
  const { text } = cursor
  const start = cursor.at++
  const quote = codeAt(text, start)
  const isDouble = quote === DOUBLE_QUOTE
  let done = ''
  let from = cursor.at
  for (let at = from; ; ) {
    const code = codeAt(text, at)
    if (code === quote) {
      if (isDouble || codeAt(text, at + 1) !== quote) {
        cursor.at = at + 1
        return done + text.slice(from, at)
      }
      done += text.slice(from, at + 1)
      at += 2
      from = at
    } else if (isBreak(code) || (code === BACKSLASH && isDouble)) {
      cursor.at = at
      done += isBreak(code)
        ? text.slice(from, endOfText(text, from, at)) + cursor.joint()
        : text.slice(from, at) + escaped(cursor)
      // A marker ends the document, and the quote is not closed.
      if (cursor.isAtMarker()) throw new YamlError('not-closed', start)
      at = cursor.at
      from = at
    } else if (code === 0) throw new YamlError('not-closed', start)
    else at++
  }
}

/** Where the blanks before a line break begin. */
function endOfText(text: string, from: number, to: number): number {
  let end = to
  while (end > from && isBlank(codeAt(text, end - 1))) end--
  return end
}

/** What a backslash and what follows it mean. */
function escaped(cursor: Cursor): string {
  const { text, at: start } = cursor
  const code = codeAt(text, start + 1)
  if (isBreak(code)) {
    cursor.at++
    cursor.skipBreak()
    return cursor.breaks()
  }
  const sign = String.fromCharCode(code)
  const plain = ESCAPES.get(sign)
  cursor.at += 2
  if (plain !== undefined) return plain
  const length = ESCAPE_LENGTHS.get(sign)
  const digits = length === undefined ? '' : text.slice(cursor.at, cursor.at + length)
  const value = digits.length === length && /^[0-9a-fA-F]+$/.test(digits) ? Number.parseInt(digits, 16) : -1
  if (value < 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
    throw new YamlError('bad-escape', start, cursor.at)
  cursor.at += digits.length
  return String.fromCodePoint(value)
}

const [DOUBLE_QUOTE, BACKSLASH] = [0x22, 0x5c]

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['0', '\0'],
  ['a', '\x07'],
  ['b', '\b'],
  ['t', '\t'],
  ['\t', '\t'],
  ['n', '\n'],
  ['v', '\v'],
  ['f', '\f'],
  ['r', '\r'],
  ['e', '\x1b'],
  [' ', ' '],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['N', '\u0085'],
  ['_', '\u00a0'],
  ['L', '\u2028'],
  ['P', '\u2029'],
])

const ESCAPE_LENGTHS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
])
