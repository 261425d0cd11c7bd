import type { PeerTrace, PolicyTrace, RequirementTrace, RuleTrace } from '../engine/evidence.ts'
import type { Flow } from '../network/flow.ts'
import type { Direction } from '../policy/policy.ts'
import type { ReasonCode } from '../report/codes.ts'
import { openText, portText } from '../report/open.ts'
import type { PeerReport, PolicyReport, RuleReport } from '../report/report.ts'
import { type Connections, contains, intersect, isEmpty, overlaps } from '../sets/connections.ts'
import {
  inAnyProtocol,
  openOf,
  peerText,
  portMatchText,
  requirementText,
  ruleText,
  sourceOf,
} from './phrases.ts'

/*
 * The evidence for a verdict, rule by rule, as reason codes and sentences. Nothing is evaluated here.
 */

/** What the evidence is read for. */
export interface Asked {
  readonly ask: Connections
  /** The question in words: `TCP 8080`. */
  readonly text: string
  /** What the client dialled, where a Service puts another port in its place. */
  readonly dialled: Connections | undefined
}

export const askedIn = ({ ask, port, through }: Flow): Asked => ({
  ask,
  text: portText(port),
  dialled: through?.dialled,
})

export interface Why {
  readonly reason: ReasonCode
  readonly message: string
}

/** A policy that selects the Pod, with each of its rules and what came of it. */
export function policyReport({ policy, rules }: PolicyTrace, asked: Asked): PolicyReport {
  const { kind, namespace, name, direction } = policy
  const described = rules.map(trace => ruleReport(trace, direction, namespace, asked))
  return { kind, namespace, name, source: sourceOf(policy.at), rules: described }
}

function ruleReport(trace: RuleTrace, direction: Direction, namespace: string, asked: Asked): RuleReport {
  return {
    index: trace.rule.index,
    matches: opensAny(trace, asked),
    ...whyRule(trace, namespace, asked),
    text: ruleText(trace.rule, direction, namespace),
    source: sourceOf(trace.rule.at),
    peers: trace.peers.map((peer, index) => peerReport(peer, index, namespace)),
  }
}

function peerReport(trace: PeerTrace, index: number, namespace: string): PeerReport {
  const source = sourceOf(trace.peer.at)
  return { index, matches: trace.matches === 'yes', ...whyPeer(trace, namespace), source }
}

/** Whether a rule opens anything of what was asked. */
export function opensAny(trace: RuleTrace, { ask }: Pick<Asked, 'ask'>): boolean {
  return trace.matches === 'yes' && overlaps(trace.opens, ask)
}

/** What came of a rule, and if it opens nothing of the question, which part of it did not match. */
export function whyRule(trace: RuleTrace, namespace: string, asked: Asked): Why {
  const ports = whyPorts(trace, asked)
  const peers = whyPeers(trace, namespace)
  if (ports === undefined && peers === undefined) {
    const opened = intersect(trace.opens, asked.ask)
    return { reason: 'RULE_MATCHES', message: `opens ${openText(openOf(opened))}` }
  }
  if (ports !== undefined && peers !== undefined && trace.matches === 'no')
    return { reason: 'RULE_DOES_NOT_MATCH', message: `${peers.message}; and ${ports.message}` }
  return ports ?? peers ?? { reason: 'RULE_DOES_NOT_MATCH', message: 'does not match' }
}

/** Undefined where one of the peers matches. */
function whyPeers(trace: RuleTrace, namespace: string): Why | undefined {
  if (trace.matches === 'yes') return undefined
  const whys = trace.peers
    .filter(peer => peer.matches === trace.matches)
    .map(peer => whyPeer(peer, namespace))
  const nearest = whys.find(
    why => why.reason !== 'RULE_DOES_NOT_MATCH' && why.reason !== 'SELECTOR_NEEDS_A_POD',
  )
  const reason = nearest?.reason ?? whys[0]?.reason ?? 'RULE_DOES_NOT_MATCH'
  if (trace.peers.length === 1) return { reason, message: whys.map(why => why.message).join() }
  return { reason, message: whys.map((why, index) => `entry ${index + 1}: ${why.message}`).join('; ') }
}

