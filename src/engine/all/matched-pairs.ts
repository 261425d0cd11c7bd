import type { Peer, Policy, PortMatch, Rule, Scope } from '../../policy/policy.ts'
import type { Addresses } from '../../sets/addresses.ts'
import { type Connections, unionOf } from '../../sets/connections.ts'
import { ALL_ID, type ConnectionsId, type ConnectionTable } from '../../sets/identifiers.ts'
import { memoized, memoizedBy } from '../../sets/memoized.ts'
import { blocksTogether, isWithin, peersOf, subjectOf } from '../predicates.ts'
import type { Evaluated } from '../tiers.ts'
import type { Keyed, MatchedPairs } from './accumulate.ts'
import { everyOf, surely } from './bounds.ts'
import { type IdentityIndex, keyOfSelector } from './identity-index.ts'

/** What a policy selects, and its rules match, among many identities. */
export interface PolicyMatches extends Evaluated<readonly MatchedPairs[]> {
  readonly subject: Keyed
}

/** Equal subjects, peers and port lists of policies are looked up in the index once. */
export function policyMatcher(
  identities: IdentityIndex,
  table: ConnectionTable,
): (policy: Policy) => PolicyMatches {
  const subjectsOf = memoizedBy(keyOfSubject, (policy, key) => ({ key, ...subjectOf(policy, identities) }))
  const othersOf = memoizedBy(keyOfPeers, ({ rule, namespace }, key) => ({
    key,
    ...peersOf(rule, namespace, identities),
  }))
  const openingsOf = memoizedBy(keyOfPorts, (rule: Rule) => portOpenings(rule, identities, table))
  return policy => {
    const subject = subjectsOf(policy)
    const rules = policy.rules.map(rule => {
      const other = othersOf({ rule, namespace: policy.namespace })
      const unsureBlocks = unsureBlocksOf(rule)
      return openingsOf(rule).map(({ opens, on }): MatchedPairs => {
        if (on === undefined) return { subject, other, opens, unsureBlocks }
        // Ports are always those of the destination, whose names they may be (S-028).
        return policy.direction === 'egress'
          ? { subject, other: both(other, on), opens, unsureBlocks }
          : { subject: both(subject, on), other, opens, unsureBlocks }
      })
    })
    return { policy, subject, rules }
  }
}

const unsureBlocksOf = memoized((rule: Rule): Addresses | undefined => {
  const blocks = blocksTogether(rule)
  return isWithin(blocks, undefined) === 'unknown' ? blocks : undefined
})

/** A rule, and the namespace of its policy, which its peers may select in. */
interface RuleOf {
  readonly rule: Rule
  readonly namespace: string
}

const both = (a: Keyed, b: Keyed): Keyed => ({ key: `${a.key} ${b.key}`, ...everyOf([a, b]) })

/** What the ports of a rule open: on every destination, or on those that have a port of a name (S-026 to S-030). */
function portOpenings(
  { ports }: Rule,
  { named }: IdentityIndex,
  table: ConnectionTable,
): readonly { readonly opens: ConnectionsId; readonly on: Keyed | undefined }[] {
  if (ports === 'any') return [{ opens: ALL_ID, on: undefined }]
  const openings = ports.flatMap(port => openingsOfPort(port, named))
  const everywhere = openings.filter(({ on }) => on === undefined).map(({ opens }) => opens)
  const onSome = openings.filter(({ on }) => on !== undefined)
  const all = everywhere.length === 0 ? onSome : [{ opens: unionOf(everywhere), on: undefined }, ...onSome]
  return all.map(({ opens, on }) => ({ opens: table.idOf(opens), on }))
}

function openingsOfPort(
  port: PortMatch,
  named: IdentityIndex['named'],
): readonly { readonly opens: Connections; readonly on: Keyed | undefined }[] {
  switch (port.kind) {
    case 'numbers':
      return [{ opens: port.open, on: undefined }]
    case 'name':
      return named(port).map(({ opens, on }) => ({
        opens,
        on: { key: `${port.name}/${port.protocol}=${opens.join()}`, ...surely(on) },
      }))
  }
}

const keyOfPorts = ({ ports }: Rule): string => keyOfList(ports, keyOfPort)

function keyOfPort(port: PortMatch): string {
  switch (port.kind) {
    case 'numbers':
      return port.open.join()
    case 'name':
      return `${port.name}/${port.protocol}`
  }
}

const keyOfPeers = ({ rule, namespace }: RuleOf): string =>
  keyOfList(rule.peers, peer => keyOfPeer(peer, namespace))

/** The order of alternatives does not matter. */
const keyOfList = <T>(list: 'any' | readonly T[], keyOf: (item: T) => string): string =>
  list === 'any' ? '*' : list.map(keyOf).sort().join('|')

function keyOfPeer(peer: Peer, namespace: string): string {
  switch (peer.kind) {
    case 'pods':
      return `${keyOfNamespaces(peer, namespace)} / ${peer.pods === undefined ? '' : keyOfSelector(peer.pods)}`
    case 'addresses':
      return peer.addresses.join()
  }
}

const keyOfSubject = ({ scope, namespace }: Policy): string =>
  `${keyOfNamespaces(scope, namespace)} / ${keyOfSelector(scope.pods)}`

const keyOfNamespaces = ({ namespaces }: Pick<Scope, 'namespaces'>, namespace: string): string =>
  namespaces === 'own' ? `=${namespace}` : keyOfSelector(namespaces)
