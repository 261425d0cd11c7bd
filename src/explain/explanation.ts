import type { Symptom, VerdictWord } from '../report/common.ts'
import type { Conclusion, Inference } from '../report/facts/paths.ts'
import type { Step } from '../report/report.ts'
import type { SideExplanation } from './side.ts'

/** A step of a path, with the reason for its verdict. */
export interface ExplainedStep {
  readonly step: Step['step']
  readonly verdict: VerdictWord
  readonly why: Conclusion
  /** The id of what decides here; a name that is looked up, as it was typed. */
  readonly object: string
  /** Whether that is an Ingress or a route. */
  readonly route?: true
  /** Where policies decide it. */
  readonly side?: SideExplanation
  /** The steps of a connection that this step itself needs, such as a DNS query. */
  readonly steps?: readonly ExplainedStep[]
}

/** Why a path, or the rest of one, has its verdict. */
export interface Explanation {
  readonly verdict: VerdictWord
  readonly why: Conclusion
  readonly symptom: Symptom
  readonly steps: readonly ExplainedStep[]
  /** The answer by address, where the name does not resolve. */
  readonly byAddress?: { readonly verdict: VerdictWord; readonly why: Conclusion }
}

/** What a client sees of a connection that policies decide: they drop packets, so that it times out (S-204). */
export const SYMPTOMS: Readonly<Record<VerdictWord, Symptom>> = {
  yes: 'connects',
  no: 'times-out',
  partial: 'times-out-on-some-ports',
  undetermined: 'unknown',
}

/** Of a single step. */
export const explanationOf = (
  step: ExplainedStep,
  symptom: Symptom = SYMPTOMS[step.verdict],
): Explanation => ({
  verdict: step.verdict,
  why: step.why,
  symptom,
  steps: [step],
})

/** What follows from other reasons. */
export const inferred = (code: Conclusion['code'], inference: Inference): Conclusion => ({
  code,
  facts: { about: 'other reasons', ...inference },
})

/** No policy can select either endpoint. */
export const NEITHER_SUBJECT = inferred('NOT_SUBJECT_TO_POLICIES', { because: 'neither-subject' })
