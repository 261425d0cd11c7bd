import type { Port } from '../report/common.ts'
import type {
  AllowedByRule,
  DifferenceFacts,
  DifferenceReason,
  IneffectivePolicies,
  NearMissFacts,
  NearMissRef,
  NotIsolated,
  OtherLabel,
  OtherProtocol,
  PeersUnknown,
  PeerUnknown,
  PolicyFacts,
  PortNameUnknown,
  PortNotFound,
  RefusedByPolicies,
  SelectorsAndOr,
} from '../report/facts/policies.ts'
import type { PeerFacts } from '../report/facts/rules.ts'
import { openText, portText } from '../report/open.ts'
import { notEnforcedText, selectionText } from './assumptions.ts'
import { labeledName } from './fixes.ts'
import { andMore } from './names.ts'
import {
  blockText,
  peerText,
  policyName,
  portMatchesText,
  portMatchText,
  requirementText,
  ruleName,
} from './rules.ts'

/** Why a rule does not match, or a policy does not apply: what is required, and what there is. */
const DIFFERENCE_SENTENCES: {
  readonly [C in keyof DifferenceFacts]: (facts: DifferenceFacts[C]) => string
} = {
  NEAR_MISS_PORT: ({ ports, asked, headless }) =>
    headless === undefined
      ? `it is about ${portMatchesText(ports)}, not ${portText(asked)}`
      : `it is about ${portMatchesText(ports)}, to which nothing leads from ${portText(asked)}: Service ${headless} is headless, and its clients have to dial the port of the Pods`,
  NEAR_MISS_PROTOCOL: otherProtocol,
  NEAR_MISS_LABEL: otherLabel,
  NEAR_MISS_NAMESPACE_LABEL: otherLabel,
  NEAR_MISS_OWN_NAMESPACE: ({ namespace, object, objectNamespace }) =>
    `a podSelector alone means Pods of the policy's own namespace ${namespace}, and ${object} is in ${objectNamespace}`,
  NEAR_MISS_AND_OR: andOr,
  NEAR_MISS_CIDR: ({ block, object, holdsService }) =>
    holdsService
      ? `${blockText(block)} holds the Service's own address, and policies see the Pod behind it, ${object}`
      : `the address of ${object} is outside ${blockText(block)}`,
  NEAR_MISS_EXCEPT: ({ cidr, except, object }) =>
    `the address of ${object} is in ${except}, which is excepted from ${cidr}`,
  SERVICE_PORT_IS_NOT_POD_PORT: ({ port, asked }) =>
    `it is about ${portMatchText(port)}, the port of the Service, and policies see that of the Pod behind it: ${portText(asked)}`,
  IPBLOCK_IS_FOR_OUTSIDE: ({ block, object }) =>
    `with this network plugin ${blockText(block)} matches addresses outside the cluster only, and ${object} is inside`,
  SELECTOR_NEEDS_A_POD: ({ object, hostNetwork }) =>
    hostNetwork
      ? `${object} is on the network of its node (hostNetwork), so that policies see the node's address, which no selector matches`
      : `a selector matches Pods only, and ${object} is none`,
  NAMED_PORT_UNRESOLVED: portNameUnknown,
  NEAR_MISS_POLICY_NAMESPACE: ({ policyNamespace, isWritten, object, objectNamespace }) => {
    const whose = isWritten
      ? `is in namespace ${policyNamespace}`
      : `names no namespace, and so is in ${policyNamespace}`
    return `it ${whose}, where it selects no Pod, and policies select Pods of their own namespace only: ${object} is in ${objectNamespace}`
  },
  NEAR_MISS_SUBJECT_LABEL: otherLabel,
  POLICY_SELECTS_NOTHING: ({ nearest }) =>
    [...(nearest === undefined ? [] : [otherLabel(nearest)]), 'it selects no Pod of the input'].join('; '),
  NEAR_MISS_DIRECTION: ({ rule: { direction, index }, from, to }) =>
    `its ${direction}[${index}] is for the other way, from ${from} to ${to}`,
  POLICY_TYPES_LEFT_OUT: ({ direction, isIsolated }) =>
    isIsolated
      ? `it has no policyTypes, and so is about ${direction} too: with egress rules alone it lets nobody in`
      : `it has no policyTypes, and without any rule under ${direction} that means Ingress alone`,
  RULES_OUTSIDE_POLICY_TYPES: ({ policy, direction, object }) =>
    `the ${direction} rules of ${policy.name} have no effect on ${object}, because its policyTypes do not name ${direction === 'egress' ? 'Egress' : 'Ingress'}`,
}

