import type { PolicyRef } from '../report/common.ts'
import type {
  AllowedByRule,
  DeniedByPolicies,
  IneffectivePolicies,
  NearMissRef,
  NotIsolated,
  PeersUnknown,
  PeerUnknown,
  PolicyFacts,
} from '../report/facts/policies.ts'
import type { PeerFacts, RuleRef } from '../report/facts/rules.ts'
import type { PolicyReport, Step } from '../report/report.ts'
import { notEnforcedText } from './assumptions.ts'
import { DIFFERENCE_SENTENCES, differencesText } from './differences.ts'
import {
  type AsName,
  andMore,
  asItIs,
  counted,
  firstFew,
  inSentence,
  listed,
  placeText,
  type Sentences,
} from './lists.ts'
import { openText, portText } from './ports.ts'
import { blockText, PREPOSITIONS, peerText, policyName, ruleName } from './rules.ts'

export const POLICY_SENTENCES: Sentences<PolicyFacts> = {
  ...DIFFERENCE_SENTENCES,
  RULE_MATCHES: facts => {
    switch (facts.about) {
      case 'rule':
        return `opens ${openText(facts.opens)}`
      case 'peer':
        return `matches ${peerText(facts.peer)}`
    }
  },
  RULE_DOES_NOT_MATCH: ({ differences }) => differencesText(differences),
  ALLOWED_BY_RULE: facts =>
    [
      openedByText(facts),
      ...(facts.nearest === undefined ? [] : [differencesText(facts.nearest.differences)]),
    ].join('; '),
  OPEN_IN_PART: facts => `${openedByText(facts)}, and ${restText(facts)}`,
  ALLOWED_NO_POLICY_SELECTS_SOURCE: notIsolated,
  ALLOWED_NO_POLICY_SELECTS_DESTINATION: notIsolated,
  NOT_SUBJECT_TO_POLICIES: facts =>
    `${facts.object} is on the network of its node, where ${policiesText(facts)} cannot isolate it for ${facts.direction}`,
  POLICY_NOT_ENFORCED: facts => {
    switch (facts.about) {
      case 'all policies':
        return notEnforcedText(facts)
      case 'endpoint':
        return `${policiesText(facts)} would isolate ${facts.object} for ${facts.direction}, but ${facts.others === 0 ? 'is' : 'are'} not enforced`
    }
  },
  DENIED_BY_EGRESS: refused,
  DENIED_BY_INGRESS: refused,
  UNDETERMINED_LABEL: facts => {
    switch (facts.about) {
      case 'selected Pods':
        return selectionText(`${facts.policy} selects ${firstFew(facts.pods)}`)
      case 'selecting policies':
        return selectionText(`${facts.of} is selected by ${firstFew(facts.policies)}`)
      case 'isolation':
        return selectionText(`${policyName(facts.policy)} selects it for ${facts.direction}`)
      case 'peers':
        return peersUnknown(facts)
    }
  },
  UNDETERMINED_ADDRESS: facts => {
    switch (facts.about) {
      case 'peers':
        return peersUnknown(facts)
      case 'name':
        return `no Pod of the input is known to have this address, and policies isolate Pods of namespace ${facts.namespace}`
    }
  },
}

const selectionText = (selection: string): string =>
  `whether ${selection} depends on a label that only a running cluster knows`

/** `api ingress[0] (policies.yaml:12)`, or the policy alone. */
export const nearMissName = ({ policy, rule }: NearMissRef): string =>
  rule === undefined ? policyName(policy) : ruleName(rule)

/** `api ingress[1] (policies.yaml:12) opens TCP 80`. */
function openedByText({ direction, open, by }: AllowedByRule): string {
  if (by === undefined) return `only ${openText(open)} is open for ${direction}`
  const what = by.isAll ? 'it' : openText(by.opens)
  if (by.together !== undefined)
    return `${togetherText(by.together)} ${what}, whichever address ${END[direction]} has`
  const word = PREPOSITIONS[direction]
  const whom =
    by.peer === 'any' ? `, ${word} anywhere` : isNamed(by.peer) ? '' : `, ${word} ${peerText(by.peer)}`
  return `${ruleName(by.rule)} opens ${what}${whom}`
}

function restText({ undetermined }: AllowedByRule): string {
  if (undetermined === undefined) return 'no rule the rest'
  return undetermined === 'rest'
    ? 'whether the rest is open is not known'
    : `no rule the rest, but whether ${openText(undetermined)} is open is not known`
}

/** The other endpoint. */
const END = { egress: 'the destination', ingress: 'the source' } as const

