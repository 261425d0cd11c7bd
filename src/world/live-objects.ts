import { apiGroup } from '../model/api-group.ts'
import { unwrittenNamespace } from '../model/decode/metadata.ts'
import type { Creator } from '../model/kinds/custom/creators.ts'
import type { OtherRoute } from '../model/routes.ts'
import type { UnmodeledPolicy } from '../policy/kinds/unmodeled.ts'
import type { Profile } from '../policy/profile.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { Reason } from '../report/reason.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Location, SourceFile, Validation } from '../source/file.ts'
import type { Manifest, PassedOver } from '../source/manifest.ts'
import { manifestsAt } from '../source/manifest-at.ts'
import { isOfYtt } from '../source/placeholders.ts'
import { readManifests } from '../source/read/read-manifests.ts'
import { asPartOfChart, chartCreators, chartsAmong } from './charts.ts'
import { type Decoded, decode, policyOfTemplate, routeOfTemplate } from './decode-manifest.ts'
import { expectationsAmong } from './expectations.ts'
import { type Kustomization, type Kustomizations, kustomizationsAmong } from './kustomizations.ts'
import { comesFromCluster, objectKey, placeOf, servedAs, writtenName } from './manifest-identity.ts'
import type { ObjectRef } from './object-name.ts'
import { type Replaced, warningsOfReplaced } from './replaced-objects.ts'
import { saysSame } from './same.ts'
import { asHook, asTemplate, asUnfilled, templateCreator, textCreator } from './templates.ts'

/*
 * From files to the objects in force: what a world is built from, and what an edit changes.
 */

/** A document that is not in force, though nothing is wrong with it. */
export interface Unused {
  readonly at: Location
  readonly why: UnusedReason
  /** What a template is known to be a policy of. */
  readonly policy?: UnmodeledPolicy | undefined
  /** What it is, where it is a template of a route. */
  readonly route?: OtherRoute | undefined
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
  readonly validate: Validation | undefined
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

/** How files are read. */
export interface ReadOptions {
  /** The problems of loading them. */
  readonly problems?: readonly Diagnostic[] | undefined
  /** The namespace of objects that name none: `default` unless it is given. */
  readonly namespace?: string | undefined
  /** What becomes of unknown and repeated fields: `strict` unless it is given. */
  readonly validate?: Validation | undefined
  /** Called for each object that is read. */
  readonly onObject?: (() => void) | undefined
}

/** Reads files; complains in `diagnostics`, and throws nothing. */
export function readInput(
  files: readonly SourceFile[],
  { problems = [], namespace, validate, onObject = () => undefined }: ReadOptions = {},
): Input {
  const diagnostics = [...problems]
  const complain: Complain = diagnostic => {
    if (diagnostic.code !== 'DUPLICATE_FIELD' || validate !== 'ignore') diagnostics.push(diagnostic)
  }
  const unused: Unused[] = []
  const replaced: Replaced[] = []
  const templates: Creator[] = []
  const inForce = new Map<unknown, InForce>()
  const keep = (manifest: Manifest): void => {
    onObject()
    const complaints: Diagnostic[] = []
    const decoded = decode(manifest, complaint => void complaints.push(complaint))
    const { at } = manifest
    const why = whyUnused(manifest, decoded, complaints, kustomizations)
    if (why !== undefined) unused.push({ at, why, ...knownOf(manifest, why) })
    if (why?.kind === 'template') templates.push(templateCreator(manifest))
    else if (why?.kind !== 'incomplete') complaints.forEach(complain)
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
  const isPlain = namespace === undefined && validate === undefined
  const placed = isPlain ? files : files.map(file => ({ ...file, namespace, validate }))
  const [charts, expectations] = [chartsAmong(placed), expectationsAmong(placed)]
  for (const creator of chartCreators(charts.values())) templates.push(creator)
  const kustomizations = kustomizationsAmong(placed)
  for (const file of placed) {
    const why = whyUnread(file, charts, expectations, kustomizations)
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
    validate,
    kustomizations: kustomizations.notApplied,
    templates,
  }
}

/** Why an object is not in the cluster as it is written; undefined where it is, and where its errors are mistakes. */
function whyUnused(
  manifest: Manifest,
  decoded: Decoded | undefined,
  complaints: readonly Diagnostic[],
  { incomplete }: Kustomizations,
): UnusedReason | undefined {
  if (decoded !== undefined) return asHook(manifest) ?? asUnfilled(decoded)
  const kustomization = incomplete.get(manifest.at.file)
  const template = asTemplate(manifest, complaints)
  return template ?? (kustomization && { kind: 'incomplete', of: kustomization.path })
}

/** What is known of a template; in ytt's, any value may be another one. */
function knownOf(manifest: Manifest, why: UnusedReason): Pick<Unused, 'policy' | 'route'> {
  if (why.kind !== 'template' || why.placeholder === undefined || isOfYtt(manifest.at.file)) return {}
  return why.mayBePolicy
    ? { policy: policyOfTemplate(manifest) }
    : { route: routeOfTemplate(manifest, why.placeholder) }
}

/** Why a file is known to have no objects without being read. */
function whyUnread(
  file: SourceFile,
  charts: ReturnType<typeof chartsAmong>,
  expectations: ReturnType<typeof expectationsAmong>,
  { parts, files: written }: Kustomizations,
): UnusedReason | undefined {
  const [ofChart, expectation, kustomization] = [charts.get(file), expectations.get(file), parts.get(file)]
  if (ofChart !== undefined) return asPartOfChart(ofChart)
  if (expectation !== undefined) return expectation
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
    group: apiGroup(manifest.apiVersion),
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
