import type { Pod } from '../../model/objects.ts'
import type { Gateway, Ingress } from '../../model/routes.ts'
import { labelPairs } from '../../naming/label-query.ts'
import { endpointsBehind, resolve } from '../../naming/resolve.ts'
import { type Endpoint, isSame } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { AssumedController } from '../../report/facts/assumptions.ts'
import type { UnknownController } from '../../report/facts/routes.ts'
import { cannotAnswer } from '../../source/cannot-answer.ts'
import type { World } from '../../world/world.ts'
import {
  endpointsOf,
  expectedIn,
  installedIn,
  podOfInstallation,
  runningPods,
  usualInstallation,
} from './controller-pods.ts'
import type { AskedGateway } from './gateways.ts'
import {
  GATEWAY_NAME,
  INSTANCE,
  type Installation,
  isNameOf,
  isOf,
  type KnownController,
  type ProxiesOfGateway,
  type SharedProxies,
  type TargetType,
} from './known-controller.ts'
import { KNOWN, OPENSHIFT_ROUTER } from './known-controllers.ts'

/** An ingress controller or the proxy of a Gateway: policies of the backends see it as the source (S-350). */
export interface Controller {
  readonly endpoints: readonly Endpoint[]
  /** What it is assumed to be where its Pods are not in the input. */
  readonly assumed?: AssumedController
  /** Why nothing is known of it: its only endpoint may be anything. */
  readonly unknown?: UnknownController
  /** The ports that its Pods listen on for HTTP and HTTPS, where the product is known. */
  readonly ports?: SharedProxies['ports']
  /** What says whether it dials Pods or ports of their nodes; undefined where it dials Pods. */
  readonly targets?: TargetType
  /** The class has parameters of the controller's own, which come before annotations. */
  readonly hasParameters?: boolean
}

/**
 * The controller that `--ingress-controller` names: Pods by NAMESPACE/LABELS, in the input or not, or an object of the input.
 * Throws CannotAnswer for a name that does not exist.
 */
export function namedController(world: World, typed: string): Controller {
  const [, namespace, labels] = /^([^/=]+)\/(.*=.*)$/.exec(typed) ?? []
  if (namespace !== undefined && labels !== undefined)
    return labeledController(world, namespace, labelPairs(labels))
  const endpoints = endpointsBehind(world, resolve(world, typed, 'default'))
  if (endpoints.length === 0)
    cannotAnswer('NO_CONTROLLER', `no Pods are behind \`${typed}\`, which \`--ingress-controller\` names`)
  return { endpoints }
}

function labeledController(
  world: World,
  namespace: string,
  labels: Readonly<Record<string, string>>,
): Controller {
  const isIt = (pod: Pod): boolean =>
    pod.namespace === namespace &&
    Object.entries(labels).every(([key, value]) => pod.labels.get(key) === value)
  const pods = runningPods(world).filter(isIt)
  return pods.length > 0 ? { endpoints: endpointsOf(pods) } : assumedAt({ namespace, labels }, [80, 443])
}

/** The controller that serves the Ingresses of one class. */
export function controllerOfIngresses(
  world: World,
  className: string | undefined,
  ingresses: readonly Ingress[],
): Controller {
  const known = knownOfIngresses(world, className, ingresses)
  if (known === undefined) return unknownOfClass(world, className)
  const controller = controllerOf(world, known, { names: namesOfClass(world, className) })
  const written = world.cluster.ingressClasses.find(({ name }) => name === className)
  return { ...controller, hasParameters: written?.hasParameters === true }
}

/** What an ingress controller may call a class in its arguments: the name of the class, or of its controller. */
function namesOfClass({ cluster }: World, className: string | undefined): readonly string[] {
  const controller = cluster.ingressClasses.find(({ name }) => name === className)?.controller
  return [className, controller].filter(name => name !== undefined)
}

/**
 * Which known controller it is: by `spec.controller` of the class, the arguments of Pods, the name of the class, the annotations
 * of the Ingresses, the only controller in the input, the only one that the policies expect; undefined where none of these
 * tells it.
 */
