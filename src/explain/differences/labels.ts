import type { RequirementTrace } from '../../engine/evidence.ts'
import { type Labels, NAME_LABEL, UNKNOWABLE } from '../../model/labels.ts'
import type { Workload } from '../../model/objects.ts'
import { meets, type Requirement } from '../../model/selector.ts'
import type { OtherLabel } from '../../report/facts/policies.ts'
import { isTypo, nearest } from '../../source/did-you-mean.ts'
import {
  changing,
  exchanged,
  type Fix,
  isMatchLabel,
  type LabeledObject,
  labeledRef,
  labeling,
} from '../fixes.ts'
import { requirementFacts } from '../policy-facts.ts'
import { type Difference, FAR, FORGOTTEN, OTHER_VALUE, SURE, TYPO } from './difference.ts'

/** A selector that does not match an object. */
export interface UnmatchedSelector {
  /** All that it requires. */
  readonly requirements: readonly Requirement[]
  readonly object: LabeledObject
  /** It matches nothing in the input: then the mistake is in the selector, and not in the labels. */
  readonly matchesNothing: boolean
}

/** A requirement that is not met; its code depends on what the selector is for. */
export interface LabelDifference extends Pick<Difference, 'at' | 'cost' | 'fix'> {
  readonly facts: OtherLabel
}

/** Whether what is required is likely a mistake: the workload has it, or the object has a label that is likely meant. */
export const isLikelyMistake = (requirement: Requirement, unmatched: UnmatchedSelector): boolean =>
  labeledWorkload(requirement, unmatched.object) !== undefined ||
  intendedIn(requirement, unmatched) !== undefined

/** Why a selector does not match an object: what the object lacks, or what the selector should require. */
export function labelDifference(
  { requirement, actual }: Omit<RequirementTrace, 'matches'>,
  unmatched: UnmatchedSelector,
): LabelDifference {
  const { object, matchesNothing } = unmatched
  const { key, at } = requirement
  const facts = { requirement: requirementFacts(requirement), object: labeledRef(object) }
  if (object.labels.get(key) === UNKNOWABLE)
    return { facts: { ...facts, actual: null }, at, fix: undefined, cost: FAR }
  const workload = actual === undefined ? labeledWorkload(requirement, object) : undefined
  const intended = workload === undefined ? intendedIn(requirement, unmatched) : undefined
  const isOfSelector = matchesNothing || !canBeLabeled(object, key)
  const mistakeCost = matchesNothing ? SURE : TYPO
  // A label that names a workload or a namespace is likely for another one.
  const isNamed =
    object.kind === 'Pod' ? NAMES_WORKLOADS.test(key) && !matchesNothing : NAMES_NAMESPACES.test(key)
  const otherCost = actual !== undefined || isNamed ? OTHER_VALUE : FORGOTTEN
  return {
    facts: {
      ...facts,
      ...(workload === undefined ? insteadFacts(actual, intended) : { workload: workload.kind }),
    },
    at,
    fix:
      intended !== undefined && isOfSelector
        ? requiring(requirement, intended)
        : fixByLabel(requirement, unmatched),
    cost: workload === undefined && intended === undefined ? otherCost : mistakeCost,
  }
}

/** What an object has instead of a label: another value, or the label that is intended. */
export const insteadFacts = (
  actual: string | undefined,
  intended: IntendedLabel | undefined,
): Pick<OtherLabel, 'actual' | 'instead'> => {
  if (actual !== undefined) return { actual }
  return intended === undefined ? {} : { instead: { key: intended.key, value: intended.value } }
}

const NAMES_NAMESPACES = /(?:^|\/)(?:name|ns|namespace)$/
const NAMES_WORKLOADS = /(?:^|\/)(?:app|name|instance|component|run|k8s-app)$/

/** The workload of a Pod, if it has the required label itself, and not in its template (S-300). */
function labeledWorkload(
  { key, operator, values }: Requirement,
  object: LabeledObject,
): Workload | undefined {
  const workload = object.kind === 'Pod' ? object.pod.workload : undefined
  const value = workload?.labels.get(key)
  if (typeof value !== 'string') return undefined
  return operator === 'Exists' || (operator === 'In' && values.includes(value)) ? workload : undefined
}

/** The API server sets the label with the name of a namespace. */
const canBeLabeled = ({ kind }: LabeledObject, key: string): boolean => kind === 'Pod' || key !== NAME_LABEL

