import type { Requirement, Selector } from '../../model/selector.ts'
import type { NetworkPolicy, Peer, PortMatch, Rule } from '../../policy/policy.ts'
import type { Direction } from '../../report/facts/rules.ts'
import { isEveryPort, rangeTexts } from '../../report/open.ts'
import { byProtocol } from '../../sets/connections.ts'

/** The spec of a NetworkPolicy in the layout of `kubectl describe`. */
export function specLines(policy: NetworkPolicy): readonly string[] {
  return [
    `PodSelector:     ${kubectlSelector(policy.scope.pods) || '<none> (all Pods of the namespace)'}`,
    ...trafficLines(policy, 'ingress'),
    ...trafficLines(policy, 'egress'),
    `Policy Types: ${policyTypes(policy).join(', ')}`,
  ]
}

/** The directions in which a policy isolates, as `policyTypes` calls them. */
export const policyTypes = ({ directions }: NetworkPolicy): readonly ('Ingress' | 'Egress')[] =>
  (['Ingress', 'Egress'] as const).filter(type =>
    directions.some(({ direction }) => direction === type.toLowerCase()),
  )

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
export const kubectlSelector = ({ requirements }: Selector): string =>
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
