import type { Complain } from './diagnostic.ts'
import { below, type Location } from './file.ts'
import { isMapping, type Mapping } from './mapping.ts'
import {
  complainOfNoObject,
  complainOfTypeMeta,
  isAbsent,
  isChart,
  isMeant,
  isWord,
  looksLikeObject,
} from './type-meta.ts'

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
    /** A Helm template. */
    | { readonly kind: 'template'; readonly mayBePolicy: boolean }
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

/** No manifest nests Lists this deeply. */
const DEEPEST_LIST = 20

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
    if (isItem || isList) complainOfNoObject(value, at, reader.complain)
    else passOverForeign(value, at, reader)
    return
  }
  const { apiVersion = inherited?.apiVersion, kind = inherited?.kind, items } = value
  if (isAbsent(apiVersion) && isAbsent(kind) && !isItem && !looksLikeObject(value))
    passOverForeign(value, at, reader)
  else if (isChart(value)) passOverForeign(value, at, reader)
  else if (!isWord(apiVersion) || !isWord(kind)) complainOfTypeMeta(value, at, reader)
  else if (`${apiVersion}${kind}`.includes('{{'))
    reader.passOver({ at, why: { kind: 'template', mayBePolicy: /\{\{|Policy$/.test(kind) } })
  else if (kind.endsWith('List') && Array.isArray(items)) {
    if (at.path.length > 2 * DEEPEST_LIST) complainOfLists(at, reader)
    else
      for (const [index, item] of items.entries())
        readObjects(item, below(at, 'items', index), typeMetaOfItems(apiVersion, kind), reader)
  } else if (kind.endsWith('List') && !isAbsent(items)) complainOfItems(at, reader)
  else reader.keep({ apiVersion, kind, value, at })
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
  const itemKind = kind.slice(0, -'List'.length)
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

function complainOfLists(at: Location, { complain }: Reader): void {
  const message = `more than ${DEEPEST_LIST} Lists are in one another`
  complain({ severity: 'error', code: 'YAML_TOO_LARGE', message, at, help: 'one List holds all objects' })
}
