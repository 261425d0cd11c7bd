import { assumptionsOfCreatedPods } from '../../explain/assumptions/created.ts'
import { policyRef } from '../../explain/policy-facts.ts'
import type { Pod } from '../../model/objects.ts'
import { podRef, serviceRef } from '../../network/endpoint-ids.ts'
import { selecting } from '../../network/selected-pods.ts'
import { backendsOf, serviceSelects } from '../../network/service-backends.ts'
import type { FieldFacts, Meaning } from '../../report/facts/inventory.ts'
import type { PodItem } from '../../report/inventory.ts'
import { addressTexts } from '../../sets/addresses.ts'
import { printable } from '../../source/printable.ts'
import { factsField } from '../../words/inventory.ts'
import type { World } from '../../world/world.ts'
import {
  assumptionsOfWorld,
  type Described,
  DIRECTIONS,
  field,
  labelsField,
  nameFields,
  reportedLabels,
  unenforcingPlugin,
} from './fields.ts'

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
    labels: reportedLabels(labels),
  }
}

function statusOf({ finished, terminating, pending, ready }: Pod): PodItem['status'] {
  if (finished) return 'Finished'
  if (terminating) return 'Terminating'
  if (pending) return 'Pending'
  return ready ? 'Ready' : 'NotReady'
}

/** A Pod, and which policies isolate it. */
export function describePod(world: World, pod: Pod): Described {
  const item = podItem(world, pod)
  const { id, status, addresses, node, labels, workload } = item
  const ports = item.ports.map(
    ({ name, protocol, number }) => `${number}/${protocol}${name === null ? '' : ` (${name})`}`,
  )
  const facts = [
    ...nameFields(item),
    field('Status', status),
    field('IP', ...addresses),
    field('Node', node),
    labelsField('Labels', labels),
    field('Controlled By', workload && `${workload.kind}/${workload.name}`),
    field('Ports', ...ports),
    factsField('Services', servicesOf(world, pod)),
  ]
  return {
    id,
    facts,
    meaning: isolationOf(world, pod),
    assumptions: [...assumptionsOfWorld(world), ...assumptionsOfCreatedPods([pod])],
  }
}

function servicesOf(world: World, pod: Pod): FieldFacts {
  const services = world.cluster.services
    .filter(service => serviceSelects(service, pod))
    .map(service => ({
      id: serviceRef(service).id,
      isEndpoint: backendsOf(world, service).some(
        ({ endpoint }) => endpoint.kind === 'pod' && endpoint.pod === pod,
      ),
    }))
  return { kind: 'services', services }
}

/** Which policies isolate a Pod, in each direction (S-002). */
function isolationOf(world: World, pod: Pod): readonly Meaning[] {
  if (pod.finished) return [{ kind: 'pod-finished' }]
  if (pod.hostNetwork) return [{ kind: 'pod-on-host-network' }]
  const all = selecting(world, pod)
  const plugin = unenforcingPlugin(world)
  if (plugin !== undefined && all.length > 0) return [{ kind: 'unenforced', of: 'Pod', plugin }]
  return DIRECTIONS.map(direction => ({
    kind: 'isolation',
    direction,
    policies: all
      .filter(({ policy: { directions } }) =>
        directions.some(one => one.direction === direction && one.isolates),
      )
      .map(({ policy, matches }) => ({ policy: policyRef(policy), matches })),
  }))
}
