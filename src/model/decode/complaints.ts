import type { Diagnostic, DiagnosticCode } from '../../source/diagnostic.ts'
import { didYouMean, nearest, startsLike } from '../../source/did-you-mean.ts'
import { writtenAt } from '../../source/position.ts'
import { type Field, fieldPath, locationOf } from './field.ts'
import { helpForMisplaced, helpForPlainSelector } from './misplaced-fields.ts'

/*
 * Complaints about a field that the API server refuses: its path, the reason in the API server's words, and what to do.
 */

/** The value is missing where one is needed. */
export function required(field: Field, detail: string, help: string): void {
  report(field, 'REQUIRED_VALUE', `Required value${detail && `: ${detail}`}`, help)
}

/** The value may not be there. */
export function forbidden(field: Field, detail: string, help: string): void {
  report(field, 'FORBIDDEN', `Forbidden: ${detail}`, help)
}

/** The value is wrong; it is shown in the API server's rendering (S-101). */
export function invalid(field: Field, detail: string, help: string, { brief, ...more }: More = {}): void {
  const start = `Invalid value: ${rendered(field.value)}: `
  const briefly = brief !== undefined && { brief: start + brief }
  report(field, 'INVALID_VALUE', start + detail, help, { ...briefly, ...more })
}

/** The value is not in a fixed list, whose order is kept (S-102). */
export function unsupported(field: Field, supported: readonly string[]): void {
  const list = supported.map(value => JSON.stringify(value)).join(', ')
  const { value: written } = field
  const near =
    typeof written === 'string' ? nearest(written, supported.filter(startsLike(written))) : undefined
  const help = didYouMean(near, `write one of ${supported.map(value => `\`${value}\``).join(', ')}`)
  const value = rendered(field.value)
  report(field, 'UNSUPPORTED_VALUE', `Unsupported value: ${value}: supported values: ${list}`, help)
}

/** The value is a duplicate where it has to be unique. */
export function duplicateValue(field: Field, help: string): void {
  report(field, 'DUPLICATE_VALUE', `Duplicate value: ${rendered(field.value)}`, help)
}

/** Complains about a field whose value an earlier one has. */
export function duplicates(help: string): (field: Field) => void {
  const seen = new Set<unknown>()
  return field => {
    if (seen.has(field.value)) duplicateValue(field, help)
    seen.add(field.value)
  }
}

type More = Partial<Pick<Diagnostic, 'severity' | 'brief' | 'example' | 'related'>>

/** Complains about a field with a text that is not one of those above. */
export function report(
  field: Field,
  code: DiagnosticCode,
  text: string,
  help: string,
  { brief, ...more }: More = {},
): void {
  const start = `${fieldPath(field) || 'the object'}: `
  field.object.complain({
    severity: 'error',
    code,
    message: start + text,
    ...(brief !== undefined && { brief: start + brief }),
    field: fieldPath(field),
    at: field.mark?.() ?? locationOf(field),
    help,
    ...more,
  })
}

/** How much of a value is shown: it may be as long as a file. */
const SHOWN_VALUE = 1000

function rendered(value: unknown): string {
  const text = stringified(value)
  return text.length > SHOWN_VALUE ? `${text.slice(0, SHOWN_VALUE)}…` : text
}

/** A value that is nested too deeply for JSON.stringify is not shown. */
function stringified(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null'
  } catch (error) {
    if (error instanceof RangeError) return '…'
    throw error
  }
}

/** A field that the kind does not have (S-135, S-137). */
export function unknownField(field: Field, key: string, known: readonly string[]): void {
  const near = nearest(key, known)
  field.object.complain({
    severity: 'error',
    code: 'UNKNOWN_FIELD',
    message: `unknown field "${fieldPath(field)}"`,
    field: fieldPath(field),
    at: { ...locationOf(field), part: 'key' },
    help: helpForMisplaced(field, key) ?? helpForUnknown(key, near, known),
  })
}

function helpForUnknown(key: string, near: string | undefined, known: readonly string[]): string {
  const visible = key.replace(/[^\x21-\x7e]/g, '')
  if (visible !== key && known.includes(visible))
    return `there is a blank or an invisible character in it: type \`${visible}\` anew`
  // `namespace` for `namespaceSelector`.
  const meant = near ?? known.find(name => key.length > 2 && name.startsWith(key))
  return didYouMean(meant, fieldsHere(known))
}

