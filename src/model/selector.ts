import type { Location } from '../source/file.ts'
import { type Labels, UNKNOWABLE } from './labels.ts'

export type Operator = 'In' | 'NotIn' | 'Exists' | 'DoesNotExist'

/** One condition on one label. `matchLabels: {k: v}` is `k In [v]` (S-018). */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
  readonly at: Location
}

/** All must hold; a selector without requirements selects everything (S-017). */
export interface Selector {
  readonly requirements: readonly Requirement[]
  readonly at: Location
}

export type Match = 'yes' | 'no' | 'unknown'

/** Whether labels meet a requirement (S-018, S-019); unknown where the label's value is (S-303). */
export function meets(requirement: Requirement, labels: Labels): Match {
  const value = labels.get(requirement.key)
  switch (requirement.operator) {
    case 'Exists':
      return value !== undefined ? 'yes' : 'no'
    case 'DoesNotExist':
      return value === undefined ? 'yes' : 'no'
    case 'In':
      if (value === UNKNOWABLE) return 'unknown'
      return value !== undefined && requirement.values.includes(value) ? 'yes' : 'no'
    case 'NotIn':
      if (value === UNKNOWABLE) return 'unknown'
      return value === undefined || !requirement.values.includes(value) ? 'yes' : 'no'
  }
}

/** Whether labels meet all requirements of a selector. */
export function selects({ requirements }: Selector, labels: Labels): Match {
  let match: Match = 'yes'
  for (const requirement of requirements) {
    const one = meets(requirement, labels)
    if (one === 'no') return 'no'
    if (one === 'unknown') match = 'unknown'
  }
  return match
}

/** The labels that a selector of equalities requires, such as that of a Service. */
export const requiredLabels = ({ requirements }: Selector): ReadonlyMap<string, string> =>
  new Map(requirements.flatMap(({ key, values }) => values.map(value => [key, value] as const)))

/** Conjunction: no if one is no, else unknown if one is unknown. */
export function every(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('unknown') ? 'unknown' : 'yes'
}

/** Disjunction: yes if one is yes, else unknown if one is unknown. */
export function some(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes'
  return matches.includes('unknown') ? 'unknown' : 'no'
}
