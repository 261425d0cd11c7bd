import type { Field } from '../decode.ts'
import { decodeClusterMetadata } from '../metadata.ts'
import type { Labels, Namespace } from '../objects.ts'
import { labelFaults } from '../validation.ts'

/** The label that the API server writes on every Namespace, whatever the manifest says (S-022). */
export const NAME_LABEL = 'kubernetes.io/metadata.name'

export function withNameLabel(name: string, labels: Labels): Labels {
  return new Map([...labels, [NAME_LABEL, name]])
}

export function decodeNamespace(object: Field): Namespace | undefined {
  const metadata = decodeClusterMetadata(object, labelFaults)
  if (metadata === undefined) return undefined
  const { name, labels, at } = metadata
  return { kind: 'Namespace', name, labels: withNameLabel(name, labels), at }
}
