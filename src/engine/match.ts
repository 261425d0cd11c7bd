import type { ContainerPort, Labels } from '../model/objects.ts'
import { UNKNOWABLE } from '../model/objects.ts'
import { every, type Match, meets, type Selector, some } from '../model/selector.ts'
import type { Peer, PortMatch, Rule } from '../policy/policy.ts'
import { type Addresses, contains, intersect, isEmpty } from '../sets/addresses.ts'
import { ALL, type Connections, NONE, ports, union as unionOfPorts } from '../sets/connections.ts'
import { HOSTS, holdsEveryHost } from '../sets/hosts.ts'
import type { End, PeerTrace, PortTrace, RequirementTrace, RuleTrace } from './evidence.ts'

/** One rule of a policy in `namespace` against the other end; ports are those of the destination (S-027, S-028). */
export function matchRule(rule: Rule, namespace: string, other: End, destination: End): RuleTrace {
  const peers = rule.peers === 'any' ? [] : rule.peers.map(peer => matchPeer(peer, namespace, other))
  const portTraces =
    rule.ports === 'any' ? [] : rule.ports.map(port => ({ port, opens: opened(port, destination) }))
  return {
    rule,
    matches: rule.peers === 'any' ? 'yes' : some(peers.map(peer => peer.matches)),
    peers,
    ports: portTraces,
    opens: rule.ports === 'any' ? ALL : portTraces.reduce<Connections>(addPort, NONE),
  }
}

const addPort = (set: Connections, trace: PortTrace): Connections => unionOfPorts(set, trace.opens)

/** S-026 to S-032. A name means whatever the destination Pod calls so, and nothing where that is no Pod (S-029). */
function opened(port: PortMatch, destination: End): Connections {
  switch (port.kind) {
    case 'numbers':
      return port.open
    case 'name':
      return destination.kind === 'pod' ? named(port.name, port.protocol, destination.ports) : NONE
  }
}

/** Every port of that name and protocol counts, whichever container has it (S-030), but a sidecar's does not (S-031). */
function named(
  name: string,
  protocol: ContainerPort['protocol'],
  declared: readonly ContainerPort[],
): Connections {
  return declared
    .filter(port => port.name === name && port.protocol === protocol && !port.sidecar)
    .reduce<Connections>((set, port) => unionOfPorts(set, ports(protocol, port.number, port.number)), NONE)
}

function matchPeer(peer: Peer, namespace: string, other: End): PeerTrace {
  switch (peer.kind) {
    case 'pods':
      return matchPods(peer, namespace, other)
    case 'addresses':
      return matchAddresses(peer, other)
  }
}

/** S-014, S-015: the namespace and the Pod must both match; without a namespaceSelector it is the policy's own. */
function matchPods(peer: Extract<Peer, { kind: 'pods' }>, namespace: string, other: End): PeerTrace {
  if (other.kind !== 'pod')
    return {
      kind: 'pods',
      peer,
      matches: 'no',
      notAPod: true,
      otherNamespace: false,
      namespaceFailures: [],
      podFailures: [],
    }
  const otherNamespace = peer.namespaces === 'own' && other.namespace !== namespace
  const namespaceFailures = peer.namespaces === 'own' ? [] : failures(peer.namespaces, other.namespaceLabels)
  const podFailures = peer.pods === undefined ? [] : failures(peer.pods, other.labels)
  const matches = every([
    otherNamespace ? 'no' : 'yes',
    ...[...namespaceFailures, ...podFailures].map(failure => failure.matches),
  ])
  return { kind: 'pods', peer, matches, notAPod: false, otherNamespace, namespaceFailures, podFailures }
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

/** S-034 to S-036, S-039, S-051. */
function matchAddresses(peer: Extract<Peer, { kind: 'addresses' }>, other: End): PeerTrace {
  const addresses = other.kind === 'pod' ? other.address : other.addresses
  const matches =
    addresses === undefined ? matchUnknown(peer.addresses) : matchKnown(peer.addresses, addresses)
  const exceptedBy =
    addresses === undefined ? undefined : peer.except.find(block => contains(block.addresses, addresses))
  return {
    kind: 'addresses',
    peer,
    matches,
    exceptedBy,
    ofPod: other.kind === 'pod',
    unknownAddress: addresses === undefined,
  }
}

function matchKnown(block: Addresses, addresses: Addresses): Match {
  if (contains(block, addresses)) return 'yes'
  return isEmpty(intersect(block, addresses)) ? 'no' : 'unknown'
}

/** An address that nobody knows is surely in a block only if every address of a family is (S-051). */
function matchUnknown(block: Addresses): Match {
  if (holdsEveryHost(block)) return 'yes'
  return isEmpty(intersect(block, HOSTS)) ? 'no' : 'unknown'
}
