import type { Diagnostic } from '../../source/diagnostic.ts'
import type { SourceFile } from '../../source/file.ts'
import type { Input } from '../live-objects.ts'
import type { ObjectRef } from '../object-name.ts'
import { type World, worldOf } from '../world.ts'
import { applyFiles } from './apply.ts'
import { deleteObject } from './delete.ts'
import { labelObject, type NewLabels } from './label.ts'

/** An edit of the objects in force, as `kubectl apply`, `delete` and `label` make it. */
export type ObjectEdit =
  | {
      readonly kind: 'apply'
      readonly files: readonly SourceFile[]
      /** Those of getting at the files. */
      readonly problems?: readonly Diagnostic[]
    }
  | { readonly kind: 'delete'; readonly object: ObjectRef }
  | { readonly kind: 'label'; readonly object: ObjectRef; readonly labels: NewLabels }

/**
 * The world as it would be after some edits, in order; `world` itself stays as it is. What is wrong with applied files is
 * complained about in `diagnostics`, as in `buildWorld`. Throws CannotAnswer for an object that does not exist, and for
 * labels that a cluster would refuse.
 */
export const editWorld = (world: World, edits: readonly ObjectEdit[]): World =>
  edits.reduce((before, edit) => worldOf(edited(before, edit), before), world)

function edited(world: World, edit: ObjectEdit): Input {
  switch (edit.kind) {
    case 'apply':
      return applyFiles(world.input, edit.files, edit.problems)
    case 'delete':
      return deleteObject(world, edit.object)
    case 'label':
      return labelObject(world, edit.object, edit.labels)
  }
}
