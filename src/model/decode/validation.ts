import { parseAddress } from '../../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT } from '../../sets/connections.ts'
import type { Diagnostic } from '../../source/diagnostic.ts'
import { didYouMean } from '../../source/did-you-mean.ts'
import { invalid, required } from './complaints.ts'
import { integer, text } from './decode.ts'
import { type Field, isPresent } from './field.ts'

/*
 * The API server's rules for names, labels and ports, in its words.
 */

/** A violation in the API server's words. */
interface Violation extends Pick<Diagnostic, 'brief' | 'example'> {
  readonly text: string
}

/** A rule for values. */
export interface ValueRule<T> {
  /** The violations, in the API server's order. */
  readonly faults: (value: T) => readonly Violation[]
  /** What to write instead of a value that breaks it. */
  readonly help: (value: T) => string
}

/** A regular expression, and the violation by a value that it does not match. */
interface Pattern {
  readonly expression: RegExp
  readonly violation: Violation
}

function pattern(source: string, rule: string, examples: string, rest = ''): Pattern {
  const example = `e.g. ${examples}, regex used for validation is '${source}'`
  const violation = { text: `${rule} (${example})${rest}`, brief: `${rule}${rest}`, example }
  return { expression: new RegExp(`^(?:${source})$`), violation }
}

const SUBDOMAIN_SOURCE = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const QUALIFIED_SOURCE = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const MIXED_ENDS = `alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`

const SUBDOMAIN = pattern(
  SUBDOMAIN_SOURCE,
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
  `'example.com'`,
)
const SEARCHED = pattern(
  '[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*',
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character`,
  `'example.com'`,
)
const LABEL_PATTERN = pattern(
  '[a-z0-9]([-a-z0-9]*[a-z0-9])?',
  `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character`,
  `'my-name',  or '123-abc'`,
)
const SERVICE = pattern(
  '[a-z]([-a-z0-9]*[a-z0-9])?',
  `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character`,
  `'my-name',  or 'abc-123'`,
)
const WILDCARD = pattern(
  `\\*\\.${SUBDOMAIN_SOURCE}`,
  `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character`,
  `'*.example.com'`,
)
const NAME_PART = pattern(
  QUALIFIED_SOURCE,
  `name part must consist of ${MIXED_ENDS}`,
  `'MyName',  or 'my.name',  or '123-abc'`,
)
const KEY_PATTERN = pattern(
  QUALIFIED_SOURCE,
  `a valid label key must consist of ${MIXED_ENDS}`,
  `'MyName',  or 'my.name',  or '123-abc'`,
  ` with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
)
const VALUE_PATTERN = pattern(
  `(${QUALIFIED_SOURCE})?`,
  `a valid label must be an empty string or consist of ${MIXED_ENDS}`,
  `'MyValue',  or 'my_value',  or '12345'`,
)

/** The length in UTF-8 bytes, which is what the API server counts. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

const tooLong = (value: string, limit: number): readonly Violation[] =>
  // A character has three bytes at most for each of its code units, so short names need no encoding.
  value.length * 3 > limit && bytesOf(value) > limit ? [{ text: `must be no more than ${limit} bytes` }] : []
const violatedUnless = (holds: boolean, text: string): readonly Violation[] => (holds ? [] : [{ text }])
const unlike = ({ expression, violation }: Pattern, value: string): readonly Violation[] =>
  expression.test(value) ? [] : [violation]

/** A rule whose help is the probably intended value: invalid characters replaced, the ends trimmed. */
function textRule(
  faults: (value: string) => readonly Violation[],
  meant: (value: string) => string,
  otherwise: string,
): ValueRule<string> {
  return {
    faults,
    help: value => {
      const near = meant(value).replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '')
      const isValid = near !== '' && near !== value && faults(near).length === 0
      return didYouMean(isValid ? near : undefined, otherwise)
    },
  }
}

const lowerCase = (value: string): string => value.toLowerCase().replace(/[^a-z0-9.]+/g, '-')
const hyphenated = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** S-106: the names of most objects. */
export const SUBDOMAIN_NAME = textRule(
  value => [...tooLong(value, 253), ...unlike(SUBDOMAIN, value)],
  lowerCase,
  'use lower-case letters, digits, `-` and `.`, at most 253 of them, with a letter or digit at both ends',
)

/** S-157: the host of an Ingress, whose first label may be a wildcard. */
export const HOST_NAME: ValueRule<string> = {
  faults: host => {
    if (parseAddress(host) !== undefined) return [{ text: 'must be a DNS name, not an IP address' }]
    return host.includes('*') ? unlike(WILDCARD, host) : SUBDOMAIN_NAME.faults(host)
  },
  help: host =>
    parseAddress(host) === undefined && !host.includes('*')
      ? SUBDOMAIN_NAME.help(host)
      : 'write a name such as `shop.example.com` or `*.example.com`, or leave `host` out to mean every name',
}

/** S-107: the names of namespaces and of other objects that become one label of a DNS name. */
export const LABEL_NAME = textRule(
  value => [
    ...tooLong(value, 63),
    ...(value.includes('.') ? [{ text: 'must not contain dots' }] : unlike(LABEL_PATTERN, value)),
  ],
  hyphenated,
  'use lower-case letters, digits and `-`, at most 63 of them, with a letter or digit at both ends',
)

/** Accepts every value. */
export const ANY_TEXT: ValueRule<string> = { faults: () => [], help: () => '' }

