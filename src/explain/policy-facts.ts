import type { Requirement } from '../model/selector.ts'
import { openOf } from '../network/flow.ts'
import type { Peer, Policy, PolicyObject, PortMatch, Rule } from '../policy/policy.ts'
import type { IpBlock, PolicyRef } from '../report/common.ts'
import type {
  LabelRequirement,
  NamedPortFacts,
  PeerFacts,
  PodsPeer,
  PortFacts,
  RuleFacts,
  RuleRef,
} from '../report/facts/rules.ts'
import { memoized } from '../sets/memoized.ts'
import { sourceOf } from '../source/source-of.ts'

/*
 * Policies and what they consist of, as reports show them.
 */

/** Its line is found when it is read: that parses the file again. */
export const policyRef: (policy: Policy | PolicyObject) => PolicyRef = memoized(
  ({ kind, namespace, name, at }) => {
    const source = memoized(sourceOf)
    return {
      kind,
      namespace,
      name,
      get source() {
        return source(at)
      },
    }
  },
)

const ruleSource = memoized(({ at }: Rule) => sourceOf(at))

export const ruleRef = (policy: Policy, rule: Rule): RuleRef => ({
  policy: policyRef(policy),
  direction: policy.direction,
  index: rule.index,
  get source() {
    return ruleSource(rule)
  },
})

export const requirementFacts = ({ key, operator, values }: Requirement): LabelRequirement => ({
  key,
  operator,
  values,
})

export const blockFacts = ({ cidr, except }: Extract<Peer, { kind: 'addresses' }>): IpBlock => ({
  cidr: cidr.text,
  except: except.map(({ text }) => text),
})

/** `namespace` is the policy's. */
export const podsPeerFacts = (
  { pods, namespaces }: Extract<Peer, { kind: 'pods' }>,
  namespace: string,
): PodsPeer => ({
  kind: 'pods',
  pods: pods?.requirements.map(requirementFacts) ?? [],
  namespaces: namespaces === 'own' ? namespace : namespaces.requirements.map(requirementFacts),
})

export function peerFacts(peer: Peer, namespace: string): PeerFacts {
  switch (peer.kind) {
    case 'pods':
      return podsPeerFacts(peer, namespace)
    case 'addresses':
      return { kind: 'addresses', ...blockFacts(peer) }
  }
}

export function portFacts(port: PortMatch): PortFacts {
  switch (port.kind) {
    case 'numbers':
      return {
        kind: 'numbers',
        open: openOf(port.open),
        ...(port.written !== undefined && { written: openOf(port.written) }),
      }
    case 'name':
      return namedPortFacts(port)
  }
}

export const namedPortFacts = ({
  kind,
  protocol,
  name,
  ignored,
}: Extract<PortMatch, { kind: 'name' }>): NamedPortFacts => ({
  kind,
  protocol,
  name,
  ...(ignored && { ignored }),
})

export const ruleFacts = (
  { direction, namespace }: Pick<Policy, 'direction' | 'namespace'>,
  { peers, ports }: Rule,
): RuleFacts => ({
  direction,
  peers: peers === 'any' ? 'any' : peers.map(peer => peerFacts(peer, namespace)),
  ports: ports === 'any' ? 'any' : ports.map(portFacts),
})