export function knownOfIngresses(
  world: World,
  className: string | undefined,
  ingresses: readonly Ingress[],
): KnownController | undefined {
  const written = world.cluster.ingressClasses.find(({ name }) => name === className)?.controller
  if (written !== undefined && written !== '')
    return likeliest(
      world,
      KNOWN.filter(one => isOf(one, written)),
    )
  const claiming = [...installedIn(world)].filter(([, pods]) =>
    pods.some(pod => className !== undefined && pod.servedClasses.includes(className)),
  )
  if (claiming.length === 1) return claiming[0]?.[0]
  const ofClass = KNOWN.filter(({ classes = [] }) => className !== undefined && classes.includes(className))
  if (ofClass.length > 0) return likeliest(world, ofClass)
  const annotated = KNOWN.filter(one => ingresses.some(ingress => isAnnotatedFor(one, ingress)))
  if (annotated.length === 1) return annotated[0]
  const isFree = (known: KnownController): boolean => !isOfOtherClass(world, known, className)
  const installed = [...installedIn(world).keys()]
  if (installed.length > 0) return installed.length === 1 ? installed.find(isFree) : undefined
  // Without a class, OpenShift makes Routes of them.
  if (className === undefined && world.cluster.openshiftRoutes.length > 0) return OPENSHIFT_ROUTER
  const expected = expectedIn(world)
  return expected.length === 1 ? expected.find(isFree) : undefined
}

/** Whether another class of the input is the controller's: it explains that the controller is there, or expected. */
function isOfOtherClass({ cluster }: World, known: KnownController, className: string | undefined): boolean {
  if (className === undefined) return false
  const isNamed = (name: string | undefined): boolean =>
    name !== undefined && name !== className && known.classes?.includes(name) === true
  return (
    cluster.ingresses.some(ingress => isNamed(ingress.className)) ||
    cluster.ingressClasses.some(({ name, controller }) => name !== className && isOf(known, controller))
  )
}

/** Several controllers have a class `nginx`: one in the input comes first, then one that the policies expect. */
const likeliest = (world: World, some: readonly KnownController[]): KnownController | undefined =>
  some.find(one => installedIn(world).has(one)) ??
  some.find(one => expectedIn(world).includes(one)) ??
  some[0]

const isAnnotatedFor = ({ annotations = [] }: KnownController, ingress: Ingress): boolean =>
  [...ingress.annotations.keys()].some(key => annotations.some(prefix => key.startsWith(prefix)))

/** The proxies of a Gateway: Pods that are labeled with its name, else as its class has them. */
export function controllerOfGateway(world: World, gateway: AskedGateway): Controller {
  const labeled = runningPods(world).filter(pod => isProxyOf(pod, gateway))
  const { className } = gateway
  if (labeled.length > 0) return { endpoints: endpointsOf(labeled), ...portsOf(labeled) }
  if (gateway.isAssumed) return unknown({ kind: 'Gateway', gateway: `${gateway.namespace}/${gateway.name}` })
  const known = knownOfGateway(world, gateway)
  if (known !== undefined) return controllerOf(world, known, { gateway })
  return unknownClass('GatewayClass', className, controllerWritten(world, gateway))
}

/** By the controller of its class, else by the name of that. */
export function knownOfGateway(world: World, gateway: Gateway): KnownController | undefined {
  const written = controllerWritten(world, gateway)
  return written !== undefined && written !== ''
    ? KNOWN.find(one => isOf(one, written))
    : KNOWN.find(({ gatewayClasses = [] }) => gatewayClasses.some(name => isNameOf(name, gateway.className)))
}

const controllerWritten = ({ cluster }: World, { className }: Gateway): string | undefined =>
  cluster.gatewayClasses.find(({ name }) => name === className)?.controller

/** Those of the product whose label the Pods have. */
function portsOf(pods: readonly Pod[]): Pick<Controller, 'ports'> {
  for (const { proxies } of KNOWN)
    if (
      proxies.kind === 'of the Gateway' &&
      proxies.namespaceLabel !== undefined &&
      pods.some(({ labels }) => labels.has(proxies.nameLabel))
    )
      return { ports: proxies.ports }
  return {}
}

/** The labels by which implementations name the Gateway that their Pods are for. */
function isProxyOf({ namespace, labels }: Pod, gateway: Gateway): boolean {
  const isNamed = (label: string): boolean => labels.get(label) === gateway.name
  const isInNamespace = (label: string): boolean =>
    (labels.get(label) ?? gateway.namespace) === gateway.namespace
  return (
    (namespace === gateway.namespace && OF_OWN_NAMESPACE.some(isNamed)) ||
    OF_ANY_NAMESPACE.some(([name, ns]) => isNamed(name) && isInNamespace(ns)) ||
    labels.get('gateway.envoyproxy.io/owning-gatewayclass') === gateway.className
  )
}

/** Istio had its own label before GEP-1762. */
const OF_OWN_NAMESPACE: readonly string[] = [GATEWAY_NAME, 'istio.io/gateway-name']

