import { cannotAnswer } from '../../source/cannot-answer.ts'
import type { Found, Input, Unused } from '../live-objects.ts'
import type { ObjectRef } from '../object-name.ts'
import type { World } from '../world.ts'
import { findInForce, findOwned, notInForce, objectRefOf, podOf, whatIf } from './find.ts'
import { replacementBy } from './workload-controllers.ts'

/** Deletes an object, and what a cluster would delete with it. */
export function deleteObject(world: World, object: ObjectRef): Input {
  const { input } = world
  const own = findInForce(input, object)
  const others = goWith(world, object)
  if (own === undefined && !isThere(world, object)) notInForce(world, object)
  const known = own?.[1].object ?? object
  const workload = podOf(world, object)?.workload
  const leave = new Map(own === undefined ? others : [own, ...others])
  const inForce = new Map(input.inForce)
  for (const identity of leave.keys()) inForce.delete(identity)
  const unused = [...leave.values()].map(
    ({ at, name }): Unused => ({ at, why: { kind: 'deleted', object: name } }),
  )
  return {
    ...input,
    inForce,
    unused: [...input.unused, ...unused],
    gone: object.kind === 'Namespace' ? new Set([...input.gone, object.name]) : input.gone,
    whatIf: whatIf(input, {
      edit: 'delete',
      object: objectRefOf(known),
      dependents: countDependents(world, object, others),
      // A workload in force replaces a deleted Pod.
      ...(workload !== undefined &&
        findInForce(input, workload) !== undefined && { replacement: replacementBy(world, workload) }),
    }),
  }
}

/** The namespaces that the API server does not let anybody delete. */
const IMMORTAL: readonly string[] = ['default', 'kube-system', 'kube-public']

function goWith({ input }: World, object: ObjectRef): readonly Found[] {
  const { kind, name } = object
  if (kind === 'Namespace') {
    if (IMMORTAL.includes(name))
      cannotAnswer(
        'FORBIDDEN',
        `namespaces "${name}" is forbidden: this namespace may not be deleted`,
        'delete what is in it, object by object',
      )
    return [...input.inForce].filter(([, one]) => one.object.namespace === name)
  }
  // The Pods of a deleted node are garbage-collected.
  if (kind === 'Node') return [...input.inForce].filter(([, one]) => nodeNamed(one) === name)
  return findOwned(input, object)
}

const nodeNamed = ({ decoded }: Found[1]): string | undefined =>
  decoded.as === 'object' && decoded.object.kind === 'Pod' ? decoded.object.node : undefined

/** Whether something without a manifest is known by the objects in it, on it or owned by it. */
function isThere({ cluster }: World, { kind, namespace, name }: ObjectRef): boolean {
  if (kind === 'Namespace') return cluster.namespaces.has(name)
  if (kind === 'Node') return cluster.nodes.some(node => node.name === name)
  return cluster.workloads.some(one => one.kind === kind && one.namespace === namespace && one.name === name)
}

/** Those in a namespace, the Pods on a node or of a workload. */
function countDependents(
  { cluster }: World,
  { kind, namespace, name }: ObjectRef,
  others: readonly Found[],
): number {
  if (kind === 'Namespace' || kind === 'Node') return others.length
  return cluster.pods.filter(
    ({ workload }) => workload?.kind === kind && workload.namespace === namespace && workload.name === name,
  ).length
}
