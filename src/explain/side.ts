import type { DirectionVerdict, PolicyTrace, RuleTrace } from '../engine/evidence.ts'
import { holdsDialledService, type PolicySide, wordOfSide } from '../network/policy-side.ts'
import type { Direction, Policy } from '../policy/policy.ts'
import { enforces } from '../policy/profile.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { VerdictWord } from '../report/common.ts'
import { openText } from '../report/open.ts'
import type { Step } from '../report/report.ts'
import { type Connections, intersect, overlaps } from '../sets/connections.ts'
import type { World } from '../world/world.ts'
import { opensEither } from './near-misses/and-or.ts'
import type { NearMiss } from './near-misses/near-miss.ts'
import { isTelling } from './near-misses/near-miss.ts'
import { nearToClose, nearToOpen } from './near-misses/near-misses.ts'
import { idOf, type Side } from './near-misses/side.ts'
import { differencesText, nearMissReport, nearName } from './near-misses/words.ts'
import { openOf, peerText, placeText, ruleName } from './phrases.ts'
import { type Asked, askedIn, opensAll, opensAny, policyReport, type Why, whyRule } from './rules.ts'

/** What came near to deciding a side otherwise, the nearest first. */
export const nearMisses = (world: World, side: PolicySide): readonly NearMiss[] =>
  nearTo(side.verdict, wordOfSide(side), asking(world, side))

const asking = (world: World, side: PolicySide): Side => ({ ...side, world, asked: askedIn(side.flow) })

/** One side of a connection as a step of the way; `wantsNear`: with what came near to deciding otherwise. */
export function sideStep(
  world: World,
  decided: PolicySide,
  { wantsNear, wantsRules }: { readonly wantsNear: boolean; readonly wantsRules: boolean },
): Step {
  const { verdict } = decided
  const { direction, selecting } = verdict
  const word = wordOfSide(decided)
  const near = wantsNear ? nearMisses(world, decided) : []
  const side = asking(world, decided)
  return {
    step: direction,
    verdict: word,
    ...whySide(verdict, word, side, near),
    object: idOf(side, side.subject),
    ...(wantsRules && { policies: selecting.map(trace => policyReport(trace, side.asked)) }),
    ...(near.length > 0 && { nearMisses: near.map(nearMissReport) }),
  }
}

function nearTo(verdict: DirectionVerdict, word: VerdictWord, side: Side): readonly NearMiss[] {
  if (!enforces(side.world.profile)) return []
  if (verdict.selecting.length === 0) return nearToClose(side)
  switch (word) {
    case 'no':
    case 'undetermined':
      return nearToOpen(verdict, side)
    case 'yes':
      return opensEither(verdict, side)
    case 'partial':
      return []
  }
}

function whySide(verdict: DirectionVerdict, word: VerdictWord, side: Side, near: readonly NearMiss[]): Why {
  const { direction, selecting } = verdict
  const { asked } = side
  const refused = direction === 'egress' ? 'DENIED_BY_EGRESS' : 'DENIED_BY_INGRESS'
  if (selecting.length === 0) return { reason: openReason(direction), message: notIsolated(side, near) }
  switch (word) {
    case 'yes':
      return {
        reason: 'ALLOWED_BY_RULE',
        message: [openedBy(verdict, asked), ...near.map(differencesText)].join('; '),
      }
    case 'partial':
      return { reason: 'OPEN_IN_PART', message: `${openedBy(verdict, asked)}, and no rule the rest` }
    case 'undetermined':
      return undecided(verdict, side)
    case 'no':
      return { reason: refused, message: refusal(verdict, side, near) }
  }
}

const openReason = (direction: Direction): ReasonCode =>
  direction === 'egress' ? 'ALLOWED_NO_POLICY_SELECTS_SOURCE' : 'ALLOWED_NO_POLICY_SELECTS_DESTINATION'

/** S-002; a policy that was likely meant to isolate it is the news. */
function notIsolated(side: Side, [nearest]: readonly NearMiss[]): string {
  const open = `no policy isolates ${idOf(side, side.subject)} for ${side.direction}`
  if (nearest === undefined) return open
  return `${open}; ${nearName(nearest)} does not: ${differencesText(nearest)}`
}

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
  return `${ruleName(best.policy, best.trace.rule)} opens ${what}${forWhom(best.policy, best.trace)}`
}

