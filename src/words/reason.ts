import type { ReasonCode } from '../report/codes.ts'
import type { Facts, Reason } from '../report/reason.ts'
import { ASSUMPTION_SENTENCES } from './assumptions.ts'
import { PATH_SENTENCES } from './paths.ts'
import { POLICY_SENTENCES } from './policies.ts'

type Sentences = { readonly [C in ReasonCode]: (facts: Facts[C]) => string }

/** The one sentence for each code: a new code does not compile until it has one. */
const SENTENCES: Sentences = { ...POLICY_SENTENCES, ...PATH_SENTENCES, ...ASSUMPTION_SENTENCES }

/** A reason in words. */
export const say = <C extends ReasonCode>(reason: Reason<C>): string => SENTENCES[reason.code](reason.facts)
