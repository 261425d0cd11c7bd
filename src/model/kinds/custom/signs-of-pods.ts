import { isMapping } from '../../../source/mapping.ts'
import { type Part, partOf } from './custom-object.ts'
import { isObject } from './pod-templates.ts'

/*
 * Whether an object of a kind that nobody knows may create Pods: by the names of its fields, and by the kinds that have such
 * fields and create none.
 */

/** How many Pods there are: hardly anything has that and creates none. */
const NUMBERS = ['replicas', 'instances', 'size', 'clusterSize', 'members', 'nodes', 'numberOfInstances']
/** The same beside the fields of one part of an application, where the others may be anything. */
const NUMBERS_OF_PART = ['replicas', 'instances', 'replicaCount']
/** How they are made, and where they run. */
const OF_PODS =
  'podMetadata podLabels podSecurityContext containers tolerations affinity topologySpreadConstraints imagePullSecrets'.split(
    ' ',
  )

/** What such fields are of, and no Pods. */
const NO_PODS =
  /^Image|(?:Autoscaler|ScaledObject|Backup|Restore|Repository|Image|ConfigurationRevision|Placement|Policy|Claim|Set|Class|Template|Profile|Rule|Monitor|Config|Quota|User|Topic|Stream|Database|Zone|Volume|ControlPlane|Machine.*|NodePool|Scaling.*|Issuer|Task|Pipeline|Build|Catalog)$/

/** Whether an object of that kind, with that spec, may create Pods. */
export const looksLikeOfPods = (kind: string, spec: unknown): boolean =>
  !NO_PODS.test(kind) &&
  (looksLikeWhole(partOf(spec)) || partsIn(spec).some(looksLikePart) || hasContainers(spec))

const looksLikeWhole = (spec: Part): boolean =>
  NUMBERS.some(field => spec.count(field) !== undefined) ||
  hasFieldsOfPods(spec) ||
  ['requests', 'limits'].some(field => spec.has('resources', field)) ||
  spec.text('image') !== undefined ||
  spec.text('image', 'repository') !== undefined

/** One level down an image alone may be of anything, and a request for storage is that of a volume. */
const looksLikePart = (part: Part): boolean =>
  NUMBERS_OF_PART.some(field => part.count(field) !== undefined) ||
  hasFieldsOfPods(part) ||
  ['requests', 'limits'].some(field => ['cpu', 'memory'].some(of => part.has('resources', field, of))) ||
  part.text('image', 'repository') !== undefined

const hasFieldsOfPods = (part: Part): boolean =>
  OF_PODS.some(field => part.has(field)) || Object.keys(part.texts('nodeSelector')).length > 0

/** What is directly in a spec, and in its lists. What a cloud is asked for is none of the cluster. */
const partsIn = (spec: unknown): readonly Part[] =>
  isMapping(spec)
    ? Object.entries(spec).flatMap(([key, value]) =>
        key === 'forProvider' ? [] : [value].flat().filter(isMapping).map(partOf),
      )
    : []

/** Specs are not nested more deeply than this. */
const DEEPEST = 12

/** Whether containers or a Pod template are anywhere in a value; an object within it is created as it is. */
function hasContainers(value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false
  if (Array.isArray(value)) return value.some(item => hasContainers(item, depth + 1))
  if (!isMapping(value) || isObject(value)) return false
  return Object.entries(value).some(([key, child]) => isOfPod(key, child) || hasContainers(child, depth + 1))
}

function isOfPod(key: string, value: unknown): boolean {
  if (/^pod(?:Template|Spec|TemplateSpec)s?$/.test(key)) return [value].flat().some(isFilled)
  return (
    /^(?:initC|c)ontainers$/.test(key) && Array.isArray(value) && value.length > 0 && value.every(isMapping)
  )
}

const isFilled = (value: unknown): boolean => isMapping(value) && Object.keys(value).length > 0
