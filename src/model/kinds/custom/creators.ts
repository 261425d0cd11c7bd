import type { MissingObjects } from '../../../report/facts/documents.ts'
import { memoizedBy } from '../../../sets/memoized.ts'
import type { Location } from '../../../source/file.ts'
import { isMapping, type Mapping } from '../../../source/mapping.ts'
import { placeholderIn } from '../../../source/placeholders.ts'
import { apiGroup } from '../../api-group.ts'
import { CREATOR_KINDS, type Found, type Own } from './creator-kinds.ts'
import { hasEnded, partOf } from './custom-object.ts'
import { isObject, isOnlyForOthers } from './pod-templates.ts'
import { looksLikeOfPods } from './signs-of-pods.ts'

/*
 * Objects that make a controller create what the input does not have: Pods that netpol knows nothing of, policies, or all that a
 * chart or a folder holds. They cannot be evaluated; what could be another answer with them is marked.
 */

/** An object that makes a controller create others. */
export interface Creator {
  readonly kind: string
  /** Its own; undefined for kinds that are in none. */
  readonly namespace: string | undefined
  readonly name: string
  readonly creates: MissingObjects | 'services'
  /** Its Pods are part of the answers; it may create others, or Services for them. */
  readonly isPartlyKnown: boolean
  /** The namespace of what it creates; undefined where that can be any. */
  readonly into: string | undefined
  /** What the names of what it creates begin or end with. */
  readonly names: readonly string[]
  /** The folder that it installs: nothing is missing where that is read. */
  readonly folder: string | undefined
  readonly at: Location
}

/** Whether it may create Pods, and Services for them. */
export const mayCreatePods = ({ creates }: Creator): boolean =>
  creates !== 'policies' && creates !== 'services'

/** Whether it may create policies that select Pods of others; of templates it is known which may be policies. */
export const mayCreatePolicies = ({ creates }: Creator): boolean =>
  creates !== 'pods' && creates !== 'services' && creates !== 'templates'

/** What an object creates; undefined where that is nothing of what answers depend on, as far as is known. */
export function decodeCreator(
  apiVersion: string,
  kind: string,
  value: Mapping,
  own: Omit<Own, 'value'> & { readonly at: Location },
): Creator | undefined {
  const group = apiGroup(apiVersion)
  // A dump has very many ConfigMaps, Secrets and the like.
  if (!group.includes('.') || OF_KUBERNETES.test(group)) return undefined
  if (hasEnded(kind, partOf(value))) return undefined
  const known = creatorKind(`${group}/${kind}`)
  const found =
    known?.read(partOf(value['spec']), { ...own, value }) ?? guessed(group, kind, value['spec'], own.written)
  if (found.creates === undefined) return undefined
  const { creates, into, names = [], folder } = found
  return {
    kind,
    namespace: own.written,
    name: own.name,
    creates,
    isPartlyKnown: false,
    into: into !== undefined && isPlain(into) ? into : undefined,
    names: [...new Set([own.name, ...names.map(baseName)])].filter(isPlain),
    folder: folder !== undefined && isPlain(folder) ? folder : undefined,
    at: own.at,
  }
}

/** The groups of Kubernetes' own kinds, all of which are known. */
const OF_KUBERNETES = /^(?:[\w-]+\.)*k8s\.io$/

/** By its group and its kind. */
const creatorKind = memoizedBy(
  (groupAndKind: string) => groupAndKind,
  groupAndKind => {
    const [group = '', kind = ''] = groupAndKind.split('/')
    return CREATOR_KINDS.find(one => fits(one.group, group) && fits(one.kind, kind))
  },
)

const fits = (pattern: string | RegExp, text: string): boolean =>
  typeof pattern === 'string' ? pattern === text : pattern.test(text)

/** `oci://registry/charts/loki` → `loki`. */
const baseName = (name: string): string => name.split('/').at(-1) ?? name

/** Without placeholders, which something fills in later. */
const isPlain = (text: string): boolean => text !== '' && placeholderIn(text) === undefined

/** What tests create is gone after them. */
const TESTS = /^(?:chainsaw\.kyverno\.io|kuttl\.dev|tests\.testkube\.io|executor\.testkube\.io)$/
const BY_SIGS = /\.x-k8s\.io$/
/** What is asked of a cloud runs there: Config Connector, AWS Controllers for Kubernetes, Azure Service Operator, Crossplane's providers. */
const OF_CLOUDS = /\.(?:cnrm\.cloud\.google\.com|services\.k8s\.aws|azure\.com|upbound\.io)$/

/** Of unknown kinds: objects within them, or fields that only what creates Pods has. */
function guessed(
  group: string,
  kind: string,
  spec: unknown,
  namespace: string | undefined,
): Omit<Found, 'names'> & { readonly names?: readonly string[] } {
  if ([BY_SIGS, TESTS, OF_CLOUDS].some(groups => groups.test(group)) || isOnlyForOthers(group, kind))
    return { creates: undefined }
  if (holdsObjects(spec)) return { creates: 'objects' }
  return { creates: looksLikeOfPods(kind, spec) ? 'pods' : undefined, into: namespace }
}

/** Kinds whose objects, carried by another one, matter. */
const THAT_MATTER =
  /^(?:Pod|Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Service|Ingress|NetworkPolicy|.*NetworkPolicy|List)$/

/** Whether whole objects that matter are within a value. */
function holdsObjects(value: unknown, depth = 0): boolean {
  if (depth > 8) return false
  if (Array.isArray(value)) return value.some(item => holdsObjects(item, depth + 1))
  if (!isMapping(value)) return false
  if (isObject(value)) return THAT_MATTER.test(String(value['kind'])) && isMapping(value['metadata'])
  return Object.values(value).some(child => holdsObjects(child, depth + 1))
}
