import type { Ingress, IngressBackend } from '../../model/routes.ts'
import { findService } from '../../path/dns/zone.ts'
import type { Description } from '../../report/inventory.ts'
import { firstFew } from '../../words/names.ts'
import type { World } from '../../world/world.ts'
import { description, fact, named, sentence } from './facts.ts'
import { backendItem, ingressItem, placesOf } from './items.ts'
import { FEW } from './meaning.ts'

/** An Ingress in words: which host and path leads where. */
export function describeIngress(world: World, ingress: Ingress): Description {
  const item = ingressItem(world, ingress)
  const rules = placesOf(ingress).map(({ host, path, pathType, backend }) => {
    const where = host === null ? 'everything else' : `${host} ${path} (${pathType})`
    return `${where} -> ${backendItem(world, ingress, backend).backend} (${behind(world, ingress, backend)})`
  })
  const facts = [
    ...named(item),
    fact('Ingress Class', ...(item.class === null ? [] : [item.class])),
    fact('Rules', ...rules),
  ]
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
