import type { Pod } from '../../model/objects.ts'
import type { Requirement, Selector } from '../../model/selector.ts'
import { below, type Location } from '../../source/file.ts'

/** One change of what a manifest says; what is written for `undefined` is taken away. */
export type Change =
  | { readonly kind: 'write'; readonly at: Location; readonly value: unknown }
  /** One more item of a list, which need not be there yet. */
  | { readonly kind: 'append'; readonly to: Location; readonly item: unknown }

/** An object whose labels selectors look at. */
export type LabeledObject =
  | { readonly kind: 'Pod'; readonly pod: Pod; readonly id: string }
  | { readonly kind: 'Namespace'; readonly name: string; readonly id: string }

/** What would make up for a difference: changes of the policy, or a label of the other end, and the same in words. */
export type Fix =
  | {
      readonly kind: 'changes'
      readonly changes: readonly Change[]
      readonly text: string
      /** What it takes away nobody uses. */
      readonly closesNothing?: true
    }
  | {
      readonly kind: 'label'
      readonly object: LabeledObject
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
      readonly text: string
    }

export const changing = (text: string, ...changes: readonly Change[]) =>
  ({ kind: 'changes', changes, text }) as const satisfies Fix

/** A selector as it would be written, from what it requires. */
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

/** What turns a requirement of a selector into another one, or takes it away; all else stays as it is written. */
export function exchanged(
  { at, ...old }: Requirement,
  replacement: Omit<Requirement, 'at'> | undefined,
): readonly Change[] {
  const write = (place: Location, value: unknown): Change => ({ kind: 'write', at: place, value })
  if (!isMatchLabel({ at })) {
    if (replacement?.key !== old.key || replacement.operator !== old.operator) return [write(at, replacement)]
    // Value by value, so that what is said of the others beside them stays.
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

/** The list that an item, or something of it, stands in. */
export const listOf = ({ file, document, path }: Location): Location => ({
  file,
  document,
  path: path.slice(
    0,
    path.findLastIndex(step => typeof step === 'number'),
  ),
})
