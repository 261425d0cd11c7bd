import { apiGroup } from '../model/api-group.ts'
import { type Field, fieldOf } from '../model/decode/field.ts'
import { unwrittenNamespace } from '../model/decode/metadata.ts'
import { decodeClientPolicy } from '../model/kinds/client-policies.ts'
import { decodeControllerSettings } from '../model/kinds/controller-settings.ts'
import { type Creator, decodeCreator, mayCreatePolicies } from '../model/kinds/custom/creators.ts'
import { decodeCustomWorkload } from '../model/kinds/custom/custom-workload.ts'
import { CLUSTER_KINDS, type ObjectKind } from '../model/kinds/index.ts'
import { decodeOtherRoute, decodeTemplateOfRoute } from '../model/kinds/other-routes.ts'
import type { ClusterObject } from '../model/objects.ts'
import type { OtherRoute } from '../model/routes.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import { decodeUnmodeled, type UnmodeledPolicy } from '../policy/kinds/unmodeled.ts'
import type { PolicyObject } from '../policy/policy.ts'
import type { UnusedReason } from '../report/facts/documents.ts'
import type { Complain, Diagnostic } from '../source/diagnostic.ts'
import type { Validation } from '../source/file.ts'
import type { Manifest } from '../source/manifest.ts'
import { placeholderIn } from '../source/placeholders.ts'
import { comesFromCluster, placeOf, refuseKind, writtenName } from './manifest-identity.ts'

/** What a manifest is decoded to. */
export type Decoded =
  | { readonly as: 'object'; readonly object: ClusterObject }
  | { readonly as: 'policy'; readonly policy: PolicyObject }
  | { readonly as: 'unmodeled'; readonly policy: UnmodeledPolicy }
  | { readonly as: 'creator'; readonly creator: Creator }
  | { readonly as: 'unused'; readonly why: UnusedReason }

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
    rootOf(manifest, found => {
      const diagnostic = asValidated(found, manifest.at.file.validate)
      if (diagnostic === undefined) return
      const key = diagnostic.code === 'WRONG_TYPE' ? diagnostic.field : diagnostic
      if (diagnostic.severity === 'error' && !complaints.has(key)) errors++
      if (errors <= MOST_ERRORS) complaints.set(key, { ...diagnostic, object })
    }),
  )
  for (const complaint of complaints.values()) complain(complaint)
  return errors > 0 ? undefined : decoded
}

/** A cluster ignores unknown fields unless it is asked to validate strictly. */
function asValidated(diagnostic: Diagnostic, validate: Validation = 'strict'): Diagnostic | undefined {
  if (diagnostic.code !== 'UNKNOWN_FIELD' || validate === 'strict') return diagnostic
  return validate === 'ignore' ? undefined : { ...diagnostic, severity: 'warning' }
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
  const { apiVersion, kind } = manifest
  const object = decodeOtherRoute(apiVersion, kind, root) ?? decodeClientPolicy(apiVersion, kind, root)
  if (object !== undefined) return { as: 'object', object }
  const policy = decodeUnmodeled(apiVersion, kind, root)
  return policy === undefined ? decodeOther(manifest, root) : { as: 'unmodeled', policy }
}

/** Which Pods a policy could select in which something has to be filled in. */
export function policyOfTemplate(manifest: Manifest): UnmodeledPolicy | undefined {
  const { apiVersion, kind } = manifest
  const policy = decodeUnmodeled(
    apiVersion,
    kind,
    rootOf(manifest, () => undefined),
  )
  const isAnywhere = policy?.namespace !== undefined && placeholderIn(policy.namespace) !== undefined
  return isAnywhere ? { ...policy, namespace: undefined } : policy
}

/** What route a template is; undefined where it is none. */
export const routeOfTemplate = (manifest: Manifest, placeholder: string): OtherRoute | undefined =>
  decodeTemplateOfRoute(
    manifest.apiVersion,
    manifest.kind,
    rootOf(manifest, () => undefined),
    placeholder,
  )

/** An object of another kind, for what it says to an ingress controller, and for the Pods and policies that a controller creates for it. */
function decodeOther(manifest: Manifest, root: Field): Decoded {
  const { apiVersion, kind, value, at } = manifest
  const { name, namespace: written } = placeOf(manifest)
  const own = { name, written, namespace: written ?? unwrittenNamespace(at), at }
  const settings = decodeControllerSettings(apiVersion, kind, value, own)
  if (settings !== undefined) return { as: 'object', object: settings }
  const creator = decodeCreator(apiVersion, kind, value, own)
  // What looks like a Pod template in the values of a chart is none.
  if (creator !== undefined && mayCreatePolicies(creator)) return { as: 'creator', creator }
  const custom = decodeCustomWorkload(apiGroup(manifest.apiVersion), kind, root, BUILT_IN)
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
  fieldOf(manifest.value, {
    at: manifest.at,
    served: comesFromCluster(manifest),
    stored: comesFromCluster(manifest),
    complain,
  })
