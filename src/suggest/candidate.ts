import type { Policy } from '../policy/policy.ts'
import type { ValueChange } from '../source/write-yaml.ts'
import type { ObjectRef } from '../world/object-name.ts'

/** A change of one object. */
export type ObjectEdit =
  | { readonly kind: 'policy'; readonly policy: Policy; readonly changes: readonly ValueChange[] }
  | { readonly kind: 'service'; readonly service: ObjectRef; readonly changes: readonly ValueChange[] }
  | {
      readonly kind: 'label'
      readonly object: ObjectRef
      readonly key: string
      /** Undefined: without the label. */
      readonly value: string | undefined
    }
  | { readonly kind: 'create'; readonly value: Readonly<Record<string, unknown>> }

/** What would open one of the refused sides, and that in words; whether it does is for the proof to say. */
export interface Candidate {
  readonly edits: readonly ObjectEdit[]
  readonly text: string
  /** What it closes nobody uses. */
  readonly closesNothing: boolean
}
