import { whyNoBackends } from '../../explain/differences/services.ts'
import type { Service, ServicePort } from '../../model/objects.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, untranslatedArrivalsOf } from '../../network/service-backends.ts'
import type { Description, Sentence, ServiceItem } from '../../report/inventory.ts'
import { say } from '../../words/reason.ts'
import type { World } from '../../world/world.ts'
import { addressTexts, description, type Facts, fact, labelLines, named, sentence } from './facts.ts'

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

/** The endpoints of some ports of a Service, or of a Service without ports. */
export function endpointItems(
  world: World,
  service: Service,
  ports: readonly ServicePort[],
): ServiceItem['endpoints'] {
  const flows = service.headless ? untranslatedArrivalsOf : arrivalsOf
  const endpoints = backendsOf(world, service)
  // A headless Service can do without ports: its Pods are dialed on whatever they listen on (S-215).
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

/** A Service, and where it leads on each of its ports, or why nowhere. */
export function describeService(world: World, service: Service): Description {
  const item = serviceItem(world, service)
  const { selector, externalName } = item
  const facts = [
    ...named(item),
    fact('Selector', ...labelLines(selector ?? {})),
    fact('Type', item.type),
    fact('IP', ...item.clusterIPs),
    fact('External IPs', ...item.externalAddresses),
    ...(externalName === null ? [] : [fact('External Name', externalName)]),
    ...(service.ports.length === 0
      ? [fact('Endpoints', ...item.endpoints.map(({ id }) => id))]
      : service.ports.flatMap(port => portFacts(world, service, port))),
  ]
  return description('services', item.id, { facts, meaning: meaningOf(world, service) })
}

/** One port, in the layout of `kubectl describe`. */
function portFacts(world: World, service: Service, servicePort: ServicePort): Facts {
  const { name = '<unset>', port, protocol, targetPort, nodePort } = servicePort
  const endpoints = endpointItems(world, service, [servicePort])
  return [
    fact('Port', `${name}  ${port}/${protocol}`),
    fact('TargetPort', `${targetPort}/${protocol}`),
    ...(nodePort === undefined ? [] : [fact('NodePort', `${name}  ${nodePort}/${protocol}`)]),
    fact('Endpoints', ...endpoints.map(({ id, port: at }) => `${id}:${at}`)),
  ]
}

function meaningOf(world: World, service: Service): readonly Sentence[] {
  if (service.externalName !== undefined)
    return [sentence(`It is another name for ${service.externalName}; policies see the address behind that.`)]
  const how = service.headless
    ? 'It is headless: a client dials the Pods themselves, on whatever port it asks for.'
    : 'Policies see the Pod behind it and the port of the Pod, not the Service and its port.'
  const isEmpty = backendsOf(world, service).length === 0
  const unserved = service.ports.filter(port => endpointItems(world, service, [port]).length === 0)
  return [
    sentence(how),
    ...(isEmpty
      ? [sentence(`Nothing is behind it: ${whyNothing(world, service)}.`)]
      : unserved.map(({ port, targetPort }) =>
          sentence(`Nothing serves its port ${port}: no endpoint has ${whatOf(targetPort)}.`),
        )),
  ]
}

const whyNothing = (world: World, service: Service): string =>
  say({ code: 'SERVICE_HAS_NO_ENDPOINTS', facts: whyNoBackends(world, service) })

/** Endpoints that are written by hand are found by the name of the port, and have no target port (S-216). */
const whatOf = (targetPort: number | string): string =>
  typeof targetPort === 'string' ? `a port called ${targetPort}` : 'that port'
