import { type Field, fieldOf } from '../model/decode/field.ts'
import { unwrittenNamespace } from '../model/decode/metadata.ts'
import { type Creator, decodeCreator, mayCreatePolicies } from '../model/kinds/custom/creators.ts'
import { decodeCustomWorkload } from '../model/kinds/custom/custom-workload.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import { decodeOtherRoute } from '../model/kinds/other-routes.ts'
import type { ClusterObject } from '../model/objects.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import { decodeUnmodeled, type UnmodeledPolicy } from '../policy/kinds/unmodeled.ts'
import type { PolicyObject } from '../policy/policy.ts'
import type { Profile } from '../policy/profile.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { Reason } from '../report/reason.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Location, SourceFile } from '../source/file.ts'
import type { Manifest, PassedOver } from '../source/manifest.ts'
import { manifestsAt } from '../source/manifest-at.ts'
import { readManifests } from '../source/read/read-manifests.ts'
import { asPartOfChart, chartCreators, chartsAmong } from './charts.ts'
import { type Kustomization, type Kustomizations, kustomizationsAmong } from './kustomizations.ts'
import {
  comesFromCluster,
  groupOf,
  objectKey,
  placeOf,
  refuseKind,
  servedAs,
  writtenName,
} from './manifest-identity.ts'
import type { ObjectRef } from './object-name.ts'
import { type Replaced, warningsOfReplaced } from './replaced-objects.ts'
import { saysSame } from './same.ts'
import { asHook, asTemplate, isExpectation, templateCreator, textCreator } from './templates.ts'

/*
 * From files to the objects in force: what a world is built from, and what an edit changes.
 */

/** A document that is not in force, though nothing is wrong with it. */
export interface Unused {
  readonly at: Location
  readonly why: UnusedReason
}

/** Everything that was read, with the edits made since. */
export interface Input {
  /** By its identity, the last version of each object that a cluster would accept. */
  readonly inForce: ReadonlyMap<unknown, InForce>
  readonly unused: readonly Unused[]
  readonly diagnostics: readonly Diagnostic[]
  /** The edits, in order. */
  readonly whatIf: readonly Reason<'ASSUMED_WHAT_IF'>[]
  /** The namespaces that were deleted: nothing can be created in them (S-144). */
  readonly gone: ReadonlySet<string>
  /** The network plugin, where one is named. */
  readonly profile: Profile | undefined
  /** The namespace of objects that name none; undefined for `default`. */
  readonly namespace: string | undefined
  /** Kustomizations that would change the objects, and that nobody has applied. */
  readonly kustomizations: readonly Kustomization[]
  /** What is to be rendered from templates first. */
  readonly templates: readonly Creator[]
}

export interface InForce {
  /** `NetworkPolicy shop/api`, as far as the manifest says it. */
  readonly name: string
  readonly object: ObjectRef
  readonly at: Location
  readonly decoded: Decoded
  /** Whether it comes from a cluster, with the fields that only a cluster writes. */
  readonly served: boolean
  /** Whether it names no namespace and is in that of the reading (`-n`). */
  readonly placed: boolean
  /** The edit that put it in force; absent where it was loaded. */
  readonly by?: 'apply' | 'label'
  /** The edited manifest, which differs from the text at its place. */
  readonly edited?: Manifest
}

/** An object in force, under its identity. */
export type Found = readonly [identity: unknown, one: InForce]

/** What a manifest is decoded to. */
export type Decoded =
  | { readonly as: 'object'; readonly object: ClusterObject }
  | { readonly as: 'policy'; readonly policy: PolicyObject }
  | { readonly as: 'unmodeled'; readonly policy: UnmodeledPolicy }
  | { readonly as: 'creator'; readonly creator: Creator }
  | { readonly as: 'unused'; readonly why: UnusedReason }

/** How files are read. */
export interface ReadOptions {
  /** The problems of loading them. */
  readonly problems?: readonly Diagnostic[] | undefined
  /** The namespace of objects that name none: `default` unless it is given. */
  readonly namespace?: string | undefined
  /** Called for each object that is read. */
  readonly onObject?: (() => void) | undefined
}

