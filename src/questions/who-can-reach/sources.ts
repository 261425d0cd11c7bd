import { podsWithNetwork } from '../../model/cluster.ts'
import { labelQuery } from '../../naming/label-query.ts'
import { type EndpointsTarget, endpointsBehind, type ServiceTarget } from '../../naming/resolve.ts'
import { type Endpoint, type External, isSame } from '../../network/endpoint.ts'
import { outsideEndpoints } from '../../network/external-blocks.ts'
import { outsideOfEndpoints, WHOLE_OUTSIDE } from '../../network/ip-families.ts'
import type { Matrix } from '../../report/report.ts'
import { type Addresses, contains, FAMILIES, familyOf, unionOf } from '../../sets/addresses.ts'
import { privateAddresses } from '../../sets/hosts.ts'
import type { World } from '../../world/world.ts'
import type { Group } from '../matrix/grid.ts'
import { groupsAmong } from '../matrix/rows-and-columns.ts'

/** Which sources are asked. */
export interface SourceQuestion {
  readonly by: Matrix['by']
  /** kubectl's `-l`: of the Pods only those with these labels; undefined for all. */
  readonly selector: string | undefined
}

/**
 * All possible sources of a connection to a target: Pods that have not finished, nodes, and addresses outside the cluster,
 * divided where policies or the Service's source ranges distinguish them. A Pod is left out where it is the target: it always
 * reaches itself (S-045). What a node asks of its own ports may lead elsewhere.
 */
export function sourcesFor(
  world: World,
  target: EndpointsTarget | ServiceTarget,
  { by, selector }: SourceQuestion,
): readonly Group[] {
  const hasLabels = labelQuery(selector)
  const behind = endpointsBehind(world, target)
  const inside = [
    ...podsWithNetwork(world.cluster)
      .filter(pod => hasLabels(pod.labels))
      .map((pod): Endpoint => ({ kind: 'pod', pod })),
    ...world.cluster.nodes.map((node): Endpoint => ({ kind: 'node', node })),
  ]
  // What forwards to a Service may have both IP families, unless clients keep their address on the way (S-205).
  const around =
    target.kind === 'service' && target.service.externalTrafficPolicy !== 'Local'
      ? WHOLE_OUTSIDE
      : outsideOfEndpoints(world.cluster, behind)
  // Between two addresses outside there is nothing to decide; that the API server is open to them is worth telling.
  const outside =
    target.kind === 'endpoints' &&
    (target.ref.kind === 'External' || (target.ref.kind !== 'APIServer' && isAllOutside(behind)))
      ? []
      : outsideEndpoints(
          // Of neither end of a connection to it policies are asked (S-069).
          target.ref.kind === 'APIServer' ? [] : world.policies.all,
          around,
          distinguished(world, target),
        ).filter(isReallyOutside(world))
  const all = [...inside, ...outside]
  const isItself = ({ endpoints }: Group): boolean =>
    endpoints.length === 1 &&
    behind.length === 1 &&
    endpoints.every(one => behind.every(other => isSame(one, other)))
  return groupsAmong(world, all, by)(all).filter(group => !isItself(group))
}

const isAllOutside = (endpoints: readonly Endpoint[]): boolean =>
  endpoints.length > 0 && endpoints.every(({ kind }) => kind === 'external')

/** Whether some of the addresses are not those of Pods and nodes, which are sources themselves. */
function isReallyOutside({ cluster: { pods, nodes } }: World): (endpoint: External) => boolean {
  const own = unionOf([...pods, ...nodes].flatMap(({ addresses }) => addresses))
  return ({ addresses }) => addresses === undefined || !contains(own, addresses)
}

/**
 * What else distinguishes outside clients of a Service: its source ranges, whether they are in the private network of an internal
 * load balancer, and the IP family of the nodes, which may replace their addresses.
 */
function distinguished({ cluster }: World, target: EndpointsTarget | ServiceTarget): readonly Addresses[] {
  if (target.kind !== 'service') return []
  const { type, sourceRanges, internalBy } = target.service
  const families = new Set(cluster.nodes.flatMap(node => node.addresses.map(familyOf)))
  return [
    ...(type === 'LoadBalancer' && sourceRanges !== undefined ? [sourceRanges] : []),
    ...(internalBy === undefined ? [] : [privateAddresses()]),
    ...(families.size === 1 ? [FAMILIES.IPv4] : []),
  ]
}
