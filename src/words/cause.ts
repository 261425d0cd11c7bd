import type { CauseFacts, NamedRule } from '../report/facts/cause.ts'
import { notEnforced, policyName } from './rules.ts'

/** What causes an answer. */
export function causeText(facts: CauseFacts): string {
  switch (facts.kind) {
    case 'each-policy':
      return eachText(facts.policies.map(policyName))
    case 'policies-together':
      return `no policy alone: only without ${facts.policies.map(policyName).join(' and ')} together would the answer be yes`
    case 'rules':
      return [
        ...facts.needed.map(
          ({ without, ...rule }) =>
            `kept open by ${ruleName(rule)}: if it did not open it, the answer would be ${without}`,
        ),
        ...facts.alternatives.map(
          ({ direction, rules }) =>
            `open for ${direction} by ${rules.map(ruleName).join(' or ')}, none of them needed`,
        ),
      ].join('; ')
    case 'not-enforced':
      return `everything is open: ${notEnforced(facts.plugin)}`
    case 'not-isolated':
      return 'no policy isolates the source for egress or the destination for ingress'
  }
}

const eachText = (names: readonly string[]): string =>
  names.length === 1
    ? `it is ${names.join()} alone: without it the answer would be yes`
    : `without any one of these the answer would be yes: ${names.join(', ')}`

/** `api ingress[1] (policies.yaml:12)`. */
const ruleName = ({ policy, direction, rule, source }: NamedRule): string =>
  policyName({ name: `${policy} ${direction}[${rule}]`, source })
