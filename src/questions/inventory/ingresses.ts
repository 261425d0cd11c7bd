import type { Ingress, IngressBackend } from '../../model/routes.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, portsAsked } from '../../network/service-backends.ts'
import { findService } from '../../path/dns/zone.ts'
import type { Description, IngressItem, IngressRuleItem } from '../../report/inventory.ts'
import { printable } from '../../source/printable.ts'
import { firstFew } from '../../words/names.ts'
import type { World } from '../../world/world.ts'
import { description, FEW, fact, named, sentence } from './facts.ts'

export function ingressItem(world: World, ingress: Ingress): IngressItem {
  const { namespace, name, className } = ingress
  const hosts = [...new Set(ingress.rules.map(({ host }) => host ?? '*'))]
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    // The annotation that preceded the field can be any text.
    class: className === undefined ? null : printable(className),
    hosts: hosts.length > 0 ? hosts : ['*'],
    ports: ingress.tls ? [80, 443] : [80],
    rules: placesOf(ingress).map(({ backend, ...where }) => ({
      ...where,
      ...backendItem(world, ingress, backend),
    })),
  }
}

/** Every host and path of an Ingress; the default backend has neither, and comes last. */
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

/** A backend by its name, with its endpoints. */
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

/** An Ingress, and which host and path leads where. */
export function describeIngress(world: World, ingress: Ingress): Description {
  const item = ingressItem(world, ingress)
  const rules = placesOf(ingress).map(({ host, path, pathType, backend }) => {
    const where = host === null ? 'everything else' : `${host} ${path} (${pathType})`
    return `${where} -> ${backendItem(world, ingress, backend).backend} (${behind(world, ingress, backend)})`
  })
  const facts = [...named(item), fact('Ingress Class', item.class), fact('Rules', ...rules)]
  const meaning = [
    sentence(
      "The client connects to the ingress controller, and the controller's Pods connect to the Pods of the backend.",
    ),
    ...(ingress.defaultBackend === undefined
      ? [sentence('What no rule matches is not found (HTTP 404).')]
      : []),
  ]
  return description('ingresses', item.id, { facts, meaning })
}

/** The Pods that a backend leads to, or why it leads to none. */
function behind(world: World, ingress: Ingress, backend: IngressBackend): string {
  if (backend.kind === 'resource') return 'only the controller knows what is behind it'
  const service = findService(world, backend.service, ingress.namespace)
  if (service === undefined) return `Service ${backend.service} is not in the input`
  if (!service.ports.some(({ port, name }) => port === backend.port || name === backend.port))
    return `Service ${backend.service} has no port ${backend.port}`
  return firstFew(backendItem(world, ingress, backend).endpoints ?? [], FEW) || 'nothing is behind it'
}
