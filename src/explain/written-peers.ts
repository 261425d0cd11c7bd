import { NAME_LABEL } from '../model/kinds/namespace.ts'
import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import type { Pod } from '../model/objects.ts'
import type { PolicySide } from '../network/policy-side.ts'
import {
  type Addresses,
  blockAround,
  FAMILIES,
  fromCidrs,
  intersect,
  isEmpty,
  overlaps,
  toCidrs,
} from '../sets/addresses.ts'
import type { World } from '../world/world.ts'
import { worldIndex } from './world-index.ts'

/** A peer as it is written in a manifest. */
type WrittenPeer = Readonly<Record<string, unknown>>

/** More blocks than these are written as one block around them. */
const MOST_BLOCKS = 8

/** Which labels identify a Pod: those that selectors of the input use, or all that no controller has set. */
export type LabelChoice = 'used' | 'all'

/** The narrowest peers that match the other endpoint of a side; undefined where no manifest has its address. */
export function peersFor(
  world: World,
  side: Pick<PolicySide, 'other' | 'otherIdentity' | 'subjectIdentity'>,
  choice: LabelChoice,
): readonly WrittenPeer[] | undefined {
  const { other, otherIdentity } = side
  if (other.kind === 'pod' && otherIdentity.kind === 'pod') {
    const { pod } = other
    const podSelector = podSelectorFor(world, pod, choice)
    const isHere = pod.namespace === side.subjectIdentity.namespace
    const value = isHere ? { podSelector } : { namespaceSelector: namespacePeer(pod.namespace), podSelector }
    return [value]
  }
  const addresses = otherIdentity.kind === 'address' ? otherIdentity.addresses : undefined
  if (addresses === undefined || isEmpty(addresses)) return undefined
  const cidrs = toCidrs(addresses)
  return cidrs.length > MOST_BLOCKS ? blocksAround(addresses) : cidrs.map(cidr => ({ ipBlock: { cidr } }))
}

/** The smallest block around all addresses of each IP family; the private ranges are excepted from the whole of a family. */
function blocksAround(addresses: Addresses): readonly WrittenPeer[] {
  return (['IPv4', 'IPv6'] as const).flatMap(family => {
    const own = intersect(addresses, FAMILIES[family])
    if (isEmpty(own)) return []
    const [cidr = ''] = toCidrs(blockAround(own))
    const { whole, except } = OUTSIDE[family]
    const isPublic = cidr === whole && !overlaps(own, fromCidrs(except))
    return [{ ipBlock: isPublic ? { cidr, except } : { cidr } }]
  })
}

const OUTSIDE = {
  IPv4: { whole: '0.0.0.0/0', except: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] },
  IPv6: { whole: '::/0', except: ['fc00::/7'] },
} as const

/** A podSelector for Pods with the labels of one. */
export function podSelectorFor(world: World, pod: Pod, choice: LabelChoice) {
  const labels = writtenLabels(world, pod.labels, choice)
  return Object.keys(labels).length === 0 ? {} : { matchLabels: labels }
}

/** A selector of one namespace, by the label that the API server sets (S-022). */
export const namespacePeer = (name: string) => ({ matchLabels: { [NAME_LABEL]: name } })

/** Labels that controllers set on single Pods or on revisions of them. */
const OF_CONTROLLERS: readonly string[] = [
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'job-name',
  'batch.kubernetes.io/job-completion-index',
]

export function writtenLabels(
  world: World,
  labels: Labels,
  choice: LabelChoice,
): Readonly<Record<string, string>> {
  const written = [...labels].flatMap(([key, value]) =>
    value === UNKNOWABLE || OF_CONTROLLERS.includes(key) ? [] : [[key, value] as const],
  )
  const used = choice === 'all' ? [] : written.filter(([key]) => worldIndex(world).keysUsed().has(key))
  return Object.fromEntries(used.length === 0 ? written : used)
}
