import { LABEL_NAME } from '../model/decode/validation.ts'
import { pluginCalled } from '../questions/plugins.ts'
import { CannotAnswer, cannotAnswer } from '../source/cannot-answer.ts'
import type { Diagnostic } from '../source/diagnostic.ts'
import type { SourceFile, Validation } from '../source/file.ts'
import { editWorld, type ObjectEdit } from '../world/edit/edit.ts'
import { objectCalled } from '../world/edit/find.ts'
import { newLabels } from '../world/edit/label.ts'
import { buildWorld, type World as WorldInside } from '../world/world.ts'

/** A cluster as manifests describe it. Questions are put to it by functions; it does not change. */
export interface World {
  /** What is wrong with the manifests, in the order in which it was found; errors only of what was left out. */
  readonly diagnostics: readonly Diagnostic[]
  /** @internal */
  readonly inside: WorldInside
}

/** How files are read. */
export interface LoadOptions {
  /**
   * Whose behavior to assume where the NetworkPolicy API leaves it open: the name of a network plugin, such as `calico`;
   * without one, what most plugins do.
   */
  readonly cni?: string | undefined
  /** Whether to leave out what a cluster would refuse, with the errors in `diagnostics`, instead of throwing them. */
  readonly skipInvalid?: boolean | undefined
  /** The namespace of objects that name none, as with `kubectl apply -n`: `default` unless it is given. */
  readonly namespace?: string | undefined
  /** What becomes of unknown and repeated fields, as with `kubectl apply --validate`: `strict` unless it is given. */
  readonly validate?: Validation | undefined
  /** Problems of loading the files, which count like those of their contents. */
  readonly problems?: readonly Diagnostic[] | undefined
  /** Called for each object that is read, to show progress. */
  readonly onObject?: (() => void) | undefined
}

/**
 * Reads manifests: YAML or JSON, with any number of documents and Lists in a file.
 *
 * @throws {@link CannotAnswer} with all that a cluster would refuse, unless it is to be left out; for an unknown plugin, and for
 * a namespace that cannot be.
 */
export function load(files: readonly SourceFile[], options: LoadOptions = {}): World {
  const { cni, skipInvalid, ...reading } = options
  const { namespace } = reading
  if (namespace !== undefined && LABEL_NAME.faults(namespace).length > 0)
    cannotAnswer('BAD_NAME', `no namespace can be called \`${namespace}\``, LABEL_NAME.help(namespace))
  const profile = cni === undefined ? undefined : pluginCalled(cni)
  return checked(buildWorld(files, { ...reading, profile }), skipInvalid)
}

/** A change to what is in the cluster, as `kubectl apply`, `delete` and `label` make it. */
export type Edit =
  | {
      readonly kind: 'apply'
      readonly files: readonly SourceFile[]
      /** Problems of loading the files. */
      readonly problems?: readonly Diagnostic[]
    }
  /** `object` is KIND/NAME or NAMESPACE/KIND/NAME. */
  | { readonly kind: 'delete'; readonly object: string }
  /** `changes` are `key=value`, or `key-` to remove a label. A workload stands for its Pods. */
  | { readonly kind: 'label'; readonly object: string; readonly changes: readonly string[] }

/** How edits are read. */
export interface EditOptions {
  /** The namespace of names that are given without one: `default` unless it is given. */
  readonly namespace?: string | undefined
  /** As for `load`. */
  readonly skipInvalid?: boolean | undefined
}

/**
 * The world as it would be after some edits, in order; every answer about it mentions them. `world` itself stays as it is.
 *
 * @throws {@link CannotAnswer} for an object that is not there, and for what a cluster would refuse.
 */
export function edit(world: World, edits: readonly Edit[], options: EditOptions = {}): World {
  const { namespace = 'default', skipInvalid } = options
  return edits.reduce(
    (before, one) =>
      checked(editWorld(before.inside, [worldEditOf(before.inside, one, namespace)]), skipInvalid),
    world,
  )
}

/** Which object is meant depends on the world that is changed. */
function worldEditOf(before: WorldInside, one: Edit, namespace: string): ObjectEdit {
  switch (one.kind) {
    case 'apply':
      return one
    case 'delete':
      return { kind: 'delete', object: objectCalled(before, one.object, namespace) }
    case 'label':
      return {
        kind: 'label',
        object: objectCalled(before, one.object, namespace),
        labels: newLabels(one.changes),
      }
  }
}

function checked(inside: WorldInside, skipInvalid = false): World {
  const { diagnostics } = inside
  if (!skipInvalid && diagnostics.some(({ severity }) => severity === 'error'))
    throw new CannotAnswer(diagnostics)
  return { diagnostics, inside }
}
