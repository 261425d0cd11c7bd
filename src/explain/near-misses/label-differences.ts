import type { RequirementTrace } from '../../engine/evidence.ts'
import { NAME_LABEL } from '../../model/kinds/namespace.ts'
import type { Labels } from '../../model/labels.ts'
import { UNKNOWABLE } from '../../model/labels.ts'
import type { Workload } from '../../model/objects.ts'
import type { Requirement } from '../../model/selector.ts'
import type { ReasonCode } from '../../report/codes.ts'
import { isSlip, nearest } from '../../source/did-you-mean.ts'
import { requirementText } from '../phrases.ts'
import { type Difference, FAR, FORGOTTEN, OTHER, SLIP } from './difference.ts'
import { changing, exchanged, type Fix, isMatchLabel, type LabeledObject } from './fix.ts'

/** A selector that does not match an object. */
export interface Unmatched {
  /** All that it requires. */
  readonly requirements: readonly Requirement[]
  readonly object: LabeledObject
  readonly labels: Labels
  readonly reason: ReasonCode
  /** Whether nothing in the input has what it asks for: then it is the selector that is wrong. */
  readonly selectsNothing: boolean
}

/** What an object would need, or the selector say otherwise, for the one to match the other. */
export function labelDifference({ requirement, actual }: RequirementTrace, unmatched: Unmatched): Difference {
  const { object, labels, reason, selectsNothing } = unmatched
  const { key, at } = requirement
  if (labels.get(key) === UNKNOWABLE)
    return {
      reason,
      message: `${requirementText(requirement)} is wanted, and what ${object.id} has for ${key} only a running cluster knows`,
      at,
      fix: undefined,
      cost: FAR,
    }
  const slip = slipOf({ requirement, actual, matches: 'no' }, unmatched)
  const maker = makerLabeled(requirement, object)
  if (maker !== undefined && actual === undefined)
    return {
      reason,
      message: `${requirementText(requirement)} is wanted, which ${maker.kind} ${object.id} has, and the template of its Pods has not`,
      at,
      fix: mendByLabel({ requirement, actual, matches: 'no' }, unmatched),
      cost: selectsNothing ? SLIP / 2 : SLIP,
    }
  const is = actual === undefined ? `has no label ${key}` : `has ${key}=${actual}`
  const near = slip === undefined || actual !== undefined ? '' : `, but ${slip.key}=${slip.value}`
  const message = `${requirementText(requirement)} is wanted, and ${object.id} ${is}${near}`
  const fix =
    slip !== undefined && (selectsNothing || (object.kind === 'Namespace' && !canBeLabeled(key)))
      ? changing(slip.text, ...slip.changes)
      : mendByLabel({ requirement, actual, matches: 'no' }, unmatched)
  const slipCost = selectsNothing ? SLIP / 2 : SLIP
  // A label that says which workload or namespace it is stands for another one.
  const isNamed =
    object.kind === 'Pod' ? NAMES_WORKLOADS.test(key) && !selectsNothing : NAMES_NAMESPACES.test(key)
  const isOther = actual !== undefined || isNamed
  const cost = slip === undefined ? (isOther ? OTHER : FORGOTTEN) : slipCost
  return { reason, message, at, fix, cost }
}

const NAMES_NAMESPACES = /(?:^|\/)(?:name|ns|namespace)$/
const NAMES_WORKLOADS = /(?:^|\/)(?:app|name|instance|component|run|k8s-app)$/

/** The differences, with a word in the end on what they are all of, where that means nobody at all. */
export function meaningNobody(differences: readonly Difference[], nobody: string): readonly Difference[] {
  return differences.map((difference, index) =>
    index === differences.length - 1
      ? { ...difference, message: `${difference.message}; ${nobody}` }
      : difference,
  )
}

