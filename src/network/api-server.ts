import { hasNodeLabel, podsWithNetwork } from '../model/cluster.ts'
import type { Service } from '../model/objects.ts'
import type { Match } from '../model/selector.ts'
import type { Addresses } from '../sets/addresses.ts'
import { distinctBy } from '../sets/group-by.ts'
import type { World } from '../world/world.ts'
import { endpointAt } from './address-owner.ts'
import type { Endpoint } from './endpoint.ts'
import { backendsOf } from './service-backends.ts'

/*
 * The API server: behind the Service `kubernetes` of namespace default, and the source of calls to webhooks and aggregated APIs. To
 * policies it is an address, because it runs on a node or outside the cluster (S-043, S-069).
 */

/** Where the API server is, and on which port it listens. */
export interface ApiServer {
  readonly endpoints: readonly Endpoint[]
  readonly port: number
  /** Whether neither the manifests nor an option say it. */
  readonly isAssumed: boolean
}

/** As kubeadm has it (S-069). */
const USUAL_PORT = 6443

/** What kubeadm, k3s, RKE2 and others label the nodes with that run it (kubernetes.io, Well-Known Labels); `master` until 1.24. */
const CONTROL_PLANE: readonly string[] = [
  'node-role.kubernetes.io/control-plane',
  'node-role.kubernetes.io/master',
]

/**
 * Managed control planes, outside the cluster and on 443, by the labels that these platforms give to nodes. `isTunneled`: they
 * call Pods by way of a node, which does not keep their address (docs.cilium.io, Network Policy: kube-apiserver).
 */
const MANAGED: readonly { readonly label: string; readonly isTunneled?: true }[] = [
  { label: 'eks.amazonaws.com/' },
  { label: 'cloud.google.com/gke-', isTunneled: true },
  { label: 'kubernetes.azure.com/', isTunneled: true },
]

const managedOf = ({ cluster }: World) => MANAGED.find(({ label }) => hasNodeLabel(cluster, label))

/** By `--api-server`, by the endpoints of its Service, by its Pods in a dump, by the nodes of the control plane; else as on the platform that the nodes tell of. */
export function apiServerOf(world: World): ApiServer {
  const { apiServer } = world
  const isManaged = managedOf(world) !== undefined
  if (apiServer !== undefined)
    return { endpoints: [at(world, apiServer.addresses, isManaged)], port: apiServer.port, isAssumed: false }
  const written = world.cluster.endpoints.filter(isItsService).flatMap(({ subsets }) => subsets)
  const addresses = distinctBy(
    written.flatMap(({ endpoints }) => endpoints.map(({ address }) => address)),
    address => address.join(),
  )
  const port = written.flatMap(({ ports }) => ports).find(({ protocol }) => protocol === 'TCP')?.port
  if (addresses.length > 0)
    return {
      endpoints: addresses.map(address => at(world, address, isManaged)),
      port: port ?? USUAL_PORT,
      isAssumed: false,
    }
  const pods = podsWithNetwork(world.cluster).filter(
    ({ namespace, labels, hostNetwork }) =>
      namespace === 'kube-system' && hostNetwork && labels.get('component') === 'kube-apiserver',
  )
  const [first] = pods
  if (first !== undefined)
    return {
      endpoints: pods.map((pod): Endpoint => ({ kind: 'pod', pod })),
      port: first.ports.find(({ protocol }) => protocol === 'TCP')?.number ?? USUAL_PORT,
      isAssumed: false,
    }
  const hosts = world.cluster.nodes.filter(({ labels }) => CONTROL_PLANE.some(key => labels?.has(key)))
  if (hosts.length > 0)
    return {
      endpoints: hosts.map((node): Endpoint => ({ kind: 'node', node })),
      port: USUAL_PORT,
      isAssumed: true,
    }
  return {
    endpoints: [notInInput(isManaged ? 'no' : 'unknown')],
    port: isManaged ? 443 : USUAL_PORT,
    isAssumed: true,
  }
}

/** The API server as a source, which calls webhooks and aggregated APIs. */
export function callingApiServer(world: World): readonly Endpoint[] {
  const { endpoints } = apiServerOf(world)
  if (managedOf(world)?.isTunneled === undefined) return endpoints
  return endpoints.map(endpoint =>
    endpoint.kind === 'external' ? { ...endpoint, isNode: 'unknown' } : endpoint,
  )
}

const notInInput = (isNode: Match, addresses?: Addresses): Endpoint => ({
  kind: 'external',
  name: { kind: 'api-server' },
  addresses,
  isNode,
})

/** An address that is not one of the nodes is outside; without nodes in the input it may be that of one. */
function at(world: World, addresses: Addresses, isManaged: boolean): Endpoint {
  const areNodesKnown =
    world.cluster.nodes.length > 0 && world.cluster.nodes.every(node => node.addresses.length > 0)
  return endpointAt(world, addresses) ?? notInInput(isManaged || areNodesKnown ? 'no' : 'unknown', addresses)
}

const isItsService = ({ namespace, service }: { readonly namespace: string; readonly service: string }) =>
  namespace === 'default' && service === 'kubernetes'

/** Whether a Service is that of the API server, and the input does not say what is behind it. */
export const isUnbackedApiServer = (world: World, service: Service): boolean =>
  isItsService({ namespace: service.namespace, service: service.name }) &&
  service.selector === undefined &&
  (world.apiServer !== undefined || backendsOf(world, service).length === 0)

/** Whether an endpoint stands for the API server. */
export const isApiServer = (endpoint: Endpoint): boolean =>
  endpoint.kind === 'external' && typeof endpoint.name === 'object' && endpoint.name.kind === 'api-server'
