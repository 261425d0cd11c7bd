import type { ContainerPort } from '../../model/objects.ts'
import type { Gateway } from '../../model/routes.ts'
import type { Assumption } from '../../report/report.ts'
import { assumedPod } from '../assumed-pod.ts'
import { cannotAnswer } from '../cannot-answer.ts'
import { partyEndpoint } from '../endpoints.ts'
import { resolve } from '../names.ts'
import { partiesBehind } from '../parties-behind.ts'
import { isSame, type Party } from '../party.ts'
import type { World } from '../world.ts'

/** Who takes requests from outside and sends them on: the source that policies of the backends see (S-350). */
export interface Controller {
  readonly parties: readonly Party[]
  readonly assumptions: readonly Assumption[]
}

/** What is known of a controller: what its classes are called, and how its Pods are labelled. */
interface KnownController {
  /** As in `spec.controller` of an IngressClass or `spec.controllerName` of a GatewayClass. */
  readonly controllers: readonly string[]
  /** The usual names of its IngressClass. */
  readonly classes: readonly string[]
  readonly from:
    | { readonly kind: 'pods'; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
    /** A load balancer of the provider's, outside the cluster (S-353), or a proxy on each node. */
    | { readonly kind: 'elsewhere'; readonly what: string }
}

/** The name that somebody gave to an installation: policies may select by it, and it tells no controller. */
const INSTANCE = 'app.kubernetes.io/instance'

const INGRESS_NGINX: KnownController = {
  controllers: ['k8s.io/ingress-nginx'],
  classes: ['nginx', 'ingress-nginx'],
  from: {
    kind: 'pods',
    namespace: 'ingress-nginx',
    labels: {
      'app.kubernetes.io/name': 'ingress-nginx',
      [INSTANCE]: 'ingress-nginx',
      'app.kubernetes.io/component': 'controller',
    },
  },
}

const outside = (what: string): KnownController['from'] => ({ kind: 'elsewhere', what })

/** As their own manifests and charts install them. */
const KNOWN: readonly KnownController[] = [
  INGRESS_NGINX,
  {
    controllers: ['nginx.org/ingress-controller'],
    classes: [],
    from: { kind: 'pods', namespace: 'nginx-ingress', labels: { app: 'nginx-ingress' } },
  },
  {
    controllers: ['traefik.io/ingress-controller', 'traefik.io/gateway-controller'],
    classes: ['traefik'],
    from: { kind: 'pods', namespace: 'traefik', labels: { 'app.kubernetes.io/name': 'traefik' } },
  },
  {
    controllers: ['haproxy-ingress.github.io/controller'],
    classes: [],
    from: {
      kind: 'pods',
      namespace: 'ingress-controller',
      labels: { 'app.kubernetes.io/name': 'haproxy-ingress' },
    },
  },
  {
    controllers: ['istio.io/ingress-controller'],
    classes: ['istio'],
    from: { kind: 'pods', namespace: 'istio-system', labels: { istio: 'ingressgateway' } },
  },
  {
    controllers: ['ingress.k8s.aws/alb', 'gateway.k8s.aws/alb'],
    classes: ['alb'],
    from: outside('a load balancer of AWS'),
  },
  {
    controllers: ['k8s.io/ingress-gce', 'networking.gke.io/gateway'],
    classes: ['gce', 'gce-internal'],
    from: outside('a load balancer of Google Cloud'),
  },
  {
    controllers: ['azure/application-gateway'],
    classes: ['azure-application-gateway'],
    from: outside('an application gateway of Azure'),
  },
  {
    controllers: ['cilium.io/ingress-controller', 'io.cilium/gateway-controller'],
    classes: ['cilium'],
    from: outside("Cilium's proxy on a node"),
  },
]

/** The controller that `--ingress-controller` names. Throws CannotAnswer for a name that is not there. */
export function namedController(world: World, typed: string): Controller {
  const parties = partiesBehind(world, resolve(world, typed, 'default'))
  if (parties.length === 0)
    cannotAnswer('NO_CONTROLLER', `no Pods are behind \`${typed}\`, which \`--ingress-controller\` names`)
  return { parties, assumptions: [] }
}

/** The controller of an IngressClass: by what the class says, else by its name, else the one that is in the input. */
export function controllerOfClass(world: World, className: string | undefined): Controller {
  const written = world.cluster.ingressClasses.find(({ name }) => name === className)?.controller
  const known = KNOWN.find(
    ({ controllers, classes }) =>
      (written !== undefined && controllers.includes(written)) ||
      (written === undefined && className !== undefined && classes.includes(className)),
  )
  const installed = KNOWN.find(candidate => podsOf(world, candidate).length > 0)
  return controllerOf(world, known ?? installed ?? INGRESS_NGINX)
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
  const there = podsOf(world, known)
  return there.length > 0 ? { parties: there, assumptions: [] } : assumed(from, name)
}

/** Pods by their labels alone: a chart can be installed into any namespace. */
function podsOf({ cluster }: World, { from }: KnownController): readonly Party[] {
  if (from.kind !== 'pods') return []
  const wanted = Object.entries(from.labels).filter(([key]) => key !== INSTANCE)
  return cluster.pods
    .filter(({ labels, finished }) => !finished && wanted.every(([key, value]) => labels.get(key) === value))
    .map(pod => ({ kind: 'pod', pod }))
}

function elsewhere(what: string): Controller {
  const message = `requests are taken to come from ${what}, whose addresses are not known`
  return {
    parties: [{ kind: 'external', name: what, addresses: undefined }],
    assumptions: [{ code: 'ASSUMED_INGRESS_CONTROLLER', message }],
  }
}

function assumed(
  { namespace, labels }: Extract<KnownController['from'], { kind: 'pods' }>,
  name = `${namespace}-controller`,
): Controller {
  const pod = assumedPod(namespace, name, new Map(Object.entries(labels)), PORTS)
  const written = Object.entries(labels)
    .filter(([key]) => key !== INSTANCE)
    .map(([key, value]) => `${key}=${value}`)
  return {
    parties: [{ kind: 'pod', pod }],
    assumptions: [
      {
        code: 'ASSUMED_INGRESS_CONTROLLER',
        message: `the controller's Pods are not in the input: taken to be in namespace ${namespace}, labelled ${written.join(', ')} (--ingress-controller names others)`,
      },
    ],
  }
}

const PORTS: readonly ContainerPort[] = [
  { name: 'http', number: 80, protocol: 'TCP', sidecar: false },
  { name: 'https', number: 443, protocol: 'TCP', sidecar: false },
]

/** Whether requests that come to a Pod are routed on: it is one of a controller that is known or named. */
export function routesRequests(world: World, party: Party, named: string | undefined): boolean {
  if (party.kind !== 'pod') return false
  if (named !== undefined) return namedController(world, named).parties.some(one => isSame(one, party))
  return (
    party.pod.labels.has('gateway.networking.k8s.io/gateway-name') ||
    KNOWN.some(known => podsOf(world, known).some(one => isSame(one, party)))
  )
}

/** The controller's Pods in words. */
export const nameOfController = (world: World, { parties }: Controller): string =>
  parties.map(party => partyEndpoint(world, party).id).join(', ')
