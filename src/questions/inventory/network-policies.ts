import { assumptionsOfPolicies } from '../../explain/assumptions/plugin.ts'
import { requirementFacts, ruleFacts } from '../../explain/policy-facts.ts'
import type { Requirement, Selector } from '../../model/selector.ts'
import type { Endpoint } from '../../network/endpoint.ts'
import { podRef } from '../../network/endpoint-ids.ts'
import { onHostNetwork, selectedBy } from '../../network/selected-pods.ts'
import type { NetworkPolicy, Peer, Policy, PortMatch, Rule } from '../../policy/policy.ts'
import type { Meaning, WrittenRule } from '../../report/facts/inventory.ts'
import type { Direction } from '../../report/facts/rules.ts'
import type { DescribedField, NetworkPolicyItem } from '../../report/inventory.ts'
import { byProtocol } from '../../sets/connections.ts'
import { sourceOf } from '../../source/source-of.ts'
import { placeText } from '../../words/lists.ts'
import { isEveryPort, rangeTexts } from '../../words/ports.ts'
import { policyType } from '../../words/rules.ts'
import type { World } from '../../world/world.ts'
import {
  assumptionsOfWorld,
  type Described,
  DIRECTIONS,
  field,
  nameFields,
  unenforcingPlugin,
} from './fields.ts'

export function networkPolicyItem(world: World, policy: NetworkPolicy): NetworkPolicyItem {
  const { namespace, name, scope, at } = policy
  const selected = selectedBy(world, policy)
  const idsOf = (matches: 'yes' | 'unknown'): readonly string[] =>
    selected.filter(one => one.matches === matches).map(({ pod }) => podRef(world, pod).id)
  return {
    id: `${namespace}/${name}`,
    namespace,
    name,
    podSelector: kubectlSelector(scope.pods),
    policyTypes: policyTypes(policy),
    pods: idsOf('yes'),
    undetermined: idsOf('unknown'),
    source: sourceOf(at),
  }
}

/** A NetworkPolicy as kubectl describes it, and what it means. */
export function describeNetworkPolicy(world: World, policy: NetworkPolicy): Described {
  const item = networkPolicyItem(world, policy)
  const spec: DescribedField = { name: 'Spec', values: specLines(policy), preformatted: true }
  const pods = world.cluster.pods.map((pod): Endpoint => ({ kind: 'pod', pod }))
  return {
    id: item.id,
    facts: [...nameFields(item), field('Source', placeText(item.source)), spec],
    meaning: meaningOf(world, policy, item),
    assumptions: [...assumptionsOfWorld(world), ...assumptionsOfPolicies(world, [policy], pods)],
  }
}

function meaningOf(world: World, policy: NetworkPolicy, item: NetworkPolicyItem): readonly Meaning[] {
  const { namespace, scope, directions, ineffective, typesWritten } = policy
  const plugin = unenforcingPlugin(world)
  const selector = scope.pods.requirements.map(requirementFacts)
  const { pods, undetermined } = item
  const onHost = onHostNetwork(world, policy).map(pod => podRef(world, pod).id)
  const inDirection = (direction: Direction): Policy | undefined =>
    directions.find(one => one.direction === direction)
  const meaning: readonly (Meaning | false)[] = [
    plugin !== undefined && { kind: 'unenforced', of: 'NetworkPolicy', plugin },
    { kind: 'selects', namespace, selector, pods, undetermined },
    onHost.length > 0 && { kind: 'host-network-left-out', pods: onHost },
    ...DIRECTIONS.map((direction): Meaning => {
      const own = inDirection(direction)
      return { kind: 'direction', direction, ...(own !== undefined && { rules: reportedRules(own) }) }
    }),
    ...ineffective
      .filter(({ rules }) => rules.length > 0)
      .map(
        (own): Meaning => ({ kind: 'ignored-rules', direction: own.direction, rules: reportedRules(own) }),
      ),
    !typesWritten && { kind: 'default-policy-types', hasEgress: inDirection('egress') !== undefined },
  ]
  return meaning.filter(one => one !== false)
}

const reportedRules = (policy: Policy): readonly WrittenRule[] =>
  policy.rules.map(rule => ({ facts: ruleFacts(policy, rule), source: sourceOf(rule.at) }))

/** The spec of a NetworkPolicy in the layout of `kubectl describe`. */
function specLines(policy: NetworkPolicy): readonly string[] {
  return [
    `PodSelector:     ${kubectlSelector(policy.scope.pods) || '<none> (all Pods of the namespace)'}`,
    ...trafficLines(policy, 'ingress'),
    ...trafficLines(policy, 'egress'),
    `Policy Types: ${policyTypes(policy).join(', ')}`,
  ]
}

/** The directions in which a policy isolates, as `policyTypes` calls them. */
const policyTypes = ({ directions }: NetworkPolicy): readonly ('Ingress' | 'Egress')[] =>
  DIRECTIONS.filter(own => directions.some(({ direction }) => direction === own)).map(policyType)

function trafficLines({ directions }: NetworkPolicy, direction: Direction): readonly string[] {
  const policy = directions.find(one => one.direction === direction)
  if (policy === undefined) return [`Not affecting ${direction} traffic`]
  const rules =
    policy.rules.length === 0
      ? [`<none> (selected Pods are isolated for ${direction})`]
      : policy.rules.flatMap((rule, index) => [
          ...(index === 0 ? [] : ['----------']),
          ...ruleLines(rule, direction),
        ])
  return [`Allowing ${direction} traffic:`, ...rules.map(indentedLines)]
}

const indentedLines = (line: string): string => `  ${line}`

function ruleLines({ ports, peers }: Rule, direction: Direction): readonly string[] {
  const side = direction === 'ingress' ? 'From' : 'To'
  const portLines =
    ports === 'any' ? ['To Port: <any> (all ports)'] : ports.map(port => `To Port: ${specPortText(port)}`)
  const peerLines =
    peers === 'any'
      ? [`${side}: <any> (traffic not restricted by ${direction === 'ingress' ? 'source' : 'destination'})`]
      : peers.flatMap(peer => [`${side}:`, ...specLinesOf(peer).map(indentedLines)])
  return [...portLines, ...peerLines]
}

function specPortText(port: PortMatch): string {
  switch (port.kind) {
    case 'name':
      return `${port.name}/${port.protocol}`
    case 'numbers':
      return byProtocol(port.written ?? port.open)
        .map(({ protocol, ports }) => {
          const text = isEveryPort(ports) ? '<any>' : rangeTexts(ports).join(', ')
          return `${text}/${protocol}`
        })
        .join(', ')
  }
}

/** Both selectors of one peer are below one `From`, because both have to match (S-014). */
function specLinesOf(peer: Peer): readonly string[] {
  switch (peer.kind) {
    case 'addresses':
      return [
        'IPBlock:',
        `  CIDR: ${peer.cidr.text}`,
        ...(peer.except.length > 0 ? [`  Except: ${peer.except.map(({ text }) => text).join(', ')}`] : []),
      ]
    case 'pods': {
      const namespaces =
        peer.namespaces === 'own'
          ? []
          : [`NamespaceSelector: ${kubectlSelector(peer.namespaces) || '<none>'}`]
      const pods = peer.pods === undefined ? [] : [`PodSelector: ${kubectlSelector(peer.pods) || '<none>'}`]
      return [...namespaces, ...pods]
    }
  }
}

/** As kubectl writes a selector: `app=web,tier in (a,b),!debug`. */
const kubectlSelector = ({ requirements }: Selector): string =>
  requirements.map(specRequirementText).join(',')

function specRequirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(',')})`
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} notin (${values.join(',')})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
  }
}
