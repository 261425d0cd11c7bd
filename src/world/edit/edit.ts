import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import type { ObjectRef } from '../live-objects.ts'
import { type World, worldOf } from '../world.ts'
import { applyFiles } from './apply.ts'
import { deleteObject } from './delete.ts'
import type { Edited } from './edited.ts'
import { type LabelChange, labelObject } from './label.ts'

/** One change of what is in force, as `kubectl apply`, `delete` and `label` make it. */
export type Edit =
  | {
      readonly kind: 'apply'
      readonly files: readonly SourceFile[]
      /** Those of getting at the files. */
      readonly problems?: readonly Diagnostic[]
    }
  | { readonly kind: 'delete'; readonly object: ObjectRef }
  | { readonly kind: 'label'; readonly object: ObjectRef; readonly changes: readonly LabelChange[] }
/**
 * The world as it would be after some edits, one after the other; `world` itself stays as it is. What is wrong with
 * files that are applied is complained about in `diagnostics`, as in `buildWorld`. Throws CannotAnswer for an object
 * that is not there, and for labels that a cluster would refuse.
 */
export const editWorld = (world: World, edits: readonly Edit[]): World =>
  edits.reduce((before, edit) => {
    const { input, whatIf: facts } = edited(before, edit)
    const whatIf = [...before.input.whatIf, { code: 'ASSUMED_WHAT_IF', facts } as const]
    return worldOf({ ...input, whatIf, profile: before.profile }, before)
  }, world)

function edited(world: World, edit: Edit): Edited {
  switch (edit.kind) {
    case 'apply':
      return applyFiles(world.input, edit.files, edit.problems)
    case 'delete':
      return deleteObject(world, edit.object)
    case 'label':
      return labelObject(world, edit.object, edit.changes)
  }
}
