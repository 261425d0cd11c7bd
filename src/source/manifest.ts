import type { Complain } from './diagnostic.ts'
import { below, type Location } from './file.ts'
import { isMapping, type Mapping, valueAt } from './mapping.ts'
import { isTemplateWithObjects, processed } from './openshift-template.ts'

/** One object as written: a document, or an item of a List. */
export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly value: Mapping
  readonly at: Location
}

/** A document that is not an object as it is written. */
export interface PassedOver {
  readonly at: Location
  readonly why:
    | { readonly kind: 'not-an-object' }
    /** A template; `placeholder` is what has to be filled in, where it is not in double braces. */
    | { readonly kind: 'template'; readonly mayBePolicy: boolean; readonly placeholder?: string }
    /** An OpenShift Template, whose objects are read. */
    | { readonly kind: 'processed-template'; readonly name: string; readonly objects: number }
}

/**
 * Receives what is read, one by one: a manifest is many times as large as its decoded object, and a dump has more of them
 * than memory holds.
 */
export interface Reader {
  readonly keep: (manifest: Manifest) => void
  readonly passOver: (document: PassedOver) => void
  readonly complain: Complain
  /** The version that a kind is served in, as far as it is known. */
  readonly servedAs?: (kind: string) => string | undefined
}

/** apiVersion and kind, which the items of a typed list leave out (S-143). */
export interface TypeMeta {
  readonly apiVersion: string
  readonly kind: string
}

/** Hands the objects of a value to the reader: the value itself, or the items of a List (S-143). */
export function readObjects(
  value: unknown,
  at: Location,
  inherited: TypeMeta | undefined,
  reader: Reader,
): void {
  const isItem = at.path.length > 0
  if (isAbsent(value) && !isItem) return
  if (!isMapping(value)) {
    const isList = Array.isArray(value) && value.some(isMeant)
    if (isItem || isList || isCutKey(value, at)) complainOfNoObject(value, at, reader.complain)
    else passOverForeign(value, at, reader)
    return
  }
  const isUntyped = isAbsent(value['apiVersion']) && isAbsent(value['kind'])
  const { apiVersion, kind, items } =
    isUntyped && inherited !== undefined ? { ...value, ...inherited } : value
  if ((!isWord(apiVersion) || !isWord(kind)) && !isItem && !looksLikeObject(value) && !isCut(value, at))
    passOverForeign(value, at, reader)
  else if (isChart(value)) passOverForeign(value, at, reader)
  else if (!isWord(apiVersion) || !isWord(kind)) complainOfTypeMeta(value, at, reader)
  else if (`${apiVersion}${kind}`.includes('{{'))
    reader.passOver({ at, why: { kind: 'template', mayBePolicy: /\{\{|Policy$/.test(kind) } })
  // To kubectl, whatever has items is a List.
  else if (isItem && Array.isArray(items)) complainOfList(at, reader)
  else if (Array.isArray(items))
    for (const [index, item] of items.entries())
      readObjects(item, below(at, 'items', index), typeMetaOfItems(apiVersion, kind), reader)
  else if (items !== undefined && items !== null && !isItem) complainOfItems(at, reader)
  else if (items === null && !isItem) return
  else if (isTemplateWithObjects(apiVersion, kind, value)) readTemplate(value, at, reader)
  else reader.keep({ apiVersion, kind, value, at })
}

/** The objects of an OpenShift Template; a parameter without a value stays, as a placeholder. */
function readTemplate(
  template: Mapping & { readonly objects: readonly unknown[] },
  at: Location,
  reader: Reader,
): void {
  const objects = processed(template)
  const name = String(valueAt(template, 'metadata', 'name') ?? '')
  reader.passOver({ at, why: { kind: 'processed-template', name, objects: objects.length } })
  for (const [index, value] of objects.entries())
    readObjects(value, below(at, 'objects', index), undefined, reader)
}

/** A document that is not a Kubernetes object; an error in a file that the user named, because kubectl would refuse it. */
function passOverForeign(value: unknown, at: Location, reader: Reader): void {
  if (!at.file.isNamed) reader.passOver({ at, why: { kind: 'not-an-object' } })
  else if (isMapping(value)) complainOfTypeMeta(value, at, reader)
  else complainOfNoObject(value, at, reader.complain)
}

/** The apiVersion and kind that a List, here without its items, gives these; undefined for anything else. */
export function headOfList(value: unknown): { readonly ofItems: TypeMeta | undefined } | undefined {
  if (!isMapping(value)) return undefined
  const { apiVersion, kind } = value
  const isList = isWord(apiVersion) && isWord(kind) && kind.endsWith('List')
  return isList ? { ofItems: typeMetaOfItems(apiVersion, kind) } : undefined
}

/** A `PodList` gives its items their kind, a `List` does not. */
function typeMetaOfItems(apiVersion: string, kind: string): TypeMeta | undefined {
  const itemKind = kind.replace(/List$/, '')
  return itemKind === '' ? undefined : { apiVersion, kind: itemKind }
}

function complainOfItems(at: Location, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'WRONG_TYPE',
    message: 'items: must be a list',
    field: 'items',
    at: below(at, 'items'),
    help: 'every object of a List starts with a `-`; `[]` is the empty List',
  })
}

