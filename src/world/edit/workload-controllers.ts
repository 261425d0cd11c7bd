import type { Workload, WrittenPod } from '../../model/objects.ts'
import { referenced } from '../../model/replicas.ts'
import type { Replacement } from '../../report/facts/what-if.ts'
import { mappingAt, withValueAt } from '../../source/mapping.ts'
import { decode } from '../decode-manifest.ts'
import { hasTemplate, type InForce, type Input, labelsPath, manifestsOf } from '../live-objects.ts'
import type { ObjectRef } from '../object-name.ts'
import type { World } from '../world.ts'
import { findInForce, objectRefOf } from './find.ts'

/*
 * How the controllers of workloads react to an edit of their Pods.
 */

/**
 * A workload releases a Pod whose labels its selector no longer matches, and creates another one. It does where the API
 * server would refuse a template with these labels (S-156). Undefined for a Pod that it keeps.
 */
export function released(
  input: Input,
  pod: InForce,
): { readonly pod: InForce; readonly by: ObjectRef } | undefined {
  const { decoded, edited } = pod
  if (decoded.as !== 'object' || decoded.object.kind !== 'Pod' || edited === undefined) return undefined
  const by = ownerInForce(input, decoded.object)
  const [manifest] = by === undefined ? [] : manifestsOf([by])
  if (by === undefined || manifest === undefined) return undefined
  const path = labelsPath(by)
  const value = withValueAt(manifest.value, path, mappingAt(edited.value, ...labelsPath(pod)))
  if (decode({ ...manifest, value }, () => undefined) !== undefined) return undefined
  const { ownerReferences: _, ...metadata } = mappingAt(edited.value, 'metadata')
  const free = { ...edited, value: { ...edited.value, metadata } }
  const alone = decode(free, () => undefined)
  return alone && { pod: { ...pod, decoded: alone, edited: free }, by: by.object }
}

function ownerInForce(input: Input, pod: WrittenPod): InForce | undefined {
  const { namespace, owner } = pod
  if (owner === undefined) return undefined
  const find = ({ kind, name }: Pick<ObjectRef, 'kind' | 'name'>) =>
    findInForce(input, { kind, namespace, name })?.[1]
  return find(owner) ?? find(referenced(pod, owner))
}

/**
 * How a workload replaces a Pod that it lost. Here Pods are created only for a workload that has none left; besides those of
 * a dump there are no others.
 */
export function replacementBy({ cluster, input }: World, workload: Workload): Replacement {
  const left = cluster.pods.filter(pod => pod.workload === workload).length - 1
  const found = findInForce(input, workload)?.[1]
  const by = objectRefOf(workload)
  return left === 0 && found !== undefined && hasTemplate(found) ? { by } : { by, left }
}
