import type { Pod, Service } from '../model/objects.ts'
import { nearest } from '../source/did-you-mean.ts'
import type { World } from '../world/world.ts'

type LabelsWanted = ReadonlyMap<string, string>

/** Pods of the namespace that miss the fewest labels of all: those that have them nearly so, or are called like the Service. */
export function nearlyChosen(
  { cluster }: World,
  { namespace, name }: Service,
  selector: LabelsWanted,
): readonly Pod[] {
  const here = cluster.pods.filter(pod => !pod.finished && pod.namespace === namespace)
  const fewest = Math.min(...here.map(pod => missing(pod, selector).length))
  const nearestOnes = here.filter(pod => missing(pod, selector).length === fewest)
  // Of those that miss as many labels, first those where it is but a slip of the hand.
  const slips = nearestOnes.filter(pod => isSlip(pod, selector))
  if (slips.length > 0) return slips
  const namesakes = nearestOnes.filter(pod => (pod.workload?.name ?? pod.name) === name)
  if (namesakes.length > 0) return namesakes
  return fewest < selector.size ? nearestOnes : []
}

function isSlip(pod: Pod, selector: LabelsWanted): boolean {
  return missing(pod, selector).every(key => instead(pod, key, selector.get(key) ?? '') !== undefined)
}

/** The label that a Pod has where a Service asks for another that is spelled alike, or for its value under another key (S-306). */
export function instead({ labels }: Pod, key: string, wanted: string): readonly [string, string] | undefined {
  const value = labels.get(key)
  if (typeof value === 'string' && nearest(wanted, [value]) !== undefined) return [key, value]
  const other = [...labels].find(([, held]) => held === wanted)
  return value === undefined && other !== undefined ? [other[0], wanted] : undefined
}

/** The labels that a Pod has not as a selector asks for them. */
export const missing = ({ labels }: Pod, selector: LabelsWanted): readonly string[] =>
  [...selector].flatMap(([key, value]) => (labels.get(key) === value ? [] : [key]))
