import type { Symptom } from '../report/common.ts'
import type { CauseFacts } from '../report/facts/cause.ts'
import type { Answer, CausingPolicy, NearMissReport, Step } from '../report/report.ts'
import { type AsName, asItIs, placeText } from './lists.ts'
import { openText, portText } from './ports.ts'
import { causingRuleName, notEnforced, policyName } from './rules.ts'

/*
 * The question of an answer, its steps, its cause and what a client sees.
 */

/** `app/frontend -> app/backend TCP 8080`. */
export function questionText({
  from,
  to,
  port,
  ipFamily,
}: Pick<Answer, 'from' | 'to' | 'port' | 'ipFamily'>): string {
  const asked = portText(port)
  return `${from.id} -> ${to.id}${asked === '' ? '' : ` ${asked}`}${ipFamily === undefined ? '' : ` over ${ipFamily}`}`
}

/** What is open, where that is neither everything nor nothing. */
export const openPart = ({ verdict, open }: Pick<Answer, 'verdict' | 'open'>): string =>
  verdict === 'partial' ? `, open: ${openText(open)}` : ''

export function stepTitle({ step, object, route }: Step, asName: AsName = asItIs): string {
  switch (step) {
    case 'name':
      return `${route ? 'Route' : 'Name'} ${asName(object)}`
    case 'service':
      return `Service ${asName(object)}`
    case 'egress':
      return `Egress of ${asName(object)}`
    case 'ingress':
      return `Ingress of ${asName(object)}`
    case 'node':
      return `Node of ${asName(object)}`
  }
}

/** What comes before the name of a near miss: it nearly opened its step, or nearly closed it. */
export const nearMissLead = ({ verdict }: Step): string =>
  verdict === 'yes' ? 'nearly closed by' : 'near miss:'

/** `api ingress[0]`, or the policy alone. */
export const nearMissTitle = ({ step }: Step, { policy, rule }: NearMissReport): string =>
  `${policy.name}${rule === undefined ? '' : ` ${step}[${rule}]`}`

/** What the answer would be without a policy: `without app/deny (policies.yaml:2) alone: yes`. */
export const withoutText = (
  { namespace, name, source, without }: CausingPolicy,
  asName: AsName = asItIs,
): string =>
  `without ${asName(namespace === '' ? name : `${namespace}/${name}`)} (${placeText(source)}) alone: ${without}`

/** What causes an answer. */
export function causeText(facts: CauseFacts): string {
  switch (facts.kind) {
    case 'each-policy': {
      const names = facts.policies.map(policyName)
      return names.length === 1
        ? `it is ${names.join()} alone: without it the answer would be yes`
        : `without any one of these the answer would be yes: ${names.join(', ')}`
    }
    case 'policies-together':
      return `no policy alone: only without ${facts.policies.map(policyName).join(' and ')} together would the answer be yes`
    case 'rules':
      return [
        ...facts.needed.map(
          ({ without, ...rule }) =>
            `kept open by ${causingRuleName(rule)}: if it did not open it, the answer would be ${without}`,
        ),
        ...facts.alternatives.map(
          ({ direction, rules }) =>
            `open for ${direction} by ${rules.map(causingRuleName).join(' or ')}, none of them needed`,
        ),
      ].join('; ')
    case 'not-enforced':
      return `everything is open: ${notEnforced(facts.plugin)}`
    case 'not-isolated':
      return 'no policy isolates the source for egress or the destination for ingress'
  }
}

export const UNKNOWN_SYMPTOM = 'unknown'

/** What a client sees, in words. */
export function symptomText(symptom: Symptom): string {
  if (typeof symptom === 'number') return `HTTP ${symptom}`
  if (typeof symptom === 'object')
    return symptom.someAnswer === 'times-out'
      ? 'connects or times out, depending on which one answers'
      : `connects, or HTTP ${symptom.someAnswer}, depending on which one answers`
  switch (symptom) {
    case 'connects':
      return 'connects'
    case 'times-out':
      return 'connection times out'
    case 'times-out-on-some-ports':
      return 'connects on some ports, times out on the others'
    case 'times-out-or-refused':
      return 'connection times out or is refused'
    case 'refused':
      return 'connection refused'
    case 'name-does-not-resolve':
      return 'name does not resolve'
    case 'name-resolves-at-times':
      return 'name resolves at times, and at others it does not'
    case 'nothing-connects':
      return 'nothing runs that could connect'
    case 'port-name-unknown':
      return 'the name of the port means nothing here'
    case 'unknown':
      return UNKNOWN_SYMPTOM
  }
}