/** Long lists of fields are not shown. */
function fieldsHere(known: readonly string[]): string {
  return known.length > 16
    ? 'remove it, or move it to where it belongs: `kubectl explain` lists the fields'
    : `the fields here are: ${known.join(', ')}`
}

/** What a field has to be. */
type WantedType = 'a string' | 'a whole number' | 'true or false' | 'a list' | 'a mapping'

/** The value is of another type than its field (S-140, S-142). */
export function wrongType(field: Field, wanted: WantedType, known: readonly string[] = []): undefined {
  const written = writtenAt(locationOf(field))
  const { value } = field
  const text = `must be ${wanted}, not ${typeText(value, written, wanted)}`
  const plain = wanted === 'a mapping' ? helpForPlainSelector(field, value, known) : undefined
  report(field, 'WRONG_TYPE', text, plain ?? helpForType(value, wanted, written, known))
  return undefined
}

/** The type of a value in words. */
function typeText(value: unknown, written: string, wanted: WantedType): string {
  if (Array.isArray(value)) return 'a list'
  switch (typeof value) {
    case 'string':
      return 'a string'
    case 'number':
      return written === String(value) && wanted !== 'a whole number' ? 'a number' : `the number ${value}`
    case 'boolean':
      return `the boolean ${value}`
    default:
      return 'a mapping'
  }
}

function helpForType(value: unknown, wanted: WantedType, written: string, known: readonly string[]): string {
  switch (wanted) {
    case 'a string':
      return typeof value === 'object' ? helpForPlainValue(value) : helpForString(value, written)
    case 'a whole number':
      return typeof value === 'string' && /^\d+$/.test(value)
        ? `write ${value} without quotes: in quotes it is a string`
        : 'write a number without quotes, such as 80'
    case 'true or false':
      return 'write `true` or `false`, without quotes'
    case 'a list':
      return helpForList(value, written)
    case 'a mapping':
      return helpForMapping(value, known)
  }
}

function helpForList(value: unknown, written: string): string {
  if (typeof value !== 'object' || value === null)
    return `write \`[${written || String(value)}]\`: a list of one`
  const [first] = Object.keys(value)
  return first === undefined
    ? 'write `[]` for an empty list'
    : `every item of a list starts with a \`-\`: put one before \`${first}\``
}

function helpForString(value: unknown, written: string): string {
  const plain = /^[^\s"'#]+$/.test(written) ? written : String(value)
  const reads = plain === String(value) ? 'without quotes it is no string' : `YAML reads ${plain} as ${value}`
  return `write "${plain}" in quotes: ${reads}`
}

function helpForPlainValue(value: unknown): string {
  return Array.isArray(value)
    ? 'one value goes here: leave out the brackets or the `-`'
    : 'one value goes here, with no fields below it'
}

function helpForMapping(value: unknown, known: readonly string[]): string {
  if (typeof value === 'string' && /^\w+:\S/.test(value))
    return `a blank is missing behind the colon: \`${value.replace(':', ': ')}\``
  const [word = ''] = typeof value === 'string' ? value.split(/\s/) : []
  if (known.includes(word)) return `a colon is missing behind \`${word}\``
  if (typeof value === 'number' && known.includes('port')) return `write \`port: ${value}\``
  if (Array.isArray(value)) return 'leave out the `-`: fields go here, and no list'
  return known.length > 0 && known.length <= 16
    ? `fields go here: ${known.join(', ')}`
    : 'fields go here, each as `name: value`'
}
