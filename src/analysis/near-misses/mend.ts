import type { Pod } from '../../model/objects.ts'
import type { Requirement, Selector } from '../../model/selector.ts'
import type { Location } from '../../source/file.ts'

/** One change of what a manifest says; what is written for `undefined` is taken away. */
export type Change =
  | { readonly kind: 'write'; readonly at: Location; readonly value: unknown }
  /** One more item of a list, which need not be there yet. */
  | { readonly kind: 'append'; readonly to: Location; readonly item: unknown }

/** An object whose labels selectors look at. */
export type Labelled =
  | { readonly kind: 'Pod'; readonly pod: Pod; readonly id: string }
  | { readonly kind: 'Namespace'; readonly name: string; readonly id: string }

/** What would make up for a difference: changes of the policy, or a label of the other end, and the same in words. */
export type Mend =
  | { readonly kind: 'changes'; readonly changes: readonly Change[]; readonly text: string }
  | {
      readonly kind: 'label'
      readonly object: Labelled
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
      readonly text: string
    }

export const changing = (text: string, ...changes: readonly Change[]): Mend => ({
  kind: 'changes',
  changes,
  text,
})

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

/** The selector with one requirement exchanged for another, or without it. */
export function exchanged(
  { requirements, at }: Selector,
  old: Requirement,
  replacement: Omit<Requirement, 'at'> | undefined,
): Change {
  const all = requirements.flatMap(one => {
    if (one !== old) return [one]
    return replacement === undefined ? [] : [{ ...replacement, at: old.at }]
  })
  return { kind: 'write', at, value: writtenSelector({ requirements: all }) }
}

/** The list that an item, or something of it, stands in. */
export const listOf = ({ file, document, path }: Location): Location => ({
  file,
  document,
  path: path.slice(
    0,
    path.findLastIndex(step => typeof step === 'number'),
  ),
})
