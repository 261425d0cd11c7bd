import { parseAddress } from '../../sets/addresses.ts'
import { HIGHEST_PORT, LOWEST_PORT } from '../../sets/connections.ts'
import { invalid, required } from './complaints.ts'
import { integer, text } from './decode.ts'
import { type Field, isPresent } from './field.ts'

/*
 * The API server's rules for names, labels and ports, with its texts.
 */

/** A violation in the API server's words; `example` is the part of them that is too long for a sentence. */
export interface Violation {
  readonly text: string
  readonly example?: string
}

/** A rule for values. */
export interface Rule<T> {
  /** The violations, in the API server's order. */
  readonly faults: (value: T) => readonly Violation[]
  /** What to write instead of a value that breaks it. */
  readonly help: (value: T) => string
}

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SERVICE = '[a-z]([-a-z0-9]*[a-z0-9])?'
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const VALUE = `(${QUALIFIED})?`

/** A rule in the API server's words, with its example and its regular expression. */
function withExample(rule: string, examples: string, pattern: string, rest = ''): Violation {
  const example = `e.g. ${examples}, regex used for validation is '${pattern}'`
  return { text: `${rule} (${example})${rest}`, example }
}

const SUBDOMAIN_TEXT = withExample(
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character`,
  `'example.com'`,
  SUBDOMAIN,
)
const LABEL_TEXT = withExample(
  `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character`,
  `'my-name',  or '123-abc'`,
  LABEL,
)
const SERVICE_NAME_TEXT = withExample(
  `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character`,
  `'my-name',  or 'abc-123'`,
  SERVICE,
)
const SEARCHED = '[a-z0-9]([-_a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-_a-z0-9]*[a-z0-9])?)*'
const SEARCH_DOMAIN_TEXT = withExample(
  `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character`,
  `'example.com'`,
  SEARCHED,
)
const WILDCARD = `\\*\\.${SUBDOMAIN}`
const WILDCARD_TEXT = withExample(
  `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character`,
  `'*.example.com'`,
  WILDCARD,
)
const NAME_PART_TEXT = withExample(
  `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
  `'MyName',  or 'my.name',  or '123-abc'`,
  QUALIFIED,
)
const LABEL_KEY_TEXT = withExample(
  `a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
  `'MyName',  or 'my.name',  or '123-abc'`,
  QUALIFIED,
  ` with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
)
const LABEL_VALUE_TEXT = withExample(
  `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`,
  `'MyValue',  or 'my_value',  or '12345'`,
  VALUE,
)

/** The length in UTF-8 bytes, which is what the API server counts. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

const tooLong = (value: string, limit: number): readonly Violation[] =>
  // A character has three bytes at most for each of its code units, so short names need no encoding.
  value.length * 3 > limit && bytesOf(value) > limit ? [{ text: `must be no more than ${limit} bytes` }] : []
const unless = (holds: boolean, reason: Violation | string): readonly Violation[] =>
  holds ? [] : [typeof reason === 'string' ? { text: reason } : reason]
const matches = (pattern: string): ((value: string) => boolean) => {
  const whole = new RegExp(`^(?:${pattern})$`)
  return value => whole.test(value)
}
const isSubdomain = matches(SUBDOMAIN)
const isSearchDomain = matches(SEARCHED)
const isLabel = matches(LABEL)
const isService = matches(SERVICE)
const isWildcard = matches(WILDCARD)
const isQualified = matches(QUALIFIED)
const isValue = matches(VALUE)

/** A rule whose help is the probably intended value: invalid characters replaced, the ends trimmed. */
function textRule(
  faults: (value: string) => readonly Violation[],
  meant: (value: string) => string,
  otherwise: string,
): Rule<string> {
  return {
    faults,
    help: value => {
      const near = meant(value).replace(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '')
      return near !== '' && near !== value && faults(near).length === 0
        ? `did you mean \`${near}\`?`
        : otherwise
    },
  }
}

const lowerCase = (value: string): string => value.toLowerCase().replace(/[^a-z0-9.]+/g, '-')
const hyphenated = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** S-106: the names of most objects. */
export const SUBDOMAIN_NAME = textRule(
  value => [...tooLong(value, 253), ...unless(isSubdomain(value), SUBDOMAIN_TEXT)],
  lowerCase,
  'use lower-case letters, digits, `-` and `.`, at most 253 of them, with a letter or digit at both ends',
)

/** S-157: the host of an Ingress, whose first label may be a wildcard. */
export const HOST_NAME: Rule<string> = {
  faults: host => {
    if (parseAddress(host) !== undefined) return [{ text: 'must be a DNS name, not an IP address' }]
    return host.includes('*') ? unless(isWildcard(host), WILDCARD_TEXT) : SUBDOMAIN_NAME.faults(host)
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
    ...unless(!value.includes('.'), 'must not contain dots'),
    ...unless(value.includes('.') || isLabel(value), LABEL_TEXT),
  ],
  hyphenated,
  'use lower-case letters, digits and `-`, at most 63 of them, with a letter or digit at both ends',
)

/** Accepts every value. */
export const ANY_TEXT: Rule<string> = { faults: () => [], help: () => '' }

