/**
 * What a terminal interprets or does not show: control characters; format characters, which change the direction of a line or
 * have no width; Unicode's line ends; the non-breaking space. And one character of what makes a command of a line in the log of a
 * CI job: `::error …::` of GitHub, `##[error]`, `##vso[…]` and `##teamcity[…]` of others.
 */
const UNPRINTABLE =
  /[\p{Cc}\p{Cf}\u00a0\u2028\u2029\u2065]|(?<=:):(?=[a-z-]+(?: [^\n]*)?::)|(?<=#)#(?=[a-z]*\[)/giu

/** A text with what is unprintable made visible, as `\u{1b}`. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, character => `\\u{${character.codePointAt(0)?.toString(16)}}`)

/** Lines with unprintable characters escaped as in a string of JSON or YAML: `\u001b`, or a surrogate pair. */
export const printableLines = (text: string): string =>
  text.replace(UNPRINTABLE, character => (character === '\n' ? character : escapedUnits(character)))

const escapedUnits = (character: string): string =>
  character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