/** A label that a selector should likely require. */
export interface IntendedLabel {
  readonly key: string
  readonly value: string
  /** The value that is required instead, a typo of this one; undefined where the key is another. */
  readonly typo?: string
}

/**
 * The label of an object that a selector likely means: a typo of its value or of its key. A selector that matches nothing is
 * surely wrong, as is that of a Service without endpoints: then a value that is less similar counts too, and the same value
 * under any other key, such as one that a tool sets (`run=web`, S-306).
 */
export function intendedLabel(
  { key, operator, values }: Requirement,
  { labels, matchesNothing }: { readonly labels: Labels; readonly matchesNothing: boolean },
): IntendedLabel | undefined {
  const actual = labels.get(key)
  if (actual === UNKNOWABLE || (operator !== 'In' && operator !== 'Exists')) return undefined
  if (actual !== undefined) {
    const typo = values.find(value => isTypo(value, actual) || (matchesNothing && isSimilar(value, actual)))
    return typo === undefined ? undefined : { key, value: actual, typo }
  }
  for (const [other, value] of labels)
    if (
      value !== UNKNOWABLE &&
      (values.includes(value)
        ? matchesNothing || isTypo(key, other)
        : isTypo(key, other) && operator === 'Exists')
    )
      return { key: other, value }
  return undefined
}

/** Whichever of the two is taken for the right one: of a short word, most of another one is not similar; nothing is no word. */
const isSimilar = (one: string, other: string): boolean =>
  one !== '' && other !== '' && nearest(one, [other]) !== undefined && nearest(other, [one]) !== undefined

/** T-20: the name of a namespace may be required under another key than the label that the API server sets. */
function intendedIn(requirement: Requirement, unmatched: UnmatchedSelector): IntendedLabel | undefined {
  const { key, operator, values } = requirement
  const { kind, id, labels } = unmatched.object
  return kind === 'Namespace' && operator === 'In' && !labels.has(key) && values.includes(id)
    ? { key: NAME_LABEL, value: id }
    : intendedLabel(requirement, { labels, matchesNothing: unmatched.matchesNothing })
}

const writing = (requirement: Requirement, key: string, value: string): Fix =>
  changing(
    { kind: 'write', fields: [{ field: key, value }] },
    ...exchanged(requirement, { key, operator: 'In', values: [value] }),
  )

function requiring(
  requirement: Requirement,
  { key: otherKey, value: right, typo: wrong }: IntendedLabel,
): Fix {
  const { key, operator, values } = requirement
  if (wrong === undefined) return writing(requirement, otherKey, right)
  return changing(
    isMatchLabel(requirement)
      ? { kind: 'write', fields: [{ field: key, value: right }] }
      : { kind: 'replace', value: wrong, by: right },
    ...exchanged(requirement, {
      key,
      operator,
      values: values.map(value => (value === wrong ? right : value)),
    }),
  )
}

/** A value that meets all requirements of a key; undefined where none does. */
function valueFor(
  { requirements }: UnmatchedSelector,
  key: string,
  values: readonly string[],
): string | undefined {
  const others = requirements.filter(one => one.key === key)
  const [named] = others.filter(({ operator }) => operator === 'In')
  return (named?.values ?? values).find(value =>
    others.every(one => meets(one, new Map([[key, value]])) === 'yes'),
  )
}

/** The label that the object needs; undefined where it cannot be set. */
function fixByLabel(requirement: Requirement, unmatched: UnmatchedSelector): Fix | undefined {
  const { key, operator, values } = requirement
  const { object } = unmatched
  const label = (value: string | undefined): Fix => labeling(object, key, value)
  const labeled = (value: string | undefined) => (value === undefined ? undefined : label(value))
  switch (operator) {
    case 'In':
      return canBeLabeled(object, key)
        ? labeled(valueFor(unmatched, key, values))
        : writing(requirement, key, object.id)
    case 'Exists':
      return labeled(valueFor(unmatched, key, ['true']))
    case 'DoesNotExist':
      return label(undefined)
    case 'NotIn': {
      const actual = object.labels.get(key)
      const left = values.filter(value => value !== actual)
      const replacement = left.length === 0 ? undefined : { key, operator, values: left }
      return changing({ kind: 'leave-out', value: String(actual) }, ...exchanged(requirement, replacement))
    }
  }
}
