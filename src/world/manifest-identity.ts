import { distance } from 'fastest-levenshtein'
import { apiGroup } from '../model/api-group.ts'
import { unwrittenNamespace } from '../model/decode/metadata.ts'
import { CLUSTER_KINDS } from '../model/kinds/index.ts'
import { POLICY_KINDS } from '../policy/kinds/index.ts'
import type { Complain } from '../source/diagnostic.ts'
import { isTypo, nearest } from '../source/did-you-mean.ts'
import type { Manifest } from '../source/manifest.ts'
import { valueAt } from '../source/mapping.ts'

/*
 * What is known of a manifest before it is decoded: its object, whether its kind is served, whether a question needs it.
 */

const KINDS = [...CLUSTER_KINDS, ...POLICY_KINDS]

/** `NetworkPolicy shop/api`, as far as the manifest says it. */
export function writtenName(manifest: Manifest): string {
  const { kind, value } = manifest
  const metadata = valueAt(value, 'metadata')
  const id = [writtenNamespace(manifest), valueAt(metadata, 'name') ?? valueAt(metadata, 'generateName')]
  const parts = id.filter(part => typeof part === 'string' && part !== '')
  return [kind, parts.join('/')].filter(part => part !== '').join(' ')
}

/** The API server drops the namespace of an object of a kind that is in none. */
const writtenNamespace = ({ apiVersion, kind, value }: Manifest): unknown =>
  KINDS.some(known => known.kind === kind && known.apiVersion === apiVersion && known.isClusterScoped)
    ? undefined
    : valueAt(value, 'metadata', 'namespace')

/** Only a cluster gives an object its `uid`. */
export const comesFromCluster = ({ value }: Manifest): boolean =>
  typeof valueAt(value, 'metadata', 'uid') === 'string'

/** Name and namespace as written; `~` takes the place of what the server adds to a `generateName`. */
export function placeOf(manifest: Manifest): {
  readonly name: string
  readonly namespace: string | undefined
} {
  const metadata = valueAt(manifest.value, 'metadata')
  const [name, prefix] = [valueAt(metadata, 'name'), valueAt(metadata, 'generateName')]
  const namespace = writtenNamespace(manifest)
  return {
    name: typeof name === 'string' ? name : typeof prefix === 'string' ? `${prefix}~` : '',
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : undefined,
  }
}

/** Group, kind, namespace and name; for an object without a name its location, which is unique. */
export function objectKey(manifest: Manifest): unknown {
  const metadata = valueAt(manifest.value, 'metadata')
  const name = valueAt(metadata, 'name')
  const namespace = writtenNamespace(manifest) || unwrittenNamespace(manifest.at)
  return typeof name === 'string'
    ? JSON.stringify([apiGroup(manifest.apiVersion), manifest.kind, namespace, name])
    : manifest.at
}

/**
 * S-143: complains about a kind that a cluster would not know, and returns whether it did. A typo in the kind or its group,
 * or a version that is no longer served, would otherwise silently drop a policy.
 */
export function refuseKind({ apiVersion, kind, at }: Manifest, complain: Complain): boolean {
  const served = KINDS.filter(candidate => candidate.kind === kind).map(known => known.apiVersion)
  const [newest] = served
  const meant = newest === undefined ? nearestKind(kind, apiVersion) : undefined
  if (newest === undefined ? meant === undefined : !isMeantToBeServed(apiVersion, served)) return false
  const field = newest === undefined ? 'kind' : 'apiVersion'
  complain({
    severity: 'error',
    code: 'UNKNOWN_KIND',
    message: `no matches for kind "${kind}" in version "${apiVersion}"`,
    field,
    at: { ...at, path: [...at.path, field] },
    help: newest === undefined ? `did you mean \`${meant}\`?` : `${kind} is served as \`${newest}\``,
  })
  return true
}

/** The version that a kind is served in; undefined for one that no question needs. */
export const servedAs = (kind: string): string | undefined =>
  KINDS.find(candidate => candidate.kind === kind)?.apiVersion

/** Other projects have kinds of the same names, in groups of their own: a group is a domain. */
function isMeantToBeServed(apiVersion: string, served: readonly string[]): boolean {
  const [group = '', version] = apiVersion.split('/')
  if (version === undefined || !group.includes('.') || group.endsWith('.k8s.io')) return true
  return served.some(known => distance(group, known.split('/')[0] ?? '') <= 2)
}

/** Other built-in kinds in the same groups whose names are close to known ones, but not typos. */
const OTHER_KINDS: readonly string[] = ['PodTemplate', 'Lease', 'Event', 'Secret']

/** What a project adds to a group of its own is often close to what it has, as TCPRoute is to TLSRoute: only typos are not. */
function nearestKind(kind: string, apiVersion: string): string | undefined {
  if (OTHER_KINDS.includes(kind)) return undefined
  const sameGroup = KINDS.filter(known => known.apiVersion === apiVersion).map(known => known.kind)
  return isBuiltIn(apiVersion) ? nearest(kind, sameGroup) : sameGroup.find(known => isTypo(kind, known))
}

const isBuiltIn = (apiVersion: string): boolean => {
  const group = apiGroup(apiVersion)
  return !group.includes('.') || ['networking.k8s.io', 'discovery.k8s.io'].includes(group)
}
