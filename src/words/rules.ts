import type { IpBlock, PolicyRef } from '../report/common.ts'
import type { NamedRule } from '../report/facts/cause.ts'
import type {
  Direction,
  LabelRequirement,
  PeerFacts,
  PortFacts,
  RuleFacts,
  RuleRef,
} from '../report/facts/rules.ts'
import { andMore, firstFew, placeText } from './lists.ts'
import { openText } from './ports.ts'

/*
 * What policies say, in words.
 */

/** `api (policies.yaml:12)`. */
export const policyName = ({ name, source }: Pick<PolicyRef, 'name' | 'source'>): string =>
  `${name} (${placeText(source)})`

/** With the network plugin of this name (S-070). */
export const notEnforced = (plugin: string): string => `with --cni ${plugin} NetworkPolicies are not enforced`

/** A direction as `policyTypes` calls it. */
export const policyType = (direction: Direction): 'Ingress' | 'Egress' =>
  direction === 'ingress' ? 'Ingress' : 'Egress'

/** What comes before the other endpoint: "ingress from", "egress to". */
export const PREPOSITIONS = { ingress: 'from', egress: 'to' } as const

/** `api ingress[1] (policies.yaml:12)`. */
export const ruleName = ({ policy, direction, index, source }: RuleRef): string =>
  causingRuleName({ policy: policy.name, direction, rule: index, source })

/** The same of a rule whose policy is told by its name. */
export const causingRuleName = ({ policy, direction, rule, source }: NamedRule): string =>
  policyName({ name: `${policy} ${direction}[${rule}]`, source })

/** Where a rule is told of in full, so many of its ports, peers or values. */
const MOST_IN_A_RULE = 10

/** `app=web`, `tier in (a, b)`, `debug not set`. */
export function requirementText({ key, operator, values }: LabelRequirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values[0]}` : `${key} in (${firstFew(values, MOST_IN_A_RULE)})`
    case 'NotIn':
      return values.length === 1
        ? `${key}!=${values[0]}`
        : `${key} not in (${firstFew(values, MOST_IN_A_RULE)})`
    case 'Exists':
      return `${key} set`
    case 'DoesNotExist':
      return `${key} not set`
  }
}

/** `app=web,tier=db`. */
export const labelsText = (labels: Readonly<Record<string, string>>, separator = ','): string =>
  Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(separator)

export const selectorText = (requirements: readonly LabelRequirement[]): string =>
  requirements.map(requirementText).join(', ')

/** `Pods app=web of namespace shop`; says what one peer with two selectors and a podSelector alone mean (S-014). */
export function peerText(peer: PeerFacts): string {
  switch (peer.kind) {
    case 'addresses':
      return blockText(peer)
    case 'pods': {
      const { namespaces } = peer
      const pods = peer.pods.length === 0 ? 'all Pods' : `Pods ${selectorText(peer.pods)}`
      if (typeof namespaces === 'string') return `${pods} of namespace ${namespaces}`
      return namespaces.length === 0
        ? `${pods} of all namespaces`
        : `${pods} of namespaces ${selectorText(namespaces)}`
    }
  }
}

/** `10.0.0.0/8 except 10.1.0.0/16`. */
export const blockText = ({ cidr, except }: IpBlock): string =>
  except.length === 0 ? cidr : `${cidr} except ${firstFew(except)}`

/** `TCP 80`, `TCP http`. */
export function portMatchText(port: PortFacts): string {
  switch (port.kind) {
    case 'numbers': {
      const open = openText(port.open)
      return port.written === undefined
        ? open
        : `${open} (of ${openText(port.written)}: the network plugin does not know endPort)`
    }
    case 'name': {
      const unknown = port.ignored ? ' (nothing: the network plugin does not know named ports)' : ''
      return `${port.protocol} ${port.name}${unknown}`
    }
  }
}

/** A policy may have thousands of them, of which a few are told. */
export const portMatchesText = (ports: readonly PortFacts[], few?: number): string =>
  firstFew(ports.map(portMatchText), few)

/** `TCP 80 from Pods app=web of namespace shop, or from 10.0.0.0/8`. */
export function ruleText({ direction, peers, ports }: RuleFacts): string {
  const word = PREPOSITIONS[direction]
  const whom =
    peers === 'any'
      ? `${word} anywhere`
      : andMore(
          [
            peers
              .slice(0, MOST_IN_A_RULE)
              .map(peer => `${word} ${peerText(peer)}`)
              .join(', or '),
          ],
          peers.length - MOST_IN_A_RULE,
        )
  return `${ports === 'any' ? 'all ports' : portMatchesText(ports, MOST_IN_A_RULE)} ${whom}`
}