function complainOfList(at: Location, { complain }: Reader): void {
  complain({
    severity: 'error',
    code: 'WRONG_TYPE',
    message: 'a List cannot be an item of a List',
    at: { ...below(at, 'items'), part: 'key' },
    help: 'kubectl refuses it: put its items into the outer List',
  })
}

/*
 * The apiVersion and the kind that every manifest needs (S-143), and the complaints where they are missing.
 */

export const isWord = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isAbsent = (value: unknown): boolean => value === undefined || value === null

const KEYS = ['apiVersion', 'kind'] as const
type Key = (typeof KEYS)[number]

/** Whether a mapping is meant to be an object, though apiVersion or kind is missing: values of charts may have either. */
function looksLikeObject(value: Mapping): boolean {
  const { metadata, spec } = value
  const hasBody = BODIES.some(body => isMapping(value[body]) || Array.isArray(value[body]))
  const isPodOrPolicy = isMapping(spec) && OF_PODS_AND_POLICIES.some(field => Object.hasOwn(spec, field))
  return (
    (isMapping(metadata) && hasBody) || isPodOrPolicy || KEYS.some(key => misspelt(value, key) !== undefined)
  )
}

/**
 * Whether the rest is missing, for example where a pipe broke: what kubectl prints has `kind: List` after its items. A document after
 * others that has a kind alone may be another tool's, if it has fields that no object begins with.
 */
function isCut(value: Mapping, { document }: Location): boolean {
  const { apiVersion, kind } = value
  const keys = Object.keys(value)
  if (isWord(apiVersion)) return document > 0 || Object.hasOwn(value, 'items') || keys.length === 1
  return document > 0 && isWord(kind) && keys.every(key => key === 'kind' || key === 'metadata')
}

/** The same of a document behind others that ends within its first word. */
const isCutKey = (value: unknown, { document }: Location): boolean =>
  document > 0 && isWord(value) && KEYS.some(key => key.startsWith(value))

/** Whether an item of a list without a List around it is meant to be an object. */
const isMeant = (item: unknown): boolean => isMapping(item) && KEYS.every(key => isWord(item[key]))

const BODIES = ['spec', 'data', 'stringData', 'binaryData', 'status', 'subsets', 'endpoints']
const OF_PODS_AND_POLICIES = ['podSelector', 'policyTypes', 'containers']

/** The key in another case, which is another key (S-137). */
const misspelt = (value: Mapping, key: Key): string | undefined =>
  Object.keys(value).find(other => other !== key && other.toLowerCase() === key.toLowerCase())

/** Helm's Chart.yaml has an `apiVersion` too, but is not an object. */
const isChart = ({ apiVersion, kind, name, version, metadata, spec }: Mapping): boolean =>
  (apiVersion === 'v1' || apiVersion === 'v2') &&
  isWord(name) &&
  isWord(version) &&
  [kind, metadata, spec].every(field => field === undefined)

/** Complains of whichever of the two is missing or not a string. */
function complainOfTypeMeta(value: Mapping, at: Location, { complain, servedAs }: Reader): void {
  const { kind } = value
  const served = isWord(kind) ? servedAs?.(kind) : undefined
  for (const key of KEYS) {
    const field = value[key]
    if (isWord(field)) continue
    const message = isAbsent(field) || field === '' ? `${key} not set` : `${key} must be a string`
    const slip = misspelt(value, key)
    const place = slip === undefined ? below(at, key) : ({ ...below(at, slip), part: 'key' } as const)
    const isList = key === 'kind' && Object.hasOwn(value, 'items')
    const wanted =
      key === 'apiVersion' && served !== undefined
        ? `write \`apiVersion: ${served}\``
        : isList
          ? CUT_LIST
          : HELP[key]
    const help = slip === undefined ? wanted : `did you mean \`${key}\`? capitals count`
    complain({ severity: 'error', code: 'NO_IDENTITY', message, field: key, at: place, help })
  }
}

/** What helps where items have no kind: a List that was cut, rather. */
export const CUT_LIST =
  'kubectl writes `kind: List` after the items: run it again, because the end is missing, or add that line'

const HELP: Readonly<Record<Key, string>> = {
  kind: 'write `kind: NetworkPolicy`, or what else it is',
  apiVersion: 'write `apiVersion: v1`, or the group and version of the kind',
}

/** Complains of a value that is not a mapping, where an object is expected. */
function complainOfNoObject(value: unknown, at: Location, complain: Complain): void {
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
