import type { AssumptionCode, OmittedAssumptions } from '../report/assumption.ts'
import type { ReasonCode } from '../report/codes.ts'
import type { Facts, Reason, Told } from '../report/reason.ts'
import { ASSUMPTION_SENTENCES, WARNING_SENTENCES } from './assumptions.ts'
import { PATH_SENTENCES } from './paths.ts'
import { POLICY_SENTENCES } from './policies.ts'

type Sentences = { readonly [C in ReasonCode]: (facts: Facts[C]) => string }

/** The one sentence for each code: a new code does not compile until it has one. */
const SENTENCES: Sentences = {
  ...POLICY_SENTENCES,
  ...PATH_SENTENCES,
  ...ASSUMPTION_SENTENCES,
  ...WARNING_SENTENCES,
}

/** A reason in words. */
export const say = <C extends ReasonCode>(reason: Reason<C>): string => SENTENCES[reason.code](reason.facts)

/** A reason with its sentence, as a report has it. */
export function told<R extends Reason>(reason: R): Told<R> {
  const first = { code: reason.code, message: say(reason) }
  return { ...first, ...reason }
}

/** Stands for so many further assumptions of one code. */
export const omitted = (code: AssumptionCode, others: number): Told<OmittedAssumptions> => ({
  code,
  message: `so too in ${others} other cases`,
  facts: { others },
})