export const POLICY_SENTENCES: { readonly [C in keyof PolicyFacts]: (facts: PolicyFacts[C]) => string } = {
  ...DIFFERENCE_SENTENCES,
  RULE_MATCHES: facts =>
    'peer' in facts ? `matches ${peerText(facts.peer)}` : `opens ${openText(facts.opens)}`,
  RULE_DOES_NOT_MATCH: ({ differences }) => differencesText(differences),
  ALLOWED_BY_RULE: facts =>
    [
      openedBy(facts),
      ...(facts.nearest === undefined ? [] : [differencesText(facts.nearest.differences)]),
    ].join('; '),
  OPEN_IN_PART: facts => `${openedBy(facts)}, and no rule the rest`,
  ALLOWED_NO_POLICY_SELECTS_SOURCE: notIsolated,
  ALLOWED_NO_POLICY_SELECTS_DESTINATION: notIsolated,
  NOT_SUBJECT_TO_POLICIES: facts =>
    `${facts.object} is on the network of its node, where ${policiesText(facts)} cannot isolate it for ${facts.direction}`,
  POLICY_NOT_ENFORCED: facts =>
    'about' in facts
      ? notEnforcedText(facts)
      : `${policiesText(facts)} would isolate ${facts.object} for ${facts.direction}, but ${facts.others === 0 ? 'is' : 'are'} not enforced`,
  DENIED_BY_EGRESS: refused,
  DENIED_BY_INGRESS: refused,
  UNDETERMINED_LABEL: facts =>
    'about' in facts
      ? selectionText(facts)
      : 'peers' in facts
        ? peersUnknown(facts)
        : `whether ${policyName(facts.policy)} selects it for ${facts.direction} hangs on a label that only a running cluster knows`,
  UNDETERMINED_ADDRESS: facts =>
    'peers' in facts
      ? peersUnknown(facts)
      : `no Pod of the input is known to have this address, and policies isolate Pods of namespace ${facts.namespace}`,
}

const differenceText = <C extends keyof DifferenceFacts>(difference: {
  readonly code: C
  readonly facts: DifferenceFacts[C]
}): string => DIFFERENCE_SENTENCES[difference.code](difference.facts)

/** Several differences of one rule, all of which keep it from matching. */
export const differencesText = (differences: readonly DifferenceReason[]): string =>
  differences.map(difference => differenceText(difference)).join('; and ')

/** `api ingress[0] (policies.yaml:12)`, or the policy alone. */
export const nearMissName = ({ policy, rule }: NearMissRef): string =>
  rule === undefined ? policyName(policy) : ruleName(rule)

function otherLabel({ requirement, object, actual, instead, workload, matchesNothing }: OtherLabel): string {
  const wanted = `${requirementText(requirement)} is wanted`
  const nothing = matchesNothing ? '; no Pod of the input matches this entry' : ''
  const { key } = requirement
  const id = labeledName(object)
  if (actual === null)
    return `${wanted}, and what ${id} has for ${key} only a running cluster knows${nothing}`
  if (workload !== undefined)
    return `${wanted}, which ${workload} ${id} has, and the template of its Pods has not${nothing}`
  const has = actual === undefined ? `no label ${key}` : `${key}=${actual}`
  const but = instead === undefined ? '' : `, but ${instead.key}=${instead.value}`
  return `${wanted}, and ${id} has ${has}${but}${nothing}`
}

function otherProtocol(facts: OtherProtocol): string {
  const about = `it is about ${portMatchText(facts.port)}`
  return 'destination' in facts
    ? `${about}, and ${facts.destination} has that name for another protocol`
    : `${about}, not ${portText(facts.asked)}`
}

function portNameUnknown(facts: PortNameUnknown | PortNotFound): string {
  switch (facts.why) {
    case 'plugin':
      return `the network plugin does not know named ports, such as ${facts.port.protocol} ${facts.port.name}`
    case 'not-a-pod':
      return `${portMatchText(facts.port)} is a name, and only Pods name their ports: ${facts.destination} is none`
    case 'other-ports':
      return `it is about the port named ${facts.port.name}, and ${facts.destination} ${declaredText(facts.declared)}`
    case 'not-declared':
      return `${facts.on} declares no port ${portText(facts.port)}`
    case 'no-target-port': {
      const { service, targets, declared } = facts
      const names = targets.map(({ protocol, name }) => `${protocol} ${name}`).join(', ')
      const has = declared === undefined ? '' : `: ${declared.pod} ${declaredText(declared.ports)}`
      return `Service ${service} leads to the port named ${names}, and no Pod behind it declares one${has}`
    }
    case 'not-written': {
      const listed = facts.ports.map(({ protocol, name = 'without a name' }) => `${protocol} ${name}`)
      return `no Endpoints or EndpointSlice of Service ${facts.service} has a port ${listed.join(', ')}`
    }
  }
}

