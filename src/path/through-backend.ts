import type { Service } from '../model/objects.ts'
import { endpointsTarget } from '../naming/resolve.ts'
import type { PortQuestion } from '../network/flow.ts'
import { backendsOf } from '../network/service-backends.ts'
import { ALL } from '../sets/connections.ts'
import { printable } from '../source/printable.ts'
import { creatorsOf } from '../world/creators.ts'
import type { World } from '../world/world.ts'
import { findService } from './dns/zone.ts'
import { limitsOfBackend } from './http/attached-limits.ts'
import { type Controller, nameOfController } from './http/controllers.ts'
import type { EntryPoint } from './http/entry-points.ts'
import type { KnownController } from './http/known-controller.ts'
import type { RequestAsked, RouteBackend } from './http/request.ts'
import { type DeadEnd, deadEnd, type Hop, type Path, type PathEnds } from './path.ts'
import { throughName } from './through-name.ts'
import { throughService } from './through-service.ts'

/** From the controller to the backends of a Service. Most controllers dial these themselves, which makes no difference to policies (S-350). */
export function throughBackend(
  world: World,
  { controller, product, routing }: EntryPoint,
  backend: RouteBackend,
  ends: PathEnds,
  { request: { protocol }, settings }: RequestAsked,
): readonly Path[] {
  const stop = deadEnd(ends, { kind: 'backend', backend })
  if (backend.kind !== 'service') return [stop]
  const { namespace, name } = backend
  const { actions } = product ?? {}
  if (actions !== undefined && backend.port === actions.port) {
    const what = printable(`${actions.annotation}${name}`)
    return [deadEnd(ends, { kind: 'backend', backend: { kind: 'unmodeled', what, isNamed: true } })]
  }
  const service = findService(world, name, namespace)
  if (service === undefined) {
    const by = creatorsOf(world, namespace, name)
    const what = { kind: 'name', name: printable(`${namespace}/${name}`), ask: ALL } as const
    return by.length === 0 ? [stop] : [deadEnd(ends, { kind: 'not-in-input', what, by })]
  }
  const source = endpointsTarget(world, controller.endpoints, nameOfController(world, controller))
  const { targetPort } = backend
  const servicePorts = servicePortsOf(world, service, backend, product)
  if (targetPort !== undefined && servicePorts.length === 0)
    return [deadEnd(ends, { kind: 'backend', backend: { kind: 'no-port', namespace, name, targetPort } })]
  if (service.externalName !== undefined)
    return servicePorts.flatMap(
      port =>
        throughName(world, source, {
          name: `${name}.${namespace}.svc.${settings.domain}`,
          asked: { protocol, port },
          settings,
        }).paths,
    )
  const dials = dialedBy(controller, backend, service)
  const unusable = withoutNodePort(controller, service, dials)
  if (unusable?.isSure) return [deadEnd(ends, { kind: 'backend', backend: unusable })]
  const paths = servicePorts.flatMap(port =>
    throughService(world, source, {
      service,
      dialed: dials === 'nodes' ? 'outside' : 'endpoints',
      asked: { protocol, port },
    }),
  )
  const doubts: readonly DeadEnd[] = [
    ...limitsOfBackend(world, product, routing.object, backend, service).map(
      limit => ({ kind: 'refused-by-controller', limit, isSure: false }) as const,
    ),
    ...(unusable === undefined ? [] : [{ kind: 'backend', backend: unusable } as const]),
  ]
  return doubts.length === 0
    ? paths
    : paths.map(path => ({ ...path, hops: [...doubts.map(asHop), ...path.hops] }))
}

const asHop = (why: DeadEnd): Hop => ({ kind: 'dead-end', why })

/** Whether a controller's load balancer dials Pods or ports of their nodes: the Service's own annotation comes first. */
function dialedBy(
  { targets, hasParameters = false }: Controller,
  { annotations }: Extract<RouteBackend, { kind: 'service' }>,
  service: Service,
): 'Pods' | 'nodes' | 'unknown' {
  if (targets === undefined) return 'Pods'
  if (hasParameters) return 'unknown'
  const written = service.annotations.get(targets.annotation) ?? annotations?.get(targets.annotation)
  if (written === targets.onPods) return 'Pods'
  return written === targets.onNodes ? 'nodes' : 'unknown'
}

/** Ports of nodes lead to Services of type NodePort and LoadBalancer alone. */
function withoutNodePort(
  { targets }: Controller,
  { namespace, name, type }: Service,
  dials: 'Pods' | 'nodes' | 'unknown',
): Extract<RouteBackend, { kind: 'no-node-port' }> | undefined {
  if (targets === undefined || dials === 'Pods' || type === 'NodePort' || type === 'LoadBalancer')
    return undefined
  return { kind: 'no-node-port', namespace, name, type, targets, isSure: dials === 'nodes' }
}

/** The port of the Service that a route names, or by its target port; OpenShift's Route names that of the Pods, which several may lead to. */
function servicePortsOf(
  world: World,
  service: Service,
  { port, targetPort }: Extract<RouteBackend, { kind: 'service' }>,
  product: KnownController | undefined,
): readonly PortQuestion['port'][] {
  if (targetPort === undefined) {
    if (product?.takesTargetPorts === undefined) return [port]
    const called = service.ports.find(one =>
      [one.port, one.name, one.targetPort].some(name => name !== undefined && String(name) === String(port)),
    )
    return [called?.port ?? port]
  }
  const backends = backendsOf(world, service)
  return service.ports
    .filter(
      one =>
        one.name === String(targetPort) ||
        one.targetPort === targetPort ||
        backends.some(({ targetOf }) => targetOf(one) === Number(targetPort)),
    )
    .map(one => one.port)
}
