import { distance } from 'fastest-levenshtein'
import { isMapping } from '../../source/mapping.ts'
import { unknownField, unsupported, wrongType } from './complaints.ts'
import { childOf, type Field, isPresent } from './field.ts'

/**
 * The fields of an object, by name; all absent where the value is absent or not an object. With `known`, every other field
 * is an error, as with `kubectl apply --validate=strict` (S-135, S-137), unless a cluster accepted it; without `known`,
 * other fields are ignored.
 */
export function fields(field: Field, known?: readonly string[]): (key: string) => Field {
  const isWrong = isPresent(field) && !isMapping(field.value)
  const value = isWrong ? wrongType(field, 'a mapping', known) : field.value
  const entries = isMapping(value) ? value : {}
  const child = (key: string): Field =>
    childOf(field, key, Object.hasOwn(entries, key) ? entries[key] : undefined)
  if (known !== undefined && field.object.served) misspellings(field, known)
  else if (known !== undefined)
    for (const key of Object.keys(entries)) if (!known.includes(key)) unknownField(child(key), key, known)
  return child
}

/** The field at the end of a path. */
export const fieldAt = (field: Field, ...path: readonly string[]): Field =>
  path.reduce((parent, key) => fields(parent)(key), field)

/** Whether a value is absent, or a mapping without other fields than these. */
export function hasOnly(field: Field, known: readonly string[]): boolean {
  if (!isPresent(field)) return true
  return isMapping(field.value) && Object.keys(field.value).every(key => known.includes(key))
}

/** The fields of a custom resource, which may have others as well: only likely typos are complained about. */
export function knownFields(field: Field, known: readonly string[]): (key: string) => Field {
  misspellings(field, known)
  return fields(field)
}

/**
 * Complains about fields that are likely typos of one that the evaluation uses: `label` for `labels`. For objects from a
 * cluster, where an unknown field is more likely new than wrong.
 */
function misspellings(field: Field, used: readonly string[]): void {
  if (!isMapping(field.value)) return
  for (const key of Object.keys(field.value)) {
    if (key.length < 4 || used.includes(key)) continue
    const near = used.find(name => isTypoOf(key, name))
    if (near !== undefined && !(near in field.value)) {
      unknownField(childOf(field, key, field.value[key]), key, [near])
    }
  }
}

/** Most pairs differ in length. */
function isTypoOf(key: string, name: string): boolean {
  return Math.abs(key.length - name.length) <= 1 && distance(key.toLowerCase(), name.toLowerCase()) <= 1
}

/** The items of a list; none where the value is absent or not a list. */
export function items(field: Field): readonly Field[] {
  const value = isPresent(field) && !Array.isArray(field.value) ? wrongType(field, 'a list') : field.value
  if (!Array.isArray(value)) return []
  return value.map((item: unknown, index) => childOf(field, index, item))
}

/** Whether nothing is written in a list; what is no list, or has items of the wrong type, is not empty. */
export const isEmptyList = (field: Field): boolean =>
  !isPresent(field) || (Array.isArray(field.value) && field.value.length === 0)

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
    // The API server decodes a null in a map of strings as the empty string.
    const value = isPresent(child(key)) ? text(child(key)) : ''
    if (value !== undefined) out.set(key, value)
  }
  return out
}
