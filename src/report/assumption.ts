import type { Positive } from './common.ts'
import type {
  AnyPodOnNodes,
  AssumptionFacts,
  PoliciesNotEnforced,
  UndeterminedSelection,
  WarningFacts,
} from './facts/assumptions.ts'
import type { Reason, WithMessage } from './reason.ts'

/** What an answer assumes, without its sentence. */
export type AssumptionReason =
  | Reason<keyof AssumptionFacts>
  | { readonly code: 'POLICY_NOT_ENFORCED'; readonly facts: PoliciesNotEnforced }
  | { readonly code: 'UNDETERMINED_CNI_BEHAVIOUR'; readonly facts: AnyPodOnNodes }
  | { readonly code: 'UNDETERMINED_LABEL'; readonly facts: UndeterminedSelection }

/** The code of something that is assumed. */
export type AssumptionCode = AssumptionReason['code']

/** Stands for further assumptions of the same code in a report that would have too many of them. */
export interface OmittedAssumptions {
  readonly code: AssumptionCode
  readonly facts: { readonly others: Positive }
}

/** What an answer assumes, because the manifests do not have it. */
export type Assumption = WithMessage<AssumptionReason | OmittedAssumptions>

/** Something that works, but not always, or not as well as it should. */
export type WarningReason = Reason<keyof WarningFacts>

/** The same with its sentence. */
export type Warning = WithMessage<WarningReason>
