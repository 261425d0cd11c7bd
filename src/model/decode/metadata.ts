import type { Location } from '../../source/file.ts'
import type { OwnerReference } from '../objects.ts'
import { OBJECT_META } from './api-fields.ts'
import { fields, flag, items, text, textMap } from './decode.ts'
import { type Field, isPresent, locationOf, locationOfKey, unlessEmpty } from './field.ts'
import { decodeLabels } from './selector.ts'
import { ANNOTATION_KEY, check, checkedText, LABEL_NAME, objectName, type ValueRule } from './validation.ts'

/** The namespace of an object that names none: the one that the file is applied to (S-007). */
export const unwrittenNamespace = ({ file }: Location): string => file.namespace ?? 'default'

interface Metadata {
  readonly name: string
  /** Empty for kinds that are in no namespace. */
  readonly namespace: string
  readonly labels: ReadonlyMap<string, string>
  readonly annotations: ReadonlyMap<string, string>
  readonly owner: OwnerReference | undefined
  readonly at: Location
}

/** `metadata` of an object in a namespace; undefined where it has no valid name. */
export function decodeMetadata(object: Field, nameRule: ValueRule<string>): Metadata | undefined {
  const metadata = fields(object)('metadata')
  const namespace = checkedText(unlessEmpty(fields(metadata)('namespace')), LABEL_NAME)
  const at = locationOf(object)
  return decodeMetadataField(at, metadata, nameRule, namespace ?? unwrittenNamespace(at))
}

/** `metadata` of an object that is in no namespace; the API server drops one that is written there. */
export const decodeClusterMetadata = (object: Field, nameRule: ValueRule<string>): Metadata | undefined =>
  decodeMetadataField(locationOf(object), fields(object)('metadata'), nameRule, '')

function decodeMetadataField(
  at: Location,
  metadata: Field,
  nameRule: ValueRule<string>,
  namespace: string,
): Metadata | undefined {
  const get = fields(metadata, OBJECT_META)
  const name = decodeName(get, nameRule)
  const labels = decodeLabels(get('labels'))
  const annotations = textMap(get('annotations'))
  for (const key of annotations.keys())
    check({ ...get('annotations'), mark: locationOfKey(get('annotations'), key) }, key, ANNOTATION_KEY)
  const owner = items(get('ownerReferences'))
    .map(decodeOwner)
    .find(reference => reference !== undefined)
  return name === undefined ? undefined : { name, namespace, labels, annotations, owner, at }
}

/** `~` is the suffix that the server adds to a `generateName`, as in the names of replicas. */
function decodeName(get: (key: string) => Field, nameRule: ValueRule<string>): string | undefined {
  const generated = unlessEmpty(get('generateName'))
  const prefix = checkedText(generated, {
    faults: written => nameRule.faults(completedPrefix(written)),
    help: nameRule.help,
  })
  if (isPresent(get('name')) || !isPresent(generated)) return objectName(get('name'), nameRule)
  return prefix && `${prefix}~`
}

/** A prefix may end with a dash: like the API server, this checks it as if it ended with a letter. */
const completedPrefix = (prefix: string): string =>
  prefix.length > 1 && prefix.endsWith('-') ? `${prefix.slice(0, -2)}a` : prefix

/** Only the controller counts; other owners matter for garbage collection alone. */
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
