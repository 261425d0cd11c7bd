import type { Complain } from './diagnostic.ts'
import { below, type Location } from './file.ts'
import { isMapping, type Mapping } from './mapping.ts'

/*
 * What a manifest cannot be without (S-143), and what is said where it is missing.
 */

export const isWord = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isAbsent = (value: unknown): boolean => value === undefined || value === null

const KEYS = ['apiVersion', 'kind'] as const
type Key = (typeof KEYS)[number]

/** A mapping that is meant for an object, though it says neither its version nor its kind. */
export function looksLikeObject(value: Mapping): boolean {
  const { metadata, spec } = value
  const hasBody = BODIES.some(body => isMapping(value[body]))
  const isPodOrPolicy = isMapping(spec) && OF_PODS_AND_POLICIES.some(field => Object.hasOwn(spec, field))
  return (
    (isMapping(metadata) && hasBody) || isPodOrPolicy || KEYS.some(key => misspelt(value, key) !== undefined)
  )
}

/** Whether an item of a list without a head is meant for an object. */
export const isMeant = (item: unknown): boolean =>
  isMapping(item) && (KEYS.some(key => isWord(item[key])) || looksLikeObject(item))

const BODIES = ['spec', 'data', 'stringData', 'binaryData', 'status']
const OF_PODS_AND_POLICIES = ['podSelector', 'policyTypes', 'containers']

/** The key with other capitals, which count (S-137). */
const misspelt = (value: Mapping, key: Key): string | undefined =>
  Object.keys(value).find(other => other !== key && other.toLowerCase() === key.toLowerCase())

/** Helm's description of a chart has an `apiVersion` too, and is no object. */
export const isChart = ({ apiVersion, kind, name, version, metadata, spec }: Mapping): boolean =>
  (apiVersion === 'v1' || apiVersion === 'v2') &&
  isWord(name) &&
  isWord(version) &&
  [kind, metadata, spec].every(field => field === undefined)

/** Who complains, and knows the version that a kind is served in. */
interface Speaker {
  readonly complain: Complain
  readonly servedAs?: ((kind: string) => string | undefined) | undefined
}

/** Says which of the two is missing or is no word. */
export function complainOfIdentity(value: Mapping, at: Location, { complain, servedAs }: Speaker): void {
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

/** For what is no mapping, where an object should be. */
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