export function whyPeer(trace: PeerTrace, namespace: string): Why {
  if (trace.matches === 'yes')
    return { reason: 'RULE_MATCHES', message: `matches ${peerText(trace.peer, namespace)}` }
  switch (trace.kind) {
    case 'pods':
      return whyPods(trace, namespace)
    case 'addresses':
      return whyAddresses(trace)
  }
}

function whyPods(trace: Extract<PeerTrace, { kind: 'pods' }>, namespace: string): Why {
  const { notAPod, otherNamespace, ownNamespace, namespaceFailures, podFailures, peer } = trace
  if (notAPod) return { reason: 'SELECTOR_NEEDS_A_POD', message: 'a selector matches Pods only' }
  const own = otherNamespace ? [`without a namespaceSelector it means namespace ${namespace} only`] : []
  const message = [
    ...own,
    ...namespaceFailures.map(failure => `the namespace's ${failureText(failure)}`),
    ...podFailures.map(failure => `the Pod's ${failureText(failure)}`),
  ].join('; ')
  if (trace.matches === 'unknown') return { reason: 'UNDETERMINED_LABEL', message }
  if (podFailures.length === 0 && otherNamespace) return { reason: 'NEAR_MISS_OWN_NAMESPACE', message }
  if (podFailures.length === 0 && ownNamespace && peer.pods !== undefined)
    return { reason: 'NEAR_MISS_AND_OR', message }
  if (podFailures.length === 0) return { reason: 'NEAR_MISS_NAMESPACE_LABEL', message }
  if (namespaceFailures.length === 0 && !otherNamespace) return { reason: 'NEAR_MISS_LABEL', message }
  return { reason: 'RULE_DOES_NOT_MATCH', message }
}

/** `label app is "web", not app=api`. */
function failureText({ requirement, actual, matches }: RequirementTrace): string {
  if (matches === 'unknown') return `label ${requirement.key} has a value that only a running cluster knows`
  const is = actual === undefined ? 'is not set' : `is ${JSON.stringify(actual)}`
  return `label ${requirement.key} ${is}, and ${requirementText(requirement)} is wanted`
}

function whyAddresses({ peer, matches, exceptedBy, hidden }: Extract<PeerTrace, { kind: 'addresses' }>): Why {
  if (hidden)
    return {
      reason: 'IPBLOCK_IS_FOR_OUTSIDE',
      message: `with this network plugin ${peerText(peer, '')} matches addresses outside the cluster only`,
    }
  if (matches === 'unknown')
    return {
      reason: 'UNDETERMINED_ADDRESS',
      message: `whether its address is in ${peerText(peer, '')} is not known`,
    }
  if (exceptedBy !== undefined)
    return {
      reason: 'NEAR_MISS_EXCEPT',
      message: `its address is in the exception ${exceptedBy.text} of ${peer.cidr.text}`,
    }
  return { reason: 'NEAR_MISS_CIDR', message: `its address is outside ${peerText(peer, '')}` }
}

/** Undefined where the ports of a rule open something of the question. */
function whyPorts(trace: RuleTrace, { ask, text, dialled }: Asked): Why | undefined {
  if (overlaps(trace.opens, ask)) return undefined
  const listed = trace.ports.map(({ port }) => portMatchText(port)).join(', ')
  if (dialled !== undefined && overlaps(trace.opens, dialled))
    return {
      reason: 'SERVICE_PORT_IS_NOT_POD_PORT',
      message: `it is about ${listed}, the port of the Service; the Pod is reached on ${text}`,
    }
  const unresolved = trace.ports.find(({ port, opens }) => port.kind === 'name' && isEmpty(opens))
  if (unresolved !== undefined)
    return {
      reason: 'NAMED_PORT_UNRESOLVED',
      message:
        unresolved.port.kind === 'name' && unresolved.port.ignored
          ? `the network plugin does not know named ports, such as ${unresolved.port.protocol} ${unresolved.port.name}`
          : `the destination has no port ${portMatchText(unresolved.port)}`,
    }
  const reason = overlaps(inAnyProtocol(trace.opens), ask) ? 'NEAR_MISS_PROTOCOL' : 'NEAR_MISS_PORT'
  return { reason, message: `it is about ${listed}, not ${text}` }
}

/** Whether a rule opens everything that was asked. */
export function opensAll(trace: RuleTrace, { ask }: Asked): boolean {
  return trace.matches === 'yes' && contains(trace.opens, ask)
}
