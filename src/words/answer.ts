import { openText, portText } from '../report/open.ts'
import type { Answer, CausingPolicy, NearMissReport, PolicyReport, Step } from '../report/report.ts'
import { listed, placeText } from './names.ts'

/*
 * The question of an answer, its steps and its cause.
 */

/** How a name is written in a sentence. */
type AsName = (name: string) => string

const asItIs: AsName = name => name

/** `app/frontend -> app/backend TCP 8080`. */
export function questionText({ from, to, port }: Pick<Answer, 'from' | 'to' | 'port'>): string {
  const asked = portText(port)
  return `${from.id} -> ${to.id}${asked === '' ? '' : ` ${asked}`}`
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

/** Which policies isolate the Pod of a step that is denied, the nearest to opening it first, and what their rules do about it. */
export function isolationText(
  { step, nearMisses = [] }: Step,
  policies: readonly PolicyReport[],
  asName: AsName = asItIs,
): string {
  const nearest = nearMisses.map(({ policy }) => policy.name)
  const rank = ({ name }: PolicyReport): number =>
    nearest.includes(name) ? nearest.indexOf(name) : nearest.length
  const sorted = policies.toSorted((a, b) => rank(a) - rank(b))
  const names = listed(sorted.map(({ name, source }) => `${asName(name)} (${placeText(source)})`))
  const rules = policies.reduce((sum, policy) => sum + policy.rules.length, 0)
  const isOne = policies.length === 1
  const subject = isOne ? `NetworkPolicy ${names} isolates it` : `NetworkPolicies ${names} isolate it`
  if (rules === 0) return `${subject} and ${isOne ? 'has' : 'have'} no ${step} rule`
  const their = isOne ? 'its' : 'their'
  return rules === 1
    ? `${subject}, and ${their} only ${step} rule does not open it`
    : `${subject}, and none of ${their} ${rules} ${step} rules opens it`
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
): string => `without ${asName(`${namespace}/${name}`)} (${placeText(source)}) alone: ${without}`
