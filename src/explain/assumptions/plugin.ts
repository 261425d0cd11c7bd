import type { PeerTrace, PortTrace, RuleTrace } from '../../engine/evidence.ts'
import { opened } from '../../engine/match.ts'
import { isWithin } from '../../engine/predicates.ts'
import { namespaceOf } from '../../model/cluster.ts'
import { selects } from '../../model/selector.ts'
import {
  type Endpoint,
  identityOf,
  isOwnNode,
  isSame,
  isSubject,
  showsAddress,
} from '../../network/endpoint.ts'
import { endpointRef } from '../../network/endpoint-ids.ts'
import { type Flow, openOf } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { PolicySide } from '../../network/policy-side.ts'
import type { Topic } from '../../policy/behaviors.ts'
import type { PolicyObject, Rule } from '../../policy/policy.ts'
import { behavior, enforces, knownOf, type Profile } from '../../policy/profile.ts'
import type { AssumptionReason } from '../../report/assumption.ts'
import type {
  AnyPodOnNodes,
  PluginAssumption,
  PluginFact,
  PluginRemark,
} from '../../report/facts/assumptions.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { type Connections, contains, isAll, overlaps, ports, subtract } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { blockFacts } from '../policy-facts.ts'
import { rulesOf } from '../rules.ts'

/*
 * What of an answer depends on the named network plugin: a behavior that differs from that of most plugins is reported as a
 * fact, one that is not known as an assumption.
 */

/** The plugin, with the note on a topic. */
export function remarkOf(profile: Profile, topic: Topic): PluginRemark {
  const { name, title } = profile
  const cell = knownOf(profile, topic)
  const note = 'note' in cell ? cell.note : undefined
  return { name, title, ...(note !== undefined && { note }) }
}

/**
 * The assumption that the network plugin does as most do where the API does not say; none where the behavior of the named
 * plugin is known.
 */
export function ifUnknown<Of extends AssumptionReason>(
  { profile }: World,
  topic: Topic,
  reason: (of: { readonly plugin?: PluginRemark }) => Of,
): readonly Of[] {
  if (profile === undefined) return [reason({})]
  switch (knownOf(profile, topic).is) {
    case 'known':
    case 'not-applicable':
      return []
    case 'depends':
    case 'not-known':
      return [reason({ plugin: remarkOf(profile, topic) })]
  }
}

/** What is assumed only where a plugin is named. */
const assumedIfUnknown = (world: World, assumption: PluginAssumption): readonly AssumptionReason[] =>
  ifUnknown(world, assumption.topic, plugin => ({
    code: 'ASSUMED_CNI_BEHAVIOUR',
    facts: { ...assumption, ...plugin },
  }))

const fact = (profile: Profile, does: PluginFact): AssumptionReason => ({
  code: 'CNI_BEHAVIOUR',
  facts: { plugin: remarkOf(profile, does.topic), ...does },
})

/** A world with a named network plugin that enforces policies. */
type PluginWorld = World & { readonly profile: Profile }

const isOfPlugin = (world: World): world is PluginWorld =>
  world.profile !== undefined && enforces(world.profile)

/** For a flow, from its verdict and the sides of it that policies decide. */
export function assumptionsOfPlugin(
  world: World,
  flow: Flow,
  verdict: PairVerdict,
  sides: readonly PolicySide[],
): readonly AssumptionReason[] {
  if (!isOfPlugin(world)) return []
  const { to, ask } = flow
  const matching = sides.flatMap(tracesOf).filter(({ matches }) => matches !== 'no')
  const ofPlugin = [
    ...(overlaps(ask, ports('SCTP')) && !isAll(ask) ? assumedIfUnknown(world, { topic: 'sctp' }) : []),
    ...matching.flatMap(rule => rule.ports.flatMap(port => pluginAssumptionsOfPort(world, port, to, ask))),
  ]
  if (contains(verdict.allowed, ask)) return ofPlugin
  const [from, destination] = verdict.addresses
  return [
    ...ofPlugin,
    ...sides.flatMap(side =>
      tracesOf(side)
        .filter(({ matches, covers }) => matches !== 'yes' && overlaps(covers, ask))
        .flatMap(({ peers }) => peers)
        .flatMap(peer =>
          pluginAssumptionsOfPeer(world, peer, side.other, side.direction === 'egress' ? destination : from),
        ),
    ),
    ...assumptionsOfRelation(world, flow, verdict),
  ]
}

export const tracesOf = ({ verdict }: PolicySide): readonly RuleTrace[] => rulesOf(verdict.maySelect)

/** What depends on whether an endpoint is the other one, or its node. */
function assumptionsOfRelation(
  world: PluginWorld,
  { from, to, through }: Flow,
  { egress, ingress }: PairVerdict,
): readonly AssumptionReason[] {
  const { profile } = world
  if (isOwnNode(from, to) !== 'no' && filtersOwnNode(profile) && egress?.surelyIsolated)
    return [fact(profile, { topic: 'toOwnNode' })]
  if (isSame(from, to) && through !== undefined && behavior(profile, 'selfThroughService') === 'as any Pod')
    return [fact(profile, { topic: 'selfThroughService' })]
  if (from.kind === 'external' && from.isRewritten && ingress?.surelyIsolated)
    return assumedIfUnknown(world, { topic: 'rewrittenByOwnNode', endpoint: endpointRef(world, to).id })
  return []
}

