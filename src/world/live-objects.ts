import { type Field, fieldOf } from '../model/decode/field.ts'
import { DEFAULT_NAMESPACE } from '../model/decode/metadata.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import type { ClusterObject } from '../model/objects.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import { decodeUnmodeled } from '../policy/kinds/unmodeled.ts'
import type { NetworkPolicy } from '../policy/policy.ts'
import type { Profile } from '../policy/profile.ts'
import type { UnmodeledPolicy } from '../policy/unmodeled.ts'
import type { Reason } from '../report/reason.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Location, SourceFile } from '../source/file.ts'
import type { Manifest, PassedOver } from '../source/manifest.ts'
import { manifestsAt } from '../source/manifest-at.ts'
import { readManifests } from '../source/read/read-manifests.ts'
import {
  groupOf,
  identityOf,
  isServed,
  placeOf,
  refuseKind,
  replaced,
  servedAs,
  unused,
  writtenName,
} from './manifests.ts'
import type { ObjectRef } from './object-name.ts'

/*
 * From files to the objects in force, one by one: what a world is built from, and what an edit changes.
 */

/** Everything that was read, with the edits made since. */
export interface Input {
  /** By its identity, the last version of each object that a cluster would accept. */
  readonly inForce: ReadonlyMap<unknown, InForce>
  /** The documents that are not in force. */
  readonly passedOver: readonly PassedOver[]
  readonly diagnostics: readonly Diagnostic[]
  /** The edits, in order. */
  readonly whatIf: readonly Reason<'ASSUMED_WHAT_IF'>[]
  /** The namespaces that were deleted: nothing can be created in them (S-144). */
  readonly gone: ReadonlySet<string>
  /** The network plugin, where one is named. */
  readonly profile: Profile | undefined
}

export interface InForce {
  /** `NetworkPolicy shop/api`, as far as the manifest says it. */
  readonly name: string
  readonly object: ObjectRef
  readonly at: Location
  readonly decoded: Decoded
  /** It comes from a cluster, with the fields that only a cluster writes. */
  readonly served: boolean
  /** The edit that put it in force; absent where it was loaded. */
  readonly by?: 'apply' | 'label'
  /** The edited manifest, which differs from the text at its place. */
  readonly edited?: Manifest
}

/** What a manifest is decoded to. */
export type Decoded =
  | { readonly as: 'object'; readonly object: ClusterObject }
  | { readonly as: 'policy'; readonly policy: NetworkPolicy }
  | { readonly as: 'unmodeled'; readonly policy: UnmodeledPolicy }
  | { readonly as: 'unused'; readonly document: PassedOver }

/**
 * Reads files; complains in `diagnostics`, and throws nothing. `problems` are those of loading the files; `onObject` is
 * called for each object that is read.
 */
export function readInput(
  files: readonly SourceFile[],
  problems: readonly Diagnostic[] = [],
  onObject: () => void = () => undefined,
): Input {
  const diagnostics = new Map(problems.map(problem => [problem.message, problem]))
  // Several decoders may complain about the same field.
  const complain: Complain = diagnostic => diagnostics.set(keyOf(diagnostic), diagnostic)
  const passedOver: PassedOver[] = []
  const inForce = new Map<unknown, InForce>()
  const keep = (manifest: Manifest): void => {
    onObject()
    const decoded = decode(manifest, complain)
    // A refused object replaces nothing: the cluster keeps what it has.
    if (decoded === undefined) return
    const { at } = manifest
    const name = writtenName(manifest)
    const identity = identityOf(manifest)
    const earlier = inForce.get(identity)
    if (earlier !== undefined) {
      complain(replaced(name, earlier.at, at))
      passedOver.push({ at: earlier.at, why: 'replaced by a later one', matters: false })
    }
    // Deleted first, so that it moves to the end of the order.
    inForce.delete(identity)
    inForce.set(identity, { name, object: refOf(manifest, decoded), at, decoded, served: isServed(manifest) })
  }
  const passOver = (document: PassedOver): void => void passedOver.push(document)
  for (const file of files) readManifests(file, { keep, passOver, complain, servedAs })
  const read = { inForce, passedOver, diagnostics: [...diagnostics.values()] }
  return { ...read, whatIf: [], gone: new Set(), profile: undefined }
}

function keyOf({ message, object, at }: Diagnostic): string {
  const place = at === undefined ? [] : 'position' in at ? [at.position] : [at.document, ...at.path]
  return JSON.stringify([message, object, at?.file.path, ...place])
}

function refOf(manifest: Manifest, decoded: Decoded): ObjectRef {
  const { name, namespace } = placeOf(manifest)
  return { kind: manifest.kind, namespace: namespaceOf(decoded, namespace), name, group: groupOf(manifest) }
}

/** For unknown kinds it is not known whether they are in a namespace. */
function namespaceOf(decoded: Decoded, written: string | undefined): string | undefined {
  switch (decoded.as) {
    case 'object':
      return 'namespace' in decoded.object ? decoded.object.namespace : undefined
    case 'policy':
      return decoded.policy.namespace
    case 'unmodeled':
      return written ?? (decoded.policy.namespace === undefined ? undefined : DEFAULT_NAMESPACE)
    case 'unused':
      return written
  }
}

/** The most complaints about one object, as for the API server (S-136). */
const MOST_ERRORS = 100

/** Decodes a manifest; undefined for one with an error, which a cluster would refuse. */
export function decode(manifest: Manifest, complain: Complain): Decoded | undefined {
  const name = writtenName(manifest)
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
  const policy = decodeUnmodeled(manifest.apiVersion, manifest.kind, root)
  return policy === undefined ? { as: 'unused', document: unused(manifest) } : { as: 'unmodeled', policy }
}

function find<T>(kinds: readonly ObjectKind<T>[], { apiVersion, kind }: Manifest): ObjectKind<T> | undefined {
  return kinds.find(known => known.kind === kind && known.apiVersion === apiVersion)
}

const rootOf = (manifest: Manifest, complain: Complain): Field =>
  fieldOf(manifest.value, { at: manifest.at, served: isServed(manifest), complain })

/** The manifests of objects, with their edits. */
export function manifestsOf(all: readonly InForce[]): readonly (Manifest | undefined)[] {
  const written = manifestsAt(all.map(({ at }) => at))
  return all.map(({ edited }, index) => edited ?? written[index])
}

/** The path of the labels that policies can see: those of a workload are in its template (S-300). */
export function labelsPath(one: InForce): readonly string[] {
  if (!hasTemplate(one)) return OWN
  return one.object.kind === 'CronJob' ? OF_JOB_TEMPLATE : OF_TEMPLATE
}

/** Whether it is a workload of a known kind. */
export const hasTemplate = ({ decoded }: InForce): boolean =>
  decoded.as === 'object' && 'template' in decoded.object

const OWN = ['metadata', 'labels']
const OF_TEMPLATE = ['spec', 'template', ...OWN]
const OF_JOB_TEMPLATE = ['spec', 'jobTemplate', ...OF_TEMPLATE]
