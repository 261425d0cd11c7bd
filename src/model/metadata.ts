import type { Location } from '../source/file.ts'
import {
  type Field,
  fields,
  flag,
  forbidden,
  isPresent,
  items,
  text,
  textMap,
  unlessEmpty,
} from './decode.ts'
import type { OwnerReference } from './objects.ts'
import { decodeLabels } from './selector.ts'
import { check, checkedText, labelFaults, labelKeyFaults, objectName } from './validation.ts'

const FIELDS = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
] as const

/** The kubectl context's namespace, which offline is always this one (S-007). */
export const DEFAULT_NAMESPACE = 'default'

export interface Metadata {
  readonly name: string
  /** Empty for kinds that are in no namespace. */
  readonly namespace: string
  readonly labels: ReadonlyMap<string, string>
  readonly annotations: ReadonlyMap<string, string>
  readonly owner: OwnerReference | undefined
  readonly at: Location
}

/** `metadata` of an object in a namespace; undefined where there is no valid name to know it by. */
export function decodeMetadata(
  object: Field,
  nameFaults: (name: string) => readonly string[],
): Metadata | undefined {
  const metadata = fields(object)('metadata')
  const namespace = checkedText(unlessEmpty(fields(metadata)('namespace')), labelFaults)
  return decode(object.at, metadata, nameFaults, namespace ?? DEFAULT_NAMESPACE)
}

/** `metadata` of an object that is in no namespace (S-150). */
export function decodeClusterMetadata(
  object: Field,
  nameFaults: (name: string) => readonly string[],
): Metadata | undefined {
  const metadata = fields(object)('metadata')
  const namespace = fields(metadata)('namespace')
  if (isPresent(unlessEmpty(namespace))) forbidden(namespace, 'not allowed on this type')
  return decode(object.at, metadata, nameFaults, '')
}

function decode(
  at: Location,
  metadata: Field,
  nameFaults: (name: string) => readonly string[],
  namespace: string,
): Metadata | undefined {
  const get = fields(metadata, FIELDS)
  const name = decodeName(get, nameFaults)
  const labels = decodeLabels(get('labels'))
  const annotations = textMap(get('annotations'))
  for (const key of annotations.keys())
    check({ ...get('annotations'), value: key }, labelKeyFaults(key.toLowerCase()))
  const owner = items(get('ownerReferences'))
    .map(decodeOwner)
    .find(reference => reference !== undefined)
  return name === undefined ? undefined : { name, namespace, labels, annotations, owner, at }
}

/** The server makes up the end of a `generateName`; `~` stands for that, as in the names of replicas. */
function decodeName(
  get: (key: string) => Field,
  nameFaults: (name: string) => readonly string[],
): string | undefined {
  const generated = unlessEmpty(get('generateName'))
  const prefix = checkedText(generated, written => nameFaults(completed(written)))
  if (isPresent(get('name')) || !isPresent(generated)) return objectName(get('name'), nameFaults)
  return prefix && `${prefix}~`
}

/** A dash at the end is no fault of a prefix: as the API server does, the end is judged as a letter would be. */
const completed = (prefix: string): string =>
  prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix

/** Only the controller made the object; other owners merely see to its deletion. */
function decodeOwner(field: Field): OwnerReference | undefined {
  const get = fields(field)
  if (!flag(get('controller'))) return undefined
  const apiVersion = text(get('apiVersion'))
  const kind = text(get('kind'))
  const name = text(get('name'))
  return apiVersion !== undefined && kind !== undefined && name !== undefined
    ? { apiVersion, kind, name }
    : undefined
}
