/** Control characters, among them those that move a terminal's cursor, those that turn the direction of a line, and blanks that nobody sees. */
const UNPRINTABLE = /[\p{Cc}\u00a0\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** The text with everything that a terminal would obey made visible, as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)
}
