import type { Field } from '../decode/field.ts'
import { decodeClusterMetadata } from '../decode/metadata.ts'
import { LABEL_NAME } from '../decode/validation.ts'
import type { Labels } from '../labels.ts'
import type { Namespace } from '../objects.ts'

/** The label that the API server writes on every Namespace, whatever the manifest says (S-022). */
export const NAME_LABEL = 'kubernetes.io/metadata.name'

export function withNameLabel(name: string, labels: Labels): Labels {
  return new Map([...labels, [NAME_LABEL, name]])
}

export function decodeNamespace(object: Field): Namespace | undefined {
  const metadata = decodeClusterMetadata(object, LABEL_NAME)
  if (metadata === undefined) return undefined
  const { name, labels, at } = metadata
  return { kind: 'Namespace', name, labels: withNameLabel(name, labels), at }
}
