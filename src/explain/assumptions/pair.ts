import type { PeerTrace, PortTrace, RuleTrace } from '../../engine/evidence.ts'
import type { ContainerPort, Service } from '../../model/objects.ts'
import { type Endpoint, isSubject } from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import type { Flow } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { Assumption } from '../../report/common.ts'
import { type Addresses, contains as holds, isEmpty, overlaps } from '../../sets/addresses.ts'
import { type Connections, contains, isAll, isEmpty as nothing } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { peerText } from '../phrases.ts'
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
): readonly Assumption[] {
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
): readonly Assumption[] {
  const id = endpointRef(world, from).id
  if (settled === 'own-node' && isSubject(from))
    return leftOpen(
      world,
      'toOwnNode',
      'ASSUMED_NODE_EGRESS',
      `network plugins differ on whether egress policies hold ${id} off its own node; it is taken to get there`,
    )
  if (settled === 'self' && service !== undefined && !service.headless)
    return leftOpen(
      world,
      'selfThroughService',
      'ASSUMED_SELF_THROUGH_SERVICE',
      `network plugins differ on whether ${id} reaches itself through Service ${service.name}; it is taken to`,
    )
  if (to.kind === 'external' && to.isOneOf)
    return [
      {
        code: 'ASSUMED_OUTSIDE_NAME',
        message: `${to.name} is a name outside the cluster: taken to exist, and to stand for a public address`,
      },
    ]
  if (from.kind === 'external' && (from.addresses === undefined || from.isOneOf) && to.kind === 'pod')
    return [
      {
        code: 'ASSUMED_CLIENT_IP',
        message: "the client's address is taken to be replaced by that of a node before a policy sees it",
      },
    ]
  return []
}

function rulesOf({ egress, ingress }: PairVerdict): readonly RuleTrace[] {
  return [egress, ingress].flatMap(side => side?.selecting.flatMap(policy => policy.rules) ?? [])
}

/** S-031: a name that only a sidecar declares. */
function assumptionsOfPort(world: World, { port, opens }: PortTrace, to: Endpoint): readonly Assumption[] {
  if (port.kind !== 'name' || port.ignored || !nothing(opens) || to.kind !== 'pod') return []
  const { name, protocol } = port
  const isIt = (declared: ContainerPort): boolean => declared.name === name && declared.protocol === protocol
  if (!to.pod.ports.some(isIt)) return []
  const message = `only a sidecar declares the port ${name}; network plugins differ on whether policies see it, and it is taken that they do not`
  return leftOpen(world, 'sidecarPorts', 'ASSUMED_SIDECAR_PORT', message)
}

/** S-036, S-038, S-051. */
function assumptionsOfPeer(
  world: World,
  trace: PeerTrace,
  clusterIPs: Addresses | undefined,
): readonly Assumption[] {
  if (trace.kind !== 'addresses') return []
  const block = peerText(trace.peer, '')
  if (
    clusterIPs !== undefined &&
    !isEmpty(clusterIPs) &&
    holds(trace.peer.cidr.addresses, clusterIPs) &&
    !trace.peer.except.some(({ addresses }) => overlaps(addresses, clusterIPs)) &&
    trace.matches !== 'yes'
  )
    return leftOpen(
      world,
      'ipBlockOfServices',
      'ASSUMED_POLICY_AFTER_SERVICE',
      `ipBlock ${block} holds the Service's own address, which is taken to be replaced by the Pod's before a policy sees it`,
    )
  if (!trace.ofPod) return []
  if (trace.unknownAddress)
    return trace.matches === 'no'
      ? []
      : [
          {
            code: 'ASSUMED_POD_IP',
            message: `the Pod's address is not in the input; ipBlock ${block} ${trace.matches === 'yes' ? 'holds every address it can have' : 'may or may not hold it'}`,
          },
        ]
  return trace.matches === 'yes'
    ? leftOpen(
        world,
        'ipBlockOfPods',
        'ASSUMED_IPBLOCK_MATCHES_POD',
        `ipBlock ${block} is taken to match Pods too, as it does with most network plugins`,
      )
    : []
}

/** S-055, S-070. */
function assumptionsOfEnforcement(
  world: World,
  { settled, allowed, egress, ingress }: PairVerdict,
  ask: Connections,
): readonly Assumption[] {
  const isolated = (egress?.isolated ?? false) || (ingress?.isolated ?? false)
  if (settled !== 'policies' || !isolated || contains(allowed, ask)) return []
  const enforced = leftOpen(
    world,
    'enforces',
    'ASSUMED_ENFORCING_CNI',
    "the cluster's network plugin is taken to enforce NetworkPolicies",
  )
  if (!isAll(ask)) return enforced
  const message = 'ICMP and other protocols without ports are taken to pass only rules without ports'
  return [...enforced, ...leftOpen(world, 'icmp', 'ASSUMED_NO_PORTS_PROTOCOLS', message)]
}
