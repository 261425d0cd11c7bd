import type { Pod } from '../../model/objects.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { selecting } from '../../network/selected-pods.ts'
import { backendsOf, chosenPods } from '../../network/service-backends.ts'
import type { Direction } from '../../policy/policy.ts'
import type { Description, PodItem, Sentence } from '../../report/inventory.ts'
import { sourceOf } from '../../source/position.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'
import {
  addressTexts,
  assumptionsOfWorld,
  description,
  fact,
  labelLines,
  labelsOf,
  named,
  sentence,
  whyNotEnforced,
} from './facts.ts'

export function podItem(world: World, pod: Pod): PodItem {
  const { namespace, name, node, hostNetwork, workload, labels } = pod
  return {
    id: podRef(world, pod).id,
    namespace,
    name,
    status: statusOf(pod),
    addresses: pod.addresses.flatMap(addressTexts),
    node: node ?? null,
    hostNetwork,
    // A workload may be known by an owner reference alone, which can be any text.
    workload:
      workload === undefined ? null : { kind: printable(workload.kind), name: printable(workload.name) },
    ports: pod.ports.map(port => ({ name: port.name ?? null, protocol: port.protocol, number: port.number })),
    labels: labelsOf(labels),
  }
}

function statusOf({ finished, terminating, pending, ready }: Pod): PodItem['status'] {
  if (finished) return 'Finished'
  if (terminating) return 'Terminating'
  if (pending) return 'Pending'
  return ready ? 'Ready' : 'NotReady'
}

/** A Pod, and which policies isolate it. */
export function describePod(world: World, pod: Pod): Description {
  const item = podItem(world, pod)
  const ports = item.ports.map(
    ({ name, protocol, number }) => `${number}/${protocol}${name === null ? '' : ` (${name})`}`,
  )
  const { workload } = item
  const facts = [
    ...named(item),
    fact('Status', item.status),
    fact('IP', ...item.addresses),
    fact('Node', item.node),
    fact('Labels', ...labelLines(item.labels)),
    fact('Controlled By', workload && `${workload.kind}/${workload.name}`),
    fact('Ports', ...ports),
    fact('Services', ...servicesOf(world, pod)),
  ]
  return description('pods', item.id, { facts, meaning: isolationOf(world, pod) }, assumptionsOfWorld(world))
}

/** The Services that select it, and whether it is one of their endpoints (S-202). */
function servicesOf(world: World, pod: Pod): readonly string[] {
  return world.cluster.services
    .filter(service => service.namespace === pod.namespace && chosenPods(world, service).includes(pod))
    .map(service => {
      const isServed = backendsOf(world, service).some(
        ({ endpoint }) => endpoint.kind === 'pod' && endpoint.pod === pod,
      )
      const id = `${service.namespace}/${service.name}`
      return isServed ? id : `${id} (sends it nothing, because it is not ready)`
    })
}

/** Which policies isolate a Pod, in each direction (S-002). */
function isolationOf(world: World, pod: Pod): readonly Sentence[] {
  if (pod.finished) return [sentence('It has finished, and has no network any more: nothing reaches it.')]
  if (pod.hostNetwork)
    return [sentence("It is on its node's network: policies take it for the node, and none selects it.")]
  const why = whyNotEnforced(world)
  if (why !== undefined && selecting(world, pod).length > 0)
    return [sentence(`Policies select it, but everything is open: ${why}.`)]
  return (['ingress', 'egress'] as const).map(direction => isolation(world, pod, direction))
}

function isolation(world: World, pod: Pod, direction: Direction): Sentence {
  const isolating = selecting(world, pod).filter(({ policy }) =>
    policy.directions.some(one => one.direction === direction),
  )
  if (isolating.length === 0)
    return sentence(`No NetworkPolicy isolates it for ${direction}: everything is open.`)
  const parts = isolating.map(({ policy, matches }) => ({
    text: `${policy.namespace}/${policy.name}${matches === 'unknown' ? ' (perhaps: by a label that only a running cluster knows)' : ''}`,
    source: sourceOf(policy.at),
  }))
  const only = 'only what a rule of these opens gets through'
  const isSure = isolating.some(({ matches }) => matches === 'yes')
  const text = isSure
    ? `It is isolated for ${direction}: ${only}.`
    : `It may be isolated for ${direction}; if so, ${only}.`
  return { text, parts }
}
