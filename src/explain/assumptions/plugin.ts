import type { DirectionVerdict, PeerTrace, PortTrace, RuleTrace } from '../../engine/evidence.ts'
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
import type { Flow } from '../../network/flow.ts'
import type { PairVerdict } from '../../network/pair.ts'
import type { NetworkPolicy, Rule } from '../../policy/policy.ts'
import { behavior, enforces, type Topic } from '../../policy/profile.ts'
import type { ReasonCode } from '../../report/codes.ts'
import type { Assumption } from '../../report/common.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { type Connections, contains, isAll, overlaps, ports, subtract } from '../../sets/connections.ts'
import type { World } from '../../world/world.ts'
import { peerText, portMatchText } from '../phrases.ts'

/*
 * What an answer owes to the network plugin that is named: where it goes by a behavior that most do not have, that is
 * said as a fact; where the behavior is not known, as an assumption. What it does as most do is not worth a word.
 */

/** What the API leaves to the network plugin, taken as most do it; nothing where it is known of the one that is named. */
export function leftOpen(
  { profile }: World,
  topic: Topic,
  code: ReasonCode,
  message: string,
): readonly Assumption[] {
  if (profile === undefined) return [{ code, message }]
  const cell = profile.cells[topic]
  switch (cell.is) {
    case 'known':
    case 'nothing':
      return []
    case 'depends':
      return [{ code, message: `${message} (of ${profile.title}: ${cell.note})` }]
    case 'not known':
      return [{ code, message: `${message} (not known of ${profile.title})` }]
  }
}

/** What is worth a word only where a plugin is named. */
const inDoubt = (world: World, topic: Topic, message: string): readonly Assumption[] =>
  world.profile === undefined ? [] : leftOpen(world, topic, 'ASSUMED_CNI_BEHAVIOUR', message)

/** `Cilium lets no ipBlock match Pods`, with what is noted of it. */
function fact({ profile }: World, topic: Topic, does: string): readonly Assumption[] {
  const cell = profile?.cells[topic]
  if (profile === undefined || cell?.is !== 'known') return []
  const note = cell.note === undefined ? '' : ` (${cell.note})`
  return [{ code: 'CNI_BEHAVIOUR', message: `${profile.title} ${does}${note}` }]
}

/** Of a pair of ends, read off the verdict. */
export function assumptionsOfPlugin(
  world: World,
  from: Endpoint,
  to: Endpoint,
  verdict: PairVerdict,
  flow: Pick<Flow, 'ask' | 'through'>,
): readonly Assumption[] {
  if (world.profile === undefined || !enforces(world.profile)) return []
  const { ask } = flow
  const sides: readonly Side[] = [
    { verdict: verdict.egress, other: to, address: verdict.addresses[1] },
    { verdict: verdict.ingress, other: from, address: verdict.addresses[0] },
  ]
  const isOpen = contains(verdict.allowed, ask)
  return [
    ...(overlaps(ask, ports('SCTP')) && !isAll(ask)
      ? inDoubt(world, 'sctp', 'SCTP is taken to get through at all')
      : []),
    ...sides.flatMap(side => assumptionsOfSide(world, side, to, ask)),
    ...(isOpen ? [] : sides.flatMap(side => assumptionsOfRefusal(world, side, ask))),
    ...(isOpen ? [] : assumptionsOfEnds(world, from, to, verdict, flow)),
  ]
}

/** One end's policies, and the end that they are asked about, with the address that it has. */
interface Side {
  readonly verdict: DirectionVerdict | undefined
  readonly other: Endpoint
  readonly address: Addresses | undefined
}

const rulesOf = ({ verdict }: Side): readonly RuleTrace[] =>
  verdict?.selecting.flatMap(({ rules }) => rules) ?? []

function assumptionsOfEnds(
  world: World,
  from: Endpoint,
  to: Endpoint,
  { egress, ingress }: PairVerdict,
  { through }: Pick<Flow, 'through'>,
): readonly Assumption[] {
  const isFiltered = behavior(world.profile, 'toOwnNode') === 'filtered'
  if (isOwnNode(from, to) !== 'no' && isFiltered && egress?.isolated)
    return fact(world, 'toOwnNode', 'holds a Pod to its egress policies on the way to its own node, too')
  if (
    isSame(from, to) &&
    through !== undefined &&
    behavior(world.profile, 'selfThroughService') === 'as any Pod'
  )
    return fact(
      world,
      'selfThroughService',
      'takes a Pod that gets to itself through a Service for any other',
    )
  if (from.kind === 'external' && from.isRewritten && ingress?.isolated)
    return inDoubt(
      world,
      'rewrittenByOwnNode',
      `the node that replaces the client's address is taken not to be let in as ${endpointRef(world, to).id}'s own`,
    )
  return []
}

/** What rules open of the question, or would with another plugin. */
function assumptionsOfSide(world: World, side: Side, to: Endpoint, ask: Connections): readonly Assumption[] {
  return rulesOf(side)
    .filter(({ matches }) => matches !== 'no')
    .flatMap(rule => rule.ports.flatMap(port => assumptionsOfPort(world, port, to, ask)))
}

