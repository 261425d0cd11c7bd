import type { RuleTrace } from '../../engine/evidence.ts'
import type { Policy, PortMatch } from '../../policy/policy.ts'
import { byProtocol, contains, PROTOCOLS, ports, unionOf } from '../../sets/connections.ts'
import { lazily } from '../../sets/memoized.ts'
import { below } from '../../source/file.ts'
import { changing, listOf, writingFields } from '../fixes.ts'
import { policyRef, ruleRef } from '../policy-facts.ts'
import { worldIndex } from '../world-index.ts'
import { type Difference, type RuleContext, TYPO } from './difference.ts'

/*
 * Rules that allow more than was likely meant: for a dash too many, or for an empty rule in the place of none.
 */

/**
 * Of a policy with two rules, one that has only peers and one that has only ports (S-012): as one rule, they would not allow what
 * one of them allows alone. Not where the two likely are two: of peers that match nothing, or for DNS, which goes anywhere.
 */
export function twoRules(
  { world, namespace }: RuleContext,
  policy: Policy,
  { rule }: RuleTrace,
): readonly Difference[] {
  const { rules, direction } = policy
  const ofPeers = rules.find(one => one.peers !== 'any' && one.ports === 'any')
  const ofPorts = rules.find(one => one.peers === 'any' && one.ports !== 'any')
  if (rules.length !== 2 || ofPeers === undefined || ofPorts === undefined) return []
  if (ofPeers.peers === 'any' || ofPorts.ports === 'any' || isForDns(ofPorts.ports)) return []
  const { peerMatchesNothing } = worldIndex(world)
  if (ofPeers.peers.every(peer => peer.kind === 'pods' && peerMatchesNothing(peer, namespace))) return []
  return [
    {
      code: 'NEAR_MISS_TWO_RULES',
      facts: { direction, peers: ruleRef(policy, ofPeers), ports: ruleRef(policy, ofPorts) },
      at: rule.at,
      fix: changing(
        { kind: 'join-rules', direction },
        { kind: 'write', at: below(ofPeers.at, 'ports'), value: ofPorts.ports.flatMap(writtenPorts) },
        { kind: 'write', at: ofPorts.at, value: undefined },
      ),
      cost: TYPO,
    },
  ]
}

const dns = lazily(() => unionOf(PROTOCOLS.map(protocol => ports(protocol, 53, 53))))

const isForDns = (all: readonly PortMatch[]): boolean =>
  all.every(port => port.kind === 'numbers' && contains(dns(), port.open))

/** The entries of `ports` that open the same. */
function writtenPorts(port: PortMatch): readonly Readonly<Record<string, unknown>>[] {
  if (port.kind === 'name') return [{ protocol: port.protocol, port: port.name }]
  return byProtocol(port.written ?? port.open).flatMap(({ protocol, ports: ranges }) =>
    ranges.map(([first, last]) => ({ protocol, port: first, ...(last > first && { endPort: last }) })),
  )
}

/** The only rule of a policy that is called after what it denies: an empty rule allows everything, and none would deny it. */
export function emptyRule(policy: Policy, { rule }: RuleTrace): readonly Difference[] {
  const { rules, direction, name } = policy
  if (rules.length > 1 || rule.peers !== 'any' || rule.ports !== 'any' || !isNamedForDenying(name)) return []
  return [
    {
      code: 'NEAR_MISS_EMPTY_RULE',
      facts: { policy: policyRef(policy), direction },
      at: rule.at,
      fix: writingFields({ ...rule.at, path: listOf(rule.at).path.slice(0, -1) }, { [direction]: [] }),
      cost: TYPO,
    },
  ]
}

const isNamedForDenying = (name: string): boolean =>
  /(?:^|[-.])(?:deny|denied|block|isolate|isolation|lockdown)(?:[-.]|$)/.test(name) &&
  !/(?:^|[-.])(?:allow|permit)/.test(name)
