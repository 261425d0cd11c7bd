import type { PeerTrace, PortTrace } from '../../engine/evidence.ts'
import type { ContainerPort } from '../../model/objects.ts'
import { isApiServer } from '../../network/api-server.ts'
import { type Endpoint, type External, isSubject } from '../../network/endpoint.ts'
import { endpointRef, externalId } from '../../network/endpoint-ids.ts'
import type { Flow } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import { holdsDialedService, type PolicySide, policySides, wordOfSide } from '../../network/policy-side.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type { IpBlock } from '../../report/common.ts'
import { overlaps as haveCommon, NO_ADDRESS } from '../../sets/addresses.ts'
import {
  type Connections,
  contains,
  equal,
  isAll,
  isEmpty,
  overlaps,
  PORTLESS,
  union,
} from '../../sets/connections.ts'
import { groupBy } from '../../sets/group-by.ts'
import { privateAddresses } from '../../sets/hosts.ts'
import type { World } from '../../world/world.ts'
import { labeledPod } from '../fixes.ts'
import { blockFacts } from '../policy-facts.ts'
import { assumptionsOfPlugin, ifUnknown, tracesOf } from './plugin.ts'

/** What is assumed of a flow, from its verdict; what is assumed of its endpoints is in endpoints.ts. */
export function assumptionsOfPair(
  world: World,
  flow: Flow,
  verdict: PairVerdict,
): readonly AssumptionReason[] {
  const sides = policySides(flow, verdict)
  return [
    ...assumptionsOfSettlement(world, flow, verdict),
    ...sides.flatMap(side => assumptionsOfBlocks(world, side)),
    ...sides
      .flatMap(tracesOf)
      .flatMap(rule => rule.ports.flatMap(port => assumptionsOfPort(world, port, flow.to))),
    ...assumptionsOfEnforcement(world, verdict, flow.ask),
    ...assumptionsOfPlugin(world, flow, verdict, sides),
  ]
}

function assumptionsOfSettlement(
  world: World,
  { from, to, through }: Flow,
  { settled, ingress }: PairVerdict,
): readonly AssumptionReason[] {
  const endpoint = endpointRef(world, from).id
  if (settled === 'own-node' && isSubject(from))
    return ifUnknown(world, 'toOwnNode', plugin => ({
      code: 'ASSUMED_NODE_EGRESS',
      facts: { endpoint, ...plugin },
    }))
  if (settled === 'self' && through !== undefined && !through.service.headless) {
    const { namespace, name } = through.service
    return ifUnknown(world, 'selfThroughService', plugin => ({
      code: 'ASSUMED_SELF_THROUGH_SERVICE',
      facts: { endpoint, service: { namespace, name }, ...plugin },
    }))
  }
  if (to.kind === 'external' && to.isOneOf)
    return [
      {
        code: 'ASSUMED_OUTSIDE_NAME',
        facts: { name: externalId(to.name), ...(isPerhapsPrivate(to) && { isInternal: true }) },
      },
    ]
  // What address a client has is asked by policies alone.
  if (ingress === undefined || ingress.maySelect.length === 0) return []
  if (isApiServer(from) && to.kind === 'pod')
    return [{ code: 'ASSUMED_API_SERVER', facts: { calls: endpointRef(world, to).id } }]
  if (from.kind === 'external' && (from.isAnything || from.proxy !== undefined)) return []
  if (from.kind === 'external' && (from.addresses === undefined || from.isOneOf) && to.kind === 'pod')
    return [{ code: 'ASSUMED_CLIENT_IP', facts: clientFacts(from, through) }]
  return []
}

/** The Service that says so, where one does (S-064). */
function clientFacts({ client }: External, through: Flow['through']) {
  const { service } = through ?? {}
  return service?.externalTrafficPolicy === 'Cluster' && client?.kind === 'external'
    ? { client: externalId(client.name), service: `${service.namespace}/${service.name}` }
    : {}
}

