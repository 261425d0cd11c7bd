import type { ReasonCode } from './codes.ts'
import type { AssumptionFacts } from './facts/assumptions.ts'
import type { PathFacts } from './facts/paths.ts'
import type { PolicyFacts } from './facts/policies.ts'

/** What is known behind each code: all that its sentence is made of. */
export interface Facts extends PolicyFacts, PathFacts, AssumptionFacts {}

/** Why something is what it is: a code with its facts. A code that has no facts here does not compile. */
export type Reason<C extends ReasonCode = ReasonCode> = {
  readonly [K in C]: { readonly code: K; readonly facts: Facts[K] }
}[C]
