import { parseAddress } from '../sets/addresses.ts'
import { type Field, fieldPath, integer, invalid, isPresent, text } from './decode.ts'

/*
 * The API server's rules for names and labels, with its texts. Every function complains once for each rule that
 * the value breaks, in the API server's order.
 */

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*'
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SERVICE_NAME = '[a-z]([-a-z0-9]*[a-z0-9])?'
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${QUALIFIED})?`

const SUBDOMAIN_TEXT = `a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`
const LABEL_TEXT = `a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`
const SERVICE_NAME_TEXT = `a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '${SERVICE_NAME}')`
const WILDCARD = `\\*\\.${SUBDOMAIN}`
const WILDCARD_TEXT = `a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '${WILDCARD}')`
const NAME_PART_TEXT = `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`
const LABEL_KEY_TEXT = `a valid label key must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`
const LABEL_VALUE_TEXT = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '${LABEL_VALUE}')`

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`)
const IS_SUBDOMAIN = whole(SUBDOMAIN)
const IS_LABEL = whole(LABEL)
const IS_SERVICE_NAME = whole(SERVICE_NAME)
const IS_WILDCARD = whole(WILDCARD)
const IS_QUALIFIED = whole(QUALIFIED)
const IS_LABEL_VALUE = whole(LABEL_VALUE)
const tooLong = (value: string, limit: number): readonly string[] =>
  Buffer.byteLength(value) > limit ? [`must be no more than ${limit} bytes`] : []
const unless = (holds: boolean, reason: string): readonly string[] => (holds ? [] : [reason])

/** S-106. */
export function subdomainFaults(value: string): readonly string[] {
  return [...tooLong(value, 253), ...unless(IS_SUBDOMAIN.test(value), SUBDOMAIN_TEXT)]
}

/** S-157: the host of an Ingress, where a wildcard may stand for the first label. */
export function hostFaults(host: string): readonly string[] {
  if (parseAddress(host) !== undefined) return ['must be a DNS name, not an IP address']
  if (!host.includes('*')) return subdomainFaults(host)
  return unless(IS_WILDCARD.test(host), WILDCARD_TEXT)
}

/** S-107. */
export function labelFaults(value: string): readonly string[] {
  const dots = value.includes('.') ? ['must not contain dots'] : []
  return [...tooLong(value, 63), ...(dots.length > 0 ? dots : unless(IS_LABEL.test(value), LABEL_TEXT))]
}

/** S-153. */
export function serviceNameFaults(value: string): readonly string[] {
  return [...tooLong(value, 63), ...unless(IS_SERVICE_NAME.test(value), SERVICE_NAME_TEXT)]
}

/** S-121. */
export function labelKeyFaults(key: string): readonly string[] {
  const parts = key.split('/')
  if (parts.length > 2) return [LABEL_KEY_TEXT]
  const [prefix, name] = parts.length === 2 ? [parts[0], parts[1]] : [undefined, parts[0]]
  const prefixFaults =
    prefix === undefined
      ? []
      : prefix === ''
        ? ['prefix part must be non-empty']
        : subdomainFaults(prefix).map(fault => `prefix part ${fault}`)
  if (name === undefined || name === '')
    return [...prefixFaults, 'name part must be non-empty', NAME_PART_TEXT]
  const length = tooLong(name, 63).map(fault => `name part ${fault}`)
  return [...prefixFaults, ...length, ...unless(IS_QUALIFIED.test(name), NAME_PART_TEXT)]
}

/** S-122. */
export function labelValueFaults(value: string): readonly string[] {
  return [...tooLong(value, 63), ...unless(IS_LABEL_VALUE.test(value), LABEL_VALUE_TEXT)]
}

/** S-110: the name of a container port, in a policy and in a container. */
export function portNameFaults(name: string): readonly string[] {
  return [
    ...tooLong(name, 15),
    ...unless(
      /^[-a-z0-9]+$/.test(name),
      'must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)',
    ),
    ...unless(/[a-z]/.test(name), 'must contain at least one letter (a-z)'),
    ...unless(!name.includes('--'), 'must not contain consecutive hyphens'),
    ...unless(!/^-|-$/.test(name), 'must not begin or end with a hyphen'),
  ]
}

/** S-111. */
export function portNumberFaults(port: number): readonly string[] {
  return unless(port >= 1 && port <= 65535, 'must be between 1 and 65535, inclusive')
}

/** Complains about a value once for each fault; says whether there was none. */
export function check(field: Field, faults: readonly string[], help?: string): boolean {
  for (const fault of faults) invalid(field, fault, help)
  return faults.length === 0
}

/** A port number that has to be in range; undefined, and complained about, where it is not. */
export function portNumber(field: Field): number | undefined {
  const value = integer(field)
  return value !== undefined && check(field, portNumberFaults(value)) ? value : undefined
}

/** A string that has to obey `faultsOf`; undefined, and complained about where it is not absent, when it does not. */
export function checkedText(
  field: Field,
  faultsOf: (value: string) => readonly string[],
): string | undefined {
  const value = text(field)
  return value !== undefined && check(field, faultsOf(value)) ? value : undefined
}

/** `metadata.name` (S-105). An object of a live cluster has one; a generateName alone names nothing that can be asked for. */
export function objectName(field: Field, faultsOf: (value: string) => readonly string[]): string | undefined {
  if (isPresent(field) && field.value !== '') return checkedText(field, faultsOf)
  field.complain({
    severity: 'error',
    code: 'REQUIRED_VALUE',
    message: `${fieldPath(field)}: Required value: name or generateName is required`,
    at: field.at,
  })
  return undefined
}
