import type { SuggestedChange } from '../report/facts/suggestion.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { ObjectRef } from '../world/object-name.ts'

/** A change of one object's manifest, or a manifest that is new. */
export type ManifestEdit =
  | { readonly kind: 'change'; readonly object: ObjectRef; readonly changes: readonly ValueChange[] }
  | {
      readonly kind: 'label'
      readonly object: ObjectRef
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
    }
  | { readonly kind: 'create'; readonly value: Readonly<Record<string, unknown>> }

/** Edits that may allow what is denied, and what is reported of them. They are not proven yet. */
export interface Candidate {
  readonly edits: readonly ManifestEdit[]
  readonly facts: readonly SuggestedChange[]
  /** What it closes is of no use to anything. */
  readonly closesNothing: boolean
}

/** Undefined where one of them is undefined. */
export function joinedCandidates(candidates: readonly (Candidate | undefined)[]): Candidate | undefined {
  const all = candidates.filter(candidate => candidate !== undefined)
  if (all.length < candidates.length) return undefined
  return {
    edits: all.flatMap(({ edits }) => edits),
    facts: all.flatMap(({ facts }) => facts),
    closesNothing: all.every(({ closesNothing }) => closesNothing),
  }
}
