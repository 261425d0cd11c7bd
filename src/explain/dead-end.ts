import type { Service, ServicePort } from '../model/objects.ts'
import { requiredLabels } from '../model/selector.ts'
import { asPort } from '../naming/port.ts'
import { podRef, serviceRef } from '../network/endpoint-ids.ts'
import type { PortQuestion } from '../network/flow.ts'
import { podsOfService } from '../network/service-backends.ts'
import type { ClientLimit } from '../path/http/client-limits.ts'
import type { RouteBackend } from '../path/http/request.ts'
import type { DeadEnd } from '../path/path.ts'
import { portOf } from '../path/through-service.ts'
import type { Symptom } from '../report/common.ts'
import type { Conclusion, DecidedByPlugin, ServicePortUnknown } from '../report/facts/paths.ts'
import type { UnknownRouteFacts } from '../report/facts/routes.ts'
import { printable } from '../source/printable.ts'
import type { World } from '../world/world.ts'
import { creatorName } from './assumptions/created.ts'
import { whyNoBackends, whyNoneOnNode } from './differences/services.ts'
import { type ExplainedStep, type Explanation, explanationOf, SYMPTOMS } from './explanation.ts'

/** Why a path ends before any policy is evaluated. */
export function explainDeadEnd(world: World, end: DeadEnd): Explanation {
  switch (end.kind) {
    case 'no-pods':
      return stopped(
        { code: 'WORKLOAD_HAS_NO_PODS', facts: { workload: end.of.id } },
        end.isSource ? 'nothing-connects' : 'times-out',
      )
    case 'source-finished':
      return stopped({ code: 'POD_HAS_TERMINATED', facts: {} }, 'nothing-connects')
    case 'port-not-declared': {
      const facts = { why: 'not-declared', on: end.on.id, port: end.port } as const
      return stopped({ code: 'NAMED_PORT_UNRESOLVED', facts }, 'port-name-unknown')
    }
    case 'not-exposed': {
      const { name, type, internalBy } = end.service
      const facts = { service: name, type, ...(internalBy !== undefined && { internalBy }) }
      return atService(end.service, { code: 'SERVICE_NOT_EXPOSED', facts }, 'times-out')
    }
    case 'port-unknown':
      return atService(
        end.service,
        { code: 'SERVICE_PORT_UNKNOWN', facts: portUnknown(end.service, end.asked) },
        'times-out-or-refused',
      )
    case 'no-backends':
      return atService(
        end.service,
        { code: 'SERVICE_HAS_NO_ENDPOINTS', facts: whyNoBackends(world, end.service, end.family) },
        // S-204; the name of a headless Service without Pods does not resolve (S-225).
        end.service.headless ? 'name-does-not-resolve' : 'refused',
      )
    case 'no-backend-on-node': {
      const facts = whyNoneOnNode(world, end.service, end.node)
      const why = { code: 'SERVICE_HAS_NO_ENDPOINTS', facts } as const
      return end.perhaps === undefined
        ? atService(end.service, why, 'times-out')
        : perhapsAtService(world, end.service, {
            about: 'local traffic policy',
            from: end.perhaps.id,
            otherwise: [why],
          })
    }
    case 'target-port-unresolved':
      return atService(end.service, targetPortUnresolved(world, end.service, end.ports), 'refused')
    case 'outside-source-ranges':
      return outsideSourceRanges(world, end)
    case 'limited-by-balancer': {
      const { id } = serviceRef(end.service)
      const facts = { kind: 'limit', route: id, by: end.service.limitedBy } as const
      return withStep({ code: 'UNDETERMINED_ROUTE', facts }, SYMPTOMS.undetermined, id, 'undetermined')
    }
    case 'refused-by-controller':
      return byController(end)
    case 'no-shared-family': {
      const facts = { from: end.from.id, to: serviceRef(end.service).id }
      return atService(end.service, { code: 'NO_SHARED_IP_FAMILY', facts }, SYMPTOMS.no)
    }
    case 'api-server-port-unknown': {
      const has = [{ protocol: 'TCP', number: 443, name: 'https' }] as const
      const facts = { service: 'kubernetes', asked: end.port, has }
      return withStep({ code: 'SERVICE_PORT_UNKNOWN', facts }, 'times-out-or-refused', end.to.id)
    }
    case 'not-in-input':
      return notInInput(end)
    case 'backend':
      return atBackend(end.backend)
    case 'controller-port-unknown': {
      const facts = { controller: end.to.id, port: end.port }
      const why = { code: 'UNDETERMINED_CONTROLLER_PORT', facts } as const
      return { verdict: 'undetermined', why, symptom: SYMPTOMS.undetermined, steps: [] }
    }
  }
}