/** Reads files; complains in `diagnostics`, and throws nothing. */
export function readInput(
  files: readonly SourceFile[],
  { problems = [], namespace, onObject = () => undefined }: ReadOptions = {},
): Input {
  const diagnostics = [...problems]
  const complain: Complain = diagnostic => void diagnostics.push(diagnostic)
  const unused: Unused[] = []
  const replaced: Replaced[] = []
  const templates: Creator[] = []
  const inForce = new Map<unknown, InForce>()
  const keep = (manifest: Manifest): void => {
    onObject()
    const complaints: Diagnostic[] = []
    const decoded = decode(manifest, complaint => void complaints.push(complaint))
    const { at } = manifest
    const why = decoded === undefined ? asTemplate(manifest, complaints) : asHook(manifest)
    if (why !== undefined) unused.push({ at, why })
    if (why?.kind === 'template') templates.push(templateCreator(manifest))
    else complaints.forEach(complain)
    // A refused object replaces nothing: the cluster keeps what it has.
    if (decoded === undefined || why !== undefined) return
    const name = writtenName(manifest)
    const identity = objectKey(manifest)
    const earlier = inForce.get(identity)
    if (earlier !== undefined) {
      replaced.push({ name, earlier: earlier.at, later: at, isOther: isOther(earlier.decoded, decoded) })
      unused.push({ at: earlier.at, why: { kind: 'replaced' } })
    }
    // Deleted first, so that it moves to the end of the order.
    inForce.delete(identity)
    const object = refOf(manifest, decoded)
    inForce.set(identity, {
      name,
      object,
      at,
      decoded,
      served: comesFromCluster(manifest),
      placed:
        namespace !== undefined &&
        object.namespace === namespace &&
        placeOf(manifest).namespace === undefined,
    })
  }
  const passOver = (document: PassedOver): void => {
    unused.push(document)
    if (document.why.kind === 'template') templates.push(textCreator(document.at))
  }
  const placed = namespace === undefined ? files : files.map(file => ({ ...file, namespace }))
  const charts = chartsAmong(placed)
  templates.push(...chartCreators(charts.values()))
  const kustomizations = kustomizationsAmong(placed)
  for (const file of placed) {
    const why = whyUnread(file, charts, kustomizations)
    if (why !== undefined) unused.push({ at: { file, document: 0, path: [] }, why })
    else readManifests(file, { keep, passOver, complain, servedAs })
  }
  return {
    inForce,
    unused,
    diagnostics: [...diagnostics, ...warningsOfReplaced(replaced, kustomizations.files.size > 0)],
    whatIf: [],
    gone: new Set(),
    profile: undefined,
    namespace,
    kustomizations: kustomizations.notApplied,
    templates,
  }
}

/** Why a file is known to have no objects without being read. */
function whyUnread(
  file: SourceFile,
  charts: ReturnType<typeof chartsAmong>,
  { parts, files: written }: Kustomizations,
): UnusedReason | undefined {
  const [ofChart, kustomization] = [charts.get(file), parts.get(file)]
  if (ofChart !== undefined) return asPartOfChart(ofChart)
  if (isExpectation(file)) return { kind: 'expectation' }
  if (kustomization !== undefined) return { kind: 'part-of-kustomization', of: kustomization.path }
  return written.has(file) ? { kind: 'irrelevant', of: 'Kustomization' } : undefined
}

/** Whether an answer may be another with one in the place of the other. */
const isOther = (earlier: Decoded, later: Decoded): boolean =>
  (earlier.as !== 'unused' || later.as !== 'unused') && !saysSame(earlier, later)

function refOf(manifest: Manifest, decoded: Decoded): ObjectRef {
  const { name, namespace } = placeOf(manifest)
  return {
    kind: manifest.kind,
    namespace: writtenNamespaceOf(decoded, namespace, manifest.at),
    name,
    group: groupOf(manifest),
  }
}

/** For unknown kinds it is not known whether they are in a namespace. */
function writtenNamespaceOf(decoded: Decoded, written: string | undefined, at: Location): string | undefined {
  switch (decoded.as) {
    case 'object':
      return 'namespace' in decoded.object ? decoded.object.namespace : undefined
    case 'policy':
      return decoded.policy.namespace || undefined
    case 'unmodeled':
      return written ?? (decoded.policy.namespace === undefined ? undefined : unwrittenNamespace(at))
    case 'creator':
    case 'unused':
      return written
  }
}

/** The most complaints about one object, as for the API server (S-136). */
const MOST_ERRORS = 100

