import type { Complain } from './diagnostic.ts'
import { below, type Location } from './file.ts'
import { isMapping, type Mapping } from './mapping.ts'

/*
 * The apiVersion and the kind that every manifest needs (S-143), and the complaints where they are missing.
 */

export const isWord = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isAbsent = (value: unknown): boolean => value === undefined || value === null

const KEYS = ['apiVersion', 'kind'] as const
type Key = (typeof KEYS)[number]

/** Whether a mapping is meant to be an object, though it has neither apiVersion nor kind. */
export function looksLikeObject(value: Mapping): boolean {
  const { metadata, spec } = value
  const hasBody = BODIES.some(body => isMapping(value[body]))
  const isPodOrPolicy = isMapping(spec) && OF_PODS_AND_POLICIES.some(field => Object.hasOwn(spec, field))
  return (
    (isMapping(metadata) && hasBody) || isPodOrPolicy || KEYS.some(key => misspelt(value, key) !== undefined)
  )
}

/** Whether an item of a list without a List around it is meant to be an object. */
export const isMeant = (item: unknown): boolean =>
  isMapping(item) && (KEYS.some(key => isWord(item[key])) || looksLikeObject(item))

const BODIES = ['spec', 'data', 'stringData', 'binaryData', 'status']
const OF_PODS_AND_POLICIES = ['podSelector', 'policyTypes', 'containers']

/** The key in another case, which is another key (S-137). */
const misspelt = (value: Mapping, key: Key): string | undefined =>
  Object.keys(value).find(other => other !== key && other.toLowerCase() === key.toLowerCase())

/** Helm's Chart.yaml has an `apiVersion` too, but is not an object. */
export const isChart = ({ apiVersion, kind, name, version, metadata, spec }: Mapping): boolean =>
  (apiVersion === 'v1' || apiVersion === 'v2') &&
  isWord(name) &&
  isWord(version) &&
  [kind, metadata, spec].every(field => field === undefined)

/** The part of a Reader that complaints need. */
interface Speaker {
  readonly complain: Complain
  readonly servedAs?: ((kind: string) => string | undefined) | undefined
}

/** Complains of whichever of the two is missing or not a string. */
export function complainOfTypeMeta(value: Mapping, at: Location, { complain, servedAs }: Speaker): void {
  const { kind } = value
  const served = isWord(kind) ? servedAs?.(kind) : undefined
  for (const key of KEYS) {
    const field = value[key]
    if (isWord(field)) continue
    const message = isAbsent(field) || field === '' ? `${key} not set` : `${key} must be a string`
    const slip = misspelt(value, key)
    const place = slip === undefined ? below(at, key) : ({ ...below(at, slip), part: 'key' } as const)
    const wanted =
      key === 'apiVersion' && served !== undefined ? `write \`apiVersion: ${served}\`` : HELP[key]
    const help = slip === undefined ? wanted : `did you mean \`${key}\`? capitals count`
    complain({ severity: 'error', code: 'NO_IDENTITY', message, field: key, at: place, help })
  }
}

const HELP: Readonly<Record<Key, string>> = {
  kind: 'write `kind: NetworkPolicy`, or what else it is',
  apiVersion: 'write `apiVersion: v1`, or the group and version of the kind',
}

/** Complains of a value that is not a mapping, where an object is expected. */
export function complainOfNoObject(value: unknown, at: Location, complain: Complain): void {
  const isList = Array.isArray(value)
  const what = isList ? 'a list' : isAbsent(value) ? 'nothing' : `a ${typeof value}`
  complain({
    severity: 'error',
    code: 'NO_IDENTITY',
    message: `an object is expected here, not ${what}: apiVersion not set, kind not set`,
    at,
    help: isList
      ? 'a List needs `apiVersion: v1`, `kind: List` and its objects below `items:`'
      : 'every object has an `apiVersion` and a `kind`',
  })
}
