import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import { type Labels, UNKNOWABLE } from '../../model/objects.ts'
import { toCidrs } from '../../sets/addresses.ts'
import { idOf, labelledPod, type Side } from './side.ts'

/** Entries of `from` or `to` that mean an end, and the end in words. */
export interface PeersWritten {
  readonly values: readonly Readonly<Record<string, unknown>>[]
  readonly text: string
}

/** More blocks than these nobody wants to read in a policy. */
const MOST_BLOCKS = 8

/** Entries that mean the other end of a side and as little else as can be; undefined where no manifest tells its address. */
export function peersFor(side: Side): PeersWritten | undefined {
  const { other, otherEnd } = side
  const pod = otherEnd.kind === 'pod' ? labelledPod(side, other)?.pod : undefined
  const text = idOf(side, other)
  if (pod !== undefined) {
    const podSelector = { matchLabels: writtenLabels(pod.labels) }
    const isHere = pod.namespace === side.subjectEnd.namespace
    const value = isHere ? { podSelector } : { namespaceSelector: namespacePeer(pod.namespace), podSelector }
    return { values: [value], text }
  }
  const addresses = otherEnd.kind === 'address' ? otherEnd.addresses : undefined
  const cidrs = addresses === undefined ? [] : toCidrs(addresses)
  if (cidrs.length === 0 || cidrs.length > MOST_BLOCKS) return undefined
  return { values: cidrs.map(cidr => ({ ipBlock: { cidr } })), text }
}

/** A selector of one namespace, by the label that each has of itself (S-022). */
export const namespacePeer = (name: string) => ({ matchLabels: { [NAME_LABEL]: name } })

/** Labels that controllers give to single Pods and to generations of them. */
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

/** The labels of a Pod that somebody gave it. */
export function writtenLabels(labels: Labels): Readonly<Record<string, string>> {
  const written = [...labels].flatMap(([key, value]) =>
    value === UNKNOWABLE || OF_CONTROLLERS.includes(key) ? [] : [[key, value] as const],
  )
  return Object.fromEntries(written)
}
