import type { Coded, Port } from '../report/common.ts'
import type {
  DifferenceFacts,
  DifferenceReason,
  OtherLabel,
  OtherProtocol,
  PortNameUnknown,
  PortNotFound,
  ReplacedByNode,
  SelectorsAndOr,
} from '../report/facts/policies.ts'
import { labeledName } from './fixes.ts'
import { firstFew, inSentence, type Sentences } from './lists.ts'
import { portText } from './ports.ts'
import {
  blockText,
  PREPOSITIONS,
  peerText,
  policyType,
  portMatchesText,
  portMatchText,
  requirementText,
  selectorText,
} from './rules.ts'

/** Why a rule does not match, or a policy does not apply: what is required, and what there is. */
export const DIFFERENCE_SENTENCES: Sentences<DifferenceFacts> = {
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
  NEAR_MISS_SELECTOR: ({ requirements, object, matchesNothing }) =>
    `${selectorText(requirements)} ${requirements.length === 1 ? 'is a label' : 'are labels'} of ${object.kind === 'Pod' ? `the Pod ${object.id}, but a namespaceSelector matches labels of namespaces` : `namespace ${object.id}, but a podSelector matches labels of Pods`}${matchesNothing ? NO_POD : ''}`,
  NEAR_MISS_TWO_RULES: ({ direction, peers, ports }) =>
    `${direction}[${peers.index}] has only \`${PREPOSITIONS[direction]}\` and ${direction}[${ports.index}] only \`ports\`: two rules, of which either is enough`,
  NEAR_MISS_EMPTY_RULE: ({ policy, direction }) =>
    `an empty rule allows everything, and ${policy.name} has no other ${direction} rule`,
  NEAR_MISS_CIDR: ({ block, object, holdsService, replaced }) =>
    replaced !== undefined
      ? `${replacedText(object, replaced)}, and is outside ${blockText(block)}`
      : holdsService
        ? `${blockText(block)} holds the Service's own address, and policies see what is behind it, ${object}`
        : `the address of ${inSentence(object)} is outside ${blockText(block)}`,
  NEAR_MISS_EXCEPT: ({ cidr, except, object }) =>
    `the address of ${inSentence(object)} is in ${except}, which is excepted from ${cidr}`,
  SERVICE_PORT_IS_NOT_POD_PORT: ({ port, asked, destination = 'the Pod' }) =>
    `it is about ${portMatchText(port)}, the port of the Service, and policies see that of ${destination} behind it: ${portText(asked)}`,
  IPBLOCK_IS_FOR_OUTSIDE: ({ block, object }) =>
    `with this network plugin ${blockText(block)} matches addresses outside the cluster only, and ${object} is inside`,
  SELECTOR_NEEDS_A_POD: ({ object, hostNetwork, replaced }) =>
    replaced !== undefined
      ? `${replacedText(object, replaced)}, and a selector matches Pods only`
      : hostNetwork
        ? `${object} is on the network of its node (hostNetwork), so that policies see the node's address, which no selector matches`
        : `a selector matches Pods only, and ${inSentence(object)} is none`,
  NAMED_PORT_UNRESOLVED: portNameUnknown,
  NEAR_MISS_POLICY_NAMESPACE: ({ policyNamespace, isWritten, object, objectNamespace }) => {
    const whose = isWritten
      ? `is in namespace ${policyNamespace}`
      : `names no namespace, and so is in ${policyNamespace}`
    return `it ${whose}, where it selects no Pod, and policies select Pods of their own namespace only: ${object} is in ${objectNamespace}`
  },
  NEAR_MISS_SUBJECT_LABEL: otherLabel,
  POLICY_SELECTS_NOTHING: ({ nearest }) => `${otherLabel(nearest)}; it selects no Pod of the input`,
  NEAR_MISS_DIRECTION: ({ rule: { direction, index }, from, to }) =>
    `its ${direction}[${index}] is for the other way, from ${from} to ${to}`,
  POLICY_TYPES_LEFT_OUT: ({ direction, isIsolated }) =>
    isIsolated
      ? `it has no policyTypes, and so is about ${direction} too: with egress rules alone it lets nobody in`
      : `it has no policyTypes, and without any rule under ${direction} that means Ingress alone`,
  RULES_OUTSIDE_POLICY_TYPES: ({ policy, direction, object }) =>
    `the ${direction} rules of ${policy.name} have no effect on ${object}, because its policyTypes do not name ${policyType(direction)}`,
}