/** `declares http (8080), 9090`. */
function declaredText(ports: readonly Pick<Port, 'name' | 'number'>[]): string {
  const names = ports.map(({ name, number }) => (name === undefined ? number : `${name} (${number})`))
  return ports.length === 0 ? 'declares no ports' : `declares ${names.join(', ')}`
}

function andOr(facts: SelectorsAndOr): string {
  switch (facts.peers) {
    case 'one':
      return `one entry with both selectors wants both: ${peerText(facts.peer)}, and ${facts.object} is in namespace ${facts.objectNamespace}`
    case 'two':
      return `two entries mean either, and ${facts.object} is meant by the one for ${peerText(facts.peer)} alone`
  }
}

/** `api ingress[1] (policies.yaml:12) opens TCP 80`. */
function openedBy({ direction, open, by }: AllowedByRule): string {
  if (by === undefined) return `only ${openText(open)} is open for ${direction}`
  const word = direction === 'egress' ? 'to' : 'from'
  const whom =
    by.peer === 'any' ? `, ${word} anywhere` : isNamed(by.peer) ? '' : `, ${word} ${peerText(by.peer)}`
  return `${ruleName(by.rule)} opens ${by.isAll ? 'it' : openText(by.opens)}${whom}`
}

/** A peer that requires no label of its Pods may match more than was meant. */
function isNamed(peer: PeerFacts): boolean {
  if (peer.kind === 'addresses') return true
  const namespaces = typeof peer.namespaces === 'string' ? [] : peer.namespaces
  return [...peer.pods, ...namespaces].some(({ operator }) => operator === 'In' || operator === 'Exists')
}

function notIsolated({ object, direction, nearest }: NotIsolated): string {
  const open = `no policy isolates ${object} for ${direction}`
  if (nearest === undefined) return open
  return `${open}; ${nearMissName(nearest)} does not: ${differencesText(nearest.differences)}`
}

const policiesText = ({ policy, others }: Pick<IneffectivePolicies, 'policy' | 'others'>): string =>
  andMore([policyName(policy)], others)

/** Why no rule allows a side: the nearest one, if there is one, and the policies that isolate it. */
function refused(facts: RefusedByPolicies): string {
  const { direction, policy, rules, nearest } = facts
  const closed = closedText(facts)
  if (nearest === undefined) return closed
  const difference = differencesText(nearest.differences)
  const name = nearMissName(nearest)
  if (nearest.rule !== undefined)
    return rules === 1
      ? `${name} does not open it: ${difference}`
      : `no ${direction} rule opens it; nearest is ${name}: ${difference}`
  if (nearest.differences.some(({ code }) => code === 'NEAR_MISS_DIRECTION'))
    return `${closed}; ${name} does not open it: ${difference}`
  return isSame(nearest.policy, policy)
    ? `${closed}: ${difference}`
    : `${closed}; ${name} would: ${difference}`
}

function closedText({ direction, asked, policy, others, rules, node }: RefusedByPolicies): string {
  const name = policyName(policy)
  if (rules > 0) {
    const more = others === 0 ? '' : others === 1 ? ' or another policy' : ` or ${others} other policies`
    const what =
      node === undefined ? 'it' : `${portText(asked)}, and the ${node} is no Pod that a selector could match`
    return `no ${direction} rule of ${name}${more} opens ${what}`
  }
  return others === 0
    ? `${name} isolates it for ${direction} and has no ${direction} rule`
    : `${name} and ${others === 1 ? 'another policy' : `${others} other policies`} isolate it for ${direction} and have no ${direction} rule`
}

const isSame = (a: NearMissFacts['policy'], b: NearMissFacts['policy']): boolean =>
  a.namespace === b.namespace && a.name === b.name

function peersUnknown({ peers, rule, replacedBy }: PeersUnknown): string {
  if (peers.length === 0) return 'the input does not tell'
  const what = peers.map(peerUnknown).join('; ')
  const unknown = rule === undefined ? what : `${ruleName(rule)}: ${what}`
  if (replacedBy === undefined) return unknown
  switch (replacedBy) {
    case 'Pod':
      return `${unknown}, and that of the Service in front of it counts for nothing`
    case 'node':
      return `${unknown}, because that of a node takes its place`
  }
}

function peerUnknown(peer: PeerUnknown): string {
  const entry = peer.index === undefined ? '' : `entry ${peer.index + 1}: `
  switch (peer.kind) {
    case 'labels':
      return `${entry}${peer.labels
        .map(
          ({ of, key }) =>
            `the ${of === 'Pod' ? 'Pod' : 'namespace'}'s label ${key} has a value that only a running cluster knows`,
        )
        .join('; ')}`
    case 'address':
      return `${entry}whether its address is in ${blockText(peer.block)} is not known`
  }
}