/** Said of a rule that does not name whom it is for, by a label that they have: it may be for more than was meant. */
function forWhom({ direction, namespace }: Policy, { rule, peers }: RuleTrace): string {
  const word = direction === 'egress' ? 'to' : 'from'
  if (rule.peers === 'any') return `, ${word} anywhere`
  const [peer] = peers.filter(({ matches }) => matches === 'yes').map(trace => trace.peer)
  if (peer?.kind !== 'pods') return ''
  const { pods, namespaces } = peer
  const all = [...(pods?.requirements ?? []), ...(namespaces === 'own' ? [] : namespaces.requirements)]
  const isNamed = all.some(({ operator }) => operator === 'In' || operator === 'Exists')
  return isNamed ? '' : `, ${word} ${peerText(peer, namespace)}`
}

const hasRules = ({ rules }: PolicyTrace): boolean => rules.length > 0

/** Why nothing opens a side: what comes nearest to it, where something does, and else who isolates it. */
function refusal(
  { direction, selecting }: DirectionVerdict,
  side: Side,
  [nearest]: readonly NearMiss[],
): string {
  const first =
    selecting.find(({ policy }) => policy === nearest?.policy) ?? selecting.find(hasRules) ?? selecting[0]
  const name = first === undefined ? '' : `${first.policy.name} (${placeText(first.policy.at)})`
  const others = selecting.length - 1
  const rules = selecting.flatMap(trace => trace.rules)
  const more = others === 0 ? '' : others === 1 ? ' or another policy' : ` or ${others} other policies`
  const closed =
    rules.length > 0
      ? `no ${direction} rule of ${name}${more} opens ${wanted(side)}`
      : others === 0
        ? `${name} isolates it for ${direction} and has no ${direction} rule`
        : `${name} and ${others === 1 ? 'another policy' : `${others} other policies`} isolate it for ${direction} and have no ${direction} rule`
  if (nearest === undefined || (!isTelling(nearest) && rules.length > 1)) return closed
  const difference = differencesText(nearest)
  if (nearest.rule === undefined && nearest.policy === first?.policy) return `${closed}: ${difference}`
  const verb = nearest.differences[0].reason === 'NEAR_MISS_DIRECTION' ? 'does not open it' : 'would'
  if (nearest.rule === undefined) return `${closed}; ${nearName(nearest)} ${verb}: ${difference}`
  return rules.length === 1
    ? `${nearName(nearest)} does not open it: ${difference}`
    : `no ${direction} rule opens it; nearest is ${nearName(nearest)}: ${difference}`
}

/** An address that policies do not get to see, because another one takes its place (S-038, S-064). */
function whyUnknown({ peers }: RuleTrace, side: Side): string {
  const { other } = side
  if (
    peers.some(
      ({ kind, peer }) => kind === 'addresses' && holdsDialledService(side.world.cluster, peer, side),
    )
  )
    return ', and that of the Service in front of it counts for nothing'
  return other.kind === 'external' && other.isRewritten ? ', because that of a node takes its place' : ''
}

/** A node behind a name is what no selector means, and listens on a port of its own (S-069). */
function wanted(side: Side): string {
  const { other, asked } = side
  return other.kind === 'external' && other.isNode
    ? `${asked.text}, and the ${idOf(side, other)} is no Pod that a selector could match`
    : 'it'
}

/** What it hangs on that the input does not tell. */
function undecided({ selecting, direction }: DirectionVerdict, side: Side) {
  const { asked } = side
  for (const { policy, rules, selects } of selecting) {
    if (selects === 'unknown')
      return {
        reason: 'UNDETERMINED_LABEL',
        message: `whether ${policy.name} (${placeText(policy.at)}) selects it for ${direction} hangs on a label that only a running cluster knows`,
      } as const
    for (const trace of rules)
      if (trace.matches === 'unknown' && overlaps(trace.opens, asked.ask)) {
        const { reason, message } = whyRule(trace, policy.namespace, asked)
        return { reason, message: `${ruleName(policy, trace.rule)}: ${message}${whyUnknown(trace, side)}` }
      }
  }
  return { reason: 'UNDETERMINED_ADDRESS', message: 'the input does not tell' } as const
}
