import type { Requirement, Selector } from '../model/selector.ts'
import type { Direction, Peer, Policy, PortMatch, Rule } from '../policy/policy.ts'
import type { Open, SourceRef } from '../report/common.ts'
import { openText } from '../report/open.ts'
import { byProtocol, type Connections, isAll, PROTOCOLS, ports, union } from '../sets/connections.ts'
import type { Location } from '../source/file.ts'
import { position } from '../source/position.ts'

/*
 * What stands in a policy, in words.
 */

export function openOf(set: Connections): Open {
  return isAll(set) ? 'all' : byProtocol(set)
}

export function sourceOf(at: Location): SourceRef {
  const { line, column } = position(at)
  return { file: at.file.path, line, column }
}

/** `policies.yaml:41`. */
export function placeText(at: Location): string {
  const { file, line } = sourceOf(at)
  return `${file}:${line}`
}

/** `api ingress[1] (policies.yaml:12)`. */
export function ruleName({ name, direction }: Policy, { index, at }: Rule): string {
  return `${name} ${direction}[${index}] (${placeText(at)})`
}

/** `app=web`, `tier in (a, b)`, `!debug`. */
export function requirementText({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${values.join(', ')})`
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values[0]}` : `${key} not in (${values.join(', ')})`
    case 'Exists':
      return `${key} set`
    case 'DoesNotExist':
      return `${key} not set`
  }
}

export function selectorText(selector: Selector): string {
  return selector.requirements.map(requirementText).join(', ')
}

/** `Pods app=web of namespace shop`; says what one entry with two selectors and a podSelector alone mean (S-014). */
export function peerText(peer: Peer, namespace: string): string {
  switch (peer.kind) {
    case 'addresses':
      return (
        peer.cidr.text +
        (peer.except.length > 0 ? ` except ${peer.except.map(block => block.text).join(', ')}` : '')
      )
    case 'pods': {
      const pods =
        peer.pods === undefined || peer.pods.requirements.length === 0
          ? 'all Pods'
          : `Pods ${selectorText(peer.pods)}`
      if (peer.namespaces === 'own') return `${pods} of namespace ${namespace}`
      if (peer.namespaces.requirements.length === 0) return `${pods} of all namespaces`
      return `${pods} of namespaces ${selectorText(peer.namespaces)}`
    }
  }
}

export function portMatchText(port: PortMatch): string {
  switch (port.kind) {
    case 'numbers': {
      const open = openText(byProtocol(port.open))
      return port.written === undefined
        ? open
        : `${open} (of ${openText(byProtocol(port.written))}: the network plugin does not know endPort)`
    }
    case 'name': {
      const unknown = port.ignored ? ' (nothing: the network plugin does not know named ports)' : ''
      return `${port.protocol} ${port.name}${unknown}`
    }
  }
}

export function portsText(rule: Rule): string {
  return rule.ports === 'any' ? 'all ports' : rule.ports.map(portMatchText).join(', ')
}

/** `TCP 80 from Pods app=web of namespace shop, or from 10.0.0.0/8`. */
export function ruleText(rule: Rule, direction: Direction, namespace: string): string {
  const word = direction === 'ingress' ? 'from' : 'to'
  const peers =
    rule.peers === 'any'
      ? `${word} anywhere`
      : rule.peers.map(peer => `${word} ${peerText(peer, namespace)}`).join(', or ')
  return `${portsText(rule)} ${peers}`
}

/** The same port numbers in every protocol: what would be open if the protocol did not count. */
export function inAnyProtocol(set: Connections): Connections {
  let all = set
  for (const { ports: ranges } of byProtocol(set))
    for (const [first, last] of ranges)
      for (const protocol of PROTOCOLS) all = union(all, ports(protocol, first, last))
  return all
}