function outsideSourceRanges(
  world: World,
  { service, perhaps }: Extract<DeadEnd, { kind: 'outside-source-ranges' }>,
): Explanation {
  const why = { code: 'OUTSIDE_SOURCE_RANGES', facts: { service: service.name } } as const
  return perhaps === undefined
    ? atService(service, why, 'times-out')
    : perhapsAtService(world, service, { about: 'source ranges', from: perhaps.id, otherwise: [why] })
}

/** Where the network plugin, or kube-proxy, may do otherwise. */
function perhapsAtService(
  { profile }: World,
  service: Service,
  facts: Omit<DecidedByPlugin, 'plugin'>,
): Explanation {
  const why = {
    code: 'UNDETERMINED_CNI_BEHAVIOUR',
    facts: { ...facts, plugin: profile?.title ?? '' },
  } as const
  return withStep(why, SYMPTOMS.undetermined, serviceRef(service).id, 'undetermined')
}

/** S-064: the controller knows the client by the address that it sees. */
function byController({
  limit: { object, by, admits, symptom, unless },
  isSure,
}: Extract<DeadEnd, { kind: 'refused-by-controller' }>): Explanation {
  const atRoute = (verdict: 'no' | 'undetermined', why: Conclusion, what: Symptom): Explanation =>
    explanationOf({ step: 'name', verdict, why, object, route: true }, what)
  const facts = { ingress: object, annotations: by }
  if (isSure && admits === 'private networks') {
    const internal = { route: object, internalBy: by.join(', ') }
    return atRoute('no', { code: 'SERVICE_NOT_EXPOSED', facts: internal }, symptom)
  }
  if (isSure) return atRoute('no', { code: 'OUTSIDE_SOURCE_RANGES', facts }, symptom)
  const unknown = unknownLimit({ object, by, admits, ...(unless && { unless }) })
  return atRoute('undetermined', { code: 'UNDETERMINED_ROUTE', facts: unknown }, SYMPTOMS.undetermined)
}

function unknownLimit({ object, by, admits, unless }: Omit<ClientLimit, 'symptom'>): UnknownRouteFacts {
  if (unless?.kind === 'other settings') return { kind: 'settings', route: object, by }
  switch (admits) {
    case 'not read':
    case 'perhaps private networks':
      return { kind: 'limit', route: object, by }
    case 'not in the input':
      return { kind: 'limit', route: object, by, isMissing: true }
    case 'unreadable':
      return { kind: 'source-ranges', ingress: object, annotations: by, isReadable: false }
    default:
      return unless === undefined
        ? { kind: 'source-ranges', ingress: object, annotations: by, isReadable: true }
        : { kind: 'credentials', route: object, by, unless: unless.by }
  }
}

function notInInput({ what, by: creators }: Extract<DeadEnd, { kind: 'not-in-input' }>): Explanation {
  const by = creators.map(creatorName)
  const code = 'UNDETERMINED_CREATED_OBJECT'
  switch (what.kind) {
    case 'name': {
      const why = { code, facts: { what: 'name', name: what.name, by } } as const
      return { verdict: 'undetermined', why, symptom: SYMPTOMS.undetermined, steps: [] }
    }
    case 'backends': {
      const { service } = what
      const selector = Object.fromEntries(
        service.selector === undefined ? [] : requiredLabels(service.selector),
      )
      const facts = { what: 'Pod of a Service', service: service.name, selector, by } as const
      return withStep({ code, facts }, SYMPTOMS.undetermined, serviceRef(service).id, 'undetermined')
    }
  }
}

