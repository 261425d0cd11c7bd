import { UNKNOWABLE } from '../model/labels.ts'
import type { Pod, Service } from '../model/objects.ts'
import { podRef } from '../network/endpoint-ids.ts'
import { chosenPods } from '../network/service-backends.ts'
import type { Few, LabelFault, NearestPods, NoBackends } from '../report/facts/paths.ts'
import type { World } from '../world/world.ts'
import { instead, missing, nearlyChosen } from './service-selector.ts'

/** Why nothing is behind a Service: which label of its selector fails, and which Pods nearly match. */
export function whyNoBackends(world: World, service: Service): NoBackends {
  const { name, namespace, selector, onlyFamily } = service
  if (selector === undefined) return { why: 'no-selector', service: name, namespace }
  const chosen = chosenPods(world, service)
  if (chosen.length > 0)
    return onlyFamily !== undefined && chosen.some(({ ready }) => ready)
      ? { why: 'ip-family', service: name, family: onlyFamily }
      : { why: 'not-ready', service: name, pods: fewOf(world, chosen) }
  const finished = finishedPods(world, service, selector)
  if (finished.length > 0) return { why: 'finished', service: name, pods: fewOf(world, finished) }
  const nearest = nearestPods(world, service, selector)
  return {
    why: 'selector',
    service: name,
    namespace,
    selector: Object.fromEntries(selector),
    ...(nearest !== undefined && { nearest }),
  }
}

type WantedLabels = ReadonlyMap<string, string>

/** S-050, S-201. */
const finishedPods = ({ cluster }: World, { namespace }: Service, selector: WantedLabels): readonly Pod[] =>
  cluster.pods.filter(
    pod => pod.finished && pod.namespace === namespace && missing(pod, selector).length === 0,
  )

/** Pods of the namespace that come near; else Pods elsewhere that would match, but are out of reach (S-200). */
function nearestPods(world: World, service: Service, selector: WantedLabels): NearestPods | undefined {
  const near = nearlyChosen(world, service, selector)
  if (near.length > 0) return nearestHere(world, near, selector)
  const running = world.cluster.pods.filter(pod => !pod.finished)
  const elsewhere = running.filter(pod => missing(pod, selector).length === 0)
  if (elsewhere.length > 0) return { kind: 'elsewhere', pods: fewOf(world, elsewhere) }
  const here = running.filter(pod => pod.namespace === service.namespace)
  return here.length === 0 ? { kind: 'no-pods' } : nearestHere(world, here, selector)
}

function nearestHere(world: World, pods: readonly Pod[], selector: WantedLabels): NearestPods | undefined {
  const [first] = pods
  if (first === undefined) return undefined
  return {
    kind: 'here',
    pod: podRef(world, first).id,
    of: pods.length,
    faults: missing(first, selector).map(key => faultOf(first, key, selector.get(key) ?? '')),
  }
}

function faultOf(pod: Pod, key: string, wanted: string): LabelFault {
  const actual = pod.labels.get(key)
  if (actual !== undefined) return { key, wanted, actual: actual === UNKNOWABLE ? null : actual }
  const other = instead(pod, key, wanted)
  return { key, wanted, ...(other && { instead: { key: other[0], value: other[1] } }) }
}

/** So many are named. */
const NAMED = 3

const fewOf = (world: World, pods: readonly Pod[]): Few => ({
  ids: pods.slice(0, NAMED).map(pod => podRef(world, pod).id),
  of: pods.length,
})
