import { didYouMean } from '../../source/did-you-mean.ts'
import { below } from '../../source/file.ts'
import type { Operator, Requirement, Selector } from '../selector.ts'
import { forbidden, invalid, required } from './complaints.ts'
import { fields, isEmptyList, items, text, textMap } from './decode.ts'
import { type Field, isPresent, locationOf, locationOfKey } from './field.ts'
import { check, LABEL_KEY, LABEL_VALUE } from './validation.ts'

const OPERATORS: readonly Operator[] = ['In', 'NotIn', 'Exists', 'DoesNotExist']

/** Decodes a LabelSelector; an absent one has no requirements (S-013). */
export function decodeSelector(field: Field): Selector {
  const get = fields(field, ['matchLabels', 'matchExpressions'])
  const requirements = [
    ...decodeMatchLabels(get('matchLabels')),
    ...items(get('matchExpressions')).flatMap(decodeExpression),
  ]
  return { requirements, at: locationOf(field) }
}

/** Labels of which an object must have all. */
export function decodeMatchLabels(field: Field): readonly Requirement[] {
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
  if (operator !== undefined && needsValues && isEmptyList(get('values')))
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
  const help = didYouMean(near, `the operators are: ${OPERATORS.join(', ')}`)
  invalid({ ...field, value: field.value ?? '' }, 'not a valid selector operator', help)
  return undefined
}

/**
 * Decodes a map of labels; complains about invalid keys and values (S-108, S-121, S-122), by the path of `named`.
 */
export function decodeLabels(field: Field, named = field): ReadonlyMap<string, string> {
  const labels = textMap(field)
  for (const [key, value] of labels) {
    check({ ...named, mark: locationOfKey(field, key) }, key, LABEL_KEY)
    check({ ...named, mark: () => below(locationOf(field), key) }, value, LABEL_VALUE)
  }
  return labels
}
