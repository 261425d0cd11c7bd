/*
 * Characters as YAML 1.1 has them, and with it kubectl's reader: NEL, LS and PS end a line too.
 */

export const [TAB, LINE_FEED, CARRIAGE_RETURN, BLANK] = [0x09, 0x0a, 0x0d, 0x20]
const [NEL, LINE_SEPARATOR, PARAGRAPH_SEPARATOR] = [0x85, 0x2028, 0x2029]

/** The code unit at an offset; 0 at the end of the text, which has no such character. */
export const codeAt = (text: string, at: number): number => text.charCodeAt(at) | 0

export const isBlank = (code: number): boolean => code === BLANK || code === TAB

export const isBreak = (code: number): boolean =>
  code === LINE_FEED ||
  code === CARRIAGE_RETURN ||
  (code > 0x7f && (code === NEL || code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR))

export const isBreakOrEnd = (code: number): boolean => code === 0 || isBreak(code)

/** A blank, a line break, or the end of the text. */
export const endsWord = (code: number): boolean =>
  code <= BLANK
    ? code === BLANK || code === LINE_FEED || code === TAB || code === CARRIAGE_RETURN || code === 0
    : code > 0x7f && isBreak(code)

/**
 * The length of the line break at an offset. kubectl cuts a text into lines before it reads it as YAML, and drops the carriage
 * return of each, so that of two only one is left.
 */
export function breakLength(text: string, at: number): number {
  if (text.charCodeAt(at) !== CARRIAGE_RETURN) return 1
  const next = text.charCodeAt(at + 1)
  if (next === LINE_FEED) return 2
  return next === CARRIAGE_RETURN && text.charCodeAt(at + 2) === LINE_FEED ? 3 : 1
}

/** What a line break is in a value: Unicode's own stay as they are. */
export function breakText(code: number): string {
  return code === LINE_SEPARATOR || code === PARAGRAPH_SEPARATOR ? String.fromCharCode(code) : '\n'
}

/** Letters, digits, `_` and `-`, of which the names of anchors and tags consist. */
export const isWordCharacter = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x5f ||
  code === 0x2d

/**
 * What YAML calls unprintable, which kubectl's reader accepts neither in values nor in comments; and a second byte order mark, after
 * which it loses the first character of each line.
 */
export const CONTROL_CHARACTER =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is control characters that are looked for
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]|^\ufeff(?=\ufeff)/u
