import type { FieldPath } from './file.ts'

/** A mapping of YAML, an object of JSON. */
export type Mapping = Readonly<Record<string, unknown>>

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value at a path of keys; undefined where there is none. */
export const valueAt = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce(
    (within, key) => (isMapping(within) && Object.hasOwn(within, key) ? within[key] : undefined),
    value,
  )

/** The mapping at a path of keys; empty where there is none. */
export function mappingAt(value: unknown, ...path: readonly string[]): Mapping {
  const found = valueAt(value, ...path)
  return isMapping(found) ? found : {}
}

/** A mapping with another value at a path; mappings on the path are created where they are missing. */
export const withValueAt = (value: Mapping, [step, ...rest]: FieldPath, inner: Mapping): Mapping =>
  step === undefined ? inner : { ...value, [step]: withValueAt(mappingAt(value, String(step)), rest, inner) }
