import type { ReasonCode } from './codes.ts'
import type { AssumptionFacts, WarningFacts } from './facts/assumptions.ts'
import type { NestingFacts, PathFacts } from './facts/paths.ts'
import type { PolicyFacts } from './facts/policies.ts'

/** The facts of each code: all that its sentence is made of. */
export interface Facts extends PolicyFacts, PathFacts, NestingFacts, AssumptionFacts, WarningFacts {}

/** The codes whose facts are missing, which are none: a page without them does not compile here. */
type WithoutFacts<Code extends never = Exclude<ReasonCode, keyof Facts>> = Code

/** A code with its facts. */
export type Reason<C extends ReasonCode | WithoutFacts = ReasonCode> = {
  readonly [K in C]: { readonly code: K; readonly facts: Facts[K] }
}[C]

/** As a report has it: with the sentence that its facts make. */
export type WithMessage<R> = R & { readonly message: string }

/** Each reason once: two are the same if they have the same facts. */
export function distinct<R extends { readonly code: ReasonCode; readonly facts: object }>(
  reasons: readonly R[],
): readonly R[] {
  return [...new Map(reasons.map(one => [JSON.stringify([one.code, one.facts]), one])).values()]
}

/** A key that is equal for reasons that differ only in these ids. */
export const keyWithout = (ids: readonly string[], ...reasons: readonly unknown[]): string =>
  JSON.stringify(reasons, (_, value: unknown) => (isOneOf(ids, value) ? null : value))

/** Whether two values of plain data are equal, such as reasons or edits. What is found when it is read is read up to the first difference. */
export function isSameData(one: unknown, other: unknown): boolean {
  if (!isObject(one) || !isObject(other)) return one === other
  const keys = Object.keys(one)
  return (
    keys.length === Object.keys(other).length &&
    keys.every(key => Object.hasOwn(other, key) && isSameData(one[key], other[key]))
  )
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Whether facts name one of these ids. */
export const nameOneOf = (ids: readonly string[], facts: unknown): boolean =>
  typeof facts === 'object' && facts !== null
    ? Object.values(facts).some(value => nameOneOf(ids, value))
    : isOneOf(ids, facts)

const isOneOf = (ids: readonly string[], value: unknown): boolean =>
  typeof value === 'string' && ids.includes(value)
