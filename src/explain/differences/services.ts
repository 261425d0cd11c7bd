import { failures } from '../../engine/match.ts'
import { podsWithNetwork } from '../../model/cluster.ts'
import type { Pod, Service } from '../../model/objects.ts'
import { type Requirement, requiredLabels, type Selector, selects } from '../../model/selector.ts'
import { nodeOf } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { backendsOf, podsOfService } from '../../network/service-backends.ts'
import type { Few, NearestPods, NoBackends } from '../../report/facts/paths.ts'
import type { OtherLabel } from '../../report/facts/policies.ts'
import type { Family } from '../../sets/addresses.ts'
import type { World } from '../../world/world.ts'
import { requirementFacts } from '../policy-facts.ts'
import { type IntendedLabel, insteadFacts, intendedLabel } from './labels.ts'

/** Why a Service has no endpoints: which label of its selector fails, and which Pods nearly match. */
export function whyNoBackends(world: World, service: Service, dialed?: Family): NoBackends {
  const { name, namespace, selector, onlyFamily } = service
  const family = onlyFamily ?? dialed
  if (selector === undefined) return { why: 'no-selector', service: name, namespace }
  const chosen = podsOfService(world, service)
  if (chosen.length > 0)
    return family !== undefined && chosen.some(({ ready }) => ready)
      ? { why: 'ip-family', service: name, family, ...(onlyFamily === undefined && { isDialed: true }) }
      : { why: 'not-ready', service: name, pods: fewOf(world, chosen) }
  const finished = finishedPods(world, service, selector)
  if (finished.length > 0) return { why: 'finished', service: name, pods: fewOf(world, finished) }
  const near = nearestPods(world, service, selector)
  return {
    why: 'selector',
    service: name,
    namespace,
    selector: Object.fromEntries(requiredLabels(selector)),
    ...(near !== undefined && { nearest: near }),
  }
}

/** None of its endpoints is on the node that gets the connection, to which it keeps; `node` is the one that was dialed. */
export function whyNoneOnNode(world: World, service: Service, node: string | undefined): NoBackends {
  const common = { why: 'not-on-node', service: service.name } as const
  if (node === undefined) return common
  const nodes = backendsOf(world, service).flatMap(({ endpoint }) => nodeOf(endpoint) ?? [])
  return { ...common, node, ...(nodes.length > 0 && { nodesOfPods: [...new Set(nodes)].sort() }) }
}

/** S-050, S-201. */
const finishedPods = ({ cluster }: World, { namespace }: Service, selector: Selector): readonly Pod[] =>
  cluster.pods.filter(
    pod => pod.finished && pod.namespace === namespace && selects(selector, pod.labels) === 'yes',
  )

/** Pods of the namespace that lack the fewest labels: those where it is a typo, or those named like the Service. */
export function nearlyChosen(
  { cluster }: World,
  { namespace, name }: Service,
  selector: Selector,
): readonly Pod[] {
  const here = podsWithNetwork(cluster)
    .filter(pod => pod.namespace === namespace)
    .map(pod => ({ pod, failed: failures(selector, pod.labels) }))
  const fewest = here.reduce((least, { failed }) => Math.min(least, failed.length), Number.POSITIVE_INFINITY)
  const closest = here.filter(({ failed }) => failed.length === fewest)
  const typos = closest.filter(({ pod, failed }) =>
    failed.every(({ requirement }) => labelInstead(requirement, pod) !== undefined),
  )
  if (typos.length > 0) return typos.map(({ pod }) => pod)
  const closestPods = closest.map(({ pod }) => pod)
  const namesakes = closestPods.filter(pod => (pod.workload?.name ?? pod.name) === name)
  if (namesakes.length > 0) return namesakes
  return fewest < selector.requirements.length ? closestPods : []
}

/** The label of a Pod that a requirement of a Service's selector likely means, where the Service selects no Pod. */
export const labelInstead = (requirement: Requirement, { labels }: Pod): IntendedLabel | undefined =>
  intendedLabel(requirement, { labels, matchesNothing: true })

/** Pods of the namespace that nearly match; else Pods of other namespaces that would match (S-200). */
function nearestPods(world: World, service: Service, selector: Selector): NearestPods | undefined {
  const near = nearlyChosen(world, service, selector)
  if (near.length > 0) return nearestHere(world, near, selector)
  const running = podsWithNetwork(world.cluster)
  const elsewhere = running.filter(pod => selects(selector, pod.labels) === 'yes')
  if (elsewhere.length > 0) return { kind: 'elsewhere', pods: fewOf(world, elsewhere) }
  const here = running.filter(pod => pod.namespace === service.namespace)
  return here.length === 0 ? { kind: 'no-pods' } : nearestHere(world, here, selector)
}

function nearestHere(world: World, pods: readonly Pod[], selector: Selector): NearestPods | undefined {
  const [first] = pods
  if (first === undefined) return undefined
  const { id } = podRef(world, first)
  const labels = failures(selector, first.labels).map(
    ({ requirement, matches, actual }): OtherLabel => ({
      requirement: requirementFacts(requirement),
      object: { kind: 'Pod', id },
      ...(matches === 'unknown' ? { actual: null } : insteadFacts(actual, labelInstead(requirement, first))),
    }),
  )
  return { kind: 'here', pod: id, of: pods.length, labels }
}

/** So many Pods are named. */
export const FEW = 3

const fewOf = (world: World, pods: readonly Pod[]): Few => ({
  ids: pods.slice(0, FEW).map(pod => podRef(world, pod).id),
  of: pods.length,
})
