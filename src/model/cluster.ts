import { groupBy } from '../sets/group-by.ts'
import { withNameLabel } from './kinds/namespace.ts'
import { labelsOfPlatform } from './known-namespaces.ts'
import type {
  ClusterObject,
  CustomWorkload,
  Endpoints,
  Namespace,
  Node,
  Pod,
  Service,
  Workload,
  WrittenPod,
  WrittenWorkload,
} from './objects.ts'
import { podsAndWorkloads } from './replicas.ts'
import {
  type ClientPolicy,
  type ControllerSettings,
  GATEWAY_ROUTE_KINDS,
  type Gateway,
  type GatewayClass,
  type GatewayRoute,
  type Ingress,
  type IngressClass,
  type ListenerSet,
  type OpenshiftRoute,
  type OtherRoute,
  type ReferenceGrant,
} from './routes.ts'

/** The cluster as it would be with all loaded objects in it. */
export interface Cluster {
  /** By name; with those that objects are in and no manifest declares. */
  readonly namespaces: ReadonlyMap<string, Namespace>
  readonly pods: readonly Pod[]
  readonly workloads: readonly Workload[]
  readonly services: readonly Service[]
  readonly endpoints: readonly Endpoints[]
  readonly nodes: readonly Node[]
  readonly ingressClasses: readonly IngressClass[]
  readonly ingresses: readonly Ingress[]
  readonly controllerSettings: readonly ControllerSettings[]
  readonly gatewayClasses: readonly GatewayClass[]
  readonly gateways: readonly Gateway[]
  readonly listenerSets: readonly ListenerSet[]
  readonly gatewayRoutes: readonly GatewayRoute[]
  readonly referenceGrants: readonly ReferenceGrant[]
  readonly openshiftRoutes: readonly OpenshiftRoute[]
  readonly otherRoutes: readonly OtherRoute[]
  readonly clientPolicies: readonly ClientPolicy[]
}

/** Every cluster has these. */
const ALWAYS_THERE: readonly string[] = ['default', 'kube-system', 'kube-public', 'kube-node-lease']

/** Whether a namespace is only assumed to exist, with its automatic label alone. */
export const isAssumed = (namespace: Namespace): boolean =>
  namespace.at === undefined && !ALWAYS_THERE.includes(namespace.name)

/** Whether a namespace is in the input, or in every cluster. */
export const hasNamespace = ({ namespaces }: Pick<Cluster, 'namespaces'>, name: string): boolean =>
  namespaces.has(name) || ALWAYS_THERE.includes(name)

/** S-050: a Pod that has finished has no network any more. */
export const hasNetwork = ({ finished }: Pick<Pod, 'finished'>): boolean => !finished

/** The Pods that connections can be from or to. */
export const podsWithNetwork = ({ pods }: Pick<Cluster, 'pods'>): readonly Pod[] => pods.filter(hasNetwork)

/** Whether a node has a label that begins so: platforms label their nodes. */
export const hasNodeLabel = ({ nodes }: Pick<Cluster, 'nodes'>, start: string): boolean =>
  nodes.some(({ labels }) => [...(labels?.keys() ?? [])].some(key => key.startsWith(start)))

/** Builds the cluster from its objects. `usedNamespaces` are namespaces of other objects, such as policies. */
export function buildCluster(objects: readonly ClusterObject[], usedNamespaces: Iterable<string>): Cluster {
  const ofKind = sortedByKind(objects)
  const written = ofKind('Pod')
  const declared = ofKind('Node')
  const nodes = [...declared, ...nodesOf(written, declared)]
  const templates = objects.filter((object): object is WrittenWorkload => 'template' in object)
  const customs = ofKind('CustomWorkload')
  const { pods, workloads } = podsAndWorkloads(written, templates, customs, nodes)
  const inNamespaces = [...pods, ...workloads, ...objects.filter(object => 'namespace' in object)]
  const used = inNamespaces.map(object => object.namespace)
  return {
    namespaces: namespacesOf(ofKind('Namespace'), [...used, ...usedNamespaces]),
    pods,
    workloads,
    nodes,
    services: withOperated(ofKind('Service'), customs),
    endpoints: ofKind('Endpoints'),
    ingressClasses: ofKind('IngressClass'),
    ingresses: ofKind('Ingress'),
    controllerSettings: ofKind('ConfigMap'),
    gatewayClasses: ofKind('GatewayClass'),
    gateways: ofKind('Gateway'),
    listenerSets: ofKind('ListenerSet'),
    gatewayRoutes: GATEWAY_ROUTE_KINDS.flatMap(kind => ofKind(kind)),
    referenceGrants: ofKind('ReferenceGrant'),
    openshiftRoutes: ofKind('Route'),
    otherRoutes: ofKind('OtherRoute'),
    clientPolicies: ofKind('ClientPolicy'),
  }
}

/** With the Services that operators create, where the input does not have them. */
function withOperated(services: readonly Service[], customs: readonly CustomWorkload[]): readonly Service[] {
  const keyOf = ({ namespace, name }: Service): string => `${namespace}/${name}`
  const written = new Set(services.map(keyOf))
  const operated = new Map(
    customs.flatMap(custom => custom.services).map(service => [keyOf(service), service] as const),
  )
  const missing = [...operated].filter(([key]) => !written.has(key)).map(([, service]) => service)
  return missing.length === 0 ? services : [...services, ...missing]
}

type OfKind = <K extends ClusterObject['kind']>(kind: K) => readonly Extract<ClusterObject, { kind: K }>[]

/** Grouped once: filtering a hundred thousand objects for each kind takes noticeable time. */
function sortedByKind(objects: readonly ClusterObject[]): OfKind {
  const groups = groupBy(objects, object => object.kind)
  return kind =>
    groups
      .get(kind)
      ?.filter((object): object is Extract<ClusterObject, { kind: typeof kind }> => object.kind === kind) ??
    []
}

/** The nodes that are known only by the status of their Pods, as in a dump without nodes. */
function nodesOf(pods: readonly WrittenPod[], declared: readonly Node[]): readonly Node[] {
  const out = new Map<string, Node>()
  for (const { node: name, hostAddresses: addresses, at } of pods)
    if (name !== undefined && addresses.length > 0 && !declared.some(node => node.name === name))
      out.set(name, { kind: 'Node', name, addresses, labels: undefined, taints: [], at })
  return [...out.values()]
}

/** S-022, also for namespaces that are not declared. */
function namespacesOf(
  declared: readonly Namespace[],
  used: readonly string[],
): ReadonlyMap<string, Namespace> {
  const out = new Map<string, Namespace>()
  for (const namespace of declared) out.set(namespace.name, namespace)
  for (const name of used) if (!out.has(name)) out.set(name, undeclared(name))
  return out
}

const undeclared = (name: string): Namespace => ({
  kind: 'Namespace',
  name,
  labels: withNameLabel(name, new Map(Object.entries(labelsOfPlatform(name)))),
  at: undefined,
})

/** The namespace that an object is in. */
export const namespaceOf = (cluster: Cluster, name: string): Namespace =>
  cluster.namespaces.get(name) ?? undeclared(name)
