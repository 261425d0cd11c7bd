import type { Field } from '../decode/field.ts'
import { decodeClusterMetadata } from '../decode/metadata.ts'
import { LABEL_NAME } from '../decode/validation.ts'
import { type Labels, NAME_LABEL } from '../labels.ts'
import type { Namespace } from '../objects.ts'

export function withNameLabel(name: string, labels: Labels): Labels {
  return new Map([...labels, [NAME_LABEL, name]])
}

export function decodeNamespace(object: Field): Namespace | undefined {
  const metadata = decodeClusterMetadata(object, LABEL_NAME)
  if (metadata === undefined) return undefined
  const { name, labels, at } = metadata
  return { kind: 'Namespace', name, labels: withNameLabel(name, labels), at }
}
