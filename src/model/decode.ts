import { distance } from 'fastest-levenshtein'
import type { Complain } from '../source/diagnostic.ts'
import { nearest } from '../source/did-you-mean.ts'
import { below, type Location } from '../source/file.ts'

/** A value of a manifest that knows where it stands, so that every complaint can point at it. */
export interface Field {
  readonly value: unknown
  readonly at: Location
  /** How many steps of the path lead to the object's own root: more than none inside a List. */
  readonly root: number
  readonly complain: Complain
  /** Where to point instead of at the value, when the API's path says less than we know: a key of a map of labels. */
  readonly mark?: Location
}

/** The field's path as the API server writes it: `spec.ingress[0].from[1]` (S-136). */
export function fieldPath(field: Field): string {
  return pathText(field.at.path.slice(field.root))
}

export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

/** `null` is accepted for every field and means that it is absent (S-141). */
export const isPresent = (field: Field): boolean => field.value !== undefined && field.value !== null

/** The field, or an absent one where it is the empty string: so the API server has it where a field defaults. */
export const unlessEmpty = (field: Field): Field =>
  field.value === '' ? { ...field, value: undefined } : field

/** The value is missing where one is needed. */
export function required(field: Field, detail = '', help?: string): void {
  report(field, 'REQUIRED_VALUE', `Required value${detail && `: ${detail}`}`, help)
}

/** The value may not be there. */
export function forbidden(field: Field, detail: string, help?: string): void {
  report(field, 'FORBIDDEN', `Forbidden: ${detail}`, help)
}

/** The value is wrong; it is shown in the API server's rendering (S-101). */
export function invalid(field: Field, detail: string, help?: string): void {
  report(field, 'INVALID_VALUE', `Invalid value: ${rendered(field.value)}: ${detail}`, help)
}

/** The value is none of a fixed list, whose order is kept (S-102). */
export function unsupported(field: Field, supported: readonly string[]): void {
  const list = supported.map(value => JSON.stringify(value)).join(', ')
  const near = typeof field.value === 'string' ? nearest(field.value, supported) : undefined
  const help = near === undefined ? undefined : `did you mean \`${near}\`?`
  report(
    field,
    'UNSUPPORTED_VALUE',
    `Unsupported value: ${rendered(field.value)}: supported values: ${list}`,
    help,
  )
}

/** The value stands twice where it has to be unique. */
export function duplicate(field: Field, help?: string): void {
  report(field, 'DUPLICATE_VALUE', `Duplicate value: ${rendered(field.value)}`, help)
}

function report(field: Field, code: string, text: string, help: string | undefined): void {
  const message = `${fieldPath(field)}: ${text}`
  field.complain({
    severity: 'error',
    code,
    message,
    at: field.mark ?? field.at,
    ...(help !== undefined && { help }),
  })
}

const rendered = (value: unknown): string => JSON.stringify(value) ?? 'null'

/**
 * The fields of an object, by name; absent where the value is not there or is no object. With `known`, every other
 * field is an error, as with `kubectl apply --validate=strict` (S-135, S-137); without, the object is read as far as
 * we know it and the rest is nobody's business here.
 */
export function fields(field: Field, known?: readonly string[]): (key: string) => Field {
  const value = isPresent(field) && !isMapping(field.value) ? wrongType(field, 'a mapping') : field.value
  const entries = isMapping(value) ? value : {}
  const child = (key: string): Field => ({
    ...field,
    value: Object.hasOwn(entries, key) ? entries[key] : undefined,
    at: below(field.at, key),
  })
  if (known !== undefined)
    for (const key of Object.keys(entries)) if (!known.includes(key)) unknownField(child(key), key, known)
  return child
}

/**
 * Complains about fields that are but a slip away from one that the evaluation uses: `label` for `labels`. For kinds
 * whose full list of fields grows with each release of Kubernetes, where an unknown field is more likely new than wrong.
 */
export function misspellings(field: Field, used: readonly string[]): void {
  if (!isMapping(field.value)) return
  for (const [key, value] of Object.entries(field.value)) {
    if (used.includes(key) || key.length < 4) continue
    const near = used.find(name => isSlipOf(key, name))
    if (near !== undefined && !(near in field.value)) {
      unknownField({ ...field, value, at: below(field.at, key) }, key, [near])
    }
  }
}

/** The length is compared first: it tells most names apart at no cost. */
function isSlipOf(key: string, name: string): boolean {
  return Math.abs(key.length - name.length) <= 1 && distance(key.toLowerCase(), name.toLowerCase()) <= 1
}

/** The items of a list; none where the value is not there or is no list. */
export function items(field: Field): readonly Field[] {
  const value = isPresent(field) && !Array.isArray(field.value) ? wrongType(field, 'a list') : field.value
  if (!Array.isArray(value)) return []
  return value.map((item: unknown, index) => ({
    ...field,
    value: item,
    at: below(field.at, index),
  }))
}

export function text(field: Field): string | undefined {
  if (!isPresent(field)) return undefined
  return typeof field.value === 'string' ? field.value : wrongType(field, 'a string')
}

/** A whole number; `80.0` is one (S-142). */
export function integer(field: Field): number | undefined {
  if (!isPresent(field)) return undefined
  return typeof field.value === 'number' && Number.isInteger(field.value)
    ? field.value
    : wrongType(field, 'a whole number')
}

export function flag(field: Field): boolean {
  if (!isPresent(field)) return false
  return typeof field.value === 'boolean' ? field.value : (wrongType(field, 'true or false') ?? false)
}

/** A string out of a fixed list; `fallback` where it is absent. */
export function choice<T extends string>(field: Field, supported: readonly T[], fallback: T): T {
  const value = text(field)
  if (value === undefined) return fallback
  const found = supported.find(candidate => candidate === value)
  if (found === undefined) unsupported(field, supported)
  return found ?? fallback
}

/** A map of strings, as labels are. */
export function textMap(field: Field): ReadonlyMap<string, string> {
  const child = fields(field)
  const out = new Map<string, string>()
  for (const key of isMapping(field.value) ? Object.keys(field.value) : []) {
    // A null in a map of strings is the empty string: so the API server's decoder has it.
    const value = isPresent(child(key)) ? text(child(key)) : ''
    if (value !== undefined) out.set(key, value)
  }
  return out
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function unknownField(field: Field, key: string, known: readonly string[]): void {
  const near = nearest(key, known)
  field.complain({
    severity: 'error',
    code: 'UNKNOWN_FIELD',
    message: `unknown field "${fieldPath(field)}"`,
    at: { ...field.at, part: 'key' },
    help: near === undefined ? `the fields here are: ${known.join(', ')}` : `did you mean \`${near}\`?`,
  })
}

function wrongType(field: Field, wanted: string): undefined {
  const actual = nameOfType(field.value)
  const quotable =
    wanted === 'a string' && (typeof field.value === 'number' || typeof field.value === 'boolean')
  field.complain({
    severity: 'error',
    code: 'WRONG_TYPE',
    message: `${fieldPath(field) || 'the object'}: must be ${wanted}, not ${actual}`,
    at: field.at,
    ...(quotable && {
      help: `YAML reads this as ${actual}: write it in quotes to make it a string`,
    }),
  })
  return undefined
}

function nameOfType(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'a mapping'
  return typeof value === 'string'
    ? 'a string'
    : typeof value === 'number'
      ? 'a number'
      : `the boolean ${String(value)}`
}