const filtersOwnNode = (profile: Profile): boolean => behavior(profile, 'toOwnNode') === 'filtered'

/** What a port entry allows of the question, or would allow with another plugin. */
function pluginAssumptionsOfPort(
  world: PluginWorld,
  { port, covers }: PortTrace,
  to: Endpoint,
  ask: Connections,
): readonly AssumptionReason[] {
  const { profile } = world
  switch (port.kind) {
    case 'name': {
      const { ignored, ...written } = port
      const { protocol, name } = port
      const about = { topic: 'namedPorts', port: { protocol, name } } as const
      if (ignored && overlaps(opened(written, identityOf(world, to, undefined)), ask))
        return [fact(profile, about)]
      return overlaps(covers, ask) ? assumedIfUnknown(world, about) : []
    }
    case 'numbers': {
      const { open, written, withoutEndPort } = port
      if (written !== undefined && overlaps(subtract(written, open), ask)) {
        const range = { applied: openOf(open), written: openOf(written) }
        return [fact(profile, { topic: 'endPort', range })]
      }
      return withoutEndPort !== undefined && overlaps(subtract(open, withoutEndPort), ask)
        ? assumedIfUnknown(world, { topic: 'endPort', range: openOf(open) })
        : []
    }
  }
}

/** What keeps a peer from matching an endpoint with this address, and would not with another plugin. */
function pluginAssumptionsOfPeer(
  world: PluginWorld,
  trace: PeerTrace,
  other: Endpoint,
  address: Addresses | undefined,
): readonly AssumptionReason[] {
  const { profile, cluster } = world
  switch (trace.kind) {
    case 'addresses': {
      // The block has the address, and does not match: the plugin does not show it.
      if (trace.matches !== 'no' || isWithin(trace.peer.addresses, address) === 'no') return []
      // Whichever plugin is named, what serves the routes is a part of its own.
      if (other.kind === 'external' && other.proxy !== undefined) return []
      const topic = isSubject(other) ? 'ipBlockOfPods' : 'ipBlockOfNodes'
      const isSure = other.kind !== 'external' || (other.isNode === 'yes' && other.isRewritten === undefined)
      const unmatched = { block: blockFacts(trace.peer), endpoint: endpointRef(world, other).id }
      return [fact(profile, { topic, ...(isSure && { unmatched }) })]
    }
    case 'pods': {
      const { namespaces, pods } = trace.peer
      if (namespaces === 'own' || pods === undefined || other.kind !== 'pod') return []
      const around = namespaceOf(cluster, other.pod.namespace).labels
      const isAnyPod = pods.requirements.length === 0 && selects(namespaces, around) !== 'no'
      if (other.pod.hostNetwork)
        return isAnyPod ? anyPodOnNodes(profile, { endpoint: endpointRef(world, other).id }) : []
      return assumedIfUnknown(world, { topic: 'bothSelectors' })
    }
  }
}

/** S-043: a behavior of some plugins with Pods on their node's network, which is not evaluated. */
function anyPodOnNodes(profile: Profile, of: Pick<AnyPodOnNodes, 'endpoint'>): readonly AssumptionReason[] {
  if (behavior(profile, 'hostNetwork') !== 'the node, and any Pod') return []
  const plugin = remarkOf(profile, 'hostNetwork')
  return [{ code: 'UNDETERMINED_CNI_BEHAVIOUR', facts: { about: 'any Pod', plugin, ...of } }]
}

const letsAnyPodIn = ({ peers }: Rule): boolean =>
  peers !== 'any' &&
  peers.some(
    peer => peer.kind === 'pods' && peer.namespaces !== 'own' && peer.pods?.requirements.length === 0,
  )

/** For an answer about many pairs: what the network plugin does with these policies otherwise than most. */
export function assumptionsOfPolicies(
  world: World,
  policies: readonly PolicyObject[],
  endpoints: readonly Endpoint[],
): readonly AssumptionReason[] {
  if (!isOfPlugin(world)) return []
  const directions = policies.flatMap(policy => policy.directions)
  const rules = directions.flatMap(policy => policy.rules)
  const hasBlock = rules.some(
    ({ peers }) => peers !== 'any' && peers.some(({ kind }) => kind === 'addresses'),
  )
  const written = rules.flatMap(rule => (rule.ports === 'any' ? [] : rule.ports))
  const isHidden = (inside: boolean): boolean =>
    hasBlock && endpoints.some(endpoint => isSubject(endpoint) === inside && !showsAddress(world, endpoint))
  const areOnNodes = endpoints.some(endpoint => endpoint.kind !== 'external' && !isSubject(endpoint))
  const { profile } = world
  const factIf = (isSo: boolean, topic: PluginFact['topic']): readonly AssumptionReason[] =>
    isSo ? [fact(profile, { topic })] : []
  return [
    ...factIf(isHidden(true), 'ipBlockOfPods'),
    ...factIf(isHidden(false), 'ipBlockOfNodes'),
    ...factIf(
      written.some(port => port.kind === 'name' && port.ignored),
      'namedPorts',
    ),
    ...factIf(
      written.some(port => port.kind === 'numbers' && port.written),
      'endPort',
    ),
    ...(areOnNodes && rules.some(letsAnyPodIn) ? anyPodOnNodes(profile, {}) : []),
    ...factIf(
      filtersOwnNode(profile) && areOnNodes && directions.some(({ direction }) => direction === 'egress'),
      'toOwnNode',
    ),
  ]
}
