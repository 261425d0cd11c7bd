import { UNKNOWABLE } from '../model/labels.ts'
import type { Pod, Service } from '../model/objects.ts'
import { podRef } from '../network/endpoint-ids.ts'
import { chosenPods } from '../network/service-backends.ts'
import { nearest as nearestText } from '../source/did-you-mean.ts'
import type { World } from '../world/world.ts'

/** Why nothing is behind a Service: which label of its selector fails, and which Pods nearly match. */
export function whyNoEndpoints(world: World, service: Service): string {
  const { name, namespace, selector, onlyFamily } = service
  if (selector === undefined)
    return `Service ${name} has no selector, and no Endpoints or EndpointSlice of namespace ${namespace} gives it a ready address`
  const chosen = chosenPods(world, service)
  const [first] = chosen
  if (first !== undefined && onlyFamily !== undefined && chosen.some(({ ready }) => ready))
    return `Service ${name} is of ${onlyFamily} only, and no Pod behind it that is ready has such an address`
  if (first !== undefined)
    return `no Pod behind Service ${name} is ready: ${idsOf(world, chosen)} ${chosen.length === 1 ? 'is' : 'are'} not`
  const ended = endedPods(world, service, selector)
  if (ended.length > 0) return `the Pods that Service ${name} chooses have finished: ${idsOf(world, ended)}`
  const nothing = `the selector of Service ${name} (${selectorText(selector)}) matches no Pod of namespace ${namespace}`
  const near = nearest(world, service, selector)
  return near === undefined ? nothing : `${nothing}; ${near}`
}

/** S-050, S-201. */
const endedPods = ({ cluster }: World, { namespace }: Service, selector: LabelsWanted): readonly Pod[] =>
  cluster.pods.filter(
    pod => pod.finished && pod.namespace === namespace && missing(pod, selector).length === 0,
  )

type LabelsWanted = ReadonlyMap<string, string>

const selectorText = (selector: LabelsWanted): string =>
  [...selector].map(([key, value]) => `${key}=${value}`).join(',')

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

/** Pods of the namespace that come near; else Pods elsewhere that would match, but are out of reach (S-200). */
function nearest(world: World, service: Service, selector: LabelsWanted): string | undefined {
  const near = nearlyChosen(world, service, selector)
  if (near.length > 0) return nearMiss(world, near, selector)
  const alive = world.cluster.pods.filter(pod => !pod.finished)
  const here = alive.filter(pod => pod.namespace === service.namespace)
  const elsewhere = alive.filter(pod => missing(pod, selector).length === 0)
  if (elsewhere.length > 0)
    return `${idsOf(world, elsewhere)} would match, but a Service chooses Pods of its own namespace only`
  const [first] = here
  return first === undefined ? `that namespace has no Pods in the input` : nearMiss(world, here, selector)
}

/** `nearest is shop/web-1, whose label app is "web"`. */
function nearMiss(world: World, pods: readonly Pod[], selector: LabelsWanted): string | undefined {
  const [first] = pods
  if (first === undefined) return undefined
  const faults = missing(first, selector).map(key => {
    const value = first.labels.get(key)
    const other = instead(first, key, selector.get(key) ?? '')
    if (value === undefined) return `has no label ${key}${other ? `, but ${other.join('=')}` : ''}`
    return value === UNKNOWABLE
      ? `has a label ${key} that only a running cluster knows`
      : `has ${key}=${value}, not ${key}=${selector.get(key)}`
  })
  const others = pods.length > 1 ? ` (and ${pods.length - 1} more)` : ''
  return `nearest is ${podRef(world, first).id}${others}, which ${faults.join(' and ')}`
}

function isSlip(pod: Pod, selector: LabelsWanted): boolean {
  return missing(pod, selector).every(key => instead(pod, key, selector.get(key) ?? '') !== undefined)
}

/** The label that a Pod has where a Service asks for another that is spelled alike, or for its value under another key (S-306). */
export function instead({ labels }: Pod, key: string, wanted: string): readonly [string, string] | undefined {
  const value = labels.get(key)
  if (typeof value === 'string' && nearestText(wanted, [value]) !== undefined) return [key, value]
  const other = [...labels].find(([, held]) => held === wanted)
  return value === undefined && other !== undefined ? [other[0], wanted] : undefined
}

/** The labels that a Pod has not as a selector asks for them. */
export const missing = ({ labels }: Pod, selector: LabelsWanted): readonly string[] =>
  [...selector].flatMap(([key, value]) => (labels.get(key) === value ? [] : [key]))

function idsOf(world: World, pods: readonly Pod[]): string {
  const more = pods.length > 3 ? ` and ${pods.length - 3} more` : ''
  return `${pods
    .slice(0, 3)
    .map(pod => podRef(world, pod).id)
    .join(', ')}${more}`
}
