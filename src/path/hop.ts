import { openOf } from '../explain/phrases.ts'
import type { PolicySide } from '../network/policy-side.ts'
import type { AssumptionReason, WarningReason } from '../report/assumption.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { VerdictWord } from '../report/common.ts'
import type { Answer, Step } from '../report/report.ts'
import { NONE } from '../sets/connections.ts'
import type { Judged } from './answer.ts'
import { verdictOf } from './summary.ts'

/** A part of the way that comes before the connections to the several ends behind a question part. */
export interface Hop {
  readonly verdict: VerdictWord
  readonly reason: ReasonCode
  readonly message: string
  /** What a client sees that does not get past here. */
  readonly symptom: string
  readonly steps: readonly Step[]
  readonly assumptions: readonly AssumptionReason[]
  readonly warnings: readonly WarningReason[]
  readonly sides: readonly PolicySide[]
  /** Whether who knows the address gets past it: it is about the name alone. */
  readonly goneRoundByAddress: boolean
}

/** A stage that lets everything past and says how it went. */
export function passed(step: Step, assumptions: readonly AssumptionReason[] = []): Hop {
  const { reason, message } = step
  const open = {
    verdict: 'yes',
    reason,
    message,
    symptom: 'connects',
    goneRoundByAddress: false,
    warnings: [],
    sides: [],
  } as const
  return { ...open, steps: [step], assumptions }
}

/** The answers of those that have to get past a stage first. */
export function behind(hop: Hop, judged: readonly Judged[]): readonly Judged[] {
  const { verdict, reason, message } = verdictOf(judged.map(({ answer }) => answer))
  const byAddress = hop.goneRoundByAddress && hop.verdict !== 'yes' ? { verdict, reason, message } : undefined
  return judged.map(one => ({
    ...one,
    open: hop.verdict === 'no' || hop.verdict === 'undetermined' ? NONE : one.open,
    answer: past(hop, one.answer, byAddress),
    assumptions: [...hop.assumptions, ...one.assumptions],
    warnings: [...hop.warnings, ...one.warnings],
    sides: [...hop.sides, ...one.sides],
  }))
}

function past(hop: Hop, answer: Answer, byAddress: Answer['byAddress']): Answer {
  const { undetermined, ...rest } = answer
  const steps = [...hop.steps, ...answer.steps]
  const keeps = hop.verdict === 'yes' || (hop.verdict !== 'no' && answer.verdict === 'no')
  if (keeps) return { ...answer, steps, ...(byAddress && { byAddress }) }
  const { reason, symptom } = hop
  const message = byAddress === undefined ? hop.message : `${hop.message}; ${byAddressText(byAddress)}`
  const verdict =
    hop.verdict === 'partial' && answer.verdict === 'undetermined' ? answer.verdict : hop.verdict
  return {
    ...rest,
    verdict,
    reason,
    message,
    symptom,
    open: verdict === 'partial' ? answer.open : openOf(NONE),
    ...(verdict === 'undetermined' && { undetermined: undetermined ?? answer.open }),
    steps,
    ...(byAddress && { byAddress }),
  }
}

function byAddressText({ verdict, message }: NonNullable<Answer['byAddress']>): string {
  switch (verdict) {
    case 'yes':
      return 'by its address it would be reachable'
    case 'no':
      return `by its address it would not be reachable either: ${message}`
    case 'partial':
      return `by its address it would be reachable in part: ${message}`
    case 'undetermined':
      return `whether it would be reachable by its address cannot be told: ${message}`
  }
}
