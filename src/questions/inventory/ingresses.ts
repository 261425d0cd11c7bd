import type { Ingress, IngressBackend } from '../../model/routes.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, portsAsked } from '../../network/service-backends.ts'
import { findService } from '../../path/dns/zone.ts'
import type { IngressItem, IngressRuleItem } from '../../report/inventory.ts'
import { printable } from '../../source/printable.ts'
import {
  type BackendMeaning,
  backendMeaningText,
  INGRESS_HAS_NO_DEFAULT,
  INGRESS_IS_PROXIED,
  ingressPathText,
} from '../../words/inventory.ts'
import type { World } from '../../world/world.ts'
import { type Described, field, nameFields } from './fields.ts'

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
    rules: pathsOf(ingress).map(({ backend, ...where }) => ({
      ...where,
      backend: backendName(backend),
      endpoints: endpointsOf(world, ingress, backend),
    })),
  }
}

type ListedPath = Pick<IngressRuleItem, 'host' | 'path' | 'pathType'> & { readonly backend: IngressBackend }

/** Every host and path of an Ingress; the default backend has neither, and comes last. */
const pathsOf = ({ rules, defaultBackend }: Ingress): readonly ListedPath[] => [
  ...rules.flatMap(({ host = '*', paths }) =>
    paths.map(({ path, type, backend }) => ({ host, path: printable(path), pathType: type, backend })),
  ),
  ...(defaultBackend === undefined
    ? []
    : [{ host: null, path: null, pathType: null, backend: defaultBackend }]),
]

const backendName = (backend: IngressBackend): string =>
  backend.kind === 'resource' ? printable(backend.resource) : `${backend.service}:${backend.port}`

/** Null where the backend is no Service, or one that is not in the input. */
function endpointsOf(
  world: World,
  { namespace }: Ingress,
  backend: IngressBackend,
): IngressRuleItem['endpoints'] {
  if (backend.kind === 'resource') return null
  const service = findService(world, backend.service, namespace)
  if (service === undefined) return null
  const backends = backendsOf(world, service)
  return portsAsked(service, { protocol: 'TCP', port: backend.port }, 'own').flatMap(port =>
    arrivalsOf(backends, port).map(flow => `${endpointRef(world, flow.to).id}:${flow.port}`),
  )
}

/** An Ingress, and where each host and path leads. */
export function describeIngress(world: World, ingress: Ingress): Described {
  const item = ingressItem(world, ingress)
  const rules = pathsOf(ingress).map(({ host, path, pathType, backend }) => {
    const behind = backendMeaningText(backendMeaning(world, ingress, backend))
    return `${ingressPathText(host, path, pathType)} -> ${backendName(backend)} (${behind})`
  })
  const facts = [...nameFields(item), field('Ingress Class', item.class), field('Rules', ...rules)]
  const hasDefault = ingress.defaultBackend !== undefined
  const meaning = [INGRESS_IS_PROXIED, ...(hasDefault ? [] : [INGRESS_HAS_NO_DEFAULT])]
  return { id: item.id, facts, meaning }
}

function backendMeaning(world: World, ingress: Ingress, backend: IngressBackend): BackendMeaning {
  if (backend.kind === 'resource') return { kind: 'resource' }
  const { port, service: name } = backend
  const service = findService(world, name, ingress.namespace)
  if (service === undefined) return { kind: 'no service', service: name, port }
  const hasPort = service.ports.some(one => one.port === port || one.name === port)
  if (!hasPort) return { kind: 'no port', service: name, port }
  return { kind: 'endpoints', endpoints: endpointsOf(world, ingress, backend) ?? [] }
}