const stopped = (why: Conclusion, symptom: Symptom): Explanation => ({
  verdict: 'no',
  why,
  symptom,
  steps: [],
})

const withStep = (
  why: Conclusion,
  symptom: Symptom,
  object: string,
  verdict: ExplainedStep['verdict'] = 'no',
): Explanation => explanationOf({ step: 'service', verdict, why, object }, symptom)

const atService = (service: Service, why: Conclusion, symptom: Symptom): Explanation =>
  withStep(why, symptom, serviceRef(service).id)

function portUnknown(service: Service, asked: PortQuestion): ServicePortUnknown {
  const leading = service.ports.find(({ targetPort }) => targetPort === asked.port)
  return {
    service: service.name,
    asked: asPort(asked),
    has: service.ports.map(portOf),
    ...(leading && { leading: { targetPort: leading.targetPort, port: leading.port } }),
  }
}

function targetPortUnresolved(world: World, service: Service, ports: readonly ServicePort[]): Conclusion {
  const { name } = service
  const code = 'NAMED_PORT_UNRESOLVED'
  if (service.selector === undefined)
    return { code, facts: { why: 'not-written', service: name, ports: ports.map(portOf) } }
  const [pod] = podsOfService(world, service)
  return {
    code,
    facts: {
      why: 'no-target-port',
      service: name,
      targets: ports.map(({ targetPort, protocol }) => ({ protocol, name: String(targetPort) })),
      ...(pod !== undefined &&
        pod.ports.length > 0 && {
          declared: {
            pod: podRef(world, pod).id,
            ports: pod.ports.map(port => ({
              protocol: port.protocol,
              number: port.number,
              ...(port.name !== undefined && { name: port.name }),
            })),
          },
        }),
    },
  }
}

/** The backend of a route does not exist, or cannot be followed. */
function atBackend(backend: RouteBackend): Explanation {
  switch (backend.kind) {
    case 'none':
      return withStep({ code: 'BACKEND_UNUSABLE', facts: { why: 'none' } }, 500, 'backend')
    case 'not-granted': {
      const { namespace, name, routesFrom, routeKind, placeholder } = backend
      const facts = { why: 'not-granted', namespace, name, routesFrom, routeKind } as const
      if (placeholder !== undefined) {
        const why = { code: 'UNDETERMINED_BACKEND', facts: { ...facts, placeholder } } as const
        return withStep(why, SYMPTOMS.undetermined, 'backend', 'undetermined')
      }
      return withStep({ code: 'BACKEND_UNUSABLE', facts }, 500, 'backend')
    }
    case 'no-port': {
      const { namespace, name, targetPort } = backend
      const facts = { why: 'no-port', service: `${namespace}/${name}`, targetPort } as const
      return withStep({ code: 'BACKEND_UNUSABLE', facts }, 503, 'backend')
    }
    case 'no-node-port': {
      const { namespace, name, type, targets, isSure } = backend
      const service = `${namespace}/${name}`
      const facts = { why: 'no-node-port', service, type, ...targets } as const
      return isSure
        ? withStep({ code: 'BACKEND_UNUSABLE', facts }, 503, service)
        : withStep({ code: 'UNDETERMINED_BACKEND', facts }, SYMPTOMS.undetermined, service, 'undetermined')
    }
    case 'unmodeled': {
      const { what, isNamed } = backend
      const why = { code: 'UNDETERMINED_BACKEND', facts: { what, isNamed } } as const
      return withStep(why, SYMPTOMS.undetermined, 'backend', 'undetermined')
    }
    case 'service': {
      const service = `${backend.namespace}/${backend.name}`
      return withStep({ code: 'SERVICE_NOT_FOUND', facts: { service } }, 503, printable(service))
    }
  }
}
