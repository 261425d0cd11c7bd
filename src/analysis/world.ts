import { type PolicySet, policySet } from '../engine/evaluate.ts'
import { buildCluster, type Cluster } from '../model/cluster.ts'
import type { Field } from '../model/field.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import { DEFAULT_NAMESPACE } from '../model/metadata.ts'
import type { ClusterObject } from '../model/objects.ts'
import { isUnmodelledPolicy, POLICY_KINDS } from '../policy/kinds/index.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import { nearest } from '../source/did-you-mean.ts'
import type { SourceFile } from '../source/file.ts'
import { type Manifest, type PassedOver, readManifests } from '../source/manifest.ts'

/** Everything that a question can be put to. */
export interface World {
  readonly cluster: Cluster
  readonly networkPolicies: readonly NetworkPolicy[]
  readonly policies: PolicySet
  /** Policies of kinds that are not evaluated, so that no answer is quite sure (S-071). */
  readonly unmodelled: readonly Manifest[]
  readonly passedOver: readonly PassedOver[]
  /** What is wrong with the input. With an error among them, the world is not what a cluster would be. */
  readonly diagnostics: readonly Diagnostic[]
  /** How many Pods and workloads have a name; two of them need longer ids. */
  readonly timesUsed: (namespace: string, name: string) => number
}

/** Reads files into a world; complains in `diagnostics`, and throws nothing. */
export function buildWorld(files: readonly SourceFile[]): World {
  const diagnostics: Diagnostic[] = []
  const complain: Complain = diagnostic => diagnostics.push(diagnostic)
  const passedOver: PassedOver[] = []
  const manifests: Manifest[] = []
  for (const file of files) {
    const reading = readManifests(file, complain)
    manifests.push(...reading.manifests)
    passedOver.push(...reading.passedOver)
  }
  const objects: ClusterObject[] = []
  const networkPolicies: NetworkPolicy[] = []
  const unmodelled: Manifest[] = []
  for (const manifest of latest(manifests, complain)) {
    const clusterKind = find(CLUSTER_KINDS, manifest)
    const policyKind = find(POLICY_KINDS, manifest)
    if (clusterKind !== undefined) keep(objects, clusterKind.decode(rootOf(manifest, complain)))
    else if (policyKind !== undefined) keep(networkPolicies, policyKind.decode(rootOf(manifest, complain)))
    else if (isUnmodelledPolicy(manifest.apiVersion, manifest.kind)) unmodelled.push(manifest)
    else if (!refuseKind(manifest, complain)) passedOver.push(unused(manifest))
  }
  const cluster = buildCluster(
    objects,
    networkPolicies.map(policy => policy.namespace),
  )
  return {
    cluster,
    timesUsed: countNames(cluster),
    networkPolicies,
    policies: policySet(networkPolicies.flatMap(policy => policy.directions)),
    unmodelled,
    passedOver,
    diagnostics,
  }
}

function find<T>(kinds: readonly ObjectKind<T>[], { apiVersion, kind }: Manifest): ObjectKind<T> | undefined {
  return kinds.find(known => known.kind === kind && known.apiVersion === apiVersion)
}

function keep<T>(list: T[], object: T | undefined): void {
  if (object !== undefined) list.push(object)
}

const rootOf = (manifest: Manifest, complain: Complain): Field => ({
  value: manifest.value,
  at: manifest.at,
  root: manifest.at.path.length,
  served: isServed(manifest),
  complain,
})

/** Only a cluster gives an object its `uid`. */
const isServed = ({ value }: Manifest): boolean =>
  typeof member(member(value, 'metadata'), 'uid') === 'string'

/** Of two manifests for one object the later one replaces the earlier, as when one is applied after the other (S-006). */
function latest(manifests: readonly Manifest[], complain: Complain): Iterable<Manifest> {
  const byIdentity = new Map<unknown, Manifest>()
  for (const manifest of manifests) {
    const identity = identityOf(manifest)
    const earlier = byIdentity.get(identity)
    if (earlier !== undefined) complain(replaced(earlier, manifest))
    // Deleted first, so that it takes its place in the order of the later one.
    byIdentity.delete(identity)
    byIdentity.set(identity, manifest)
  }
  return byIdentity.values()
}