/** `a node's address (10.0.1.5) takes the place of 203.0.113.7 (externalTrafficPolicy: Cluster of Service shop/web)`. */
function replacedText(object: string, { nodes, service }: ReplacedByNode): string {
  const address = nodes.length === 0 ? "a node's address" : `a node's address (${firstFew(nodes, 3)})`
  const why = service === undefined ? '' : ` (externalTrafficPolicy: Cluster of Service ${service})`
  return `${address} takes the place of ${object}${why}`
}

const differenceText = <C extends keyof DifferenceFacts>(
  difference: Coded<Pick<DifferenceFacts, C>>,
): string => DIFFERENCE_SENTENCES[difference.code](difference.facts)

/** Several differences of one rule, all of which keep it from matching. */
export const differencesText = (differences: readonly DifferenceReason[]): string =>
  differences.map(difference => differenceText(difference)).join('; and ')

const NO_POD = '; no Pod of the input matches this entry'

function otherLabel(facts: OtherLabel): string {
  const { requirement, object, actual, workload, matchesNothing } = facts
  const wanted = `${requirementText(requirement)} is wanted`
  const nothing = matchesNothing ? NO_POD : ''
  const { key } = requirement
  const id = labeledName(object)
  if (actual === null)
    return `${wanted}, and what ${id} has for ${key} only a running cluster knows${nothing}`
  if (workload !== undefined)
    return `${wanted}, which ${workload} ${id} has, and the template of its Pods has not${nothing}`
  return `${wanted}, and ${id} ${hasText(facts)}${nothing}`
}

/** The same of a Pod, after its name, in a sentence that has named the whole selector. */
export function unmetLabelText(facts: OtherLabel): string {
  const { requirement, actual } = facts
  if (actual === null) return `has a label ${requirement.key} that only a running cluster knows`
  return actual === undefined ? hasText(facts) : `${hasText(facts)}, not ${requirementText(requirement)}`
}

function hasText({ requirement: { key }, actual, instead }: OtherLabel): string {
  const has = actual === undefined ? `has no label ${key}` : `has ${key}=${actual}`
  return instead === undefined ? has : `${has}, but ${instead.key}=${instead.value}`
}

function otherProtocol(facts: OtherProtocol): string {
  const about = `it is about ${portMatchText(facts.port)}`
  switch (facts.about) {
    case 'number':
      return `${about}, not ${portText(facts.asked)}`
    case 'name':
      return `${about}, and ${facts.destination} has that name for another protocol`
  }
}

function portNameUnknown(facts: PortNameUnknown | PortNotFound): string {
  switch (facts.why) {
    case 'plugin':
      return `the network plugin does not know named ports, such as ${facts.port.protocol} ${facts.port.name}`
    case 'not-a-pod':
      return `${portMatchText(facts.port)} is a name, and only Pods name their ports: ${facts.destination} is none`
    case 'other-ports':
      return `it is about the port named ${facts.port.name}, and ${facts.destination} ${declaredText(facts.declared)}`
    case 'name-of-service': {
      const { own } = facts
      const has = own === undefined ? 'declares no name for this port' : `declares ${declaredPort(own)}`
      return `${facts.port.name} is the name of a port of the Service ${facts.service}, but policies match the port names of Pods: ${facts.destination} ${has}`
    }
    case 'not-declared':
      return `${facts.on} declares no port ${portText(facts.port)}`
    case 'no-target-port': {
      const { service, targets, declared } = facts
      const names = targets.map(({ protocol, name }) => `${protocol} ${name}`).join(', ')
      const has = declared === undefined ? '' : `: ${declared.pod} ${declaredText(declared.ports)}`
      return `Service ${service} leads to the port named ${names}, and none of its Pods declares one${has}`
    }
    case 'not-written': {
      const listed = facts.ports.map(({ protocol, name = 'without a name' }) => `${protocol} ${name}`)
      return `no Endpoints or EndpointSlice of Service ${facts.service} has a port ${listed.join(', ')}`
    }
  }
}

/** `declares http (8080), 9090`. */
function declaredText(ports: readonly Pick<Port, 'name' | 'number'>[]): string {
  return ports.length === 0 ? 'declares no ports' : `declares ${firstFew(ports.map(declaredPort))}`
}

const declaredPort = ({ name, number }: Pick<Port, 'name' | 'number'>): string =>
  name === undefined ? String(number) : `${name} (${number})`

function andOr(facts: SelectorsAndOr): string {
  switch (facts.peers) {
    case 'one':
      return `one entry with both selectors wants both: ${peerText(facts.peer)}, and ${facts.object} is in namespace ${facts.objectNamespace}`
    case 'two':
      return `two entries mean either, and ${facts.object} is meant by the one for ${peerText(facts.peer)} alone`
  }
}
