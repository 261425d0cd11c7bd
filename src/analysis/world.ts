import { type PolicySet, policySet } from '../engine/evaluate.ts'
import { buildCluster, type Cluster } from '../model/cluster.ts'
import type { ClusterObject } from '../model/objects.ts'
import { unmodelledTemplate } from '../policy/kinds/unmodelled.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { UnmodelledPolicy } from '../policy/unmodelled.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile } from '../source/file.ts'
import type { PassedOver } from '../source/manifest.ts'
import { type InForce, type Input, readInput } from './in-force.ts'
import { withoutServiceBlocks } from './service-blocks.ts'

/** Everything that a question can be put to. */
export interface World {
  readonly cluster: Cluster
  readonly networkPolicies: readonly NetworkPolicy[]
  readonly policies: PolicySet
  /** Policies of kinds that are not evaluated, so that no answer about whom they select is quite sure (S-071). */
  readonly unmodelled: readonly UnmodelledPolicy[]
  /** The objects that the world is made of. */
  readonly used: readonly InForce[]
  readonly passedOver: readonly PassedOver[]
  /**
   * What is wrong with the input. What has an error is left out, so that with one among them the world is not what a
   * cluster would be; every answer then says so.
   */
  readonly diagnostics: readonly Diagnostic[]
  /** How many Pods and workloads have a name; two of them need longer ids. */
  readonly timesUsed: (namespace: string, name: string) => number
  /** What it was made from, so that it can be made again with something changed. */
  readonly input: Input
}

/**
 * Reads files into a world; complains in `diagnostics`, and throws nothing. `problems` are those of getting at the
 * files; `onObject` is called for each object that is read.
 */
export const buildWorld = (
  files: readonly SourceFile[],
  problems?: readonly Diagnostic[],
  onObject?: () => void,
): World => worldOf(readInput(files, problems, onObject))

/** Puts together what is in force. */
export function worldOf(input: Input): World {
  const objects: ClusterObject[] = []
  const written: NetworkPolicy[] = []
  const unmodelled: UnmodelledPolicy[] = []
  const used: InForce[] = []
  const passedOver = [...input.passedOver]
  for (const one of input.inForce.values()) {
    const { decoded } = one
    if (decoded.as === 'object') objects.push(decoded.object)
    if (decoded.as === 'policy') written.push(decoded.policy)
    if (decoded.as === 'unmodelled') unmodelled.push(decoded.policy)
    if (decoded.as === 'unused') passedOver.push(decoded.document)
    if (decoded.as === 'object' || decoded.as === 'policy') used.push(one)
  }
  for (const { at, mayBePolicy } of passedOver) if (mayBePolicy) unmodelled.push(unmodelledTemplate(at))
  const cluster = buildCluster(
    objects,
    written.map(policy => policy.namespace),
  )
  const networkPolicies = withoutServiceBlocks(written, cluster.services)
  return {
    cluster,
    networkPolicies,
    unmodelled,
    used,
    passedOver,
    diagnostics: input.diagnostics,
    timesUsed: countNames(cluster),
    policies: policySet(networkPolicies.flatMap(policy => policy.directions)),
    input,
  }
}

function countNames({ pods, workloads }: Cluster): World['timesUsed'] {
  const times = new Map<string, number>()
  for (const { namespace, name } of [...pods, ...workloads]) {
    const key = `${namespace}/${name}`
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  return (namespace, name) => times.get(`${namespace}/${name}`) ?? 0
}