/** A domain that a Pod searches: like a name, but with `_` and with a dot at the end. */
export const SEARCH_DOMAIN = textRule(
  domain => {
    const name = domain.replace(/\.$/, '')
    if (domain === '.') return []
    return [...tooLong(name, 253), ...unlike(SEARCHED, name)]
  },
  lowerCase,
  'write a domain such as `example.com`',
)

/** S-153; from 1.36 on the name may begin with a digit: see `startsWithDigit`. */
export const SERVICE_NAME = textRule(
  value => [...tooLong(value, 63), ...(startsWithDigit(value) ? [] : unlike(SERVICE, value))],
  hyphenated,
  'use lower-case letters, digits and `-`, at most 63 of them, with a letter at the start',
)

/** Whether only clusters from 1.36 on accept a name for a Service. */
export const startsWithDigit = (name: string): boolean =>
  LABEL_PATTERN.expression.test(name) && /^[0-9]/.test(name)

/** S-121. */
export const LABEL_KEY = textRule(
  labelKeyFaults,
  key => key.trim().replace(/\s+/g, '-'),
  'a key is a name such as `app`, with at most one prefix: `example.com/app`',
)

function labelKeyFaults(key: string): readonly Violation[] {
  const parts = key.split('/')
  if (parts.length > 2) return [KEY_PATTERN.violation]
  const [name = '', prefix] = parts.reverse()
  return [
    ...(prefix === undefined ? [] : partFaults('prefix', prefix, SUBDOMAIN_NAME.faults)),
    ...partFaults('name', name, () => tooLong(name, 63)),
    ...unlike(NAME_PART, name),
  ]
}

function partFaults(part: string, value: string, faults: ValueRule<string>['faults']): readonly Violation[] {
  const found = value === '' ? [{ text: 'must be non-empty' }] : faults(value)
  return found.map(({ text, brief, ...more }) => ({
    text: `${part} part ${text}`,
    ...(brief !== undefined && { brief: `${part} part ${brief}` }),
    ...more,
  }))
}

/** Keys of annotations: as for labels, but case-insensitive. */
export const ANNOTATION_KEY: ValueRule<string> = {
  faults: key => LABEL_KEY.faults(key.toLowerCase()),
  help: LABEL_KEY.help,
}

/** S-122. */
export const LABEL_VALUE = textRule(
  value => [...tooLong(value, 63), ...unlike(VALUE_PATTERN, value)],
  value => value.trim().replace(/[^-A-Za-z0-9_.]+/g, '-'),
  'use letters, digits, `-`, `_` and `.`, at most 63 of them, with a letter or digit at both ends',
)

/** S-110: the name of a container port, in a policy and in a container. */
export const PORT_NAME = textRule(
  portNameFaults,
  hyphenated,
  'the name of a port has up to 15 lower-case letters, digits and `-`, and one letter at least',
)

function portNameFaults(name: string): readonly Violation[] {
  return [
    ...tooLong(name, 15),
    ...violatedUnless(
      /^[-a-z0-9]+$/.test(name),
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ),
    ...violatedUnless(/[a-z]/.test(name), 'must contain at least one letter (a-z)'),
    ...violatedUnless(!name.includes('--'), 'must not contain consecutive hyphens'),
    ...violatedUnless(!/^-|-$/.test(name), 'must not begin or end with a hyphen'),
  ]
}

const NAME_OR_NUMBER = textRule(
  portNameFaults,
  hyphenated,
  'a port is a number, or a name of up to 15 lower-case letters, digits and `-`',
)

/** The same, where a number is allowed as well. */
export const PORT_NAME_OR_NUMBER: ValueRule<string> = {
  faults: portNameFaults,
  help: written =>
    /^\d+$/.test(written)
      ? `write ${written} without quotes: in quotes it is the name of a port`
      : NAME_OR_NUMBER.help(written),
}

/** S-111. */
export const PORT_NUMBER: ValueRule<number> = {
  faults: port =>
    violatedUnless(port >= LOWEST_PORT && port <= HIGHEST_PORT, 'must be between 1 and 65535, inclusive'),
  help: port =>
    port < LOWEST_PORT ? `the lowest port is ${LOWEST_PORT}` : `the highest port is ${HIGHEST_PORT}`,
}

/** Complains about each violation of the rule; true where there is none. */
export function check<T>(field: Field, value: T, rule: ValueRule<T>): boolean {
  const faults = rule.faults(value)
  for (const { text: detail, ...more } of faults) invalid({ ...field, value }, detail, rule.help(value), more)
  return faults.length === 0
}

/** A port number that has to be in range; undefined, and complained about, where it is not. */
export function portNumber(field: Field): number | undefined {
  const value = integer(field)
  return value !== undefined && check(field, value, PORT_NUMBER) ? value : undefined
}

/** A string that has to obey a rule; undefined, and complained about where it is not absent, when it does not. */
export function checkedText(field: Field, rule: ValueRule<string>): string | undefined {
  const value = text(field)
  return value !== undefined && check(field, value, rule) ? value : undefined
}

/** `metadata.name` (S-105). */
export function objectName(field: Field, rule: ValueRule<string>): string | undefined {
  if (isPresent(field) && field.value !== '') return checkedText(field, rule)
  required(field, 'name or generateName is required', 'write `name:` with a name of its own')
  return undefined
}
