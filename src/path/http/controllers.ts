import { podsWithNetwork } from '../../model/cluster.ts'
import type { ContainerPort } from '../../model/objects.ts'
import type { Gateway } from '../../model/routes.ts'
import { endpointsBehind, resolve } from '../../naming/resolve.ts'
import { type Endpoint, isSame } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { AssumedController } from '../../report/facts/assumptions.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import { assumedPod } from '../../world/assumed-pod.ts'
import type { World } from '../../world/world.ts'
import { INGRESS_NGINX, INSTANCE, KNOWN, type KnownController } from './known-controllers.ts'

/** An ingress controller or the proxy of a Gateway: policies of the backends see it as the source (S-350). */
export interface Controller {
  readonly endpoints: readonly Endpoint[]
  /** What is assumed of it where its Pods are not in the input; undefined where they are. */
  readonly assumed: AssumedController | undefined
}

/** The controller that `--ingress-controller` names. Throws CannotAnswer for a name that does not exist. */
export function namedController(world: World, typed: string): Controller {
  const endpoints = endpointsBehind(world, resolve(world, typed, 'default'))
  if (endpoints.length === 0)
    cannotAnswer('NO_CONTROLLER', `no Pods are behind \`${typed}\`, which \`--ingress-controller\` names`)
  return { endpoints, assumed: undefined }
}

/** The controller of an IngressClass, as far as it is in the input. */
export const controllerOfClass = (world: World, className: string | undefined): Controller =>
  controllerOf(world, knownOfClass(world, className))

/** Which known controller it is: by `spec.controller` of the class, else by the name of the class, else by the Pods in the input. */
export function knownOfClass(world: World, className: string | undefined): KnownController {
  const written = world.cluster.ingressClasses.find(({ name }) => name === className)?.controller
  const bySaying = KNOWN.find(({ controllers }) => written !== undefined && controllers.includes(written))
  const byName = KNOWN.find(({ classes }) => className !== undefined && classes.includes(className))
  // Several controllers have a class `nginx`: one whose Pods are in the input is preferred.
  const isThere = (known: KnownController): boolean => podsOfController(world, known).length > 0
  const installed = byName !== undefined && isThere(byName) ? byName : KNOWN.find(isThere)
  return bySaying ?? installed ?? byName ?? INGRESS_NGINX
}

/** The proxies of a Gateway: most implementations label them with its name, in its own namespace. */
export function controllerOfGateway(world: World, gateway: Gateway): Controller {
  const { namespace, name, className } = gateway
  const controller = world.cluster.gatewayClasses.find(one => one.name === className)?.controller ?? ''
  const known = KNOWN.find(({ controllers }) => controllers.includes(controller))
  if (known !== undefined) return controllerOf(world, known)
  const isEnvoy = controller === 'gateway.envoyproxy.io/gatewayclass-controller'
  const labels = isEnvoy
    ? {
        'gateway.envoyproxy.io/owning-gateway-name': name,
        'gateway.envoyproxy.io/owning-gateway-namespace': namespace,
      }
    : { 'gateway.networking.k8s.io/gateway-name': name }
  const where = isEnvoy ? 'envoy-gateway-system' : namespace
  return controllerOf(
    world,
    { controllers: [], classes: [], from: { kind: 'pods', namespace: where, labels } },
    name,
  )
}

function controllerOf(world: World, known: KnownController, name?: string): Controller {
  const { from } = known
  if (from.kind === 'elsewhere') return elsewhere(from.what)
  const there = podsOfController(world, known)
  return there.length > 0 ? { endpoints: there, assumed: undefined } : withAssumedPods(from, name)
}

/**
 * The controller's Pods by their labels, in any namespace: the first label identifies the controller, the others its
 * component, where the Pod has them. Else the Pods of its usual namespace, where nothing else runs there.
 */
function podsOfController({ cluster }: World, { from }: KnownController): readonly Endpoint[] {
  if (from.kind !== 'pods') return []
  const [[key, value] = ['', ''], ...parts] = Object.entries(from.labels).filter(
    ([label]) => label !== INSTANCE,
  )
  const running = podsWithNetwork(cluster).filter(({ workload }) => workload?.kind !== 'Job')
  const labeled = running.filter(
    ({ labels }) => labels.get(key) === value && parts.every(([part, of]) => (labels.get(part) ?? of) === of),
  )
  const inNamespace = running.filter(({ namespace }) => from.alone && namespace === from.namespace)
  return (labeled.length > 0 ? labeled : inNamespace).map(pod => ({ kind: 'pod', pod }))
}

function elsewhere(what: string): Controller {
  return {
    endpoints: [{ kind: 'external', name: what, addresses: undefined }],
    assumed: { kind: 'external', name: what },
  }
}

function withAssumedPods(
  { namespace, labels }: Extract<KnownController['from'], { kind: 'pods' }>,
  name = `${namespace}-controller`,
): Controller {
  const pod = assumedPod(namespace, name, new Map(Object.entries(labels)), HTTP_PORTS)
  const identifying = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== INSTANCE))
  return {
    endpoints: [{ kind: 'pod', pod }],
    assumed: { kind: 'pods', namespace, labels: identifying },
  }
}

const HTTP_PORTS: readonly ContainerPort[] = [
  { name: 'http', number: 80, protocol: 'TCP', sidecar: false },
  { name: 'https', number: 443, protocol: 'TCP', sidecar: false },
]

/** Whether a Pod routes requests: it belongs to a known controller, or to the one of `--ingress-controller`. */
export function routesRequests(world: World, endpoint: Endpoint, named: string | undefined): boolean {
  if (endpoint.kind !== 'pod') return false
  if (named !== undefined) return namedController(world, named).endpoints.some(one => isSame(one, endpoint))
  return (
    endpoint.pod.labels.has('gateway.networking.k8s.io/gateway-name') ||
    KNOWN.some(known => podsOfController(world, known).some(one => isSame(one, endpoint)))
  )
}

/** What the controller is called: its Pods, by their ids. */
export const nameOfController = (world: World, { endpoints }: Controller): string =>
  endpoints.map(endpoint => endpointRef(world, endpoint).id).join(', ')