/** Kind, namespace and name; the manifest itself where it has no name yet, so that it is like no other. */
function identityOf(manifest: Manifest): unknown {
  const metadata = member(manifest.value, 'metadata')
  const name = member(metadata, 'name')
  const namespace = member(metadata, 'namespace') || DEFAULT_NAMESPACE
  return typeof name === 'string'
    ? JSON.stringify([manifest.apiVersion, manifest.kind, namespace, name])
    : manifest
}

function replaced(earlier: Manifest, { kind, value, at }: Manifest): Diagnostic {
  const metadata = member(value, 'metadata')
  const name = [member(metadata, 'namespace'), member(metadata, 'name')].filter(Boolean).join('/')
  return {
    severity: 'warning',
    code: 'REPLACED_OBJECT',
    message: `${kind} ${name} is there twice: this one replaces the one in ${earlier.at.file.path}`,
    at: { ...at, path: [...at.path, 'metadata', 'name'] },
    help: 'rename one of them if both are meant to be in force',
  }
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? Object.entries(value).find(([name]) => name === key)?.[1]
    : undefined
}

/**
 * S-143: what a cluster would not know. A slip in the kind, or a version that is no longer served, would otherwise
 * drop a policy without a word.
 */
function refuseKind(manifest: Manifest, complain: Complain): boolean {
  const { apiVersion, kind, at } = manifest
  const known = [...CLUSTER_KINDS, ...POLICY_KINDS]
  const served = known.find(candidate => candidate.kind === kind)?.apiVersion
  const builtIn = /^[a-z0-9]+(\/|$)/.test(apiVersion) || apiVersion.startsWith('networking.k8s.io/')
  const meant = served === undefined ? nearestKind(kind, apiVersion) : undefined
  if (served !== undefined ? !builtIn : meant === undefined) return false
  complain({
    severity: 'error',
    code: 'UNKNOWN_KIND',
    message: `no matches for kind "${kind}" in version "${apiVersion}"`,
    at: { ...at, path: [...at.path, served === undefined ? 'kind' : 'apiVersion'] },
    help: served === undefined ? `did you mean \`${meant}\`?` : `${kind} is served as \`${served}\``,
  })
  return true
}

/** Kinds beside ours in the same group that are near in spelling, but no slip. */
const OTHER_KINDS: readonly string[] = ['PodTemplate', 'Lease', 'Event', 'Secret']

function nearestKind(kind: string, apiVersion: string): string | undefined {
  if (OTHER_KINDS.includes(kind)) return undefined
  const sameGroup = [...CLUSTER_KINDS, ...POLICY_KINDS].filter(known => known.apiVersion === apiVersion)
  return nearest(
    kind,
    sameGroup.map(known => known.kind),
  )
}

/** What is said of a manifest that no question needs. A kind that makes Pods of its own may well matter. */
function unused(manifest: Manifest): PassedOver {
  const spec = member(member(member(manifest.value, 'spec'), 'template'), 'spec')
  const makesPods = Array.isArray(member(spec, 'containers'))
  const why = makesPods
    ? `${manifest.kind} (${manifest.apiVersion}) is not known; the Pods that it makes are missing`
    : `${manifest.kind} has no part in the answers`
  return { at: manifest.at, why, matters: makesPods }
}

function countNames({ pods, workloads }: Cluster): World['timesUsed'] {
  const times = new Map<string, number>()
  for (const { namespace, name } of [...pods, ...workloads]) {
    const key = `${namespace}/${name}`
    times.set(key, (times.get(key) ?? 0) + 1)
  }
  return (namespace, name) => times.get(`${namespace}/${name}`) ?? 0
}
