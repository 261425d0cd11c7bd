import type { Complain } from '../source/diagnostic.ts'
import { below, type Location, pathText } from '../source/file.ts'

/** A value of a manifest that knows where it stands, so that every complaint can point at it. */
export interface Field {
  readonly value: unknown
  readonly at: Location
  /** How many steps of the path lead to the object's own root: more than none inside a List. */
  readonly root: number
  /** The object comes from a cluster, which has taken every field of it; one that we do not know is merely new. */
  readonly served: boolean
  readonly complain: Complain
  /** Where to point instead of at the value, when the API's path says less than we know: a key of a map of labels. */
  readonly mark?: Location
}

/** The field's path as the API server writes it: `spec.ingress[0].from[1]` (S-136). */
export function fieldPath(field: Field): string {
  return pathText(field.at.path.slice(field.root))
}

/** `null` is accepted for every field and means that it is absent (S-141). */
export const isPresent = (field: Field): boolean => field.value !== undefined && field.value !== null

/** The field, or an absent one where it is the empty string: so the API server has it where a field defaults. */
export const unlessEmpty = (field: Field): Field =>
  field.value === '' ? { ...field, value: undefined } : field

/** Where a key of a map stands. */
export const keyOf = (map: Field, key: string): Location => ({ ...below(map.at, key), part: 'key' })
