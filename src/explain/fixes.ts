import { namespaceOf } from '../model/cluster.ts'
import type { Labels } from '../model/labels.ts'
import type { Pod } from '../model/objects.ts'
import type { Requirement, Selector } from '../model/selector.ts'
import { podRef, workloadRef } from '../network/endpoint-ids.ts'
import type { FieldValue, FixFacts, LabeledRef } from '../report/facts/fixes.ts'
import { below, type Location } from '../source/file.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { World } from '../world/world.ts'

/** An object whose labels selectors match. */
export type LabeledObject =
  | { readonly kind: 'Pod'; readonly id: string; readonly labels: Labels; readonly pod: Pod }
  | { readonly kind: 'Namespace'; readonly id: string; readonly labels: Labels }

/** What would remove a difference: changes of the policy, or a label of an endpoint. */
export type Fix = {
  /** As it is reported. */
  readonly facts: FixFacts
  /** What it takes away is of no use to anything. */
  readonly closesNothing?: true
} & (
  | { readonly kind: 'changes'; readonly changes: readonly ValueChange<Location>[] }
  | {
      readonly kind: 'label'
      readonly object: LabeledObject
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
    }
)

export const changing = (facts: FixFacts, ...changes: readonly ValueChange<Location>[]) =>
  ({ kind: 'changes', changes, facts }) as const satisfies Fix

/** Writes fields of the object at a place. */
export function writingFields(at: Location, values: Readonly<Record<string, FieldValue['value']>>) {
  const fields = Object.entries(values).map(([field, value]) => ({ field, value }))
  const changes = fields.map(({ field, value }) => ({ kind: 'write', at: below(at, field), value }) as const)
  return changing({ kind: 'write', fields }, ...changes)
}

/** Sets a label, or removes it. */
export const labeling = (object: LabeledObject, key: string, value: string | undefined): Fix => ({
  kind: 'label',
  facts: { kind: 'label', object: labeledRef(object), key, value: value ?? null },
  object,
  key,
  value,
})

export const labeledRef = ({ kind, id }: LabeledObject): LabeledRef => ({ kind, id })

/** A Pod whose labels can be changed: in the template of its workload, if it has one. */
export function labeledPod(world: World, pod: Pod): LabeledObject {
  const { workload, labels } = pod
  const { id } = workload === undefined ? podRef(world, pod) : workloadRef(world, workload, 1)
  return { kind: 'Pod', id, labels, pod }
}

export const labeledNamespace = ({ cluster }: World, name: string): LabeledObject => ({
  kind: 'Namespace',
  id: name,
  labels: namespaceOf(cluster, name).labels,
})

/** A selector as it is written in a manifest. */
export function writtenSelector({ requirements }: Pick<Selector, 'requirements'>): Record<string, unknown> {
  const labels = requirements.filter(isMatchLabel)
  const expressions = requirements.filter(one => !isMatchLabel(one))
  return {
    ...(labels.length > 0 && {
      matchLabels: Object.fromEntries(labels.map(({ key, values }) => [key, values[0] ?? ''])),
    }),
    ...(expressions.length > 0 && {
      matchExpressions: expressions.map(({ key, operator, values }) => ({
        key,
        operator,
        ...(values.length > 0 && { values: [...values] }),
      })),
    }),
  }
}

/** Whether a requirement is an entry of `matchLabels`, and not of `matchExpressions`. */
export const isMatchLabel = ({ at }: Pick<Requirement, 'at'>): boolean => at.path.at(-2) === 'matchLabels'

/** Replaces a requirement of a selector, or removes it; everything else stays as it is written. */
export function exchanged(
  { at, ...old }: Requirement,
  replacement: Omit<Requirement, 'at'> | undefined,
): readonly ValueChange<Location>[] {
  const write = (place: Location, value: unknown): ValueChange<Location> => ({
    kind: 'write',
    at: place,
    value,
  })
  if (!isMatchLabel({ at })) {
    if (replacement?.key !== old.key || replacement.operator !== old.operator) return [write(at, replacement)]
    // Value by value, so that comments on other values stay.
    const isShorter = replacement.values.length < old.values.length
    return old.values.flatMap((value, index) => {
      const now = isShorter ? replacement.values.find(one => one === value) : replacement.values[index]
      return now === value ? [] : [write(below(at, 'values', index), now)]
    })
  }
  if (replacement === undefined) return [write(at, undefined)]
  const [value] = replacement.values
  return replacement.key === old.key
    ? [write(at, value)]
    : [write(at, undefined), write(below(above(at), replacement.key), value)]
}

const above = ({ file, document, path }: Location): Location => ({ file, document, path: path.slice(0, -1) })

/** The list of the item that a place is in. */
export const listOf = ({ file, document, path }: Location): Location => ({
  file,
  document,
  path: path.slice(
    0,
    path.findLastIndex(step => typeof step === 'number'),
  ),
})
