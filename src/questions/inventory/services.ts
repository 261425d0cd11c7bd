import { whyNoBackends } from '../../explain/differences/services.ts'
import type { Service, ServicePort } from '../../model/objects.ts'
import { requiredLabels } from '../../model/selector.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, untranslatedArrivalsOf } from '../../network/service-backends.ts'
import type { Meaning } from '../../report/facts/inventory.ts'
import type { DescribedField, EndpointItem, ServiceItem } from '../../report/inventory.ts'
import { addressTexts } from '../../sets/addresses.ts'
import type { World } from '../../world/world.ts'
import { type Described, field, labelsField, nameFields } from './fields.ts'

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
    selector: selector === undefined ? null : Object.fromEntries(requiredLabels(selector)),
    endpoints: endpointItems(world, service, ports),
  }
}

/** The endpoints of some ports of a Service, or of a Service without ports. */
function endpointItems(
  world: World,
  service: Service,
  ports: readonly ServicePort[],
): readonly EndpointItem[] {
  const arrivals = service.headless ? untranslatedArrivalsOf : arrivalsOf
  const backends = backendsOf(world, service)
  // A headless Service can do without ports: its Pods are dialed on whatever they listen on (S-215).
  if (ports.length === 0)
    return backends.map(({ endpoint }) => ({
      id: endpointRef(world, endpoint).id,
      servicePort: null,
      protocol: null,
      port: null,
    }))
  return ports.flatMap(servicePort =>
    arrivals(backends, servicePort).map(({ to, port }) => ({
      id: endpointRef(world, to).id,
      servicePort: servicePort.port,
      protocol: servicePort.protocol,
      port,
    })),
  )
}

/** A Service, and where it leads on each of its ports, or why nowhere. */
export function describeService(world: World, service: Service): Described {
  const item = serviceItem(world, service)
  const { id, type, selector, clusterIPs, externalAddresses, externalName, endpoints } = item
  const facts = [
    ...nameFields(item),
    labelsField('Selector', selector ?? {}),
    field('Type', type),
    field('IP', ...clusterIPs),
    field('External IPs', ...externalAddresses),
    ...(externalName === null ? [] : [field('External Name', externalName)]),
    ...(service.ports.length === 0
      ? [field('Endpoints', ...endpoints.map(endpoint => endpoint.id))]
      : service.ports.flatMap(port => portFields(world, service, port))),
  ]
  return { id, facts, meaning: meaningOf(world, service) }
}

/** One port, in the layout of `kubectl describe`. */
function portFields(world: World, service: Service, servicePort: ServicePort): readonly DescribedField[] {
  const { name = '<unset>', port, protocol, targetPort, nodePort } = servicePort
  const endpoints = endpointItems(world, service, [servicePort])
  return [
    field('Port', `${name}  ${port}/${protocol}`),
    field('TargetPort', `${targetPort}/${protocol}`),
    ...(nodePort === undefined ? [] : [field('NodePort', `${name}  ${nodePort}/${protocol}`)]),
    field('Endpoints', ...endpoints.map(({ id, port: at }) => `${id}:${at}`)),
  ]
}

function meaningOf(world: World, service: Service): readonly Meaning[] {
  const { externalName, headless, ports } = service
  if (externalName !== undefined) return [{ kind: 'external-name', externalName }]
  const how: Meaning = { kind: headless ? 'headless' : 'translated' }
  if (backendsOf(world, service).length === 0)
    return [how, { kind: 'no-endpoints', why: whyNoBackends(world, service) }]
  const unserved = ports.filter(port => endpointItems(world, service, [port]).length === 0)
  return [
    how,
    ...unserved.map(({ port, targetPort }): Meaning => ({ kind: 'unserved-port', port, targetPort })),
  ]
}
