import type { Ingress, IngressBackend } from '../../model/routes.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { arrivalsOf, backendsOf, portsAsked } from '../../network/service-backends.ts'
import { findService } from '../../path/dns/zone.ts'
import type { BackendMeaning, IngressRuleItem, Meaning } from '../../report/facts/inventory.ts'
import type { IngressItem } from '../../report/inventory.ts'
import { printable } from '../../source/printable.ts'
import { factsField } from '../../words/inventory.ts'
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
    rules: [
      ...ingress.rules.flatMap(({ host = '*', paths }) =>
        paths.map(({ path, type, backend }) => ({
          host,
          path: printable(path),
          pathType: type,
          ...backendFacts(world, namespace, backend),
        })),
      ),
      ...(ingress.defaultBackend === undefined
        ? []
        : [
            {
              host: null,
              path: null,
              pathType: null,
              ...backendFacts(world, namespace, ingress.defaultBackend),
            },
          ]),
    ],
  }
}

function backendFacts(
  world: World,
  namespace: string,
  backend: IngressBackend,
): Pick<IngressRuleItem, 'backend' | 'endpoints' | 'leadsTo'> {
  if (backend.kind === 'resource')
    return { backend: printable(backend.resource), endpoints: null, leadsTo: { kind: 'resource' } }
  const { port, service: name } = backend
  const written = `${name}:${port}`
  const service = findService(world, name, namespace)
  if (service === undefined)
    return { backend: written, endpoints: null, leadsTo: { kind: 'no service', service: name, port } }
  const backends = backendsOf(world, service)
  const endpoints = portsAsked(service, { protocol: 'TCP', port }, 'own').flatMap(servicePort =>
    arrivalsOf(backends, servicePort).map(flow => `${endpointRef(world, flow.to).id}:${flow.port}`),
  )
  const hasPort = service.ports.some(one => one.port === port || one.name === port)
  const leadsTo: BackendMeaning = hasPort
    ? { kind: 'endpoints', endpoints }
    : { kind: 'no port', service: name, port }
  return { backend: written, endpoints, leadsTo }
}

/** An Ingress, and where each host and path leads. */
export function describeIngress(world: World, ingress: Ingress): Described {
  const item = ingressItem(world, ingress)
  const facts = [
    ...nameFields(item),
    field('Ingress Class', item.class),
    factsField('Rules', { kind: 'ingress-rules', rules: item.rules }),
  ]
  const meaning: readonly Meaning[] = [
    { kind: 'proxied' },
    ...(ingress.defaultBackend === undefined ? [{ kind: 'no-default-backend' } as const] : []),
  ]
  return { id: item.id, facts, meaning }
}