function assumptionsOfPort(
  world: World,
  { port, opens }: PortTrace,
  to: Endpoint,
  ask: Connections,
): readonly Assumption[] {
  const text = portMatchText(port)
  switch (port.kind) {
    case 'name': {
      const { ignored, ...written } = port
      const name = `${port.protocol} ${port.name}`
      if (ignored && overlaps(opened(written, identityOf(world, to, undefined)), ask))
        return fact(world, 'namedPorts', `does not know named ports, so that ${name} opens nothing`)
      return overlaps(opens, ask)
        ? inDoubt(world, 'namedPorts', `${name} is taken for the port of that name`)
        : []
    }
    case 'numbers': {
      const { open, written, withoutEndPort } = port
      if (written !== undefined && overlaps(subtract(written, open), ask))
        return fact(
          world,
          'endPort',
          `does not know endPort, so that a range opens its first port only: ${text}`,
        )
      return withoutEndPort !== undefined && overlaps(subtract(open, withoutEndPort), ask)
        ? inDoubt(world, 'endPort', `all of ${text} is taken to be open`)
        : []
    }
  }
}

/** What kept rules from matching, and would not with another plugin. */
function assumptionsOfRefusal(world: World, side: Side, ask: Connections): readonly Assumption[] {
  return rulesOf(side)
    .filter(({ matches, opens }) => matches !== 'yes' && overlaps(opens, ask))
    .flatMap(({ peers }) => peers.flatMap(peer => assumptionsOfPeer(world, peer, side)))
}

function assumptionsOfPeer(world: World, trace: PeerTrace, { other, address }: Side): readonly Assumption[] {
  switch (trace.kind) {
    case 'addresses': {
      if (!trace.hidden || isWithin(trace.peer.addresses, address) === 'no') return []
      const [topic, whom] = isSubject(other)
        ? (['ipBlockOfPods', 'Pods'] as const)
        : (['ipBlockOfNodes', 'nodes'] as const)
      const { id } = endpointRef(world, other)
      // Whether a client is one of them, is another question.
      const isSure = other.kind !== 'external' || other.isRewritten === undefined
      const so = isSure ? `, so that ${peerText(trace.peer, '')} does not match ${id}` : ''
      return fact(world, topic, `lets no ipBlock match ${whom}${so}`)
    }
    case 'pods': {
      const { namespaces, pods } = trace.peer
      if (namespaces === 'own' || pods === undefined || other.kind !== 'pod') return []
      const around = namespaceOf(world.cluster, other.pod.namespace).labels
      const isAnyPod = pods.requirements.length === 0 && selects(namespaces, around) !== 'no'
      if (other.pod.hostNetwork)
        return isAnyPod ? anyPodOnNodes(world, `${endpointRef(world, other).id} on its node's network`) : []
      return inDoubt(world, 'bothSelectors', 'both selectors of one entry are taken to count')
    }
  }
}

/** S-043: what some plugin does with Pods on their node's network, and is not evaluated. */
function anyPodOnNodes({ profile }: World, whom: string): readonly Assumption[] {
  if (behavior(profile, 'hostNetwork') !== 'the node, and any Pod') return []
  const message = `${profile?.title} lets \`podSelector: {}\` beside a namespaceSelector match ${whom}, which is not evaluated: more may be open`
  return [{ code: 'UNDETERMINED_CNI_BEHAVIOUR', message }]
}

const letsAnyPodIn = ({ peers }: Rule): boolean =>
  peers !== 'any' &&
  peers.some(
    peer => peer.kind === 'pods' && peer.namespaces !== 'own' && peer.pods?.requirements.length === 0,
  )

/** Of many answers at once: what of these policies the network plugin takes otherwise than most. */
export function assumptionsOfPolicies(
  world: World,
  policies: readonly NetworkPolicy[],
  endpoints: readonly Endpoint[],
): readonly Assumption[] {
  if (world.profile === undefined || !enforces(world.profile)) return []
  const directions = policies.flatMap(policy => policy.directions)
  const rules = directions.flatMap(policy => policy.rules)
  const hasBlock = rules.some(
    ({ peers }) => peers !== 'any' && peers.some(({ kind }) => kind === 'addresses'),
  )
  const written = rules.flatMap(rule => (rule.ports === 'any' ? [] : rule.ports))
  const isHidden = (inside: boolean): boolean =>
    hasBlock && endpoints.some(endpoint => isSubject(endpoint) === inside && !showsAddress(world, endpoint))
  const isFiltered = behavior(world.profile, 'toOwnNode') === 'filtered'
  const areOnNodes = endpoints.some(endpoint => endpoint.kind !== 'external' && !isSubject(endpoint))
  const say = (isSo: boolean, topic: Topic, does: string): readonly Assumption[] =>
    isSo ? fact(world, topic, does) : []
  return [
    ...say(isHidden(true), 'ipBlockOfPods', 'lets no ipBlock match Pods'),
    ...say(isHidden(false), 'ipBlockOfNodes', 'lets no ipBlock match nodes'),
    ...say(
      written.some(port => port.kind === 'name' && port.ignored),
      'namedPorts',
      'does not know named ports, so that they open nothing',
    ),
    ...say(
      written.some(port => port.kind === 'numbers' && port.written),
      'endPort',
      'does not know endPort, so that a range opens its first port only',
    ),
    ...(areOnNodes && rules.some(letsAnyPodIn) ? anyPodOnNodes(world, 'Pods on the network of a node') : []),
    ...say(
      isFiltered && areOnNodes && directions.some(({ direction }) => direction === 'egress'),
      'toOwnNode',
      'holds a Pod to its egress policies on the way to its own node, too',
    ),
  ]
}
