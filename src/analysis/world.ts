import { type PolicySet, policySet } from '../engine/evaluate.ts'
import { buildCluster, type Cluster } from '../model/cluster.ts'
import { type Field, fieldOf } from '../model/field.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import type { ClusterObject } from '../model/objects.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import { decodeUnmodelled, unmodelledTemplate } from '../policy/kinds/unmodelled.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { UnmodelledPolicy } from '../policy/unmodelled.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Location, SourceFile } from '../source/file.ts'
import type { Manifest, PassedOver } from '../source/manifest.ts'
import { readManifests } from '../source/read-manifests.ts'
import { identityOf, isServed, nameOf, refuseKind, replaced, servedAs, unused } from './manifests.ts'
import { withoutServiceBlocks } from './service-blocks.ts'

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

/** What a manifest is to a world; undefined where a cluster would refuse it. */
type Decoded =
  | { readonly as: 'object'; readonly object: ClusterObject }
  | { readonly as: 'policy'; readonly policy: NetworkPolicy }
  | { readonly as: 'unmodelled'; readonly policy: UnmodelledPolicy }
  | { readonly as: 'unused'; readonly document: PassedOver }

/** Of each object the last one that a cluster would take. */
interface InForce {
  readonly name: string
  readonly at: Location
  readonly decoded: Decoded
}

/**
 * Reads files into a world; complains in `diagnostics`, and throws nothing. `problems` are those of getting at the
 * files; `onObject` is called for each object that is read.
 */
export function buildWorld(
  files: readonly SourceFile[],
  problems: readonly Diagnostic[] = [],
  onObject: () => void = () => undefined,
): World {
  const diagnostics = new Map(problems.map(problem => [problem.message, problem]))
  // A field that several readers look at is complained about once.
  const complain: Complain = diagnostic => diagnostics.set(keyOf(diagnostic), diagnostic)
  const passedOver: PassedOver[] = []
  const inForce = new Map<unknown, InForce>()
  const keep = (manifest: Manifest): void => {
    onObject()
    const decoded = decode(manifest, complain)
    // What is refused replaces nothing: the cluster keeps what it has.
    if (decoded === undefined) return
    const { at } = manifest
    const name = nameOf(manifest)
    const identity = identityOf(manifest)
    const earlier = inForce.get(identity)
    if (earlier !== undefined) {
      complain(replaced(name, earlier.at, at))
      passedOver.push({ at: earlier.at, why: 'replaced by a later one', matters: false })
    }
    // Deleted first, so that it takes its place in the order of the later one.
    inForce.delete(identity)
    inForce.set(identity, { name, at, decoded })
  }
  const passOver = (document: PassedOver): void => void passedOver.push(document)
  for (const file of files) readManifests(file, { keep, passOver, complain, servedAs })
  return { ...worldOf([...inForce.values()], passedOver), diagnostics: [...diagnostics.values()] }
}

function worldOf(inForce: readonly InForce[], passedOver: PassedOver[]): Omit<World, 'diagnostics'> {
  const objects: ClusterObject[] = []
  const written: NetworkPolicy[] = []
  const unmodelled: UnmodelledPolicy[] = []
  const used: { readonly name: string; readonly at: Location }[] = []
  for (const { name, at, decoded } of inForce) {
    if (decoded.as === 'object') objects.push(decoded.object)
    if (decoded.as === 'policy') written.push(decoded.policy)
    if (decoded.as === 'unmodelled') unmodelled.push(decoded.policy)
    if (decoded.as === 'unused') passedOver.push(decoded.document)
    if (decoded.as === 'object' || decoded.as === 'policy') used.push({ name, at })
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
    timesUsed: countNames(cluster),
    policies: policySet(networkPolicies.flatMap(policy => policy.directions)),
  }
}

function keyOf({ message, object, at }: Diagnostic): string {
  const place = at === undefined ? [] : 'position' in at ? [at.position] : [at.document, ...at.path]
  return JSON.stringify([message, object, at?.file.path, ...place])
}

/** What is said of one object: the API server says no more either (S-136). */
const MOST_ERRORS = 100

/** One with an error is kept out: it is not what its author meant. */
function decode(manifest: Manifest, complain: Complain): Decoded | undefined {
  const name = nameOf(manifest)
  let errors = 0
  const complainOfObject: Complain = diagnostic => {
    if (diagnostic.severity === 'error') errors++
    if (errors <= MOST_ERRORS) complain({ ...diagnostic, object: name })
  }
  const decoded = decodeAs(manifest, rootOf(manifest, complainOfObject))
  return errors > 0 ? undefined : decoded
}

function decodeAs(manifest: Manifest, root: Field): Decoded | undefined {
  const clusterKind = find(CLUSTER_KINDS, manifest)
  if (clusterKind !== undefined) {
    const object = clusterKind.decode(root)
    return object === undefined
      ? {
          as: 'unused',
          document: { at: manifest.at, why: `${manifest.kind} belongs to no Service`, matters: false },
        }
      : { as: 'object', object }
  }
  const policyKind = find(POLICY_KINDS, manifest)
  if (policyKind !== undefined) {
    const policy = policyKind.decode(root)
    return policy && { as: 'policy', policy }
  }
  if (refuseKind(manifest, root.object.complain)) return undefined
  const policy = decodeUnmodelled(manifest.apiVersion, manifest.kind, root)
  return policy === undefined ? { as: 'unused', document: unused(manifest) } : { as: 'unmodelled', policy }
}

function find<T>(kinds: readonly ObjectKind<T>[], { apiVersion, kind }: Manifest): ObjectKind<T> | undefined {
  return kinds.find(known => known.kind === kind && known.apiVersion === apiVersion)
}

const rootOf = (manifest: Manifest, complain: Complain): Field =>
  fieldOf(manifest.value, { at: manifest.at, served: isServed(manifest), complain })

function countNames({ pods, workloads }: Cluster): World['timesUsed'] {
  const times = new Map<string, number>()
  for (const { namespace, name } of [...pods, ...workloads]) {
    const key = `${namespace}/${name}`
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  return (namespace, name) => times.get(`${namespace}/${name}`) ?? 0
}
