import { isOfController, isSetForRelease, mayChange } from '../model/changing-labels.ts'
import { type Labels, NAME_LABEL, UNKNOWABLE } from '../model/labels.ts'
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

/**
 * Which labels identify a Pod: its own, which are those that its workload selects it by, or else the recommended ones; those that
 * selectors of the input use; or all. Never those that the next release changes, unless there are no others.
 */
export type LabelChoice = 'own' | 'used' | 'all'

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
  const labels = labelsChosen(world, pod, choice)
  return Object.keys(labels).length === 0 ? {} : { matchLabels: labels }
}

/** A selector of one namespace, by the label that the API server sets (S-022). */
export const namespacePeer = (name: string) => ({ matchLabels: { [NAME_LABEL]: name } })

/** The recommended labels that say which Pods these are (kubernetes.io, Recommended Labels). */
const RECOMMENDED: readonly string[] = [
  'app.kubernetes.io/name',
  'app.kubernetes.io/instance',
  'app.kubernetes.io/component',
]

function labelsChosen(world: World, pod: Pod, choice: LabelChoice): Readonly<Record<string, string>> {
  const stable = stableLabels(pod)
  const those = (isChosen: (key: string) => boolean): WrittenLabels => stable.filter(([key]) => isChosen(key))
  const isUsed = (key: string): boolean => worldIndex(world).keysUsed().has(key)
  const choices: Readonly<Record<LabelChoice, () => readonly WrittenLabels[]>> = {
    own: () => [ownLabels(pod), those(key => RECOMMENDED.includes(key)), those(isUsed)],
    used: () => [those(isUsed)],
    all: () => [],
  }
  return Object.fromEntries(choices[choice]().find(labels => labels.length > 0) ?? stable)
}

type WrittenLabels = readonly (readonly [key: string, value: string])[]

/** What the workload of a Pod selects it by: the server lets nobody change that (S-156). */
function ownLabels({ workload, labels }: Pod): WrittenLabels {
  const required = workload?.selector?.requirements.map(({ key }) => key) ?? []
  return knownLabels(labels).filter(([key]) => required.includes(key) && !isSetForRelease(key))
}

/** The labels of a Pod that the next release leaves as they are; all that no controller sets where there are no others. */
export function stableLabels({ labels }: Pick<Pod, 'labels'>): WrittenLabels {
  const written = knownLabels(labels).filter(([key]) => !isOfController(key))
  const stable = written.filter(([key]) => !mayChange(key))
  return stable.length === 0 ? written : stable
}

/** The labels by which a policy has to select a Pod although the next release may change them; none where it has others. */
export function changingLabels(pod: Pod): WrittenLabels {
  const labels = ownLabels(pod).length > 0 ? [] : stableLabels(pod)
  return labels.every(([key]) => mayChange(key)) ? labels : []
}

const knownLabels = (labels: Labels): WrittenLabels =>
  [...labels].flatMap(([key, value]) => (value === UNKNOWABLE ? [] : [[key, value] as const]))
