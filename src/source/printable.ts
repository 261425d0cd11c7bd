/** Control characters, among them those that move a terminal's cursor, and those that turn the direction of a line. */
const UNPRINTABLE = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** The text with everything that a terminal would obey made visible, as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
