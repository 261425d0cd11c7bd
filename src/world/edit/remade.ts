import type { Cluster } from '../../model/cluster.ts'
import type { Workload } from '../../model/objects.ts'
import type { Replacement } from '../../report/facts/what-if.ts'
import type { Input } from '../live-objects.ts'
import { findInForce, objectRefOf } from './find-object.ts'
import { hasTemplate } from './label-places.ts'

/**
 * What a workload in force does for a Pod that it has no more, and what comes of it here: Pods are made for one that has none,
 * and beside those of a dump there are no others.
 */
export function replacementBy(cluster: Cluster, input: Input, workload: Workload): Replacement {
  const left = cluster.pods.filter(pod => pod.workload === workload).length - 1
  const found = findInForce(input, workload)?.[1]
  const by = objectRefOf(workload)
  return left === 0 && found !== undefined && hasTemplate(found) ? { by } : { by, left }
}