/** Contour's provisioner labels Pods like Envoy Gateway. */
const OF_ANY_NAMESPACE: readonly (readonly [name: string, namespace: string])[] = [
  ['gateway.envoyproxy.io/owning-gateway-name', 'gateway.envoyproxy.io/owning-gateway-namespace'],
  ['projectcontour.io/owning-gateway-name', 'projectcontour.io/owning-gateway-namespace'],
]

/** The controller of OpenShift's Routes. */
export const openshiftRouter = (world: World): Controller => controllerOf(world, OPENSHIFT_ROUTER)

/** What a controller serves: the Ingresses of a class, by its names, or a Gateway. */
interface Served {
  readonly names?: readonly string[]
  readonly gateway?: Gateway
}

function controllerOf(
  world: World,
  known: KnownController,
  { names = [], gateway }: Served = {},
): Controller {
  const { proxies } = known
  switch (proxies.kind) {
    case 'elsewhere': {
      const { what: name, proxy, targets } = proxies
      return {
        endpoints: [{ kind: 'external', name, addresses: undefined, proxy }],
        assumed: { kind: 'external', name, ...(proxy === 'of the plugin' && { isOfPlugin: true }) },
        ...(targets !== undefined && { targets }),
      }
    }
    case 'shared': {
      const pods = installedIn(world).get(known)
      return pods === undefined
        ? assumedAt(usualInstallation(world, proxies), proxies.ports)
        : { endpoints: endpointsOf(podsOfClass(pods, names)), ports: proxies.ports }
    }
    case 'of the Gateway':
      return gateway === undefined ? unknown({ kind: 'none' }) : assumedFor(gateway, proxies)
  }
}

/** Of several installations, those whose arguments name the class; else those that name none. */
function podsOfClass(pods: readonly Pod[], names: readonly string[]): readonly Pod[] {
  const claiming = pods.filter(({ servedClasses }) => servedClasses.some(one => names.includes(one)))
  const silent = pods.filter(({ servedClasses }) => servedClasses.length === 0)
  return claiming.length > 0 ? claiming : silent.length > 0 ? silent : pods
}

function assumedFor(
  { namespace: own, name }: Gateway,
  { namespace = own, nameLabel, namespaceLabel, ports }: ProxiesOfGateway,
): Controller {
  const labels = { [nameLabel]: name, ...(namespaceLabel !== undefined && { [namespaceLabel]: own }) }
  return assumedAt({ namespace, labels }, ports, name)
}

function assumedAt(
  { namespace, labels }: Installation,
  ports: SharedProxies['ports'],
  name?: string,
): Controller {
  const pod = podOfInstallation({ namespace, labels }, ports, name)
  const telling = Object.fromEntries(Object.entries(labels).filter(([key]) => key !== INSTANCE))
  return { endpoints: endpointsOf([pod]), assumed: { kind: 'pods', namespace, labels: telling } }
}

function unknownOfClass({ cluster }: World, className: string | undefined): Controller {
  if (className === undefined) return unknown({ kind: 'none' })
  const controller = cluster.ingressClasses.find(({ name }) => name === className)?.controller
  return unknownClass('IngressClass', className, controller)
}

const unknownClass = (
  kind: 'IngressClass' | 'GatewayClass',
  className: string,
  controller: string | undefined,
): Controller => unknown({ kind, className, ...(controller !== undefined && { controller }) })

const unknown = (why: UnknownController): Controller => ({
  endpoints: [
    { kind: 'external', name: { kind: 'unknown-controller' }, addresses: undefined, isAnything: true },
  ],
  unknown: why,
})

/** That of a route of which only its own controller knows what it does. */
export const UNKNOWN_CONTROLLER: Controller = unknown({ kind: 'none' })

/** Whether a Pod routes requests: it belongs to a known controller, or to the one of `--ingress-controller`. */
export function routesRequests(world: World, endpoint: Endpoint, named: string | undefined): boolean {
  if (endpoint.kind !== 'pod') return false
  if (named !== undefined) return namedController(world, named).endpoints.some(one => isSame(one, endpoint))
  const { pod } = endpoint
  return (
    world.cluster.gateways.some(gateway => isProxyOf(pod, gateway)) ||
    pod.labels.has(GATEWAY_NAME) ||
    [...installedIn(world).values()].some(pods => pods.includes(pod))
  )
}

/** A controller whose Pods are assumed, with what they serve: an answer says of which Pods it speaks. */
export const serving = (serves: string, controller: Controller): Controller =>
  controller.assumed?.kind === 'pods'
    ? { ...controller, assumed: { ...controller.assumed, serves } }
    : controller

/** What the controller is called: its Pods, by their ids. */
export const nameOfController = (world: World, { endpoints }: Controller): string =>
  endpoints.map(endpoint => endpointRef(world, endpoint).id).join(', ')
