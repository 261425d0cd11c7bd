import type { Pod, Service } from '../model/objects.ts'
import { UNKNOWABLE } from '../model/objects.ts'
import { nearest as nearestText } from '../source/did-you-mean.ts'
import { podEndpoint } from './endpoints.ts'
import { chosenPods } from './service.ts'
import type { World } from './world.ts'

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

/** Pods of the namespace that miss the fewest labels; else Pods elsewhere that would match, but are out of reach (S-200). */
function nearest(world: World, { namespace }: Service, selector: LabelsWanted): string | undefined {
  const alive = world.cluster.pods.filter(pod => !pod.finished)
  const here = alive.filter(pod => pod.namespace === namespace)
  const fewest = Math.min(...here.map(pod => missing(pod, selector).length))
  // Of those that miss as many labels, first those where it is but a slip of the hand.
  const slips = here.filter(pod => missing(pod, selector).length === fewest && isSlip(pod, selector))
  if (slips.length > 0) return nearMiss(world, slips, selector)
  if (fewest < selector.size)
    return nearMiss(
      world,
      here.filter(pod => missing(pod, selector).length === fewest),
      selector,
    )
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
    if (value === undefined) return `has no label ${key}`
    return value === UNKNOWABLE
      ? `has a label ${key} that only a running cluster knows`
      : `has ${key}=${value}, not ${key}=${selector.get(key)}`
  })
  const others = pods.length > 1 ? ` (and ${pods.length - 1} more)` : ''
  return `nearest is ${podEndpoint(world, first).id}${others}, which ${faults.join(' and ')}`
}

function isSlip(pod: Pod, selector: LabelsWanted): boolean {
  return missing(pod, selector).every(key => {
    const value = pod.labels.get(key)
    return typeof value === 'string' && nearestText(selector.get(key) ?? '', [value]) !== undefined
  })
}

const missing = ({ labels }: Pod, selector: LabelsWanted): readonly string[] =>
  [...selector].flatMap(([key, value]) => (labels.get(key) === value ? [] : [key]))

function idsOf(world: World, pods: readonly Pod[]): string {
  const more = pods.length > 3 ? ` and ${pods.length - 3} more` : ''
  return `${pods
    .slice(0, 3)
    .map(pod => podEndpoint(world, pod).id)
    .join(', ')}${more}`
}
