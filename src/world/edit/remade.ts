import type { Cluster } from '../../model/cluster.ts'
import type { Workload } from '../../model/objects.ts'
import type { Input } from '../live-objects.ts'
import { findInForce, nameOf } from './find-object.ts'
import { hasTemplate } from './label-places.ts'

/**
 * What a workload in force does for a Pod that it has no more, and what comes of it here: Pods are made for one that has none,
 * and beside those of a dump there are no others.
 */
export function remakes(cluster: Cluster, input: Input, workload: Workload): string {
  const left = cluster.pods.filter(pod => pod.workload === workload).length - 1
  const found = findInForce(input, workload)?.[1]
  if (left === 0 && found !== undefined && hasTemplate(found))
    return `${nameOf(workload)} makes its Pods anew`
  const rest = left === 0 ? 'no Pod is' : left === 1 ? '1 Pod is' : `${left} Pods are`
  return `${nameOf(workload)} makes another like it, which is left out: ${rest} left`
}
