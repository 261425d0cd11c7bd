import type { DirectionVerdict, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import type { ReasonCode } from '../report/codes.ts'
import { openText } from '../report/open.ts'
import type { PolicyReport, Step, VerdictWord } from '../report/report.ts'
import { type Connections, contains, intersect, isEmpty, overlaps } from '../sets/connections.ts'
import { openOf, placeText } from './phrases.ts'
import { type Asked, opensAll, opensAny, whyRule } from './words.ts'

/** How much of a question a set answers with yes. */
export function wordFor(ask: Connections, allowed: Connections, undetermined: Connections): VerdictWord {
  if (contains(allowed, ask)) return 'yes'
  if (!isEmpty(intersect(allowed, ask))) return 'partial'
  return isEmpty(intersect(undetermined, ask)) ? 'no' : 'undetermined'
}

/** One side of a connection as a step of the way; `subject` is the id of the end whose policies decide. */
export function sideStep(
  verdict: DirectionVerdict,
  subject: string,
  asked: Asked,
  describe: ((trace: PolicyTrace) => PolicyReport) | undefined,
): Step {
  const { direction, allowed, undetermined, selecting } = verdict
  const word = wordFor(asked.ask, allowed, undetermined)
  return {
    step: direction,
    verdict: word,
    ...whySide(verdict, word, subject, asked),
    object: subject,
    ...(describe !== undefined && { policies: selecting.map(describe) }),
  }
}

function whySide(
  verdict: DirectionVerdict,
  word: VerdictWord,
  subject: string,
  asked: Asked,
): { readonly reason: ReasonCode; readonly message: string } {
  const { direction, selecting } = verdict
  const refused = direction === 'egress' ? 'DENIED_BY_EGRESS' : 'DENIED_BY_INGRESS'
  if (selecting.length === 0)
    return { reason: openReason(direction), message: `no policy isolates ${subject} for ${direction}` }
  switch (word) {
    case 'yes':
      return { reason: 'ALLOWED_BY_RULE', message: openedBy(verdict, asked) }
    case 'partial':
      return { reason: 'OPEN_IN_PART', message: `${openedBy(verdict, asked)}, and no rule the rest` }
    case 'undetermined':
      return undecided(verdict, asked)
    case 'no':
      return { reason: refused, message: refusal(verdict, asked) }
  }
}

const openReason = (direction: Direction): ReasonCode =>
  direction === 'egress' ? 'ALLOWED_NO_POLICY_SELECTS_SOURCE' : 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'

/** `api ingress[1] (policies.yaml:12) opens TCP 80`: the rule that opens most of what was asked. */
function openedBy(verdict: DirectionVerdict, asked: Asked): string {
  const rules = verdict.selecting.flatMap(({ policy, rules: traces }) =>
    traces.map(trace => ({ policy, trace })),
  )
  const best =
    rules.find(({ trace }) => opensAll(trace, asked)) ?? rules.find(({ trace }) => opensAny(trace, asked))
  const open = (set: Connections): string => openText(openOf(intersect(set, asked.ask)))
  if (best === undefined) return `only ${open(verdict.allowed)} is open for ${verdict.direction}`
  const what = opensAll(best.trace, asked) ? 'it' : open(best.trace.opens)
  return `${ruleName(best.policy, best.trace)} opens ${what}`
}

/** `api ingress[1] (policies.yaml:12)`. */
function ruleName({ name, direction }: Policy, { rule }: RuleTrace): string {
  return `${name} ${direction}[${rule.index}] (${placeText(rule.at)})`
}

/**
 * `no egress rule of api (policies.yaml:12) or 2 other policies opens it`; the policy nearest to opening it is named,
 * and where there is but one rule, what of it did not match.
 */
function refusal({ direction, selecting }: DirectionVerdict, asked: Asked): string {
  const sorted = [...selecting].sort((a, b) => distance(a, asked) - distance(b, asked))
  const first = sorted.map(({ policy }) => `${policy.name} (${placeText(policy.at)})`)[0]
  const others = sorted.length - 1
  if (others === 0 && selecting.every(({ rules }) => rules.length === 0))
    return `${first} isolates it for ${direction} and has no ${direction} rule`
  const [only, ...rest] = selecting.flatMap(({ policy, rules }) => rules.map(trace => ({ policy, trace })))
  if (others === 0 && only !== undefined && rest.length === 0) {
    const { message } = whyRule(only.trace, only.policy.namespace, asked)
    return `${ruleName(only.policy, only.trace)} does not open it: ${message}`
  }
  const more = others === 0 ? '' : others === 1 ? ' or another policy' : ` or ${others} other policies`
  return `no ${direction} rule of ${first}${more} opens it${servicePortHint(selecting, asked)}`
}

/** The commonest slip of all, wherever it stands among the rules (S-061). */
function servicePortHint(selecting: readonly PolicyTrace[], asked: Asked): string {
  for (const { policy, rules } of selecting)
    for (const trace of rules) {
      const { reason, message } = whyRule(trace, policy.namespace, asked)
      if (reason === 'SERVICE_PORT_IS_NOT_POD_PORT')
        return `; ${ruleName(policy, trace)} would, but ${message}`
    }
  return ''
}

/** How far a policy is from opening what was asked: one whose peer or whose port matches is nearer than one with neither. */
function distance({ policy, rules }: PolicyTrace, asked: Asked): number {
  if (rules.length === 0) return 3
  return rules.every(trace => whyRule(trace, policy.namespace, asked).reason === 'RULE_DOES_NOT_MATCH')
    ? 2
    : 1
}

/** What it hangs on that the input does not tell. */
function undecided({ selecting, direction }: DirectionVerdict, asked: Asked) {
  for (const { policy, rules, selects } of selecting) {
    if (selects === 'unknown')
      return {
        reason: 'UNDETERMINED_LABEL',
        message: `whether ${policy.name} (${placeText(policy.at)}) selects it for ${direction} hangs on a label that only a running cluster knows`,
      } as const
    for (const trace of rules)
      if (trace.matches === 'unknown' && overlaps(trace.opens, asked.ask)) {
        const { reason, message } = whyRule(trace, policy.namespace, asked)
        return { reason, message: `${ruleName(policy, trace)}: ${message}` }
      }
  }
  return { reason: 'UNDETERMINED_ADDRESS', message: 'the input does not tell' } as const
}
