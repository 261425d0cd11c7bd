import type { WrittenPod } from '../../model/objects.ts'
import { referenced } from '../../model/replicas.ts'
import { mappingAt, withValueAt } from '../../source/mapping.ts'
import { decode, type InForce, type Input, type ObjectRef } from '../live-objects.ts'
import { findInForce } from './find-object.ts'
import { labelsAt, labelsPath } from './label-places.ts'
import { manifestsOf } from './written.ts'

/**
 * A workload lets go of a Pod whose labels its selector no longer matches, and makes another. Whether it does, is what
 * the API server would say of a template with these labels (S-156). Undefined for a Pod that stays where it is.
 */
export function letGo(
  input: Input,
  pod: InForce,
): { readonly pod: InForce; readonly by: ObjectRef } | undefined {
  const { decoded, edited } = pod
  if (decoded.as !== 'object' || decoded.object.kind !== 'Pod' || edited === undefined) return undefined
  const by = makerOf(input, decoded.object)
  const [manifest] = by === undefined ? [] : manifestsOf([by])
  if (by === undefined || manifest === undefined) return undefined
  const path = labelsPath(by)
  const value = withValueAt(manifest.value, path, labelsAt(edited.value, labelsPath(pod)))
  if (decode({ ...manifest, value }, () => undefined) !== undefined) return undefined
  const { ownerReferences: _, ...metadata } = mappingAt(edited.value, 'metadata')
  const free = { ...edited, value: { ...edited.value, metadata } }
  const alone = decode(free, () => undefined)
  return alone && { pod: { ...pod, decoded: alone, edited: free }, by: by.object }
}

function makerOf(input: Input, pod: WrittenPod): InForce | undefined {
  const { namespace, owner } = pod
  if (owner === undefined) return undefined
  const find = ({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>) =>
    findInForce(input, { kind, namespace, name })?.[1]
  return find(owner) ?? find(referenced(pod, owner))
}
