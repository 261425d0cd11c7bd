import type { Location } from '../source/file.ts'
import { below } from '../source/file.ts'
import { forbidden, invalid, required } from './decode/complaints.ts'
import { fields, items, text, textMap } from './decode/decode.ts'
import { type Field, isPresent, keyOf, locationOf } from './decode/field.ts'
import { check, LABEL_KEY, LABEL_VALUE } from './decode/validation.ts'
import type { Labels } from './labels.ts'
import { UNKNOWABLE } from './labels.ts'

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const
export type Operator = (typeof OPERATORS)[number]

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

/** Whether a label meets a requirement (S-018, S-019); unknown where the value is (S-303). */
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

/** All of them: no as soon as one is no, else unknown if one is. */
export function every(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('unknown') ? 'unknown' : 'yes'
}

/** Any of them: yes as soon as one is yes, else unknown if one is. */
export function some(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes'
  return matches.includes('unknown') ? 'unknown' : 'no'
}

/** A LabelSelector; an absent one has no requirements (S-013). */
export function decodeSelector(field: Field): Selector {
  const get = fields(field, ['matchLabels', 'matchExpressions'])
  const requirements = [
    ...decodeMatchLabels(get('matchLabels')),
    ...items(get('matchExpressions')).flatMap(decodeExpression),
  ]
  return { requirements, at: locationOf(field) }
}

function decodeMatchLabels(field: Field): readonly Requirement[] {
  const at = locationOf(field)
  return [...decodeLabels(field)].map(([key, value]) => ({
    key,
    operator: 'In',
    values: [value],
    at: below(at, key),
  }))
}

/** S-121 to S-126. */
function decodeExpression(field: Field): readonly Requirement[] {
  const get = fields(field, ['key', 'operator', 'values'])
  const key = text(get('key')) ?? ''
  check(get('key'), key, LABEL_KEY)
  const values = items(get('values')).flatMap(item => {
    const value = isPresent(item) ? text(item) : ''
    if (value !== undefined) check(item, value, LABEL_VALUE)
    return value ?? []
  })
  const operator = decodeOperator(get('operator'))
  const needsValues = operator === 'In' || operator === 'NotIn'
  if (operator !== undefined && needsValues && values.length === 0)
    required(
      get('values'),
      "must be specified when `operator` is 'In' or 'NotIn'",
      `list the values, or write \`${operator === 'In' ? 'Exists' : 'DoesNotExist'}\` to ask for the label alone`,
    )
  if (operator !== undefined && !needsValues && values.length > 0)
    forbidden(
      get('values'),
      "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      `remove the values, or write \`${operator === 'Exists' ? 'In' : 'NotIn'}\` to compare with them`,
    )
  return operator === undefined ? [] : [{ key, operator, values, at: locationOf(field) }]
}

function decodeOperator(field: Field): Operator | undefined {
  if (isPresent(field) && typeof field.value !== 'string') return void text(field)
  const found = OPERATORS.find(operator => operator === field.value)
  if (found !== undefined) return found
  const near = OPERATORS.find(operator => operator.toLowerCase() === String(field.value).toLowerCase())
  const help = near === undefined ? `the operators are: ${OPERATORS.join(', ')}` : `did you mean \`${near}\`?`
  invalid({ ...field, value: field.value ?? '' }, 'not a valid selector operator', help)
  return undefined
}

/**
 * A map of labels; complains about keys and values that no label can have (S-108, S-121, S-122), by the path of `named`.
 */
export function decodeLabels(field: Field, named = field): ReadonlyMap<string, string> {
  const labels = textMap(field)
  for (const [key, value] of labels) {
    check({ ...named, mark: keyOf(field, key) }, key, LABEL_KEY)
    check({ ...named, mark: () => below(locationOf(field), key) }, value, LABEL_VALUE)
  }
  return labels
}