/** A domain that a Pod searches: like a name, but with `_` and with a dot at the end. */
export const SEARCH_DOMAIN = textRule(
  domain => {
    const name = domain.replace(/\.$/, '')
    if (domain === '.') return []
    return [...tooLong(name, 253), ...unless(isSearchDomain(name), SEARCH_DOMAIN_TEXT)]
  },
  lowerCase,
  'write a domain such as `example.com`',
)

/** S-153; from 1.36 on the name may begin with a digit: see `startsWithDigit`. */
export const SERVICE_NAME = textRule(
  value => [...tooLong(value, 63), ...unless(isService(value) || startsWithDigit(value), SERVICE_NAME_TEXT)],
  hyphenated,
  'use lower-case letters, digits and `-`, at most 63 of them, with a letter at the start',
)

/** Whether only clusters from 1.36 on accept a name for a Service. */
export const startsWithDigit = (name: string): boolean => isLabel(name) && /^[0-9]/.test(name)

/** S-121. */
export const LABEL_KEY = textRule(
  labelKeyFaults,
  key => key.trim().replace(/\s+/g, '-'),
  'a key is a name such as `app`, with at most one prefix: `example.com/app`',
)

function labelKeyFaults(key: string): readonly Violation[] {
  const parts = key.split('/')
  if (parts.length > 2) return [LABEL_KEY_TEXT]
  const [prefix, name] = parts.length === 2 ? [parts[0], parts[1]] : [undefined, parts[0]]
  const prefixFaults =
    prefix === undefined
      ? []
      : prefix === ''
        ? [{ text: 'prefix part must be non-empty' }]
        : SUBDOMAIN_NAME.faults(prefix).map(of('prefix'))
  if (name === undefined || name === '')
    return [...prefixFaults, { text: 'name part must be non-empty' }, NAME_PART_TEXT]
  const length = tooLong(name, 63).map(of('name'))
  return [...prefixFaults, ...length, ...unless(isQualified(name), NAME_PART_TEXT)]
}

const of =
  (part: string) =>
  (violation: Violation): Violation => ({ ...violation, text: `${part} part ${violation.text}` })

/** Keys of annotations: as for labels, but case-insensitive. */
export const ANNOTATION_KEY: Rule<string> = {
  faults: key => LABEL_KEY.faults(key.toLowerCase()),
  help: LABEL_KEY.help,
}

/** S-122. */
export const LABEL_VALUE = textRule(
  value => [...tooLong(value, 63), ...unless(isValue(value), LABEL_VALUE_TEXT)],
  value => value.trim().replace(/[^-A-Za-z0-9_.]+/g, '-'),
  'use letters, digits, `-`, `_` and `.`, at most 63 of them, with a letter or digit at both ends',
)

/** S-110: the name of a container port, in a policy and in a container. */
export const PORT_NAME: Rule<string> = {
  faults: name => [
    ...tooLong(name, 15),
    ...unless(
      /^[-a-z0-9]+$/.test(name),
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ),
    ...unless(/[a-z]/.test(name), 'must contain at least one letter (a-z)'),
    ...unless(!name.includes('--'), 'must not contain consecutive hyphens'),
    ...unless(!/^-|-$/.test(name), 'must not begin or end with a hyphen'),
  ],
  help: name => {
    const near = hyphenated(name).replace(/^-|-$/g, '')
    return near !== name && near !== '' && PORT_NAME.faults(near).length === 0
      ? `did you mean \`${near}\`?`
      : 'the name of a port has up to 15 lower-case letters, digits and `-`, and one letter at least'
  },
}

/** The same, where a number is allowed as well. */
export const PORT_NAME_OR_NUMBER: Rule<string> = {
  faults: PORT_NAME.faults,
  help: written => {
    if (/^\d+$/.test(written)) return `write ${written} without quotes: in quotes it is the name of a port`
    const help = PORT_NAME.help(written)
    return help.startsWith('did you')
      ? help
      : 'a port is a number, or a name of up to 15 lower-case letters, digits and `-`'
  },
}

/** S-111. */
export const PORT_NUMBER: Rule<number> = {
  faults: port =>
    unless(port >= LOWEST_PORT && port <= HIGHEST_PORT, 'must be between 1 and 65535, inclusive'),
  help: port =>
    port < LOWEST_PORT ? `the lowest port is ${LOWEST_PORT}` : `the highest port is ${HIGHEST_PORT}`,
}

/** Complains about each violation of the rule; true where there is none. */
export function check<T>(field: Field, value: T, rule: Rule<T>): boolean {
  const faults = rule.faults(value)
  for (const { text: detail, example } of faults)
    invalid({ ...field, value }, detail, rule.help(value), { ...(example !== undefined && { example }) })
  return faults.length === 0
}

/** A port number that has to be in range; undefined, and complained about, where it is not. */
export function portNumber(field: Field): number | undefined {
  const value = integer(field)
  return value !== undefined && check(field, value, PORT_NUMBER) ? value : undefined
}

/** A string that has to obey a rule; undefined, and complained about where it is not absent, when it does not. */
export function checkedText(field: Field, rule: Rule<string>): string | undefined {
  const value = text(field)
  return value !== undefined && check(field, value, rule) ? value : undefined
}

/** `metadata.name` (S-105). */
export function objectName(field: Field, rule: Rule<string>): string | undefined {
  if (isPresent(field) && field.value !== '') return checkedText(field, rule)
  required(field, 'name or generateName is required', 'write `name:` with a name of its own')
  return undefined
}
