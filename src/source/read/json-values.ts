/*
 * JSON objects one after another, with or without anything between them, as kubectl reads them.
 */

export interface TextRange {
  readonly start: number
  readonly end: number
}

/** What a file begins with as JSON, and how it goes on. */
export interface JsonValues {
  readonly values: readonly TextRange[]
  readonly rest: number
  /** Whether the rest has to be JSON too; else it is YAML. */
  readonly isJson: boolean
}

/** White space to Go, which has more of it than JSON. */
export const GO_SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const JSON_START = new RegExp(`^${GO_SPACE}*\\{`)
const IS_SPACE = new RegExp(GO_SPACE)
const JSON_SPACE = /[ \t\r\n]*/y

/** How far kubectl looks for the bracket that JSON begins with. */
const LOOKED_AT = 4096

/** Whether kubectl tries to read a file as JSON. */
export const beginsLikeJson = (text: string): boolean => JSON_START.test(text.slice(0, LOOKED_AT))

/**
 * kubectl reads a file that begins with a bracket as JSON. Where that fails, it goes on with YAML, but not behind the second
 * value; and not where fewer than four bytes are left.
 */
export function cutJsonValues(text: string): JsonValues {
  if (!beginsLikeJson(text)) return { values: [], rest: 0, isJson: false }
  const values: TextRange[] = []
  let rest = 0
  for (;;) {
    JSON_SPACE.lastIndex = rest
    const start = rest + (JSON_SPACE.exec(text)?.[0].length ?? 0)
    if (start >= text.length) return { values, rest: text.length, isJson: true }
    const end = endOfValue(text, start)
    if (!isJsonText(text.slice(start, end))) break
    values.push({ start, end })
    rest = end
  }
  const yaml = values.length > 1 ? undefined : behindWhiteSpace(text, rest)
  return { values, rest: yaml ?? rest, isJson: yaml === undefined }
}

/** Where YAML begins behind JSON: behind the white space of its line. */
function behindWhiteSpace(text: string, from: number): number | undefined {
  for (let at = from; ; at++) {
    const sign = text.charAt(at)
    if (new TextEncoder().encode(text.slice(at, at + 4)).length < 4 || sign === '\ufffd') return undefined
    if (!IS_SPACE.test(sign)) return at
    if (sign === '\n') return at + 1
  }
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c]
const [BRACKET, BRACKET_END, BRACE, BRACE_END] = [0x5b, 0x5d, 0x7b, 0x7d]
const WORD = /[^\s,:{}[\]"]*/y

/** Where a value of JSON ends, as far as its brackets show. */
function endOfValue(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const sign = text.charCodeAt(at)
    if (sign === QUOTE) at = endOfString(text, at)
    else if (sign === BRACE || sign === BRACKET) depth++
    else if (sign === BRACE_END || sign === BRACKET_END) depth--
    else if (depth === 0) {
      WORD.lastIndex = at
      return at + (WORD.exec(text)?.[0].length ?? 0)
    }
    if (depth <= 0) return at + 1
  }
  return text.length
}

/** The offset of the quote that closes the one at `start`. */
export function endOfString(text: string, start: number): number {
  let at = text.indexOf('"', start + 1)
  while (at >= 0 && isEscaped(text, at)) at = text.indexOf('"', at + 1)
  return at < 0 ? text.length : at
}

function isEscaped(text: string, at: number): boolean {
  let backslashes = 0
  while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes++
  return backslashes % 2 === 1
}
