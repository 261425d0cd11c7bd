/** What a terminal may obey or hide and JSON need not escape: the line ends are those between the lines. */
export const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** The text with what a terminal may obey or hide written as JSON and YAML write it in quotes. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escaped)

/** `\u009b`; two of them for what is beyond 16 bits. */
function escaped(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
