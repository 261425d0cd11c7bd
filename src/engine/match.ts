import { type Labels, UNKNOWABLE } from '../model/labels.ts'
import type { ContainerPort } from '../model/objects.ts'
import { type Match, meets, type Selector } from '../model/selector.ts'
import type { Peer, PortMatch, Rule } from '../policy/policy.ts'
import { ALL, type Connections, NONE, ports, unionOf } from '../sets/connections.ts'
import type { Identity, PeerTrace, RequirementTrace, RuleTrace } from './evidence.ts'
import { type PeerPredicates, peerOf, peersOf, predicatesOf } from './predicates.ts'

/** A rule of a policy in `namespace` against the other end; ports are those of the destination (S-027, S-028). */
export function matchRule(rule: Rule, namespace: string, other: Identity, destination: Identity): RuleTrace {
  const predicates = predicatesOf(other)
  const peers =
    rule.peers === 'any' ? [] : rule.peers.map(peer => matchPeer(peer, namespace, other, predicates))
  const portTraces =
    rule.ports === 'any' ? [] : rule.ports.map(port => ({ port, covers: opened(port, destination) }))
  return {
    rule,
    other,
    matches: peersOf(
      rule,
      namespace,
      predicates,
      peers.map(({ matches }) => matches),
    ),
    peers,
    ports: portTraces,
    covers: rule.ports === 'any' ? ALL : unionOf(portTraces.map(({ covers }) => covers)),
  }
}

/** S-026 to S-032. A name is that of a port of the destination, and matches nothing where that is not a Pod (S-029). */
export function opened(port: PortMatch, destination: Identity): Connections {
  switch (port.kind) {
    case 'numbers':
      return port.open
    case 'name':
      return destination.kind === 'pod' && port.ignored === undefined
        ? named(port.name, port.protocol, destination.ports)
        : NONE
  }
}

/** The ports of that name and protocol of all containers (S-030) but sidecars (S-031). */
function named(
  name: string,
  protocol: ContainerPort['protocol'],
  declared: readonly ContainerPort[],
): Connections {
  return unionOf(
    declared
      .filter(port => port.name === name && port.protocol === protocol && !port.sidecar)
      .map(port => ports(protocol, port.number, port.number)),
  )
}

function matchPeer(
  peer: Peer,
  namespace: string,
  other: Identity,
  predicates: PeerPredicates<Match>,
): PeerTrace {
  const matches = peerOf(peer, namespace, predicates)
  switch (peer.kind) {
    case 'addresses':
      return { kind: 'addresses', peer, matches }
    case 'pods': {
      const { namespaces, pods } = peer
      const isPod = other.kind === 'pod'
      return {
        kind: 'pods',
        peer,
        matches,
        namespaceFailures: isPod && namespaces !== 'own' ? failures(namespaces, other.namespaceLabels) : [],
        podFailures: isPod && pods !== undefined ? failures(pods, other.labels) : [],
      }
    }
  }
}

/** The requirements that labels do not surely meet. */
export function failures(selector: Selector, labels: Labels): readonly RequirementTrace[] {
  return selector.requirements.flatMap(requirement => {
    const matches = meets(requirement, labels)
    const actual = labels.get(requirement.key)
    if (matches === 'yes') return []
    return [{ requirement, matches, actual: actual === UNKNOWABLE ? undefined : actual }]
  })
}
