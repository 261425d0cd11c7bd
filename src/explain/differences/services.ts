import { podsWithNetwork } from '../../model/cluster.ts'
import { UNKNOWABLE } from '../../model/labels.ts'
import type { Pod, Service } from '../../model/objects.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { podsOfService } from '../../network/service-backends.ts'
import type { Few, NearestPods, NoBackends } from '../../report/facts/paths.ts'
import type { OtherLabel } from '../../report/facts/policies.ts'
import { nearest } from '../../source/did-you-mean.ts'
import type { World } from '../../world/world.ts'

/** Why a Service has no endpoints: which label of its selector fails, and which Pods nearly match. */
export function whyNoBackends(world: World, service: Service): NoBackends {
  const { name, namespace, selector, onlyFamily } = service
  if (selector === undefined) return { why: 'no-selector', service: name, namespace }
  const chosen = podsOfService(world, service)
  if (chosen.length > 0)
    return onlyFamily !== undefined && chosen.some(({ ready }) => ready)
      ? { why: 'ip-family', service: name, family: onlyFamily }
      : { why: 'not-ready', service: name, pods: fewOf(world, chosen) }
  const finished = finishedPods(world, service, selector)
  if (finished.length > 0) return { why: 'finished', service: name, pods: fewOf(world, finished) }
  const near = nearestPods(world, service, selector)
  return {
    why: 'selector',
    service: name,
    namespace,
    selector: Object.fromEntries(selector),
    ...(near !== undefined && { nearest: near }),
  }
}

type WantedLabels = ReadonlyMap<string, string>

/** S-050, S-201. */
const finishedPods = ({ cluster }: World, { namespace }: Service, selector: WantedLabels): readonly Pod[] =>
  cluster.pods.filter(
    pod => pod.finished && pod.namespace === namespace && missing(pod, selector).length === 0,
  )

/** The keys of the labels that a selector requires and a Pod does not have. */
export const missing = ({ labels }: Pod, selector: WantedLabels): readonly string[] =>
  [...selector].flatMap(([key, value]) => (labels.get(key) === value ? [] : [key]))

/** The label that a Pod has instead: a similar value, or the same value under another key (S-306). */
export function instead({ labels }: Pod, key: string, wanted: string): readonly [string, string] | undefined {
  const value = labels.get(key)
  if (typeof value === 'string' && nearest(wanted, [value]) !== undefined) return [key, value]
  const other = [...labels].find(([, held]) => held === wanted)
  return value === undefined && other !== undefined ? [other[0], wanted] : undefined
}

/** Pods of the namespace that lack the fewest labels: those where it is a typo, or those named like the Service. */
export function nearlyChosen(
  { cluster }: World,
  { namespace, name }: Service,
  selector: WantedLabels,
): readonly Pod[] {
  const here = podsWithNetwork(cluster).filter(pod => pod.namespace === namespace)
  const fewest = Math.min(...here.map(pod => missing(pod, selector).length))
  const nearestOnes = here.filter(pod => missing(pod, selector).length === fewest)
  const isTypo = (pod: Pod): boolean =>
    missing(pod, selector).every(key => instead(pod, key, selector.get(key) ?? '') !== undefined)
  const typos = nearestOnes.filter(isTypo)
  if (typos.length > 0) return typos
  const namesakes = nearestOnes.filter(pod => (pod.workload?.name ?? pod.name) === name)
  if (namesakes.length > 0) return namesakes
  return fewest < selector.size ? nearestOnes : []
}

/** Pods of the namespace that nearly match; else Pods of other namespaces that would match (S-200). */
function nearestPods(world: World, service: Service, selector: WantedLabels): NearestPods | undefined {
  const near = nearlyChosen(world, service, selector)
  if (near.length > 0) return nearestHere(world, near, selector)
  const running = podsWithNetwork(world.cluster)
  const elsewhere = running.filter(pod => missing(pod, selector).length === 0)
  if (elsewhere.length > 0) return { kind: 'elsewhere', pods: fewOf(world, elsewhere) }
  const here = running.filter(pod => pod.namespace === service.namespace)
  return here.length === 0 ? { kind: 'no-pods' } : nearestHere(world, here, selector)
}

function nearestHere(world: World, pods: readonly Pod[], selector: WantedLabels): NearestPods | undefined {
  const [first] = pods
  if (first === undefined) return undefined
  const { id } = podRef(world, first)
  const labels = missing(first, selector).map(key => labelOf(first, id, key, selector.get(key) ?? ''))
  return { kind: 'here', pod: id, of: pods.length, labels }
}

function labelOf(pod: Pod, id: string, key: string, wanted: string): OtherLabel {
  const facts = {
    requirement: { key, operator: 'In', values: [wanted] },
    object: { kind: 'Pod', id },
  } as const
  const actual = pod.labels.get(key)
  if (actual !== undefined) return { ...facts, actual: actual === UNKNOWABLE ? null : actual }
  const other = instead(pod, key, wanted)
  return { ...facts, ...(other && { instead: { key: other[0], value: other[1] } }) }
}

/** So many Pods are named. */
export const FEW = 3

const fewOf = (world: World, pods: readonly Pod[]): Few => ({
  ids: pods.slice(0, FEW).map(pod => podRef(world, pod).id),
  of: pods.length,
})
