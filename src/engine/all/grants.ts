import type { Peer, Policy, Rule, Scope } from '../../policy/policy.ts'
import { unionOf } from '../../sets/connections.ts'
import { ALL_ID, type ConnectionsId, type ConnectionTable } from '../../sets/identifiers.ts'
import { memoizedBy } from '../../sets/memoized.ts'
import { everyOf, surely } from '../matches.ts'
import { peersOf, subjectOf } from '../predicates.ts'
import type { Evaluated } from '../tiers.ts'
import type { Grant, Keyed } from './accumulate.ts'
import { type IdentityIndex, keyOfSelector } from './identity-index.ts'

/** A policy over many identities. */
export interface PolicyGrants extends Evaluated<readonly Grant[]> {
  readonly subject: Keyed
}

/** Equal subjects, peers and port lists of policies are looked up in the index once. */
export function grantsOf(
  identities: IdentityIndex,
  table: ConnectionTable,
): (policy: Policy) => PolicyGrants {
  const subjects = memoizedBy(keyOfSubject, policy => ({
    key: keyOfSubject(policy),
    ...subjectOf(policy, identities),
  }))
  const others = memoizedBy(keyOfPeers, ({ rule, namespace }: RuleOf) => ({
    key: keyOfPeers({ rule, namespace }),
    ...peersOf(rule, namespace, identities),
  }))
  const openings = memoizedBy(keyOfPorts, (rule: Rule) => openingsOf(rule, identities, table))
  return policy => {
    const subject = subjects(policy)
    const rules = policy.rules.map(rule => {
      const other = others({ rule, namespace: policy.namespace })
      return openings(rule).map(({ opens, on }): Grant => {
        if (on === undefined) return { subject, other, opens }
        // Ports are always those of the destination, whose names they may be (S-028).
        return policy.direction === 'egress'
          ? { subject, other: only(other, on), opens }
          : { subject: only(subject, on), other, opens }
      })
    })
    return { policy, subject, rules }
  }
}

/** A rule, and the namespace of its policy, which its peers may select in. */
interface RuleOf {
  readonly rule: Rule
  readonly namespace: string
}

const only = ({ key, ...matches }: Keyed, on: Keyed): Keyed => ({
  key: `${key} ${on.key}`,
  ...everyOf([matches, on]),
})

/** What the ports of a rule open: on every destination, or on those that call a port so (S-026 to S-030). */
function openingsOf(
  { ports }: Rule,
  { named }: IdentityIndex,
  table: ConnectionTable,
): readonly { readonly opens: ConnectionsId; readonly on: Keyed | undefined }[] {
  if (ports === 'any') return [{ opens: ALL_ID, on: undefined }]
  const numbers = ports.flatMap(port => (port.kind === 'numbers' ? [port.open] : []))
  const byName = ports.flatMap(port =>
    port.kind === 'name'
      ? named(port).map(({ opens, on }) => ({
          opens: table.idOf(opens),
          on: { key: `${port.name}/${port.protocol}=${opens.join()}`, ...surely(on) },
        }))
      : [],
  )
  return numbers.length === 0 ? byName : [{ opens: table.idOf(unionOf(numbers)), on: undefined }, ...byName]
}

function keyOfPorts({ ports }: Rule): string {
  if (ports === 'any') return '*'
  return ports
    .map(port => (port.kind === 'name' ? `${port.name}/${port.protocol}` : port.open.join()))
    .sort()
    .join('|')
}

function keyOfPeers({ rule: { peers }, namespace }: RuleOf): string {
  return peers === 'any'
    ? '*'
    : peers
        .map(peer => keyOfPeer(peer, namespace))
        .sort()
        .join('|')
}

function keyOfPeer(peer: Peer, namespace: string): string {
  if (peer.kind === 'addresses') return peer.addresses.join()
  return `${keyOfNamespaces(peer, namespace)} / ${peer.pods === undefined ? '' : keyOfSelector(peer.pods)}`
}

const keyOfSubject = ({ scope, namespace }: Policy): string =>
  `${keyOfNamespaces(scope, namespace)} / ${keyOfSelector(scope.pods)}`

const keyOfNamespaces = ({ namespaces }: Pick<Scope, 'namespaces'>, namespace: string): string =>
  namespaces === 'own' ? `=${namespace}` : keyOfSelector(namespaces)
