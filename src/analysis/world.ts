import { type PolicySet, policySet } from '../engine/evaluate.ts'
import { buildCluster, type Cluster } from '../model/cluster.ts'
import type { Field } from '../model/field.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import type { ClusterObject } from '../model/objects.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import { decodeUnmodelled } from '../policy/kinds/unmodelled.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { UnmodelledPolicy } from '../policy/unmodelled.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Location, SourceFile } from '../source/file.ts'
import type { Manifest, PassedOver } from '../source/manifest.ts'
import { readManifests } from '../source/read-manifests.ts'
import { isServed, latest, nameOf, refuseKind, unused } from './manifests.ts'

/** Everything that a question can be put to. */
export interface World {
  readonly cluster: Cluster
  readonly networkPolicies: readonly NetworkPolicy[]
  readonly policies: PolicySet
  /** Policies of kinds that are not evaluated, so that no answer about whom they select is quite sure (S-071). */
  readonly unmodelled: readonly UnmodelledPolicy[]
  /** The places of the objects that the world is made of. */
  readonly used: readonly { readonly name: string; readonly at: Location }[]
  readonly passedOver: readonly PassedOver[]
  /**
   * What is wrong with the input. What has an error is left out, so that with one among them the world is not what a
   * cluster would be; every answer then says so.
   */
  readonly diagnostics: readonly Diagnostic[]
  /** How many Pods and workloads have a name; two of them need longer ids. */
  readonly timesUsed: (namespace: string, name: string) => number
}

/** What becomes of the manifests. */
interface Sorted {
  readonly objects: ClusterObject[]
  readonly networkPolicies: NetworkPolicy[]
  readonly unmodelled: UnmodelledPolicy[]
  readonly used: { readonly name: string; readonly at: Location }[]
  readonly passedOver: PassedOver[]
}

/**
 * Reads files into a world; complains in `diagnostics`, and throws nothing. `problems` are those of getting at the
 * files.
 */
export function buildWorld(files: readonly SourceFile[], problems: readonly Diagnostic[] = []): World {
  const diagnostics = new Map(problems.map(problem => [problem.message, problem]))
  // A field that several readers look at is complained about once.
  const complain: Complain = diagnostic => diagnostics.set(keyOf(diagnostic), diagnostic)
  const manifests: Manifest[] = []
  const sorted: Sorted = { objects: [], networkPolicies: [], unmodelled: [], used: [], passedOver: [] }
  for (const file of files) {
    const reading = readManifests(file, complain)
    for (const manifest of reading.manifests) manifests.push(manifest)
    for (const document of reading.passedOver) sorted.passedOver.push(document)
  }
  for (const manifest of latest(manifests, complain)) sort(manifest, sorted, complain)
  const { objects, networkPolicies, ...rest } = sorted
  const cluster = buildCluster(
    objects,
    networkPolicies.map(policy => policy.namespace),
  )
  return {
    ...rest,
    cluster,
    timesUsed: countNames(cluster),
    networkPolicies,
    policies: policySet(networkPolicies.flatMap(policy => policy.directions)),
    diagnostics: [...diagnostics.values()],
  }
}

function keyOf({ message, object, at }: Diagnostic): string {
  const place = at === undefined ? [] : 'position' in at ? [at.position] : [at.document, ...at.path]
  return JSON.stringify([message, object, at?.file.path, ...place])
}

/** What is said of one object: the API server says no more either (S-136). */
const MOST_ERRORS = 100

/** Decodes a manifest into the object that it is. One with an error is kept out: it is not what its author meant. */
function sort(manifest: Manifest, sorted: Sorted, complain: Complain): void {
  const { at } = manifest
  const name = nameOf(manifest)
  let errors = 0
  const complainOfObject: Complain = diagnostic => {
    if (diagnostic.severity === 'error') errors++
    if (errors <= MOST_ERRORS) complain({ ...diagnostic, object: name })
  }
  const root = rootOf(manifest, complainOfObject)
  const keep = <T>(list: T[], object: T | undefined): void => {
    if (object === undefined || errors > 0) return
    list.push(object)
    sorted.used.push({ name, at })
  }
  const clusterKind = find(CLUSTER_KINDS, manifest)
  const policyKind = find(POLICY_KINDS, manifest)
  if (clusterKind !== undefined) keep(sorted.objects, clusterKind.decode(root))
  else if (policyKind !== undefined) keep(sorted.networkPolicies, policyKind.decode(root))
  else sortOther(manifest, root, sorted)
}

/** A kind that is not evaluated. */
function sortOther(manifest: Manifest, root: Field, { unmodelled, passedOver }: Sorted): void {
  const policy = decodeUnmodelled(manifest.apiVersion, manifest.kind, root)
  if (policy !== undefined) unmodelled.push(policy)
  else if (!refuseKind(manifest, root.complain)) passedOver.push(unused(manifest))
}

function find<T>(kinds: readonly ObjectKind<T>[], { apiVersion, kind }: Manifest): ObjectKind<T> | undefined {
  return kinds.find(known => known.kind === kind && known.apiVersion === apiVersion)
}

const rootOf = (manifest: Manifest, complain: Complain): Field => ({
  value: manifest.value,
  at: manifest.at,
  root: manifest.at.path.length,
  served: isServed(manifest),
  complain,
})

function countNames({ pods, workloads }: Cluster): World['timesUsed'] {
  const times = new Map<string, number>()
  for (const { namespace, name } of [...pods, ...workloads]) {
    const key = `${namespace}/${name}`
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  return (namespace, name) => times.get(`${namespace}/${name}`) ?? 0
}
