/**
 * What a terminal interprets or does not show: control characters; format characters, which change the direction of a line or
 * have no width; Unicode's line ends; the non-breaking space. And one character of what makes a command of a line in the log of a
 * CI job: `::error …::` of GitHub, `##[error]`, `##vso[…]` and `##teamcity[…]` of others.
 */
const unprintable = (): RegExp =>
  /[\p{Cc}\p{Cf}\u00a0\u2028\u2029\u2065]|(?<=:):(?=[A-Za-z-]+(?: [^\n]*)?::)|(?<=#)#(?=[A-Za-z]*\[)/gu

/** What a text has in which something is unprintable: nearly all have not, and making the expression above takes a while. */
const MAYBE_UNPRINTABLE = /[^ -~]|::|##/

const escaped = (text: string, escapeOne: (character: string) => string): string =>
  MAYBE_UNPRINTABLE.test(text) ? text.replace(unprintable(), escapeOne) : text

/** A text with what is unprintable made visible, as `\u{1b}`. */
export const printable = (text: string): string =>
  escaped(text, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)

/** Lines with unprintable characters escaped as in a string of JSON or YAML: `\u001b`, or a surrogate pair. */
export const printableLines = (text: string): string =>
  escaped(text, character => (character === '\n' ? character : escapedUnits(character)))

const escapedUnits = (character: string): string =>
  character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
