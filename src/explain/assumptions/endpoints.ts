import { isAssumed, namespaceOf } from '../../model/cluster.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { World } from '../../world/world.ts'
import { leftOpen } from './plugin.ts'
import { assumptionsOfUnmodeled } from './unmodeled.ts'

/** What is assumed of endpoints whatever is asked of them. */
export function assumptionsOfEndpoints(
  world: World,
  endpoints: readonly Endpoint[],
): readonly AssumptionReason[] {
  const pods = endpoints.flatMap(endpoint => (endpoint.kind === 'pod' ? [endpoint.pod] : []))
  const used = new Set(pods.map(pod => pod.namespace))
  const namespaces = [...used].filter(name => isAssumed(namespaceOf(world.cluster, name))).sort()
  const onHost = [...new Set(pods.filter(pod => pod.hostNetwork).map(pod => podRef(world, pod).id))].sort()
  const out: AssumptionReason[] = [...assumptionsOfUnmodeled(world, endpoints)]
  if (namespaces.length > 0) out.push({ code: 'ASSUMED_NAMESPACE', facts: { namespaces } })
  if (onHost.length > 0)
    out.push(
      ...leftOpen(world, 'hostNetwork', plugin => ({
        code: 'ASSUMED_HOST_NETWORK',
        facts: { endpoints: onHost, ...plugin },
      })),
    )
  return out
}
