import type { Complain } from '../../source/diagnostic.ts'
import { below, type FieldPath, type Location, pathText } from '../../source/file.ts'

/**
 * A value of a manifest that knows its place, so that every complaint can point at it. The location is computed on demand:
 * a dump has a hundred thousand times as many fields as complaints.
 */
export interface Field {
  readonly value: unknown
  /** The field or list that it is in; undefined for the object itself. */
  readonly parent: Field | undefined
  /** Its key or its index there. */
  readonly step: string | number
  readonly object: ObjectRead
  /** A more precise place than the API's path, such as a key of a map of labels. */
  readonly mark?: () => Location
}

/** The object that a field is of. */
interface ObjectRead {
  readonly at: Location
  /** It comes from a cluster, which accepted all its fields; an unknown one is only new. */
  readonly served: boolean
  /** It comes from a cluster, which keeps what only newer clusters refuse. */
  readonly stored?: boolean
  readonly complain: Complain
}

export const fieldOf = (value: unknown, object: ObjectRead): Field => ({
  value,
  parent: undefined,
  step: '',
  object,
})

export const childOf = (parent: Field, step: string | number, value: unknown): Field => ({
  value,
  parent,
  step,
  object: parent.object,
})

export function locationOf(field: Field): Location {
  return below(field.object.at, ...stepsTo(field))
}

/** The field's path as the API server writes it: `spec.ingress[0].from[1]` (S-136). */
export function fieldPath(field: Field): string {
  return pathText(stepsTo(field))
}

function stepsTo({ parent, step }: Field): FieldPath {
  return parent === undefined ? [] : [...stepsTo(parent), step]
}

/** `null` is accepted for every field and means that it is absent (S-141). */
export const isPresent = (field: Field): boolean => field.value !== undefined && field.value !== null

/** The field, or an absent one where it is the empty string, which the API server treats alike where a field defaults. */
export const unlessEmpty = (field: Field): Field =>
  field.value === '' ? { ...field, value: undefined } : field

/** The location of a key of a map. */
export const locationOfKey =
  (map: Field, key: string): (() => Location) =>
  () => ({ ...below(locationOf(map), key), part: 'key' })
