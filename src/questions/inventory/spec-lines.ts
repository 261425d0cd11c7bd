import type { Direction, NetworkPolicy, Peer, PortMatch, Rule } from '../../policy/policy.ts'
import { byProtocol, HIGHEST_PORT, LOWEST_PORT } from '../../sets/connections.ts'
import { selectorText } from './items.ts'

/** The spec of a NetworkPolicy in the layout of `kubectl describe`, which its users know by heart. */
export function specLines(policy: NetworkPolicy): readonly string[] {
  const types = directionsOf(policy).map(direction => (direction === 'ingress' ? 'Ingress' : 'Egress'))
  return [
    `PodSelector:     ${selectorText(policy.subject) || '<none> (all Pods of the namespace)'}`,
    ...trafficLines(policy, 'ingress'),
    ...trafficLines(policy, 'egress'),
    `Policy Types: ${types.join(', ')}`,
  ]
}

const directionsOf = ({ directions }: NetworkPolicy): readonly Direction[] =>
  (['ingress', 'egress'] as const).filter(direction => directions.some(one => one.direction === direction))

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
  return [`Allowing ${direction} traffic:`, ...rules.map(indented)]
}

const indented = (line: string): string => `  ${line}`

function ruleLines({ ports, peers }: Rule, direction: Direction): readonly string[] {
  const side = direction === 'ingress' ? 'From' : 'To'
  const portLines =
    ports === 'any' ? ['To Port: <any> (all ports)'] : ports.map(port => `To Port: ${portText(port)}`)
  const peerLines =
    peers === 'any'
      ? [`${side}: <any> (traffic not restricted by ${direction === 'ingress' ? 'source' : 'destination'})`]
      : peers.flatMap(peer => [`${side}:`, ...linesOf(peer).map(indented)])
  return [...portLines, ...peerLines]
}

function portText(port: PortMatch): string {
  switch (port.kind) {
    case 'name':
      return `${port.name}/${port.protocol}`
    case 'numbers':
      return byProtocol(port.written ?? port.open)
        .map(({ protocol, ports }) => `${ports.map(rangeText).join(', ')}/${protocol}`)
        .join(', ')
  }
}

const rangeText = ([first, last]: readonly [number, number]): string => {
  if (first === LOWEST_PORT && last === HIGHEST_PORT) return '<any>'
  return first === last ? String(first) : `${first}-${last}`
}

/** Both selectors in one entry stand below one `From`, because both have to match (S-014). */
function linesOf(peer: Peer): readonly string[] {
  switch (peer.kind) {
    case 'addresses':
      return [
        'IPBlock:',
        `  CIDR: ${peer.cidr.text}`,
        ...(peer.except.length > 0 ? [`  Except: ${peer.except.map(({ text }) => text).join(', ')}`] : []),
      ]
    case 'pods': {
      const namespaces =
        peer.namespaces === 'own' ? [] : [`NamespaceSelector: ${selectorText(peer.namespaces) || '<none>'}`]
      const pods = peer.pods === undefined ? [] : [`PodSelector: ${selectorText(peer.pods) || '<none>'}`]
      return [...namespaces, ...pods]
    }
  }
}