/** What makes a Pod, if it has itself the label that is wanted of its Pods (S-300). */
function makerLabeled({ key, operator, values }: Requirement, object: LabeledObject): Workload | undefined {
  const workload = object.kind === 'Pod' ? object.pod.workload : undefined
  const value = workload?.labels.get(key)
  if (typeof value !== 'string') return undefined
  return operator === 'Exists' || (operator === 'In' && values.includes(value)) ? workload : undefined
}

const canBeLabeled = (key: string): boolean => key !== NAME_LABEL

/** What the selector was meant to say, where that is near enough in spelling. */
function slipOf({ requirement, actual }: RequirementTrace, unmatched: Unmatched) {
  const { object, labels, selectsNothing } = unmatched
  const { key, operator, values } = requirement
  if (operator !== 'In' && operator !== 'Exists') return undefined
  const instead = (otherKey: string, value: string) => ({
    key: otherKey,
    value,
    text: `write ${otherKey}: ${value}`,
    changes: exchanged(requirement, { key: otherKey, operator: 'In', values: [value] }),
  })
  // T-20: the name of a namespace under a label that only people set.
  if (object.kind === 'Namespace' && actual === undefined && values.includes(object.name))
    return instead(NAME_LABEL, object.name)
  if (actual !== undefined) {
    const near = values.find(value => isSlip(actual, value) || (selectsNothing && nearest(actual, [value])))
    if (near === undefined) return undefined
    const right = values.map(value => (value === near ? actual : value))
    const text = isMatchLabel(requirement)
      ? `write ${key}: ${actual}`
      : `write ${actual} in the place of ${near}`
    return { key, value: actual, text, changes: exchanged(requirement, { key, operator, values: right }) }
  }
  // The value may stand under a key that is spelled alike, or that something else gave (`run=web`, S-306).
  for (const [other, value] of labels)
    if (
      value !== UNKNOWABLE &&
      (values.includes(value)
        ? selectsNothing || isSlip(key, other)
        : isSlip(key, other) && operator === 'Exists')
    )
      return instead(other, value)
  return undefined
}

/** A value that meets all that is required of a key, which several requirements may be about; undefined where none does. */
function valueFor({ requirements }: Unmatched, key: string, values: readonly string[]): string | undefined {
  const others = requirements.filter(one => one.key === key)
  const [named] = others.filter(({ operator }) => operator === 'In')
  return (named?.values ?? values).find(value => others.every(one => allows(one, value)))
}

function allows({ operator, values }: Requirement, value: string): boolean {
  switch (operator) {
    case 'In':
      return values.includes(value)
    case 'NotIn':
      return !values.includes(value)
    case 'Exists':
      return true
    case 'DoesNotExist':
      return false
  }
}

/** The label that the object would need; undefined for what nobody can set. */
function mendByLabel({ requirement }: RequirementTrace, unmatched: Unmatched): Fix | undefined {
  const { key, operator, values } = requirement
  const { object, labels } = unmatched
  const label = (value: string | undefined): Fix => ({
    kind: 'label',
    object,
    key,
    value,
    text: `label ${object.id} ${value === undefined ? `${key}-` : `${key}=${value}`}`,
  })
  const labeled = (value: string | undefined) => (value === undefined ? undefined : label(value))
  switch (operator) {
    case 'In':
      if (object.kind === 'Pod' || canBeLabeled(key)) return labeled(valueFor(unmatched, key, values))
      return changing(
        `write ${key}: ${object.name}`,
        ...exchanged(requirement, { key, operator: 'In', values: [object.name] }),
      )
    case 'Exists':
      return labeled(valueFor(unmatched, key, ['true']))
    case 'DoesNotExist':
      return label(undefined)
    case 'NotIn': {
      const actual = labels.get(key)
      const left = values.filter(value => value !== actual)
      const replacement = left.length === 0 ? undefined : { key, operator, values: left }
      return changing(`leave out ${String(actual)}`, ...exchanged(requirement, replacement))
    }
  }
}
