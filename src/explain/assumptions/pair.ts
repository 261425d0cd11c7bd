import type { PeerTrace, PortTrace, RuleTrace } from '../../engine/evidence.ts'
import type { ContainerPort, Service } from '../../model/objects.ts'
import { type Endpoint, isSubject } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { Flow } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import { type Addresses, contains as holds, isEmpty, overlaps } from '../../sets/addresses.ts'
import { type Connections, contains, isAll, isEmpty as nothing } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { blockOf } from './block.ts'
import { assumptionsOfEndpoints } from './endpoints.ts'
import { assumptionsOfPlugin, leftOpen } from './plugin.ts'

/*
 * What an answer takes for granted: what the input leaves out, and what the API leaves to the network plugin.
 */

/** What is assumed of a pair of ends, read off the verdict. */
export function assumptionsOfPair(
  world: World,
  from: Endpoint,
  to: Endpoint,
  verdict: PairVerdict,
  { ask, through }: Pick<Flow, 'ask' | 'through'>,
): readonly AssumptionReason[] {
  const service = through?.service
  return [
    ...assumptionsOfEndpoints(world, [from, to]),
    ...assumptionsOfSettlement(world, from, to, verdict, service),
    ...rulesOf(verdict).flatMap(rule =>
      rule.peers.flatMap(peer => assumptionsOfPeer(world, peer, service?.clusterIPs)),
    ),
    ...rulesOf(verdict).flatMap(rule => rule.ports.flatMap(port => assumptionsOfPort(world, port, to))),
    ...assumptionsOfEnforcement(world, verdict, ask),
    ...assumptionsOfPlugin(world, from, to, verdict, { ask, through }),
  ]
}

function assumptionsOfSettlement(
  world: World,
  from: Endpoint,
  to: Endpoint,
  { settled }: PairVerdict,
  service: Service | undefined,
): readonly AssumptionReason[] {
  const endpoint = endpointRef(world, from).id
  if (settled === 'own-node' && isSubject(from))
    return leftOpen(world, 'toOwnNode', plugin => ({
      code: 'ASSUMED_NODE_EGRESS',
      facts: { endpoint, ...plugin },
    }))
  if (settled === 'self' && service !== undefined && !service.headless) {
    const { namespace, name } = service
    return leftOpen(world, 'selfThroughService', plugin => ({
      code: 'ASSUMED_SELF_THROUGH_SERVICE',
      facts: { endpoint, service: { namespace, name }, ...plugin },
    }))
  }
  if (to.kind === 'external' && to.isOneOf)
    return [{ code: 'ASSUMED_OUTSIDE_NAME', facts: { name: to.name } }]
  if (from.kind === 'external' && (from.addresses === undefined || from.isOneOf) && to.kind === 'pod')
    return [{ code: 'ASSUMED_CLIENT_IP', facts: {} }]
  return []
}

function rulesOf({ egress, ingress }: PairVerdict): readonly RuleTrace[] {
  return [egress, ingress].flatMap(side => side?.selecting.flatMap(policy => policy.rules) ?? [])
}

/** S-031: a name that only a sidecar declares. */
function assumptionsOfPort(
  world: World,
  { port, opens }: PortTrace,
  to: Endpoint,
): readonly AssumptionReason[] {
  if (port.kind !== 'name' || port.ignored || !nothing(opens) || to.kind !== 'pod') return []
  const { name, protocol } = port
  const isIt = (declared: ContainerPort): boolean => declared.name === name && declared.protocol === protocol
  if (!to.pod.ports.some(isIt)) return []
  return leftOpen(world, 'sidecarPorts', plugin => ({
    code: 'ASSUMED_SIDECAR_PORT',
    facts: { port: name, ...plugin },
  }))
}

/** S-036, S-038, S-051. */
function assumptionsOfPeer(
  world: World,
  trace: PeerTrace,
  clusterIPs: Addresses | undefined,
): readonly AssumptionReason[] {
  if (trace.kind !== 'addresses') return []
  const block = blockOf(trace.peer)
  if (
    clusterIPs !== undefined &&
    !isEmpty(clusterIPs) &&
    holds(trace.peer.cidr.addresses, clusterIPs) &&
    !trace.peer.except.some(({ addresses }) => overlaps(addresses, clusterIPs)) &&
    trace.matches !== 'yes'
  )
    return leftOpen(world, 'ipBlockOfServices', plugin => ({
      code: 'ASSUMED_POLICY_AFTER_SERVICE',
      facts: { block, ...plugin },
    }))
  const { ofPod, unknownAddress, matches } = trace
  if (!ofPod || matches === 'no') return []
  if (unknownAddress) return [{ code: 'ASSUMED_POD_IP', facts: { block, matches } }]
  return matches === 'unknown'
    ? []
    : leftOpen(world, 'ipBlockOfPods', plugin => ({
        code: 'ASSUMED_IPBLOCK_MATCHES_POD',
        facts: { block, ...plugin },
      }))
}

/** S-055, S-070. */
function assumptionsOfEnforcement(
  world: World,
  { settled, allowed, egress, ingress }: PairVerdict,
  ask: Connections,
): readonly AssumptionReason[] {
  const isolated = (egress?.isolated ?? false) || (ingress?.isolated ?? false)
  if (settled !== 'policies' || !isolated || contains(allowed, ask)) return []
  const enforced = leftOpen(world, 'enforces', plugin => ({ code: 'ASSUMED_ENFORCING_CNI', facts: plugin }))
  return isAll(ask)
    ? [
        ...enforced,
        ...leftOpen(world, 'icmp', plugin => ({ code: 'ASSUMED_NO_PORTS_PROTOCOLS', facts: plugin })),
      ]
    : enforced
}
