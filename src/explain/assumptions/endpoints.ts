import { isAssumed, namespaceOf } from '../../model/cluster.ts'
import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import type { Assumption } from '../../report/common.ts'
import type { World } from '../../world/world.ts'
import { leftOpen } from './plugin.ts'
import { assumptionsOfUnmodelled } from './unmodeled.ts'

/** What is assumed of ends whatever is asked of them. */
export function assumptionsOfEndpoints(world: World, endpoints: readonly Endpoint[]): readonly Assumption[] {
  const pods = endpoints.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : []))
  const namespaces = new Set(pods.map(pod => pod.namespace))
  const assumed = [...namespaces].filter(name => isAssumed(namespaceOf(world.cluster, name))).sort()
  const onHost = [...new Set(pods.filter(pod => pod.hostNetwork).map(pod => podRef(world, pod).id))].sort()
  const out: Assumption[] = [...assumptionsOfUnmodelled(world, endpoints)]
  if (assumed.length > 0)
    out.push({
      code: 'ASSUMED_NAMESPACE',
      message: `namespace ${someOf(assumed)} not in the input: taken to exist, with ${NAME_LABEL} as the only label`,
    })
  if (onHost.length > 0)
    out.push(
      ...leftOpen(
        world,
        'hostNetwork',
        'ASSUMED_HOST_NETWORK',
        `${someOf(onHost)} on the node's network: policies take it for the node, and no selector matches it`,
      ),
    )
  return out
}

/** Whether it is said of ends whatever is asked of them. */
export const isOfEndpoints = ({ code }: Assumption): boolean =>
  code === 'ASSUMED_NAMESPACE' || code === 'ASSUMED_HOST_NETWORK' || code === 'UNDETERMINED_UNMODELLED_POLICY'

/** The first few of a list, and whether they are one or more: `a is`, `a, b, c and 7 more are`. */
function someOf(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : ''
  return `${names.slice(0, 5).join(', ')}${more} ${names.length === 1 ? 'is' : 'are'}`
}