/** `api egress[0] (policies.yaml:12) and api egress[1] (policies.yaml:14) together open`. */
const togetherText = (rules: readonly RuleRef[]): string =>
  rules.length === 1
    ? `the blocks of ${rules.map(ruleName).join()} together open`
    : `${listed(rules.map(ruleName))} together open`

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
function refused(facts: DeniedByPolicies): string {
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
  return isSamePolicy(nearest.policy, policy)
    ? `${closed}: ${difference}`
    : `${closed}; ${name} would: ${difference}`
}

function closedText({ direction, asked, policy, others, rules, node }: DeniedByPolicies): string {
  const name = policyName(policy)
  if (rules > 0) {
    const more = others === 0 ? '' : others === 1 ? ' or another policy' : ` or ${others} other policies`
    const what =
      node === undefined
        ? 'it'
        : `${portText(asked)}, and ${inSentence(node)} is not a Pod that a selector could match`
    return `no ${direction} rule of ${name}${more} opens ${what}`
  }
  const and = others === 0 ? '' : others === 1 ? ' and another policy' : ` and ${others} other policies`
  return `${name}${and} ${withoutRule(others + 1, direction, ` for ${direction}`)}`
}

/** A step has named its direction before. */
const withoutRule = (policies: number, direction: Step['step'], isolatedFor = ''): string =>
  policies === 1
    ? `isolates it${isolatedFor} and has no ${direction} rule`
    : `isolate it${isolatedFor} and have no ${direction} rule`

/**
 * What is said of a step: where policies deny it, which ones isolate the Pod, the nearest to opening it first, and what their
 * rules do about it.
 */
export function stepText(
  { step, verdict, message, policies = [], nearMisses = [] }: Step,
  asName: AsName = asItIs,
): string {
  const isolating = policies.filter(({ selects, isolates }) => isolates && selects === 'yes')
  if (verdict !== 'no' || isolating.length === 0) return message
  const rank = (policy: PolicyReport): number => {
    const near = nearMisses.findIndex(one => isSamePolicy(one.policy, policy))
    return near < 0 ? nearMisses.length : near
  }
  const sorted = isolating.toSorted((a, b) => rank(a) - rank(b))
  const names = listed(sorted.map(({ name, source }) => `${asName(name)} (${placeText(source)})`))
  const rules = isolating.reduce((sum, policy) => sum + policy.rules.length, 0)
  const isOne = isolating.length === 1
  const kinds = new Set(isolating.map(({ kind }) => kind))
  const [kind] = kinds.size === 1 ? kinds : ['policy']
  const subject = `${isOne ? kind : kind?.replace(/y$/, 'ies')} ${names}`
  if (rules === 0) return `${subject} ${withoutRule(isolating.length, step)}`
  const [isolates, their] = isOne ? ['isolates it', 'its'] : ['isolate it', 'their']
  return rules === 1
    ? `${subject} ${isolates}, and ${their} only ${step} rule does not open it`
    : `${subject} ${isolates}, and none of ${their} ${rules} ${step} rules opens it`
}

/** How many near misses there are beside the nearest, and how many other rules do not match. */
export function notShownText({ nearMissCount = 0, otherRules = 0 }: Step): string {
  const parts = [
    ...(nearMissCount > 1 ? [counted(nearMissCount - 1, 'other near miss')] : []),
    ...(otherRules > 0 ? [counted(otherRules, 'other rule')] : []),
  ]
  return parts.length === 0 ? '' : `and ${parts.join(' and ')} (-v shows all)`
}

/** The heading over the rules of a policy, with what it does to the Pod of a step. */
export const headingText = (policy: PolicyReport, asName: AsName = asItIs): string =>
  `${policy.kind} ${asName(policy.name)} ${doesText(policy)} it (${placeText(policy.source)})`

function doesText({ selects, isolates }: PolicyReport): string {
  switch (selects) {
    case 'yes':
      return isolates ? 'isolates' : 'selects'
    case 'unknown':
      return isolates ? 'may isolate' : 'may select'
  }
}

/** In the place of its rules. */
export const NO_RULES = 'no rule in this direction: it lets nothing through'

const isSamePolicy = (a: Omit<PolicyRef, 'source'>, b: Omit<PolicyRef, 'source'>): boolean =>
  a.kind === b.kind && a.namespace === b.namespace && a.name === b.name

function peersUnknown({ peers, rule, replacedBy }: PeersUnknown): string {
  const few = peers.slice(0, 3).map(peerUnknown).join('; ')
  const what = andMore([few], peers.length - 3)
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
      // Of an end of which nothing is known.
      if (peer.labels.length === 0) return `${entry}whether it matches is not known`
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