/** S-031: a name that only a sidecar declares. */
function assumptionsOfPort(
  world: World,
  { port, covers }: PortTrace,
  to: Endpoint,
): readonly AssumptionReason[] {
  if (port.kind !== 'name' || port.ignored || !isEmpty(covers) || to.kind !== 'pod') return []
  const { name, protocol } = port
  const isIt = (declared: ContainerPort): boolean => declared.name === name && declared.protocol === protocol
  if (!to.pod.ports.some(isIt)) return []
  return ifUnknown(world, 'sidecarPorts', plugin => ({
    code: 'ASSUMED_SIDECAR_PORT',
    facts: { port: name, ...plugin },
  }))
}

/** Blocks of rules for the ports that were asked for, or dialed: those of which the same is assumed are told of together. */
function assumptionsOfBlocks(world: World, side: PolicySide): readonly AssumptionReason[] {
  const { ask, through } = side.flow
  const asked = through === undefined ? ask : union(ask, through.dialed)
  const all = tracesOf(side)
    .filter(({ covers }) => overlaps(covers, asked))
    .flatMap(({ peers }) => peers.flatMap(peer => assumptionsOfPeer(world, peer, side)))
  const alike = groupBy(all, ({ code, facts: { block, ...facts } }) => JSON.stringify([code, facts]))
  return [...alike.values()].map(([first, ...more]) => {
    const others = more.map(({ facts }) => facts.block)
    return others.length === 0 ? first : withOthers(first, others)
  })
}

type OfBlock = Extract<
  AssumptionReason,
  { code: 'ASSUMED_POD_IP' | 'ASSUMED_IPBLOCK_MATCHES_POD' | 'ASSUMED_POLICY_AFTER_SERVICE' }
>

function withOthers(one: OfBlock, others: readonly IpBlock[]): OfBlock {
  switch (one.code) {
    case 'ASSUMED_POD_IP':
      return { code: one.code, facts: { ...one.facts, others } }
    case 'ASSUMED_IPBLOCK_MATCHES_POD':
      return { code: one.code, facts: { ...one.facts, others } }
    case 'ASSUMED_POLICY_AFTER_SERVICE':
      return { code: one.code, facts: { ...one.facts, others } }
  }
}

/** S-036, S-038, S-051. */
function assumptionsOfPeer(world: World, trace: PeerTrace, side: PolicySide): readonly OfBlock[] {
  if (trace.kind !== 'addresses') return []
  const block = blockFacts(trace.peer)
  if (trace.matches !== 'yes' && holdsDialedService(world.cluster, trace.peer, side))
    return ifUnknown(world, 'ipBlockOfServices', plugin => ({
      code: 'ASSUMED_POLICY_AFTER_SERVICE',
      facts: { block, ...plugin },
    }))
  const { matches } = trace
  const { otherIdentity } = side
  if (otherIdentity.kind !== 'pod' || matches === 'no') return []
  if (otherIdentity.address === undefined) {
    const { other } = side
    // What may match as well does not matter where something does.
    if (other.kind !== 'pod' || (matches === 'unknown' && wordOfSide(side) === 'yes')) return []
    return [{ code: 'ASSUMED_POD_IP', facts: { pod: labeledPod(world, other.pod).id, block, matches } }]
  }
  return matches === 'unknown'
    ? []
    : ifUnknown(world, 'ipBlockOfPods', plugin => ({
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
  const isolated = (egress?.surelyIsolated ?? false) || (ingress?.surelyIsolated ?? false)
  if (settled !== 'policies' || !isolated) return []
  const byRules = ifUnknown(world, 'icmp', plugin => ({ code: 'ASSUMED_NO_PORTS_PROTOCOLS', facts: plugin }))
  if (contains(allowed, ask)) return equal(ask, PORTLESS) ? byRules : []
  const enforced = ifUnknown(world, 'enforces', plugin => ({ code: 'ASSUMED_ENFORCING_CNI', facts: plugin }))
  return isAll(ask) ? [...enforced, ...byRules] : enforced
}

const isPerhapsPrivate = ({ addresses = NO_ADDRESS }: External): boolean =>
  haveCommon(privateAddresses(), addresses)