/** Decodes a manifest; undefined for one with an error, which a cluster would refuse. */
export function decode(manifest: Manifest, complain: Complain): Decoded | undefined {
  const object = writtenName(manifest)
  let errors = 0
  // Where several readers find a field to be of another type, the last one knows best what it should be.
  const complaints = new Map<unknown, Diagnostic>()
  const decoded = decodeAs(
    manifest,
    rootOf(manifest, diagnostic => {
      const key = diagnostic.code === 'WRONG_TYPE' ? diagnostic.field : diagnostic
      if (diagnostic.severity === 'error' && !complaints.has(key)) errors++
      if (errors <= MOST_ERRORS) complaints.set(key, { ...diagnostic, object })
    }),
  )
  for (const complaint of complaints.values()) complain(complaint)
  return errors > 0 ? undefined : decoded
}

function decodeAs(manifest: Manifest, root: Field): Decoded | undefined {
  const clusterKind = find(CLUSTER_KINDS, manifest)
  if (clusterKind !== undefined) {
    const object = clusterKind.decode(root)
    return object === undefined
      ? { as: 'unused', why: { kind: 'without-service', of: manifest.kind } }
      : { as: 'object', object }
  }
  const policyKind = find(POLICY_KINDS, manifest)
  if (policyKind !== undefined) {
    const policy = policyKind.decode(root)
    return policy && { as: 'policy', policy }
  }
  if (refuseKind(manifest, root.object.complain)) return undefined
  const route = decodeOtherRoute(manifest.apiVersion, manifest.kind, root)
  if (route !== undefined) return { as: 'object', object: route }
  const policy = decodeUnmodeled(manifest.apiVersion, manifest.kind, root)
  return policy === undefined ? decodeOther(manifest, root) : { as: 'unmodeled', policy }
}

/** An object of a kind that is not built in, for the Pods and policies that a controller creates for it. */
function decodeOther(manifest: Manifest, root: Field): Decoded {
  const { apiVersion, kind, value, at } = manifest
  const { name, namespace: written } = placeOf(manifest)
  const own = { name, written, namespace: written ?? unwrittenNamespace(at), at }
  const creator = decodeCreator(apiVersion, kind, value, own)
  // What looks like a Pod template in the values of a chart is none.
  if (creator !== undefined && mayCreatePolicies(creator)) return { as: 'creator', creator }
  const custom = decodeCustomWorkload(groupOf(manifest), kind, root, BUILT_IN)
  if (custom !== undefined) return { as: 'object', object: custom }
  return creator === undefined
    ? { as: 'unused', why: { kind: 'irrelevant', of: kind } }
    : { as: 'creator', creator }
}

const BUILT_IN = CLUSTER_KINDS.map(({ kind }) => kind)

function find<T>(kinds: readonly ObjectKind<T>[], { apiVersion, kind }: Manifest): ObjectKind<T> | undefined {
  return kinds.find(known => known.kind === kind && known.apiVersion === apiVersion)
}

const rootOf = (manifest: Manifest, complain: Complain): Field =>
  fieldOf(manifest.value, { at: manifest.at, served: comesFromCluster(manifest), complain })

/** The manifests of objects, with their edits. */
export function manifestsOf(all: readonly InForce[]): readonly (Manifest | undefined)[] {
  const written = manifestsAt(all.map(({ at }) => at))
  return all.map(({ edited }, index) => edited ?? written[index])
}

/** The path of the labels that policies can see: those of a workload are in its template (S-300). */
export function labelsPath(one: InForce): readonly string[] {
  if (!hasTemplate(one)) return OWN
  const ofCustom = customLabelsPath(one)
  if (ofCustom !== undefined) return ofCustom
  return one.object.kind === 'CronJob' ? OF_JOB_TEMPLATE : OF_TEMPLATE
}

/** Whether it is a workload of a known kind. */
export const hasTemplate = ({ decoded }: InForce): boolean =>
  decoded.as === 'object' && ('template' in decoded.object || customLabelsPath({ decoded }) !== undefined)

const customLabelsPath = ({ decoded }: Pick<InForce, 'decoded'>): readonly string[] | undefined =>
  decoded.as === 'object' && decoded.object.kind === 'CustomWorkload' ? decoded.object.labelsPath : undefined

const OWN = ['metadata', 'labels']
const OF_TEMPLATE = ['spec', 'template', ...OWN]
const OF_JOB_TEMPLATE = ['spec', 'jobTemplate', ...OF_TEMPLATE]
