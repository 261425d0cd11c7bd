import { stringify } from 'yaml'
import type { Report } from '../report/report.ts'

/** `-o json`: the report itself. */
export function* json(report: Report): Iterable<string> {
  yield JSON.stringify(report, null, 2).replace(UNPRINTABLE, escaped)
}

/** `-o yaml`: the same; in YAML 1.1, whose readers would take a bare `no` for a boolean. */
export function* yaml(report: Report): Iterable<string> {
  const text = stringify(report, { version: '1.1', aliasDuplicateObjects: false }).trimEnd()
  // JSON is YAML too, and the one that can say everything without a character that a terminal would obey.
  if (text.search(UNPRINTABLE) >= 0) yield* json(report)
  else yield text
}

/** What a terminal may obey or hide and JSON need not escape: the line ends are those between the lines. */
const UNPRINTABLE = /(?!\n)[\p{Cc}\p{Cf}\u2028\u2029]/gu

/** `\u009b`; two of them for what is beyond 16 bits. */
function escaped(character: string): string {
  return character
    .split('')
    .map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
