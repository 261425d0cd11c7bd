import { sourceOf } from '../../explain/phrases.ts'
import { isAssumed } from '../../model/cluster.ts'
import type { Labels } from '../../model/labels.ts'
import { UNKNOWABLE } from '../../model/labels.ts'
import type { Namespace, Pod, Service, ServicePort } from '../../model/objects.ts'
import type { Ingress, IngressBackend } from '../../model/routes.ts'
import type { Requirement, Selector } from '../../model/selector.ts'
import { endpointRef, podRef } from '../../network/endpoint-ids.ts'
import { selectedBy } from '../../network/selected-pods.ts'
import { arrivalsOf, backendsOf, portsAsked, untranslatedArrivalsOf } from '../../network/service-backends.ts'
import { findService } from '../../path/dns/zone.ts'
import type { NetworkPolicy } from '../../policy/policy.ts'
import type {
  IngressItem,
  IngressRuleItem,
  LabelsReport,
  NamespaceItem,
  NetworkPolicyItem,
  PodItem,
  ServiceItem,
} from '../../report/inventory.ts'
import { type Addresses, toCidrs } from '../../sets/addresses.ts'
import { printable } from '../../source/printable.ts'
import type { World } from '../../world/world.ts'

/** The objects of the input as a listing shows them. */

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
    // What made it may be known by a reference alone, which may hold anything.
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

export function serviceItem(world: World, service: Service): ServiceItem {
  const { namespace, name, type, headless, ports, selector } = service
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    type,
    clusterIPs: headless ? ['None'] : addressTexts(service.clusterIPs),
    externalAddresses: addressTexts(service.externalAddresses),
    externalName: service.externalName ?? null,
    ports: ports.map(port => ({
      name: port.name ?? null,
      protocol: port.protocol,
      port: port.port,
      targetPort: port.targetPort,
      nodePort: port.nodePort ?? null,
    })),
    selector: selector === undefined ? null : Object.fromEntries(selector),
    endpoints: endpointItems(world, service, ports),
  }
}

/** What is behind some of a Service's ports, or behind a Service that lists none. */
export function endpointItems(
  world: World,
  service: Service,
  ports: readonly ServicePort[],
): ServiceItem['endpoints'] {
  const flows = service.headless ? untranslatedArrivalsOf : arrivalsOf
  const endpoints = backendsOf(world, service)
  // A headless Service can do without ports: its Pods are dialled on whatever they listen on (S-215).
  if (ports.length === 0)
    return endpoints.map(({ endpoint }) => ({
      id: endpointRef(world, endpoint).id,
      servicePort: null,
      protocol: null,
      port: null,
    }))
  return ports.flatMap(servicePort =>
    flows(endpoints, servicePort).map(({ to, port }) => ({
      id: endpointRef(world, to).id,
      servicePort: servicePort.port,
      protocol: servicePort.protocol,
      port,
    })),
  )
}

export function namespaceItem({ cluster }: World, namespace: Namespace): NamespaceItem {
  const { name, labels, at } = namespace
  const pods = cluster.pods.filter(pod => pod.namespace === name).length
  return { name, declared: at !== undefined, assumed: isAssumed(namespace), pods, labels: labelsOf(labels) }
}

export function networkPolicyItem(world: World, policy: NetworkPolicy): NetworkPolicyItem {
  const { namespace, name, subject, directions, at } = policy
  const selected = selectedBy(world, policy)
  const idsOf = (matches: 'yes' | 'unknown'): readonly string[] =>
    selected.filter(one => one.matches === matches).map(({ pod }) => podRef(world, pod).id)
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    podSelector: selectorText(subject),
    policyTypes: (['ingress', 'egress'] as const)
      .filter(direction => directions.some(one => one.direction === direction))
      .map(direction => (direction === 'ingress' ? 'Ingress' : 'Egress')),
    pods: idsOf('yes'),
    undetermined: idsOf('unknown'),
    source: sourceOf(at),
  }
}

/** As kubectl writes a selector: `app=web,tier in (a,b),!debug`. */
export const selectorText = ({ requirements }: Selector): string =>
  requirements.map(requirementText).join(',')

function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
  }
}

export function ingressItem(world: World, ingress: Ingress): IngressItem {
  const { namespace, name, className } = ingress
  const hosts = [...new Set(ingress.rules.map(({ host }) => host ?? '*'))]
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    // The annotation that came before the field may hold anything.
    class: className === undefined ? null : printable(className),
    hosts: hosts.length > 0 ? hosts : ['*'],
    ports: ingress.tls ? [80, 443] : [80],
    rules: placesOf(ingress).map(({ backend, ...where }) => ({
      ...where,
      ...backendItem(world, ingress, backend),
    })),
  }
}

/** Every host and path of an Ingress; what stands for everything else has neither, and comes last. */
export function placesOf({ rules, defaultBackend }: Ingress): readonly (Pick<
  IngressRuleItem,
  'host' | 'path' | 'pathType'
> & {
  readonly backend: IngressBackend
})[] {
  const nowhere = { host: null, path: null, pathType: null }
  return [
    ...rules.flatMap(({ host = '*', paths }) =>
      paths.map(({ path, type, backend }) => ({ host, path: printable(path), pathType: type, backend })),
    ),
    ...(defaultBackend === undefined ? [] : [{ ...nowhere, backend: defaultBackend }]),
  ]
}

/** What a backend is called, and what is behind it. */
export function backendItem(
  world: World,
  { namespace }: Ingress,
  backend: IngressBackend,
): Pick<IngressRuleItem, 'backend' | 'endpoints'> {
  if (backend.kind === 'resource') return { backend: printable(backend.resource), endpoints: null }
  const service = findService(world, backend.service, namespace)
  const asked = { protocol: 'TCP', port: backend.port } as const
  const endpoints = service === undefined ? [] : backendsOf(world, service)
  const ids = (service === undefined ? [] : portsAsked(service, asked, 'own')).flatMap(port =>
    arrivalsOf(endpoints, port).map(flow => `${endpointRef(world, flow.to).id}:${flow.port}`),
  )
  return { backend: `${backend.service}:${backend.port}`, endpoints: service === undefined ? null : ids }
}

const labelsOf = (labels: Labels): LabelsReport =>
  Object.fromEntries([...labels].map(([key, value]) => [key, value === UNKNOWABLE ? null : value]))

const addressTexts = (addresses: Addresses): readonly string[] =>
  toCidrs(addresses).map(cidr => cidr.replace(/\/(32|128)$/, ''))
